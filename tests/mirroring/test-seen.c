/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-seen"

/* What a mirror asks the record for, and what it keeps of the answers. */

#include "mirroring/rcp-mirror-seen.h"

#include <string.h>
#include <time.h>

#include "base/rcp-iso8601.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define OURS "Practitioner/who"

static const RcpMirrorTongue tongue = { "who", RCP_MIRROR_BUSY_ONLY, "America/New_York", NULL };

static gint64
instant (const char *text)
{
  gint64 result;

  g_assert_true (rcp_iso8601_parse_instant (text, &result));
  return result;
}

static RcpTimeRange
window (void)
{
  return (RcpTimeRange){ instant ("2026-11-22T14:00:00Z"), instant ("2027-02-21T14:00:00Z") };
}

static char *
ask (RcpMirrorSeen *seen, RcpTimeRange range, gboolean can_ask_since, gint64 time)
{
  g_autoptr (FhirSearch) search = rcp_mirror_seen_make_search (seen, "who", range, can_ask_since, time);

  return fhir_search_to_string (search);
}

static void
assert_asks_all (RcpMirrorSeen *seen, RcpTimeRange range, gboolean can_ask_since, gint64 time)
{
  g_autofree char *text = ask (seen, range, can_ask_since, time);

  g_assert_nonnull (strstr (text, "actor=Practitioner"));
  g_assert_nonnull (strstr (text, "date=ge2026-11-2"));
  g_assert_null (strstr (text, "_lastUpdated"));
}

static void
assert_asks_from (RcpMirrorSeen *seen, gint64 time, const char *since)
{
  g_autofree char *text = ask (seen, window (), TRUE, time);
  g_autofree char *wanted = g_strconcat ("_lastUpdated=", since, NULL);
  g_auto (GStrv) colons = g_strsplit (wanted, ":", -1);
  g_autofree char *escaped = g_strjoinv ("%3A", colons);

  if (strstr (text, wanted) == NULL && strstr (text, escaped) == NULL)
    g_error ("%s is not asked for in %s", wanted, text);
  /* A visit that is with somebody else now does not name us. */
  g_assert_null (strstr (text, "actor="));
  g_assert_nonnull (strstr (text, "_include=Appointment"));
}

static void
assert_asks_since (RcpMirrorSeen *seen, gint64 time, const char *since)
{
  g_autofree char *from = g_strconcat ("ge", since, NULL);

  assert_asks_from (seen, time, from);
}

