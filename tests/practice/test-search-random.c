/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-search-random"

/* The search against a reference that is slow and obvious: random resources, random criteria, and for each the answer
 * that the rules of search.html give when every resource is looked at. */

#include "practice/practice-search.h"

#include <string.h>

#include "base/rcp-fold.h"
#include "base/rcp-iso8601.h"
#include "engine-fixture.h"

#define N_RESOURCES 120
#define N_QUERIES 1500

static const char *const names[] = { "Mar", "María", "mara", "Garcia", "García", "Gar", "ÅNGSTRÖM", "Angst", "Zoë", "zo", "Li", "l" };
static const char *const codes[] = { "a", "b", "ab", "A", "a,b" };
static const char *const systems[] = { NULL, "urn:x", "urn:y" };
static const char *const dates[] = {
  "2024", "2025", "2024-02", "2024-03", "2024-02-29", "2024-03-01", "2023-12-31", "2024-02-29T10:00:00Z",
  "2024-02-29T23:59:59.999Z", "2024-03-01T00:00:00Z", "2024-03-01T01:00:00+02:00", "2024-02-29T10:00:00.500Z",
};
static const char *const prefixes[] = { "", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb" };

/* One Encounter: identifiers, a period; and the Patient beside it: names. */
typedef struct
{
  char *id;
  GPtrArray *names;
  guint n_tokens;
  const char *system[3], *code[3];
  gboolean has_period;
  gint64 low, high;
} Subject;

static void
subject_free (Subject *subject)
{
  g_free (subject->id);
  g_ptr_array_unref (subject->names);
  g_free (subject);
}

static const char *
pick (GRand *rand, const char *const *choices, guint n)
{
  return choices[g_rand_int_range (rand, 0, n)];
}

#define PICK(rand, choices) pick (rand, choices, G_N_ELEMENTS (choices))

static void
append_identifiers (GString *text, GRand *rand, Subject *subject)
{
  subject->n_tokens = g_rand_int_range (rand, 0, 4);
  for (guint i = 0; i < subject->n_tokens; i++)
    {
      subject->system[i] = PICK (rand, systems);
      subject->code[i] = PICK (rand, codes);
      g_string_append (text, i == 0 ? ",'identifier':[{" : ",{");
      if (subject->system[i] != NULL)
        g_string_append_printf (text, "'system':'%s',", subject->system[i]);
      g_string_append_printf (text, "'value':'%s'}", subject->code[i]);
    }
  g_string_append (text, subject->n_tokens > 0 ? "]" : "");
}

static void
append_period (GString *text, GRand *rand, Subject *subject)
{
  const char *start = g_rand_boolean (rand) ? PICK (rand, dates) : NULL;
  const char *end = g_rand_boolean (rand) ? PICK (rand, dates) : NULL;
  RcpIso8601 first = { .start = G_MININT64 }, last = { .end = G_MAXINT64 };

  if (start != NULL)
    g_assert_true (rcp_iso8601_parse (start, &first));
  if (end != NULL)
    g_assert_true (rcp_iso8601_parse (end, &last));
  if ((start == NULL && end == NULL) || first.start >= last.end)
    return;

  subject->has_period = TRUE;
  subject->low = first.start;
  subject->high = last.end;
  g_string_append (text, ",'period':{");
  if (start != NULL)
    g_string_append_printf (text, "'start':'%s'%s", start, end != NULL ? "," : "");
  if (end != NULL)
    g_string_append_printf (text, "'end':'%s'", end);
  g_string_append (text, "}");
}

static Subject *
make_subject (EngineFixture *fixture, GRand *rand, guint number)
{
  g_autoptr (GString) encounter = g_string_new (NULL);
  g_autoptr (GString) patient = g_string_new (NULL);
  Subject *subject = g_new0 (Subject, 1);
  guint n_names = g_rand_int_range (rand, 0, 3);

  subject->id = g_strdup_printf ("r%03u", number);
  subject->names = g_ptr_array_new_with_free_func (g_free);
  g_string_printf (encounter, "{'resourceType':'Encounter','id':'%s','status':'planned','class':{'code':'AMB'}", subject->id);
  append_identifiers (encounter, rand, subject);
  append_period (encounter, rand, subject);
  g_string_append (encounter, "}");
  g_string_printf (patient, "{'resourceType':'Patient','id':'%s'", subject->id);
  for (guint i = 0; i < n_names; i++)
    {
      g_ptr_array_add (subject->names, g_strdup (PICK (rand, names)));
      g_string_append_printf (patient, "%s{'family':'%s'}", i == 0 ? ",'name':[" : ",", (char *) subject->names->pdata[i]);
    }
  g_string_append (patient, n_names > 0 ? "]}" : "}");
  engine_fixture_put (fixture, encounter->str);
  engine_fixture_put (fixture, patient->str);
  return subject;
}

static gboolean
name_fits (const Subject *subject, const char *modifier, const char *wanted)
{
  g_autofree char *folded_wanted = rcp_fold_text (wanted);

  for (guint i = 0; i < subject->names->len; i++)
    {
      const char *name = subject->names->pdata[i];
      g_autofree char *folded = rcp_fold_text (name);

      if (strcmp (modifier, ":exact") == 0 ? strcmp (name, wanted) == 0
          : strcmp (modifier, ":contains") == 0 ? strstr (folded, folded_wanted) != NULL
                                                : g_str_has_prefix (folded, folded_wanted))
        return TRUE;
    }
  return FALSE;
}

/* @system NULL: any; "": none. @code NULL: any. */
static gboolean
token_fits (const Subject *subject, const char *system, const char *code)
{
  for (guint i = 0; i < subject->n_tokens; i++)
    {
      const char *own = subject->system[i] != NULL ? subject->system[i] : "";

      if ((system == NULL || strcmp (own, system) == 0) && (code == NULL || strcmp (subject->code[i], code) == 0))
        return TRUE;
    }
  return FALSE;
}

/* search.html#prefix, in its own words. */
static gboolean
date_fits (const Subject *subject, const char *prefix, const char *wanted)
{
  RcpIso8601 value;
  gint64 low = subject->low, high = subject->high;
  gboolean contained, above, below;

  if (!subject->has_period)
    return FALSE;
  g_assert_true (rcp_iso8601_parse (wanted, &value));
  contained = low >= value.start && high <= value.end;
  above = high > value.end;
  below = low < value.start;
  if (strcmp (prefix, "ne") == 0)
    return !contained;
  if (strcmp (prefix, "gt") == 0)
    return above;
  if (strcmp (prefix, "lt") == 0)
    return below;
  if (strcmp (prefix, "ge") == 0)
    return above || contained;
  if (strcmp (prefix, "le") == 0)
    return below || contained;
  if (strcmp (prefix, "sa") == 0)
    return low >= value.end;
  if (strcmp (prefix, "eb") == 0)
    return high <= value.start;
  return contained;
}

/* One random criterion: appends it to @query and takes what does not meet it out of @left. */
static void
add_name (GRand *rand, GString *query, GPtrArray *left)
{
  static const char *const modifiers[] = { "", "", ":contains", ":exact" };
  const char *modifier = PICK (rand, modifiers);
  const char *first = PICK (rand, names);
  const char *second = g_rand_int_range (rand, 0, 4) == 0 ? PICK (rand, names) : NULL;

  g_string_append_printf (query, "&name%s=%s%s%s", modifier, first, second != NULL ? "," : "", second != NULL ? second : "");
  for (guint i = left->len; i-- > 0;)
    if (!name_fits (left->pdata[i], modifier, first) && (second == NULL || !name_fits (left->pdata[i], modifier, second)))
      g_ptr_array_remove_index (left, i);
}

static void
add_token (GRand *rand, GString *query, GPtrArray *left)
{
  gboolean negative = g_rand_int_range (rand, 0, 4) == 0;
  const char *code = PICK (rand, codes);
  int form = g_rand_int_range (rand, 0, 5);
  const char *system = form == 0 ? NULL : form == 1 ? "" : form == 2 ? "urn:x" : "urn:y";
  g_auto (GStrv) parts = g_strsplit (code, ",", -1);
  g_autofree char *escaped = g_strjoinv ("\\,", parts);

  if (form == 4)
    code = NULL;
  g_string_append_printf (query, "&identifier%s=%s%s%s", negative ? ":not" : "", system != NULL ? system : "",
                          system != NULL ? "|" : "", code != NULL ? escaped : "");
  for (guint i = left->len; i-- > 0;)
    if (token_fits (left->pdata[i], system, code) == negative)
      g_ptr_array_remove_index (left, i);
}

static void
add_date (GRand *rand, GString *query, GPtrArray *left)
{
  const char *prefix = PICK (rand, prefixes);
  const char *date = PICK (rand, dates);
  g_autofree char *escaped = g_uri_escape_string (date, ":", FALSE);

  g_string_append_printf (query, "&date=%s%s", prefix, escaped);
  for (guint i = left->len; i-- > 0;)
    if (!date_fits (left->pdata[i], prefix, date))
      g_ptr_array_remove_index (left, i);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Subject *const *) a)->id, (*(Subject *const *) b)->id);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* All pages of @query, sorted by id. */
