/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-rule-overlap.h"

#include <string.h>

#include "base/rcp-iso8601.h"

/* A visit that is longer than this and began before is not looked for. */
#define LONGEST_VISIT (12 * G_TIME_SPAN_HOUR)
#define MOST_VISITS 200

typedef struct
{
  gint64 start;
  gint64 end;
} Time;

/* Whether the visit takes its patient's time, and when. */
static gboolean
get_time (PracticeJson *visit, Time *time)
{
  static const char *const taking[] = { "pending", "booked", "arrived", "checked-in", NULL };
  const char *status = practice_json_get_string (visit, "status");
  const char *start = practice_json_get_string (visit, "start");
  const char *end = practice_json_get_string (visit, "end");

  return status != NULL && g_strv_contains (taking, status) && start != NULL && end != NULL
         && rcp_iso8601_parse_instant (start, &time->start) && rcp_iso8601_parse_instant (end, &time->end);
}

static gboolean
is_on_purpose (PracticeJson *visit)
{
  PracticeJson *extensions = practice_json_get_array (visit, "extension");

  for (gsize i = 0; extensions != NULL && i < json_object_array_length (extensions); i++)
    {
      PracticeJson *extension = json_object_array_get_idx (extensions, i);
      const char *url = json_object_is_type (extension, json_type_object) ? practice_json_get_string (extension, "url") : NULL;

      if (g_strcmp0 (url, "urn:reception:overbooked") == 0)
        return TRUE;
    }

  return FALSE;
}

static PracticeJson *
parse (PracticeCall *call, const PracticeVersion *version)
{
  return version != NULL && version->content != NULL
         ? practice_json_parse (version->content, version->length, call->outcome) : NULL;
}

/* Whether the version before took the same time: whoever only arrives does not overlap anew. */
static gboolean
took_it_before (PracticeCall *call, const PracticeVersion *current, Time time)
{
  g_autoptr (PracticeVersion) version
      = current->version > 1 ? practice_store_vread (call->store, "Appointment", current->id, current->version - 1) : NULL;
  g_autoptr (PracticeJson) before = parse (call, version);
  Time then;

  return before != NULL && get_time (before, &then) && then.start == time.start && then.end == time.end;
}

static gboolean
overlaps (PracticeCall *call, const char *id, Time time)
{
  g_autoptr (PracticeVersion) version = practice_store_read (call->store, "Appointment", id);
  g_autoptr (PracticeJson) visit = parse (call, version);
  Time other;

  return visit != NULL && get_time (visit, &other) && other.start < time.end && time.start < other.end
         && !is_on_purpose (visit);
}

/* The other visits of the patient around that time. */
static gboolean
check_patient (PracticeCall *call, const char *id, const char *patient, Time time)
{
  PracticeSearchContext context = practice_call_get_search_context (call);
  g_autofree char *after = rcp_iso8601_format_utc (time.start - LONGEST_VISIT);
  g_autofree char *before = rcp_iso8601_format_utc (time.end);
  g_autofree char *query = g_strdup_printf ("patient=%s&date=gt%s&date=lt%s", patient, after, before);
  g_autoptr (GPtrArray) ids
      = practice_search_match (call->store, "Appointment", query, &context, MOST_VISITS, call->outcome);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (strcmp (ids->pdata[i], id) != 0 && overlaps (call, ids->pdata[i], time))
      {
        practice_outcome_error (call->outcome, 409, "conflict", "Appointment.participant",
                                "The patient has another visit at that time");
        return FALSE;
      }

  return ids != NULL;
}

gboolean
practice_rule_check_overlap (PracticeCall *call, const char *id)
{
  g_autoptr (PracticeVersion) version = practice_store_read (call->store, "Appointment", id);
  g_autoptr (PracticeJson) visit = parse (call, version);
  PracticeJson *participants = visit != NULL ? practice_json_get_array (visit, "participant") : NULL;
  Time time;

  if (visit == NULL || !get_time (visit, &time) || is_on_purpose (visit) || took_it_before (call, version, time))
    return TRUE;

  for (gsize i = 0; participants != NULL && i < json_object_array_length (participants); i++)
    {
      PracticeJson *actor = practice_json_get_object (json_object_array_get_idx (participants, i), "actor");
      const char *reference = actor != NULL ? practice_json_get_string (actor, "reference") : NULL;

      if (reference != NULL && g_str_has_prefix (reference, "Patient/")
          && practice_id_is_valid (reference + strlen ("Patient/")) && !check_patient (call, id, reference, time))
        return FALSE;
    }

  return TRUE;
}
