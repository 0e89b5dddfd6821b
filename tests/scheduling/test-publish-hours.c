/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-publish-hours"

/* Drives rcp-publish-hours.c on the real record. */
#include "clinic-parts.h"
#include "desk-fixture.h"

#define NINE (9 * 60)

static guint
publish (DeskFixture *desk, guint days)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_published = 0;

  rcp_publish_hours_async (desk->client, desk->roster, desk->clock, 15, days, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_publish_hours_finish (result, &n_published, &error);
  g_assert_no_error (error);
  return n_published;
}

static void
test_publish_again (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 1, NINE, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, &error);
  GAsyncResult *kept[2] = { NULL };
  guint n_published[2] = { 0, 0 };

  g_assert_no_error (error);
  g_assert_cmpuint (publish (desk, DESK_DAYS), ==, 0);
  /* A day has passed: Monday to Monday. */
  rcp_clock_set_now (desk->clock, DESK_NOW + G_TIME_SPAN_DAY);
  g_assert_cmpuint (publish (desk, DESK_DAYS), ==, 2 * 28);

  /* Two desks at once make each time once. */
  for (guint i = 0; i < 2; i++)
    rcp_publish_hours_async (desk->client, desk->roster, desk->clock, 15, 14, NULL, desk_keep_result_cb, &kept[i]);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = desk_wait (&kept[i]);

      rcp_publish_hours_finish (result, &n_published[i], &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n_published[0] + n_published[1], ==, 2 * 28 * 5);
  g_assert_cmpuint (desk_fixture_count_status (desk, "Slot", "free"), ==, 2 * 28 * 11 - 1);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

/* Slots that somebody made by hand: pairs of start and end. */
static void
put_stray_slots (DeskFixture *desk, const char *const *ranges)
{
  for (guint i = 0; ranges[i] != NULL; i += 2)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"resourceType\":\"Slot\",\"schedule\":{\"reference\":\"Schedule/%s\"},\"status\":\"free\",\"start\":\"%s\","
          "\"end\":\"%s\"}",
          rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)), ranges[i], ranges[i + 1]);
      g_autoptr (FhirResource) slot = parts_resource (text);
      g_autoptr (GAsyncResult) done = NULL;
      g_autoptr (FhirResource) made = NULL;
      g_autoptr (GError) error = NULL;
      GAsyncResult *kept = NULL;

      fhir_client_create_async (desk->client, fhir_resource_get_json (slot), NULL, NULL, desk_keep_result_cb, &kept);
      done = desk_wait (&kept);
      made = fhir_client_create_finish (desk->client, done, &error);
      g_assert_no_error (error);
    }
}

/* A slot far ahead, beyond the horizon or within it, is not where the hours end; nothing is published over it. */
static void
test_publish_around_strays (void)
{
  static const char *const beyond[] = { "2027-06-07T14:00:00Z", "2027-06-07T14:15:00Z", NULL };
  static const char *const within[] = { "2026-12-06T14:00:00Z", "2026-12-06T14:15:00Z",
                                        "2026-12-01T14:05:00Z", "2026-12-01T14:20:00Z", NULL };
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);

  put_stray_slots (desk, beyond);
  g_assert_cmpuint (publish (desk, DESK_DAYS + 7), ==, 5 * 28);
  put_stray_slots (desk, within);
  g_assert_cmpuint (publish (desk, DESK_DAYS + 7), ==, 0);
  g_assert_cmpuint (publish (desk, DESK_DAYS + 14), ==, 5 * 28);
}

/* A hole between the hours and a stray slot is filled; where the stray lies across two times, neither is made. */
static void
test_publish_holes (void)
{
  static const char *const strays[] = { "2026-12-06T14:00:00Z", "2026-12-06T14:15:00Z",
                                        "2026-12-01T14:05:00Z", "2026-12-01T14:20:00Z", NULL };
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);

  put_stray_slots (desk, strays);
  g_assert_cmpuint (publish (desk, DESK_DAYS + 7), ==, 5 * 28 - 2);
  g_assert_cmpuint (publish (desk, DESK_DAYS + 7), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/publish/again", test_publish_again);
  g_test_add_func ("/scheduling/publish/around-strays", test_publish_around_strays);
  g_test_add_func ("/scheduling/publish/holes", test_publish_holes);
  return g_test_run ();
}
