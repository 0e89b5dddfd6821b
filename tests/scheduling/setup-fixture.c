/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup-fixture.h"

#include "scheduling/rcp-refit-private.h"
#include "scheduling/rcp-setup-private.h"

RcpRoster *
setup_reload (DeskFixture *desk)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_roster_load_async (desk->client, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_clear_object (&desk->roster);
  desk->roster = rcp_roster_load_finish (result, &error);
  g_assert_no_error (error);
  return desk->roster;
}

gboolean
setup_save (DeskFixture *desk, RcpRoster *roster, RcpSetupKind kind, const char *reference, RcpDraft *draft, const char *key,
            GError **error)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  rcp_setup_save_async (desk->client, roster != NULL ? roster : desk->roster, desk->clock, kind, reference, draft, key, "Desk 2", NULL,
                        desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_setup_save_finish (result, error);
}

RcpRefitReport
setup_refit (DeskFixture *desk)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpRefitReport report;

  setup_reload (desk);
  rcp_refit_hours_async (desk->client, desk->roster, desk->clock, DESK_DAYS, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_refit_hours_finish (result, &report, &error);
  g_assert_no_error (error);
  setup_reload (desk);
  g_assert_false (rcp_refit_is_needed (desk->roster));
  return report;
}

RcpRefitReport
setup_change (DeskFixture *desk, RcpSetupKind kind, const char *reference, RcpDraft *draft, const char *key)
{
  g_autoptr (GHashTable) faults = rcp_setup_check (desk->roster, kind, reference, draft);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_hash_table_size (faults), ==, 0);
  setup_save (desk, NULL, kind, reference, draft, key, &error);
  if (error != NULL && fhir_error_get_diagnostics (error) != NULL)
    g_test_message ("%s", fhir_error_get_diagnostics (error));
  g_assert_no_error (error);
  return setup_refit (desk);
}

GPtrArray *
setup_list_refits (DeskFixture *desk)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *refits;

  rcp_refit_list_async (desk->client, desk->clock, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  refits = rcp_refit_list_finish (result, &error);
  g_assert_no_error (error);
  return refits;
}

char *
setup_dup_person (DeskFixture *desk, guint provider)
{
  return g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (desk_fixture_get_provider (desk, provider)), NULL);
}

const char *
setup_get_place (DeskFixture *desk, guint provider)
{
  return rcp_place_get_id (rcp_provider_get_place (desk_fixture_get_provider (desk, provider)));
}

void
setup_set_hours (RcpDraft *draft, const char *place_id, const char *text)
{
  for (GDateWeekday weekday = G_DATE_MONDAY; weekday <= G_DATE_FRIDAY; weekday++)
    {
      g_autofree char *key = rcp_setup_hours_key (place_id, weekday);

      rcp_draft_set (draft, key, text);
    }
}

guint
setup_count_slots (DeskFixture *desk, const char *schedule_id, const char *status)
{
  g_autofree char *schedule = g_strconcat ("Schedule/", schedule_id, NULL);
  g_autoptr (FhirBundle) slots = desk_fixture_search (desk, "Slot", "schedule", schedule, status != NULL ? "status" : NULL,
                                                      status, NULL);

  return fhir_bundle_get_matches (slots)->len;
}

guint
setup_count_outside (DeskFixture *desk, RcpProvider *provider, RcpSlotStatus status)
{
  const char *id = rcp_provider_get_schedule_id (provider);
  g_autofree char *schedule = g_strconcat ("Schedule/", id, NULL);
  g_autoptr (FhirBundle) bundle = desk_fixture_search (desk, "Slot", "schedule", schedule, NULL);
  g_autoptr (GArray) slots = rcp_slots_from_bundle (bundle);
  g_autoptr (RcpRefitTarget) target = rcp_refit_target_new (desk->roster, rcp_roster_lookup_resource (desk->roster, schedule));
  g_autoptr (GArray) open = NULL;
  guint n = 0;
  GDate today;

  rcp_time_get_day (DESK_NOW, rcp_provider_get_zone (provider), &today);
  open = rcp_refit_list_open (target, &today, DESK_DAYS);
  for (guint i = 0; i < slots->len; i++)
    {
      const RcpSlot *slot = &g_array_index (slots, RcpSlot, i);
      guint at = rcp_time_ranges_find (open, slot->range.start);

      n += slot->status == status
           && (at == open->len || !rcp_time_range_contains (g_array_index (open, RcpTimeRange, at), slot->range));
    }
  return n;
}

void
setup_add_room (DeskFixture *desk, const char *name)
{
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_ROOM, NULL);
  g_autofree char *key = g_strconcat ("form-", name, NULL);

  rcp_draft_set (draft, RCP_KEY_NAME, name);
  rcp_draft_set (draft, RCP_KEY_PLACE, setup_get_place (desk, 0));
  setup_change (desk, RCP_SETUP_ROOM, NULL, draft, key);
}

void
setup_set_needs (DeskFixture *desk, const char *visit_type, const char *needs)
{
  RcpVisitType *type = rcp_roster_find_visit_type (desk->roster, visit_type);
  g_autofree char *reference = g_strconcat ("HealthcareService/", rcp_visit_type_get_id (type), NULL);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_VISIT_TYPE, reference);

  rcp_draft_set (draft, RCP_KEY_NEEDS, needs);
  setup_change (desk, RCP_SETUP_VISIT_TYPE, reference, draft, "form-needs");
}

RcpRoom *
setup_get_room (DeskFixture *desk, guint index)
{
  g_autoptr (RcpRoom) room = g_list_model_get_item (rcp_roster_get_rooms (desk->roster), index);

  g_assert_nonnull (room);
  return room;
}

void
setup_assert_in_room (DeskFixture *desk, RcpVisit *visit, int index)
{
  GListModel *rooms = rcp_roster_get_rooms (desk->roster);

  g_assert_nonnull (visit);
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    g_assert_cmpint (rcp_room_is_used_by (setup_get_room (desk, i), visit), ==, (int)i == index);
}
