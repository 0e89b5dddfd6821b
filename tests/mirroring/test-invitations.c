/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-invitations"

/* Patients who are invited to their visits, by real calendars: of this computer, and of a server. Radicale sends nothing by itself, so what is
 * shown is what a server that does would be told. */

#include "mirror-fixture.h"

#include <string.h>

#define LOCAL GINT_TO_POINTER (FALSE)
#define CALDAV GINT_TO_POINTER (TRUE)
#define HOST "ana@clinic.example"
#define GUEST "mailto:maria@example.org"

typedef struct
{
  MirrorTown town;
  RcpMirror *mirrors[3];
  RcpVisit *visit;
} Fixture;

/* What the calendar's account says of itself. */
static void
give_address (RcpCalendar *calendar)
{
  ESource *source = rcp_calendar_get_source (calendar);
  g_autoptr (GError) error = NULL;

  if (e_source_has_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND))
    e_source_webdav_set_email_address (e_source_get_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND), HOST);
  else
    e_source_local_set_email_address (e_source_get_extension (source, E_SOURCE_EXTENSION_LOCAL_BACKEND), HOST);
  e_source_write_sync (source, NULL, &error);
  g_assert_no_error (error);
}

static void
set_mail (Fixture *fixture, guint patient, gboolean may_be_contacted)
{
  FhirResource *resource = rcp_patient_get_resource (desk_fixture_get_patient (fixture->town.desk, patient));
  g_autofree char *reference = g_strconcat ("Patient/", fhir_resource_get_id (resource), NULL);
  g_autoptr (FhirResource) stored = desk_fixture_read (fixture->town.desk, reference), changed = NULL;
  g_autoptr (JsonObject) json = fhir_resource_dup_json (stored);
  g_autoptr (JsonNode) telecom = json_from_string ("[{\"system\":\"email\",\"value\":\"Maria@example.org\"}]", NULL);
  g_autoptr (JsonNode) forbidden = json_from_string ("[{\"url\":\"urn:reception:do-not-contact\",\"valueBoolean\":true}]", NULL);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  json_object_set_array_member (json, "telecom", json_node_dup_array (telecom));
  if (!may_be_contacted)
    json_object_set_array_member (json, "extension", json_node_dup_array (forbidden));
  fhir_client_update_async (fixture->town.desk->client, json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  changed = fhir_client_update_finish (fixture->town.desk->client, result, NULL);
  g_assert_nonnull (changed);
}

static RcpVisit *
book (Fixture *fixture, guint patient, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (fixture->town.desk, 0, 1, minute, 1);
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = desk_fixture_book (fixture->town.desk, NULL, patient, offer, &error);

  g_assert_no_error (error);
  return visit;
}

/* Of three patients the first may be written to, the second may not, and of the third no address is known. */
static gboolean
open_town (Fixture *fixture, gconstpointer data)
{
  if (!mirror_town_open (&fixture->town, GPOINTER_TO_INT (data), DESK_DAYS))
    return FALSE;
  set_mail (fixture, 0, TRUE);
  set_mail (fixture, 1, FALSE);
  fixture->visit = book (fixture, 0, 9 * 60);
  fixture->mirrors[0] = mirror_town_start (&fixture->town, NULL, NULL);
  return TRUE;
}

static void
close_town (Fixture *fixture)
{
  for (guint i = 0; fixture->mirrors[i]; i++)
    mirror_town_end (fixture->mirrors[i]);
  g_clear_object (&fixture->visit);
  mirror_town_close (&fixture->town);
}

/* All that there is to do is done. */
static void
let_settle (Fixture *fixture)
{
  mirror_town_wait_equal (&fixture->town, fixture->mirrors);
  for (guint i = 0; fixture->mirrors[i]; i++)
    {
      guint n_passes = rcp_mirror_get_n_passes (fixture->mirrors[i]);

      rcp_mirror_look (fixture->mirrors[i]);
      KEEP_RESULT_UNTIL (rcp_mirror_get_n_passes (fixture->mirrors[i]) > n_passes
                         && rcp_mirror_get_standing (fixture->mirrors[i]) == RCP_MIRROR_CURRENT);
    }
}

static gboolean
says (Fixture *fixture, RcpVisit *visit, const char *words)
{
  g_autofree char *text = mirror_town_read_lines (&fixture->town, rcp_visit_get_id (visit));

  return text && strstr (text, words);
}

static void
wait_for (Fixture *fixture, RcpVisit *visit, const char *words, gboolean is_said)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience (), next = 0;

  while (says (fixture, visit, words) != is_said)
    {
      if (g_get_monotonic_time () > end)
        keep_result_too_late (words);
      /* What was done at the server is not told by it. */
      if (g_get_monotonic_time () > next)
        {
          rcp_mirror_refresh (fixture->mirrors[0]);
          next = g_get_monotonic_time () + 700 * 1000;
        }
      for (gint64 soon = g_get_monotonic_time () + 50 * 1000; g_get_monotonic_time () < soon; g_usleep (500))
        g_main_context_iteration (NULL, FALSE);
    }
}

static void
replace_visit (Fixture *fixture, RcpVisit *visit, const GError *error)
{
  g_assert_no_error (error);
  g_object_unref (fixture->visit);
  fixture->visit = visit;
  rcp_mirror_look (fixture->mirrors[0]);
}

