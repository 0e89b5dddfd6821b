/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visits of a real record as a calendar file: rcp-visit-export.c, rcp-visit-calendar.c. What is written is read by libical, and by the reader of
 * mirrored events. */

#define G_LOG_DOMAIN "test-export"

#include "desk-fixture.h"

#include "calendars/rcp-mirror-event.h"
#include "calendars/rcp-mirror-uid.h"
#include "calendars/rcp-visit-calendar.h"
#include "mirroring/rcp-visit-export.h"
#include "scheduling/rcp-mirror-realm.h"

#define ZONE "America/New_York"

typedef struct
{
  DeskFixture *desk;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desk = desk_fixture_new (2, 3);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_fixture_free (fixture->desk);
}

static RcpVisit *
book (Fixture *fixture, guint provider, guint patient, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (fixture->desk, provider, day, minute, 2);
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = desk_fixture_book (fixture->desk, NULL, patient, offer, &error);

  g_assert_no_error (error);
  return visit;
}

static char *
export (Fixture *fixture, guint provider, RcpMirrorPrivacy privacy, guint *n_visits)
{
  RcpVisitExport what = {
    .person = rcp_provider_get_practitioner_id (desk_fixture_get_provider (fixture->desk, provider)),
    .range = { DESK_NOW - G_TIME_SPAN_DAY, DESK_NOW + DESK_DAYS * G_TIME_SPAN_DAY },
    .privacy = privacy,
    .zone = ZONE,
    .place = "Downtown",
    .title = "Dr. One, and \"others\"; more",
  };
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  char *text;

  rcp_visit_export_async (fixture->desk->client, fixture->desk->clock, &what, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  text = rcp_visit_export_finish (result, &ids, &error);
  g_assert_no_error (error);
  if (n_visits)
    *n_visits = g_strv_length (ids);
  return text;
}

static char *
find_realm (Fixture *fixture)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *realm;

  rcp_mirror_realm_find_async (fixture->desk->client, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  realm = rcp_mirror_realm_find_finish (result, &error);
  g_assert_no_error (error);
  return realm;
}

/* Checks that it holds exactly @visits, each where it is in the record. */
static void
assert_holds (Fixture *fixture, const char *text, RcpVisit *const *visits, guint n_visits)
{
  g_autofree char *realm = find_realm (fixture);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (RcpZones) zones = rcp_zones_new (utc);
  icalcomponent *calendar = icalparser_parse_string (text);
  guint found = 0;

  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_isa (calendar), ==, ICAL_VCALENDAR_COMPONENT);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VTIMEZONE_COMPONENT), ==, n_visits > 0 ? 1 : 0);
  for (icalcomponent *event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT); event != NULL;
       event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT))
    {
      RcpMirrorHeld *held = rcp_mirror_event_read (event, realm, zones, FALSE);
      gboolean is_there = FALSE;

      g_assert_nonnull (held);
      for (guint i = 0; i < n_visits; i++)
        if (g_str_equal (rcp_visit_get_id (visits[i]), held->id))
          {
            is_there = TRUE;
            g_assert_cmpint (held->range.start, ==, rcp_visit_get_range (visits[i]).start);
            g_assert_cmpint (held->range.end, ==, rcp_visit_get_range (visits[i]).end);
          }
      g_assert_true (is_there);
      found++;
      rcp_mirror_held_free (held);
    }
  g_assert_cmpuint (found, ==, n_visits);
  icalcomponent_free (calendar);
}

static void
test_visits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) first = book (fixture, 0, 0, 0, 9 * 60);
  g_autoptr (RcpVisit) second = book (fixture, 0, 1, 1, 10 * 60 + 30);
  g_autoptr (RcpVisit) cancelled = book (fixture, 0, 2, 2, 11 * 60);
  g_autoptr (RcpVisit) other = book (fixture, 1, 2, 0, 9 * 60);
  RcpVisit *expected[] = { first, second };
  g_autoptr (RcpVisit) gone = desk_fixture_cancel (fixture->desk, NULL, cancelled, "patient", NULL);
  g_autofree char *text = NULL, *again = NULL, *others = NULL;
  guint n_visits = 99;

  g_assert_nonnull (gone);
  text = export (fixture, 0, RCP_MIRROR_FULL, &n_visits);
  g_assert_cmpuint (n_visits, ==, 2);
  assert_holds (fixture, text, expected, 2);
  g_assert_nonnull (strstr (text, "X-WR-CALNAME:"));
  /* The second file is the first: whoever takes both has each visit once. */
  again = export (fixture, 0, RCP_MIRROR_FULL, NULL);
  g_assert_cmpstr (again, ==, text);
  others = export (fixture, 1, RCP_MIRROR_FULL, NULL);
  assert_holds (fixture, others, &other, 1);
}

/* Nothing of the patient where it shall only say that there is a visit. */
static void
test_privacy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = book (fixture, 0, 0, 0, 9 * 60);
  g_auto (GStrv) names = g_strsplit_set (rcp_visit_get_patient_name (visit), ", ", -1);
  g_autofree char *busy = export (fixture, 0, RCP_MIRROR_BUSY_ONLY, NULL), *full = export (fixture, 0, RCP_MIRROR_FULL, NULL);

  for (guint i = 0; names[i]; i++)
    {
      g_assert_nonnull (strstr (full, names[i]));
      if (names[i][0])
        g_assert_null (strstr (busy, names[i]));
    }
  g_assert_nonnull (strstr (full, "LOCATION:Downtown"));
  g_assert_null (strstr (busy, "LOCATION:Downtown"));
  g_assert_null (strstr (full, "ATTENDEE"));
  g_assert_null (strstr (full, "ORGANIZER"));
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  guint n_visits = 99;
  g_autofree char *text = export (fixture, 1, RCP_MIRROR_FULL, &n_visits);

  g_assert_cmpuint (n_visits, ==, 0);
  assert_holds (fixture, text, NULL, 0);
}

/* The rules of the zone are those of libical's own, under the name of IANA; wrong words do no harm. */
static void
test_zone (void)
{
  icalcomponent *zone = rcp_vtimezone_new (ZONE);

  g_assert_nonnull (zone);
  g_assert_cmpstr (icalproperty_get_tzid (icalcomponent_get_first_property (zone, ICAL_TZID_PROPERTY)), ==, ZONE);
  g_assert_cmpint (icalcomponent_count_components (zone, ICAL_XDAYLIGHT_COMPONENT), >, 0);
  icalcomponent_free (zone);
  g_assert_null (rcp_vtimezone_new ("Atlantis/Capital"));
  g_assert_null (rcp_vtimezone_new (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/mirroring/export/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("visits", test_visits);
  ADD ("privacy", test_privacy);
  ADD ("nobody", test_nobody);
#undef ADD
  g_test_add_func ("/mirroring/export/zone", test_zone);

  return g_test_run ();
}