/* "ID VERSION START ACTOR": quarters of an hour, booked; @updated: of all of them. */
static FhirBundle *
make_bundle (const char *updated, const char *const *visits)
{
  g_autoptr (GString) text = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[");
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; visits[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (visits[i], " ", 4);
      g_autofree char *end = rcp_iso8601_format_utc (instant (parts[2]) + 15 * MINUTE);

      g_string_append_printf (
          text,
          "%s{\"resource\":{\"resourceType\":\"Appointment\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%s\",\"lastUpdated\":\"%s\"},"
          "\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\",\"participant\":[{\"actor\":{\"reference\":\"%s\"},\"status\":\"accepted\"},"
          "{\"actor\":{\"reference\":\"Patient/p-%s\"},\"status\":\"accepted\"}]},\"search\":{\"mode\":\"match\"}}",
          i > 0 ? "," : "", parts[0], parts[1], updated, parts[2], end, parts[3], parts[0]);
    }
  g_string_append (text, "]}");
  node = json_from_string (text->str, NULL);
  g_assert_nonnull (node);
  return fhir_bundle_new (json_node_get_object (node));
}

static void
tell (RcpMirrorSeen *seen, const char *updated, const char *const *visits)
{
  g_autoptr (FhirBundle) bundle = make_bundle (updated, visits);

  rcp_mirror_seen_take (seen, bundle, &tongue);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "ID VERSION STATE" of each, in order. */
static void
assert_told (RcpMirrorSeen *seen, const char *expected)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) rcp_mirror_visit_free);
  g_autoptr (GHashTable) patients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  GHashTableIter iter;
  RcpMirrorVisit *visit;

  rcp_mirror_seen_tell (seen, wanted, patients);
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &visit))
    {
      g_autofree char *patient = g_strconcat ("p-", visit->id, NULL);

      g_assert_cmpstr (g_hash_table_lookup (patients, visit->id), ==, patient);
      g_assert_cmpstr (visit->zone, ==, "America/New_York");
      g_assert_cmpstr (visit->words, ==, "Visit");
      g_ptr_array_add (lines, g_strdup_printf ("%s %s %s", visit->id, visit->version,
                                               visit->state == RCP_MIRROR_CONFIRMED ? "on" : "gone"));
    }
  g_ptr_array_sort (lines, compare);
  g_ptr_array_add (lines, NULL);
  joined = g_strjoinv (", ", (char **) lines->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static RcpMirrorSeen *
make_seen (void)
{
  const char *const visits[] = { "a 1 2026-11-23T14:00:00Z " OURS, "b 1 2026-11-24T14:00:00Z " OURS, NULL };
  RcpMirrorSeen *seen = rcp_mirror_seen_new ();

  assert_asks_all (seen, window (), TRUE, 0);
  tell (seen, "2026-11-20T10:00:00Z", visits);
  assert_told (seen, "a 1 on, b 1 on");
  return seen;
}

static void
test_changes (void)
{
  const char *const changes[] = { "b 2 2026-11-25T14:00:00Z " OURS, "c 1 2026-11-23T15:00:00Z " OURS,
                                  "d 7 2026-11-23T15:00:00Z Practitioner/other", NULL };
  const char *const earlier[] = { "c 2 2026-11-23T16:00:00Z " OURS, NULL };
  const char *const given_away[] = { "a 2 2026-11-23T14:00:00Z Practitioner/other", NULL };
  const char *const none[] = { NULL };
  g_autoptr (RcpMirrorSeen) seen = make_seen ();

  /* Half a minute back, by the clock of the record. */
  assert_asks_since (seen, MINUTE, "2026-11-20T09:59:30");
  tell (seen, "2026-11-20T10:05:00Z", changes);
  assert_told (seen, "a 1 on, b 2 on, c 1 on");
  assert_asks_since (seen, MINUTE, "2026-11-20T10:04:30");
  tell (seen, "2026-11-20T10:06:00Z", given_away);
  assert_told (seen, "a 2 gone, b 2 on, c 1 on");
  assert_asks_since (seen, MINUTE, "2026-11-20T10:05:30");
  tell (seen, NULL, none);
  assert_told (seen, "a 2 gone, b 2 on, c 1 on");
  assert_asks_since (seen, MINUTE, "2026-11-20T10:05:30");
  /* A long transaction shows late what it wrote early: the time does not go back. */
  tell (seen, "2026-11-20T10:05:40Z", earlier);
  assert_told (seen, "a 2 gone, b 2 on, c 2 on");
  assert_asks_since (seen, MINUTE, "2026-11-20T10:05:30");
}

/* Half a minute after the latest change was seen, what is older has shown too. */
static void
test_settled (void)
{
  const char *const again[] = { "a 1 2026-11-23T14:00:00Z " OURS, "b 1 2026-11-24T14:00:00Z " OURS, NULL };
  const char *const changes[] = { "b 2 2026-11-25T14:00:00Z " OURS, NULL };
  const char *const none[] = { NULL };
  g_autoptr (RcpMirrorSeen) seen = make_seen ();

  assert_asks_since (seen, MINUTE / 2 - 1, "2026-11-20T09:59:30");
  tell (seen, "2026-11-20T10:00:00Z", again);
  /* Nobody has asked since: the last half minute is asked for once more. */
  assert_asks_since (seen, 2 * MINUTE, "2026-11-20T09:59:30");
  tell (seen, "2026-11-20T10:00:00Z", again);
  assert_asks_from (seen, 2 * MINUTE, "gt2026-11-20T10:00:00");
  tell (seen, NULL, none);
  assert_told (seen, "a 1 on, b 1 on");
  assert_asks_from (seen, 3 * MINUTE, "gt2026-11-20T10:00:00");
  tell (seen, "2026-11-20T10:05:00Z", changes);
  assert_told (seen, "a 1 on, b 2 on");
  assert_asks_since (seen, 4 * MINUTE, "2026-11-20T10:04:30");
}

static void
test_all_again (void)
{
  const char *const with_other[] = { "b 1 2026-11-24T14:00:00Z " OURS, "x 3 2026-11-24T15:00:00Z Practitioner/other", NULL };
  const char *const left[] = { "b 1 2026-11-24T14:00:00Z " OURS, NULL };
  const char *const none[] = { NULL };
  g_autoptr (RcpMirrorSeen) seen = make_seen ();

  assert_asks_since (seen, 10 * MINUTE - 1, "2026-11-20T09:59:30");
  tell (seen, NULL, none);
  /* It began with the last time that all were asked for. */
  assert_asks_all (seen, window (), TRUE, 10 * MINUTE);
  tell (seen, "2026-11-20T10:00:00Z", left);
  assert_told (seen, "b 1 on");
  assert_asks_from (seen, 20 * MINUTE - 1, "gt2026-11-20T10:00:00");

  rcp_mirror_seen_forget (seen);
  assert_asks_all (seen, window (), TRUE, 11 * MINUTE);
  /* Somebody says so while the answer is on its way: what it says may be old. */
  rcp_mirror_seen_forget (seen);
  tell (seen, "2026-11-20T10:00:00Z", left);
  assert_asks_all (seen, window (), TRUE, 11 * MINUTE);
  tell (seen, "2026-11-20T10:00:00Z", left);
  assert_asks_from (seen, 11 * MINUTE, "gt2026-11-20T10:00:00");
  /* Where there is none, nobody knows what the time of the record is. */
  assert_asks_all (seen, window (), TRUE, 30 * MINUTE);
  tell (seen, NULL, none);
  assert_told (seen, "");
  assert_asks_all (seen, window (), TRUE, 30 * MINUTE);
  /* What all are asked for and is not ours is known to be gone: nobody has to ask for it by itself. */
  tell (seen, "2026-11-20T10:00:00Z", with_other);
  assert_told (seen, "b 1 on, x 3 gone");
}

/* A search that failed has told nothing. */
static void
test_failure (void)
{
  const char *const none[] = { NULL };
  g_autoptr (RcpMirrorSeen) seen = make_seen ();

  assert_asks_all (seen, window (), TRUE, 10 * MINUTE);
  assert_asks_all (seen, window (), TRUE, 10 * MINUTE);
  assert_told (seen, "a 1 on, b 1 on");
  tell (seen, NULL, none);
  assert_told (seen, "");
}

/* It goes on with the time, and what lies in its last day is known before. */
static void
test_window (void)
{
  const char *const late[] = { "z 1 2027-02-21T20:00:00Z " OURS, "a 1 2026-11-23T14:00:00Z " OURS,
                               /* On its first and on its last instant: ranges are half-open. */
                               "f 1 2026-11-22T14:00:00Z " OURS, "e 1 2027-02-21T14:00:00Z " OURS, NULL };
  g_autoptr (RcpMirrorSeen) seen = rcp_mirror_seen_new ();
  RcpTimeRange later = { window ().start + 12 * G_TIME_SPAN_HOUR, window ().end + 12 * G_TIME_SPAN_HOUR };
  RcpTimeRange too_late = { later.start + 13 * G_TIME_SPAN_HOUR, later.end + 13 * G_TIME_SPAN_HOUR };
  RcpTimeRange back = { window ().start - 1, window ().end };
  g_autofree char *all = ask (seen, window (), TRUE, 0), *since = NULL;

  g_assert_nonnull (strstr (all, "2027-02-22T14"));
  tell (seen, "2026-11-20T10:00:00Z", late);
  assert_told (seen, "a 1 on, f 1 on");
  since = ask (seen, later, TRUE, 0);
  g_assert_nonnull (strstr (since, "_lastUpdated"));
  assert_told (seen, "a 1 on, e 1 on, z 1 on");
  assert_asks_all (seen, too_late, TRUE, 0);
  assert_told (seen, "e 1 on, z 1 on");
  assert_asks_all (seen, back, TRUE, 0);
}

static void
test_other_servers (void)
{
  const char *const visits[] = { "a 1 2026-11-23T14:00:00Z " OURS, NULL };
  g_autoptr (RcpMirrorSeen) seen = make_seen ();

  assert_asks_all (seen, window (), FALSE, 0);
  tell (seen, "2026-11-20T10:00:00Z", visits);
  assert_asks_all (seen, window (), FALSE, 0);
  /* One that does not tell when something was changed. */
  tell (seen, "", visits);
  assert_asks_all (seen, window (), TRUE, 0);
  assert_told (seen, "a 1 on");
}

/* Without a patient it is shown all the same; without an id nobody could. */
static void
test_incomplete (void)
{
  const char *text = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":["
                     "{\"resource\":{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"start\":\"2026-11-23T14:00:00Z\","
                     "\"end\":\"2026-11-23T14:15:00Z\",\"participant\":[]},\"search\":{\"mode\":\"match\"}},"
                     "{\"resource\":{\"resourceType\":\"Appointment\",\"id\":\"n\",\"status\":\"booked\","
                     "\"start\":\"2026-11-23T15:00:00Z\",\"end\":\"2026-11-23T15:15:00Z\",\"participant\":[{\"actor\":{"
                     "\"reference\":\"" OURS "\"},\"status\":\"accepted\"}]},\"search\":{\"mode\":\"match\"}}]}";
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) rcp_mirror_visit_free);
  g_autoptr (GHashTable) patients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (RcpMirrorSeen) seen = rcp_mirror_seen_new ();
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (FhirBundle) bundle = NULL;

  g_assert_nonnull (node);
  bundle = fhir_bundle_new (json_node_get_object (node));
  assert_asks_all (seen, window (), TRUE, 0);
  rcp_mirror_seen_take (seen, bundle, &tongue);
  rcp_mirror_seen_tell (seen, wanted, patients);
  g_assert_cmpuint (g_hash_table_size (wanted), ==, 1);
  g_assert_true (g_hash_table_contains (wanted, "n"));
  g_assert_cmpuint (g_hash_table_size (patients), ==, 0);
}

