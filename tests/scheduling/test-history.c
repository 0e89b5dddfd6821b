/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-history.c, rcp-history-compose.c, rcp-history-compare.c and rcp-history-entry.c against a real record. */
#include "desk-fixture.h"

#include "scheduling/rcp-history.h"
#include "scheduling/rcp-undo.h"

#include <string.h>

#define NINE (9 * 60)

static GListModel *
read_history (DeskFixture *desk, const char *reference)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GListModel *list;

  rcp_history_read_async (desk->client, reference, rcp_roster_get_zone (desk->roster), NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  list = rcp_history_read_finish (result, &error);
  g_assert_no_error (error);
  return list;
}

/* "Status: Booked > Arrived" of an entry, or NULL. */
static char *
describe (RcpHistoryEntry *entry, const char *field)
{
  GPtrArray *changes = rcp_history_entry_get_changes (entry);

  for (guint i = 0; i < changes->len; i++)
    {
      RcpHistoryChange *change = changes->pdata[i];

      if (g_str_equal (change->field, field))
        return g_strdup_printf ("%s > %s", change->old_value != NULL ? change->old_value : "-",
                                change->new_value != NULL ? change->new_value : "-");
    }
  return NULL;
}

static void
assert_entry (GListModel *list, guint index, const char *deed, const char *field, const char *change)
{
  g_autoptr (RcpHistoryEntry) entry = g_list_model_get_item (list, index);
  g_autofree char *found = describe (entry, field);

  g_assert_nonnull (entry);
  g_assert_cmpstr (rcp_history_entry_get_deed (entry), ==, deed);
  g_assert_cmpstr (found, ==, change);
}

static RcpVisit *
run (DeskFixture *desk, gpointer operation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpVisit *visit;

  /* Each on a clock of its own, so that the order is told. */
  rcp_clock_set_now (desk->clock, rcp_clock_get_now (desk->clock) + G_TIME_SPAN_SECOND);
  rcp_visit_operation_set_desk (operation, "Window 2");
  rcp_visit_operation_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_visit_operation_run_finish (operation, result, &error);
  g_assert_no_error (error);
  return visit;
}

static void
test_visit (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 2);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 1, 0, NINE + 60, 2);
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, nine, NULL);
  g_autoptr (RcpMoveVisit) move = rcp_move_visit_new (desk->client, desk->clock, booked, ten);
  g_autoptr (RcpVisit) moved = run (desk, move);
  g_autoptr (RcpSetStatus) arrive = rcp_set_status_new (desk->client, desk->clock, moved, RCP_VISIT_ARRIVED);
  g_autoptr (RcpVisit) arrived = run (desk, arrive);
  g_autoptr (RcpSetStatus) room = rcp_set_status_new (desk->client, desk->clock, arrived, RCP_VISIT_ROOMED);
  g_autoptr (RcpVisit) roomed = run (desk, room);
  g_autoptr (RcpSetStatus) see = rcp_set_status_new (desk->client, desk->clock, roomed, RCP_VISIT_WITH_PROVIDER);
  g_autoptr (RcpVisit) seen = run (desk, see);
  g_autoptr (RcpUndo) undo = rcp_undo_new (RCP_VISIT_OPERATION (see), desk->roster, RCP_UNDO_GRACE);
  g_autoptr (RcpVisit) back = run (desk, undo);
  g_autoptr (RcpSetStatus) correct = rcp_set_status_new (desk->client, desk->clock, back, RCP_VISIT_ARRIVED);
  g_autoptr (RcpVisit) corrected = run (desk, correct);
  g_autoptr (RcpCancelVisit) cancel
      = rcp_cancel_visit_new (desk->client, desk->clock, corrected, "oth-weath", "snow");
  g_autoptr (RcpVisit) cancelled = run (desk, cancel);
  g_autoptr (GListModel) list
      = read_history (desk, fhir_resource_get_reference (rcp_visit_get_resource (cancelled)));
  g_autoptr (RcpHistoryEntry) first = g_list_model_get_item (list, 7);
  g_autoptr (RcpHistoryEntry) last = g_list_model_get_item (list, 0);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 8);
  assert_entry (list, 7, "Booked", "Status", "- > Booked");
  assert_entry (list, 7, "Booked", "Time", "- > Mon 23 Nov, 09:00");
  assert_entry (list, 6, "Moved", "Time", "Mon 23 Nov, 09:00 > Mon 23 Nov, 10:00");
  assert_entry (list, 6, "Moved", "Status", NULL);
  assert_entry (list, 5, "Status changed", "Status", "Booked > Arrived");
  assert_entry (list, 4, "Status changed", "Status", "Arrived > In a room");
  assert_entry (list, 3, "Status changed", "Status", "In a room > With the provider");
  assert_entry (list, 2, "Undone", "Time", NULL);
  assert_entry (list, 1, "Status corrected", "Status", "In a room > Arrived");
  assert_entry (list, 0, "Cancelled", "Reason", "- > Weather");
  assert_entry (list, 0, "Cancelled", "Comment", "- > snow");
  g_assert_cmpstr (rcp_history_entry_get_who (first), ==, "Front desk");
  g_assert_cmpstr (rcp_history_entry_get_who (last), ==, "Window 2");
  g_assert_cmpint (rcp_history_entry_get_when (last), ==, rcp_clock_get_now (desk->clock));
  g_assert_cmpstr (rcp_history_entry_get_code (last), ==, "cancel");
}

/* What another program changed is told as well, if without a name; and the visits are part of a patient's history. */
static void
test_patient (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  RcpPatient *patient = desk_fixture_get_patient (desk, 0);
  FhirResource *resource = rcp_patient_get_resource (patient);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, nine, NULL);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (resource);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;
  GAsyncResult *kept = NULL;
  guint n_of_visit = 0, n_of_patient = 0;

  json_object_set_string_member (json, "birthDate", "1980-02-29");
  fhir_client_update_async (desk->client, json, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  changed = fhir_client_update_finish (desk->client, result, &error);
  g_assert_no_error (error);

  list = read_history (desk, fhir_resource_get_reference (resource));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (RcpHistoryEntry) entry = g_list_model_get_item (list, i);
      g_autofree char *birth = describe (entry, "Birth date");

      if (g_str_has_prefix (rcp_history_entry_get_reference (entry), "Appointment/"))
        {
          n_of_visit++;
          continue;
        }
      n_of_patient++;
      g_assert_null (rcp_history_entry_get_who (entry));
      if (birth != NULL)
        {
          g_assert_cmpstr (birth, ==, "- > 1980-02-29");
          g_assert_cmpstr (rcp_history_entry_get_deed (entry), ==, "Changed");
        }
      else
        {
          g_assert_cmpstr (rcp_history_entry_get_deed (entry), ==, "Created");
        }
    }
  g_assert_cmpuint (n_of_visit, ==, 1);
  g_assert_cmpuint (n_of_patient, ==, 2);
}

static void
test_nothing (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_history_read_async (desk->client, "Appointment/nothing", rcp_roster_get_zone (desk->roster), NULL,
                          desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  list = rcp_history_read_finish (result, &error);
  g_assert_null (list);
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/history/visit", test_visit);
  g_test_add_func ("/scheduling/history/patient", test_patient);
  g_test_add_func ("/scheduling/history/nothing", test_nothing);
  return g_test_run ();
}
