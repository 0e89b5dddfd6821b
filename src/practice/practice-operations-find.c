/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-operations.h"

#include <string.h>

#include "base/rcp-iso8601.h"
#include "practice-operation-arguments.h"
#include "practice-operation-json.h"

/* IHE ITI Scheduling: $find (ITI-115) proposes Appointments for free Slots. */

/* So many roles, places and services of one organization are looked at. */
#define MAX_ACTORS 2000

/* What a proposal is made from. */
typedef struct
{
  PracticeJson *slot;
  gint64 start;
} Candidate;

/* A Slot that does not say what it is for is for anything: these are asked for as said or not said. */
static const struct
{
  const char *argument, *criterion;
} refinements[] = {
  { "visit-type", "appointment-type" },
  { "service-type", "service-type" },
};

static void
candidate_clear (gpointer data)
{
  practice_json_unref (((Candidate *) data)->slot);
}

static void
append_criterion (GString *query, const char *name, const char *prefix, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || *value == '\0')
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (query, "&%s=%s%s", name, prefix, escaped);
}

static void
append_actor (GString *actors, const char *type, const char *id)
{
  g_string_append_printf (actors, "%s%s%s%s", actors->len > 0 ? "," : "", type, *type != '\0' ? "/" : "", id);
}

/* Adds what refers to @value by @parameter; for a role also the practitioner, where @with_practitioner. */
static gboolean
append_referrers (PracticeCall *call, GString *actors, const char *type, const char *parameter, const char *value,
                  gboolean with_practitioner)
{
  PracticeSearchContext context = practice_call_get_search_context (call);
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (GPtrArray) ids = NULL;

  append_criterion (query, parameter, "", value);
  ids = practice_search_match (call->store, type, query->str + 1, &context, MAX_ACTORS, call->outcome);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (PracticeJson) role = with_practitioner ? practice_operation_load (call, type, ids->pdata[i]) : NULL;
      PracticeJson *practitioner = role != NULL ? practice_json_get_object (role, "practitioner") : NULL;
      const char *reference = practitioner != NULL ? practice_json_get_string (practitioner, "reference") : NULL;

      append_actor (actors, type, ids->pdata[i]);
      if (reference != NULL)
        append_actor (actors, "", reference);
    }

  return ids != NULL;
}

/* The actor of a Schedule may be a person or a person's role: whoever asks for the one means the other as well. An
 * organization is never the actor itself. */
static gboolean
append_actors (PracticeCall *call, const PracticeArguments *arguments, GString *query)
{
  static const struct
  {
    const char *argument, *type, *parameter;
  } ways[] = {
    { "practitioner", "PractitionerRole", "practitioner" },
    { "location-reference", "PractitionerRole", "location" },
    { "organization", "PractitionerRole", "organization" },
    { "organization", "Location", "organization" },
    { "organization", "HealthcareService", "organization" },
  };
  g_autoptr (GString) actors = NULL;
  gboolean ok = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (ways) && ok; i++)
    {
      g_autofree char *value = practice_arguments_join (arguments, ways[i].argument);

      if (value == NULL)
        continue;
      if (actors == NULL)
        actors = g_string_new (value);
      ok = append_referrers (call, actors, ways[i].type, ways[i].parameter, value,
                             strcmp (ways[i].argument, "organization") == 0);
      if (i + 1 == G_N_ELEMENTS (ways) || strcmp (ways[i].argument, ways[i + 1].argument) != 0)
        {
          append_criterion (query, "schedule.actor", "", actors->str);
          g_string_free (g_steal_pointer (&actors), TRUE);
        }
    }

  return ok;
}

/* (transfer full) (nullable): what any search for free Slots that answers this $find has in common; NULL with an error. */
static GString *
make_slot_query (PracticeCall *call, const PracticeArguments *arguments)
{
  g_autofree char *start = practice_argument_to_text (practice_arguments_get (arguments, "start"));
  g_autofree char *end = practice_argument_to_text (practice_arguments_get (arguments, "end"));
  g_autofree char *count = practice_argument_to_text (practice_arguments_get (arguments, "_count"));
  g_autofree char *specialty = practice_arguments_join (arguments, "specialty");
  g_autoptr (GString) query = g_string_new ("status=free&_sort=start&_total=accurate");

  if (start == NULL || end == NULL)
    {
      practice_outcome_error (call->outcome, 400, "required", NULL, "$find needs start and end");
      return NULL;
    }

  append_criterion (query, "start", "ge", start);
  append_criterion (query, "start", "lt", end);
  append_criterion (query, "_count", "", count);
  append_criterion (query, "specialty", "", specialty);
  return append_actors (call, arguments, query) ? g_steal_pointer (&query) : NULL;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->start != second->start)
    return first->start > second->start ? 1 : -1;
  return strcmp (practice_json_get_string (first->slot, "id"), practice_json_get_string (second->slot, "id"));
}

