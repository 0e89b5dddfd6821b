/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror-clear"

/* rcp-mirror-clear, and rcp-mirror-keeper that goes on with it, beside a real Evolution Data Server: with a calendar of this computer, and
 * with one on a CalDAV server. */

#include "mirroring/rcp-mirror-clear.h"
#include "mirroring/rcp-mirror-keeper.h"

#include "fault-proxy.h"
#include "mirror-fixture.h"

#define LOCAL GINT_TO_POINTER (FALSE)
#define CALDAV GINT_TO_POINTER (TRUE)
#define N_VISITS 3
#define ZONE "America/New_York"

static void
mirror_some (MirrorTown *town)
{
  RcpMirror *mirrors[2] = { mirror_town_start (town, NULL, NULL), NULL };

  for (guint i = 0; i < N_VISITS; i++)
    g_object_unref (mirror_town_book (town, 1, (9 + i) * 60));
  mirror_town_wait_equal (town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  mirror_town_end (mirrors[0]);
}

static gboolean
clear (MirrorTown *town, FhirClient *client, guint *n_removed, GError **error)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  rcp_mirror_clear_async (client, town->desk->clock, mirror_town_get_practitioner (town), town->calendar, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_mirror_clear_finish (result, n_removed, error);
}

static guint
count_in_record (MirrorTown *town, const char *code)
{
  g_autoptr (FhirBundle) found = desk_fixture_search (town->desk, "Basic", "code", code, NULL);

  return fhir_bundle_get_matches (found)->len;
}

static guint
count_marks (MirrorTown *town)
{
  return count_in_record (town, "urn:reception:calendar|clearing");
}

static gboolean
is_empty (MirrorTown *town)
{
  g_autofree char *text = mirror_town_print_calendar (town);

  return *text == '\0';
}

static void
test_whole (gconstpointer data)
{
  MirrorTown town;
  GError *error = NULL;
  guint n_removed;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  mirror_some (&town);
  clear (&town, town.desk->client, &n_removed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_removed, ==, N_VISITS);
  KEEP_RESULT_UNTIL (is_empty (&town));
  g_assert_cmpuint (count_marks (&town), ==, 0);
  mirror_town_close (&town);
}

/* The desk ends when the record has forgotten, before it hears so: the events are all there, and only the mark knows. */
static void
break_off (MirrorTown *town)
{
  g_autoptr (FaultProxy) proxy = fault_proxy_new (practice_fixture_get_folder (town->desk->practice),
                                                  practice_fixture_get_socket (town->desk->practice));
  g_autoptr (FhirClient) client = fhir_client_new_for_socket (fault_proxy_get_socket (proxy));
  g_autoptr (GError) error = NULL;

  fault_proxy_push (proxy, FAULT_LOSE_REPLY, 0);
  g_assert_false (clear (town, client, NULL, &error));
  g_assert_nonnull (error);
  g_assert_false (is_empty (town));
  g_assert_cmpuint (count_marks (town), ==, 1);
}

typedef struct
{
  RcpMirrorService *keeper;
  FhirClient *client;
  guint n_refs; /* of it, before the desk began */
} Desk;

static Desk
start_desk (MirrorTown *town, gboolean is_mirrored)
{
  Desk desk = { rcp_mirror_keeper_new (town->calendars), town->desk->client, G_OBJECT (town->desk->client)->ref_count };
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{s(sssb)}"));
  g_autoptr (GVariant) chosen = NULL;

  if (is_mirrored)
    g_variant_builder_add (&builder, "{s(sssb)}", mirror_town_get_practitioner (town), rcp_calendar_get_uid (town->calendar), "busy", "", FALSE);
  chosen = g_variant_ref_sink (g_variant_builder_end (&builder));
  rcp_mirror_service_keep (desk.keeper, town->desk->client, town->desk->clock, ZONE, chosen);
  return desk;
}

static void
end_desk (Desk desk)
{
  g_autoptr (GVariant) nothing = g_variant_ref_sink (g_variant_new ("a{s(sssb)}", NULL));

  rcp_mirror_service_keep (desk.keeper, NULL, NULL, NULL, nothing);
  /* What was on the way comes back first. */
  KEEP_RESULT_UNTIL (G_OBJECT (desk.keeper)->ref_count == 1 && G_OBJECT (desk.client)->ref_count == desk.n_refs);
  g_assert_finalize_object (desk.keeper);
}

static void
test_broken_off (gconstpointer data)
{
  MirrorTown town;
  Desk desk;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  mirror_some (&town);
  break_off (&town);
  desk = start_desk (&town, FALSE);
  KEEP_RESULT_UNTIL (is_empty (&town) && count_marks (&town) == 0);
  end_desk (desk);
  mirror_town_close (&town);
}

/* Somebody has chosen the calendar again meanwhile: its events stay, and nobody is asked about them. */
static void
test_chosen_again (gconstpointer data)
{
  MirrorTown town;
  RcpMirror *none[1] = { NULL };
  Desk desk;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  mirror_some (&town);
  break_off (&town);
  desk = start_desk (&town, TRUE);
  KEEP_RESULT_UNTIL (count_marks (&town) == 0);
  KEEP_RESULT_UNTIL (count_in_record (&town, "urn:reception:calendar|mirror") > 0);
  mirror_town_wait_equal (&town, none);
  g_ptr_array_unref (mirror_town_wait_requests (&town, none, 0));
  end_desk (desk);
  mirror_town_close (&town);
}

/* Evolution Data Server is killed while the record forgets. Started again in time, it takes the events out nevertheless; if not, the next
 * desk does. */
static void
kill_server_cb (gpointer data)
{
  eds_kill ("dataserver.Calendar8");
  eds_kill ("Subprocess.Backend");
}

static void
test_server_killed (gconstpointer data)
{
  MirrorTown town;
  g_autoptr (FaultProxy) proxy = NULL;
  g_autoptr (FhirClient) client = NULL;
  g_autoptr (GError) error = NULL;
  Desk desk;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  mirror_some (&town);
  proxy = fault_proxy_new (practice_fixture_get_folder (town.desk->practice), practice_fixture_get_socket (town.desk->practice));
  client = fhir_client_new_for_socket (fault_proxy_get_socket (proxy));
  fault_proxy_set_hook (proxy, kill_server_cb, NULL);
  clear (&town, client, NULL, &error);
  g_test_message ("%s", error != NULL ? "broken off" : "all the same done");
  if (town.other != NULL)
    {
      g_object_unref (town.other);
      town.other = eds_connect (town.calendar);
    }
  desk = start_desk (&town, FALSE);
  KEEP_RESULT_UNTIL (is_empty (&town) && count_marks (&town) == 0);
  end_desk (desk);
  mirror_town_close (&town);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                                            \
  g_test_add_data_func ("/mirroring/clear/local/" name, LOCAL, function);                                              \
  g_test_add_data_func ("/mirroring/clear/caldav/" name, CALDAV, function)
  ADD ("whole", test_whole);
  ADD ("broken-off", test_broken_off);
  ADD ("chosen-again", test_chosen_again);
  ADD ("server-killed", test_server_killed);
  return g_test_run ();
}