/* What this thread has worked, in microseconds: also on a busy machine. */
static gint64
get_work (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gint64
work_for (guint n)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RcpMirrorSeen) seen = make_seen ();
  g_autoptr (FhirBundle) bundle = NULL;
  gint64 began;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (visits, g_strdup_printf ("v%u 1 2026-11-24T14:00:00Z %s", i, i % 20 == 0 ? OURS : "Practitioner/other"));
  g_ptr_array_add (visits, NULL);
  bundle = make_bundle ("2026-11-20T10:01:00Z", (const char *const *) visits->pdata);
  assert_asks_since (seen, MINUTE, "2026-11-20T09:59:30");
  began = get_work ();
  rcp_mirror_seen_take (seen, bundle, &tongue);
  return get_work () - began;
}

/* A record that was filled at one time tells all visits of all providers as changed, until one is changed later: each of them costs the same,
 * and the desk stands still meanwhile. Were each to be looked for among all, eight times as many would cost sixty times as much. */
static void
test_many (void)
{
  gint64 few = work_for (500), many = work_for (4000);

  g_test_message ("500 visits: %d us, 4000 visits: %d us", (int) few, (int) many);
  g_assert_cmpint (many, <, 30 * MAX (few, 5000));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mirroring/seen/changes", test_changes);
  g_test_add_func ("/mirroring/seen/settled", test_settled);
  g_test_add_func ("/mirroring/seen/all-again", test_all_again);
  g_test_add_func ("/mirroring/seen/failure", test_failure);
  g_test_add_func ("/mirroring/seen/window", test_window);
  g_test_add_func ("/mirroring/seen/other-servers", test_other_servers);
  g_test_add_func ("/mirroring/seen/incomplete", test_incomplete);
  g_test_add_func ("/mirroring/seen/many", test_many);
  return g_test_run ();
}