static gboolean
search_slots (PracticeCall *call, const char *query, GArray *candidates, gint64 *total)
{
  PracticeSearchContext context = practice_call_get_search_context (call);
  g_autoptr (PracticeSearch) search = NULL;
  g_autofree char *text = NULL;
  g_autoptr (PracticeJson) found = NULL;
  PracticeJson *entries;
  gsize length;

  context.strict = TRUE;
  search = practice_search_parse ("Slot", query, &context, call->outcome);
  text = search != NULL ? practice_search_run (call->store, search, call->outcome, &length) : NULL;
  found = text != NULL ? practice_json_parse (text, length, call->outcome) : NULL;
  if (found == NULL)
    return FALSE;

  *total += json_object_get_int64 (json_object_object_get (found, "total"));
  entries = practice_json_get_array (found, "entry");
  for (gsize i = 0; entries != NULL && i < json_object_array_length (entries); i++)
    {
      PracticeJson *slot = practice_json_get_object (json_object_array_get_idx (entries, i), "resource");
      Candidate candidate = { json_object_get (slot), 0 };

      rcp_iso8601_parse_instant (practice_json_get_string (slot, "start"), &candidate.start);
      g_array_append_val (candidates, candidate);
    }
  return TRUE;
}

/* One search for each way in which the refinements can be met: bit i of the way says that the Slot does not say it. */
static gboolean
search_all_ways (PracticeCall *call, const PracticeArguments *arguments, const GString *base, GArray *candidates,
                 gint64 *total)
{
  for (guint way = 0; way < 1u << G_N_ELEMENTS (refinements); way++)
    {
      g_autoptr (GString) query = g_string_new (base->str);
      gboolean is_needed = TRUE;

      for (guint i = 0; i < G_N_ELEMENTS (refinements); i++)
        {
          g_autofree char *value = practice_arguments_join (arguments, refinements[i].argument);

          if ((way & 1u << i) == 0)
            append_criterion (query, refinements[i].criterion, "", value);
          else if (value != NULL)
            g_string_append_printf (query, "&%s:missing=true", refinements[i].criterion);
          else
            is_needed = FALSE;
        }
      if (is_needed && !search_slots (call, query->str, candidates, total))
        return FALSE;
    }

  return TRUE;
}

/* What $find takes no account of; with handling=strict an error. */
static PracticeOutcome *
list_ignored (PracticeCall *call, const PracticeArguments *arguments)
{
  static const char *const known[] = { "start", "end", "_count", "_format", "specialty", "practitioner",
                                       "location-reference", "organization", "visit-type", "service-type", NULL };
  g_autoptr (PracticeOutcome) ignored = practice_outcome_new ();
  gboolean any = FALSE;

  for (guint i = 0; i < arguments->names->len; i++)
    {
      const char *name = arguments->names->pdata[i];

      if (g_strv_contains (known, name))
        continue;
      any = TRUE;
      if (practice_call_get_search_context (call).strict)
        practice_outcome_error (call->outcome, 400, "not-supported", NULL, "$find takes no account of \"%s\"", name);
      else
        practice_outcome_warning (ignored, "not-supported", NULL, "$find took no account of \"%s\"", name);
    }

  return any ? g_steal_pointer (&ignored) : NULL;
}

static void
add_ignored (PracticeJson *entries, const PracticeOutcome *ignored)
{
  PracticeJson *entry = json_object_new_object ();
  PracticeJson *search = json_object_new_object ();

  json_object_object_add (search, "mode", json_object_new_string ("outcome"));
  json_object_object_add (entry, "resource", practice_outcome_to_json (ignored));
  json_object_object_add (entry, "search", search);
  json_object_array_add (entries, entry);
}

static void
respond (PracticeCall *call, const PracticeArguments *arguments, const GArray *candidates, gint64 total,
         const PracticeOutcome *ignored)
{
  g_autofree char *count = practice_argument_to_text (practice_arguments_get (arguments, "_count"));
  guint most = count != NULL ? g_ascii_strtoull (count, NULL, 10) : PRACTICE_SEARCH_DEFAULT_COUNT;
  g_autoptr (PracticeJson) bundle = practice_operation_make_searchset ();
  PracticeJson *entries = json_object_new_array ();

  json_object_object_add (bundle, "total", json_object_new_int64 (total));
  for (guint i = 0; i < MIN (candidates->len, most); i++)
    practice_operation_add_match (
        entries, practice_operation_make_proposal (call, g_array_index (candidates, Candidate, i).slot));
  if (ignored != NULL)
    add_ignored (entries, ignored);
  if (json_object_array_length (entries) > 0)
    json_object_object_add (bundle, "entry", entries);
  else
    json_object_put (entries);
  practice_call_respond_json (call, 200, bundle);
}

void
practice_operation_find (PracticeCall *call)
{
  g_auto (PracticeArguments) arguments = { NULL, };
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (PracticeOutcome) ignored = NULL;
  g_autoptr (GString) query = NULL;
  gint64 total = 0;

  g_array_set_clear_func (candidates, candidate_clear);
  if (!practice_arguments_parse (call, &arguments))
    return;
  ignored = list_ignored (call, &arguments);
  if (practice_outcome_has_error (call->outcome) || (query = make_slot_query (call, &arguments)) == NULL
      || !search_all_ways (call, &arguments, query, candidates, &total))
    return;

  g_array_sort (candidates, compare_candidates);
  respond (call, &arguments, candidates, total, ignored);
}