static char *
find_all (EngineFixture *fixture, const char *query)
{
  g_autofree char *url = g_strdup (query);
  g_autoptr (GString) all = g_string_new (NULL);
  g_auto (GStrv) ids = NULL;

  while (url != NULL)
    {
      g_autofree char *page = engine_fixture_find (fixture, url);

      g_string_append_printf (all, "%s%s", all->len > 0 && *page != '\0' ? " " : "", page);
      g_free (url);
      url = g_strdup (engine_fixture_get_link (fixture, "next"));
    }

  ids = g_strsplit (all->str, " ", -1);
  qsort (ids, g_strv_length (ids), sizeof *ids, compare_texts);
  return g_strjoinv (" ", ids);
}

static void
run_queries (EngineFixture *fixture, GRand *rand, GPtrArray *subjects)
{
  static const char *const ways[] = { "", "&_count=7", "&_count=7&_sort=-_id", "&_sort=_lastUpdated", NULL };

  for (guint n = 0; n < N_QUERIES; n++)
    {
      gboolean of_patients = g_rand_boolean (rand);
      g_autoptr (GString) query = g_string_new (of_patients ? "Patient?_total=none" : "Encounter?_total=none");
      g_autoptr (GPtrArray) left = g_ptr_array_new ();
      g_autoptr (GString) expected = g_string_new (NULL);
      g_autofree char *found = NULL;
      int criteria = g_rand_int_range (rand, 1, 4);

      for (guint i = 0; i < subjects->len; i++)
        g_ptr_array_add (left, subjects->pdata[i]);
      for (int i = 0; i < criteria; i++)
        (of_patients ? add_name : g_rand_boolean (rand) ? add_token : add_date) (rand, query, left);
      g_ptr_array_sort (left, compare_ids);
      for (guint i = 0; i < left->len; i++)
        g_string_append_printf (expected, "%s%s", i > 0 ? " " : "", ((Subject *) left->pdata[i])->id);
      g_string_append (query, ways[n % 4]);
      if (n % 8 == 7)
        g_string_append (query, of_patients ? "&_sort=name&_count=5" : "&_sort=-date&_count=5");

      found = find_all (fixture, query->str);
      if (strcmp (found, expected->str) != 0)
        g_error ("%s\n found    %s\n expected %s", query->str, found, expected->str);
    }
}

static void
test_random (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) subject_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260310);

  for (guint i = 0; i < N_RESOURCES; i++)
    g_ptr_array_add (subjects, make_subject (fixture, rand, i));
  run_queries (fixture, rand, subjects);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/search-random/reference", test_random);
  return g_test_run ();
}