/* Invited, answered, moved and cancelled. */
static void
test_life (gconstpointer data)
{
  Fixture fixture = { NULL };
  g_autoptr (RcpVisit) forbidden = NULL, unknown = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  if (!open_town (&fixture, data))
    return;
  forbidden = book (&fixture, 1, 9 * 60 + 15);
  unknown = book (&fixture, 2, 9 * 60 + 30);
  rcp_mirror_set_invites (fixture.mirrors[0], TRUE);
  let_settle (&fixture);
  g_assert_cmpint (rcp_mirror_get_inviting (fixture.mirrors[0]), ==, RCP_MIRROR_INVITING_NO_ADDRESS);
  g_assert_false (says (&fixture, fixture.visit, "ATTENDEE"));

  give_address (fixture.town.calendar);
  wait_for (&fixture, fixture.visit, GUEST, TRUE);
  g_assert_cmpint (rcp_mirror_get_inviting (fixture.mirrors[0]), ==, RCP_MIRROR_INVITING_POSSIBLE);
  g_assert_true (says (&fixture, fixture.visit, "ORGANIZER:mailto:" HOST));
  let_settle (&fixture);
  g_assert_false (says (&fixture, forbidden, "ATTENDEE"));
  g_assert_false (says (&fixture, unknown, "ATTENDEE"));

  /* The answer is not asked about, and stays. */
  g_assert_true (mirror_town_edit_event (&fixture.town, rcp_visit_get_id (fixture.visit), "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED"));
  before = mirror_town_read_lines (&fixture.town, rcp_visit_get_id (fixture.visit));
  rcp_mirror_refresh (fixture.mirrors[0]);
  let_settle (&fixture);
  let_settle (&fixture);
  after = mirror_town_read_lines (&fixture.town, rcp_visit_get_id (fixture.visit));
  g_assert_cmpstr (after, ==, before);
  g_ptr_array_unref (mirror_town_wait_requests (&fixture.town, fixture.mirrors, 0));

  offer = desk_fixture_make_offer (fixture.town.desk, 0, 1, 11 * 60, 1);
  replace_visit (&fixture, desk_fixture_move (fixture.town.desk, NULL, fixture.visit, offer, &error), error);
  mirror_town_wait_equal (&fixture.town, fixture.mirrors);
  wait_for (&fixture, fixture.visit, "PARTSTAT=NEEDS-ACTION", TRUE);
  replace_visit (&fixture, desk_fixture_cancel (fixture.town.desk, NULL, fixture.visit, "pat", &error), error);
  wait_for (&fixture, fixture.visit, "STATUS:CANCELLED", TRUE);
  g_assert_true (says (&fixture, fixture.visit, GUEST));
  close_town (&fixture);
}

/* Switched off, what is there is taken back; switched on, all are invited anew. */
static void
test_switch (gconstpointer data)
{
  Fixture fixture = { NULL };

  if (!open_town (&fixture, data))
    return;
  give_address (fixture.town.calendar);
  let_settle (&fixture);
  g_assert_false (says (&fixture, fixture.visit, "ATTENDEE"));
  rcp_mirror_set_invites (fixture.mirrors[0], TRUE);
  rcp_mirror_look (fixture.mirrors[0]);
  wait_for (&fixture, fixture.visit, GUEST, TRUE);
  rcp_mirror_set_invites (fixture.mirrors[0], FALSE);
  rcp_mirror_look (fixture.mirrors[0]);
  wait_for (&fixture, fixture.visit, GUEST, FALSE);
  g_assert_false (says (&fixture, fixture.visit, "ORGANIZER"));
  rcp_mirror_set_invites (fixture.mirrors[0], TRUE);
  rcp_mirror_look (fixture.mirrors[0]);
  wait_for (&fixture, fixture.visit, GUEST, TRUE);
  close_town (&fixture);
}

/* One desk invites and the other does not: the patient gets no letter upon letter. */
static void
test_two_minds (gconstpointer data)
{
  Fixture fixture = { NULL };
  g_autoptr (RcpCalendar) calendar = NULL;
  g_autofree char *before = NULL, *after = NULL;

  if (!open_town (&fixture, data))
    return;
  give_address (fixture.town.calendar);
  rcp_mirror_set_invites (fixture.mirrors[0], TRUE);
  rcp_mirror_look (fixture.mirrors[0]);
  wait_for (&fixture, fixture.visit, GUEST, TRUE);
  let_settle (&fixture);
  if (fixture.town.server)
    calendar = mirror_town_add_calendar (&fixture.town);
  fixture.mirrors[1] = mirror_town_start (&fixture.town, NULL, calendar);
  wait_for (&fixture, fixture.visit, GUEST, FALSE);
  let_settle (&fixture);
  before = mirror_town_read_lines (&fixture.town, rcp_visit_get_id (fixture.visit));
  for (guint i = 0; i < 3; i++)
    {
      rcp_mirror_refresh (fixture.mirrors[0]);
      let_settle (&fixture);
    }
  after = mirror_town_read_lines (&fixture.town, rcp_visit_get_id (fixture.visit));
  g_assert_cmpstr (after, ==, before);
  close_town (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add_data_func ("/mirroring/invitations/local/" name, LOCAL, function);                                        \
  g_test_add_data_func ("/mirroring/invitations/caldav/" name, CALDAV, function)
  ADD ("life", test_life);
  ADD ("switch", test_switch);
  ADD ("two-minds", test_two_minds);
#undef ADD

  return g_test_run ();
}
