/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-new-places-model"

/* rcp-new-places-model.c, rcp-new-place.c, rcp-new-places-plan.c and rcp-find-places.c on the sample clinic: a provider falls ill in the
 * morning, and all of the day's visits get new places at once. */
#include "config.h"

#include <string.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "sample-desk.h"
#include "scheduling/rcp-block-time.h"
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-refit.h"
#include "ui/move/rcp-new-places-model.h"
#include "ui/move/rcp-undo-model.h"

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)

typedef struct
{
  SampleDesk sample;
  GSettings *settings;
  RcpUndoModel *undo;
  RcpProvider *ill; /* borrowed from the roster */
  RcpTimeRange day; /* what is left of it, less the next half hour: nobody is there yet */
} Fixture;

static guint
count_visits (Fixture *fixture, RcpBlockTime *block)
{
  g_autoptr (GAsyncResult) result = NULL;

  rcp_block_time_run_async (block, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  return rcp_block_time_run_finish (block, result, NULL) ? 0 : rcp_block_time_get_n_visits (block);
}

static RcpBlockTime *
make_block (Fixture *fixture, RcpProvider *provider)
{
  g_autofree char *actor = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (provider), NULL);

  return rcp_block_time_new (fixture->sample.client, fixture->sample.clock, rcp_provider_get_schedule_id (provider), actor,
                             rcp_provider_get_zone (provider), fixture->day, RCP_BLOCK_OTHER, "ill");
}

/* Somebody with several visits ahead today. Who has none has the day blocked, which is not in the way. */
static void
fall_ill (Fixture *fixture, guint least)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk));

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      g_autoptr (RcpBlockTime) asked = make_block (fixture, provider), block = make_block (fixture, provider);
      guint n = count_visits (fixture, asked);

      if (n < least)
        continue;
      fixture->ill = provider;
      rcp_block_time_set_over_visits (block, n);
      g_assert_cmpuint (count_visits (fixture, block), ==, 0);
      return;
    }
  g_assert_not_reached ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gint64 now;

  sample_desk_make (&fixture->sample);
  fixture->settings = g_settings_new (APP_ID);
  fixture->undo = rcp_undo_model_new (fixture->sample.desk, fixture->settings);
  sample_desk_open (&fixture->sample);
  now = rcp_clock_get_now (fixture->sample.clock);
  fixture->day = (RcpTimeRange) { now + G_TIME_SPAN_HOUR / 2, now + 10 * G_TIME_SPAN_HOUR };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->undo);
  g_object_unref (fixture->settings);
  sample_desk_tear_down (&fixture->sample);
}

static GPtrArray *
list_refits (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *refits;

  rcp_refit_list_async (fixture->sample.client, fixture->sample.clock, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  refits = rcp_refit_list_finish (result, &error);
  g_assert_no_error (error);
  return refits;
}

static gboolean
is_listed (GPtrArray *refits, RcpNewPlace *place)
{
  for (guint i = 0; i < refits->len; i++)
    if (g_strcmp0 (rcp_visit_get_id (((RcpRefit *) refits->pdata[i])->visit), rcp_visit_get_id (rcp_new_place_get_visit (place))) == 0)
      return TRUE;
  return FALSE;
}

static RcpNewPlace *
get_place (RcpNewPlacesModel *model, guint index)
{
  g_autoptr (RcpNewPlace) place = g_list_model_get_item (rcp_new_places_model_get_places (model), index);

  return place;
}

static guint
get_n_places (RcpNewPlacesModel *model)
{
  return g_list_model_get_n_items (rcp_new_places_model_get_places (model));
}

/* As the record has it now: (transfer full). */
static RcpVisit *
read_visit (Fixture *fixture, RcpNewPlace *place)
{
  g_autofree char *reference = g_strconcat ("Appointment/", rcp_visit_get_id (rcp_new_place_get_visit (place)), NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) resource = NULL;

  fhir_client_read_async (fixture->sample.client, reference, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  resource = fhir_client_read_finish (fixture->sample.client, result, NULL);
  g_assert_nonnull (resource);
  return rcp_visit_new (resource, NULL);
}

static void
assert_is_at (Fixture *fixture, RcpNewPlace *place, RcpTimeRange range)
{
  g_autoptr (RcpVisit) visit = read_visit (fixture, place);

  g_assert_cmpint (rcp_visit_get_range (visit).start, ==, range.start);
  g_assert_cmpint (rcp_visit_get_range (visit).end, ==, range.end);
}

/* Nobody is in two places, nobody sees two at once, and nobody sees the one who is ill. */
static void
assert_places_are_good (Fixture *fixture, RcpNewPlacesModel *model)
{
  for (guint i = 0; i < get_n_places (model); i++)
    {
      RcpNewPlace *place = get_place (model, i);
      RcpOffer *offer = rcp_new_place_get_offer (place);
      RcpTimeRange range = rcp_offer_get_range (offer), before = rcp_visit_get_range (rcp_new_place_get_visit (place));

      g_assert_cmpint (range.end - range.start, ==, before.end - before.start);
      g_assert_cmpint (range.start, >=, before.start); /* who is to come today, not sooner */
      g_assert_false (rcp_offer_get_provider (offer) == fixture->ill && rcp_time_range_overlaps (range, fixture->day));
      g_assert_cmpstr (rcp_provider_get_specialty (rcp_offer_get_provider (offer)), ==, rcp_provider_get_specialty (fixture->ill));
      for (guint j = 0; j < i; j++)
        {
          RcpOffer *other = rcp_new_place_get_offer (get_place (model, j));

          if (rcp_time_range_overlaps (range, rcp_offer_get_range (other)))
            {
              g_assert_true (rcp_offer_get_provider (offer) != rcp_offer_get_provider (other));
              g_assert_cmpstr (rcp_visit_get_patient_id (rcp_new_place_get_visit (place)), !=,
                               rcp_visit_get_patient_id (rcp_new_place_get_visit (get_place (model, j))));
            }
        }
    }
}

/* Another desk is faster for one of them. */
static void
take_place (Fixture *fixture, RcpNewPlace *place)
{
  g_autoptr (RcpPatient) patient = sample_desk_read_patient (&fixture->sample);
  g_autoptr (RcpBookVisit) book
      = rcp_book_visit_new (fixture->sample.client, fixture->sample.clock, patient, rcp_new_place_get_offer (place), NULL,
                            RCP_URGENCY_ROUTINE, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) visit = NULL;

  rcp_book_visit_run_async (book, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  visit = rcp_book_visit_run_finish (book, result, NULL);
  g_assert_nonnull (visit);
}

static gboolean
undo (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rcp_undo_model_undo_async (fixture->undo, 0, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  return rcp_undo_model_undo_finish (fixture->undo, result, error);
}

/* The whole day: one place is gone when it is to be taken, one visit is left out, all others are moved; and the last of these can be
 * taken back. */
static void
test_a_day (Fixture *fixture, gconstpointer data)
{
  RcpNewPlacesModel *model;
  RcpNewPlace *gone, *left_out, *last = NULL;
  g_autoptr (GPtrArray) refits = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  fall_ill (fixture, 4);
  model = rcp_new_places_model_new (fixture->sample.desk);
  g_assert_cmpint (rcp_new_places_model_get_state (model), ==, RCP_NEW_PLACES_READING);
  WAIT_FOR (rcp_new_places_model_get_state (model) != RCP_NEW_PLACES_READING);
  g_assert_cmpint (rcp_new_places_model_get_state (model), ==, RCP_NEW_PLACES_READY);
  n = get_n_places (model);
  g_assert_cmpuint (n, >=, 4);
  g_assert_cmpuint (rcp_new_places_model_get_n_chosen (model), ==, n);
  g_assert_true (g_str_has_prefix (rcp_new_places_model_get_notice (model), "There is a new place for each of "));
  assert_places_are_good (fixture, model);
  g_assert_nonnull (strstr (rcp_new_place_get_reason (get_place (model, 0)), "provider"));

  gone = get_place (model, 0);
  left_out = get_place (model, 1);
  take_place (fixture, gone);
  rcp_new_places_model_choose (model, left_out, FALSE);
  g_assert_cmpuint (rcp_new_places_model_get_n_chosen (model), ==, n - 1);
  rcp_new_places_model_move (model);
  WAIT_FOR (rcp_new_places_model_get_state (model) == RCP_NEW_PLACES_DONE);
  g_assert_cmpuint (rcp_new_places_model_get_n_moved (model), ==, n - 2);
  g_assert_nonnull (strstr (rcp_new_places_model_get_notice (model), "stay where they were"));
  refits = list_refits (fixture);
  g_assert_cmpuint (refits->len, ==, 2);
  for (guint i = 0; i < n; i++)
    {
      RcpNewPlace *place = get_place (model, i);
      gboolean stays = place == gone || place == left_out;

      g_assert_true (is_listed (refits, place) == stays);
      g_assert_cmpint (rcp_new_place_get_outcome (place), ==,
                       place == gone ? RCP_NEW_PLACE_REFUSED : stays ? RCP_NEW_PLACE_WAITING : RCP_NEW_PLACE_MOVED);
      assert_is_at (fixture, place,
                    stays ? rcp_visit_get_range (rcp_new_place_get_visit (place)) : rcp_offer_get_range (rcp_new_place_get_offer (place)));
      last = stays ? last : place;
    }
  g_assert_nonnull (strstr (rcp_new_place_get_result (gone), "not moved"));

  g_assert_true (undo (fixture, &error));
  g_assert_no_error (error);
  assert_is_at (fixture, last, rcp_visit_get_range (rcp_new_place_get_visit (last)));
  again = list_refits (fixture);
  g_assert_cmpuint (again->len, ==, 3);
  g_assert_true (is_listed (again, last));
  g_assert_finalize_object (model);
}

static FhirResource *
create (Fixture *fixture, char *text)
{
  g_autofree char *json = text;
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  FhirResource *resource;

  fhir_client_create_async (fixture->sample.client, json_node_get_object (node), NULL, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  resource = fhir_client_create_finish (fixture->sample.client, result, NULL);
  g_assert_nonnull (resource);
  return resource;
}

/* A visit that somebody put into the record by other means, as work to do. @more: members; @who: participants, with a comma behind. */
static void
write_visit (Fixture *fixture, RcpProvider *provider, RcpPatient *patient, RcpTimeRange range, const char *more, const char *who)
{
  g_autofree char *start = rcp_iso8601_format_utc (range.start), *end = rcp_iso8601_format_utc (range.end);
  g_autoptr (FhirResource) visit = create (
      fixture, g_strdup_printf ("{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\",%s\"participant\":[%s"
                                "{\"actor\":{\"reference\":\"Practitioner/%s\"},\"status\":\"accepted\"},"
                                "{\"actor\":{\"reference\":\"Patient/%s\"},\"status\":\"accepted\"}]}",
                                start, end, more, who, rcp_provider_get_practitioner_id (provider), rcp_patient_get_id (patient)));
  g_autoptr (FhirResource) task = create (
      fixture, g_strdup_printf ("{\"resourceType\":\"Task\",\"status\":\"requested\",\"intent\":\"order\",\"identifier\":[{\"system\":"
                                "\"urn:reception:refit\",\"value\":\"%s/%s\"}],\"code\":{\"coding\":[{\"system\":\"urn:reception:refit\","
                                "\"code\":\"refit\"}]},\"reasonCode\":{\"coding\":[{\"system\":\"urn:reception:refit\",\"code\":\"hours\"}]},"
                                "\"focus\":{\"reference\":\"Appointment/%s\"}}",
                                fhir_resource_get_id (visit), start, fhir_resource_get_id (visit)));
}

static void
add_visit (Fixture *fixture, guint hours, const char *more)
{
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk)), 0);
  g_autoptr (RcpPatient) patient = sample_desk_read_patient (&fixture->sample);
  RcpTimeRange range = { fixture->day.start + G_TIME_SPAN_DAY, fixture->day.start + G_TIME_SPAN_DAY + hours * G_TIME_SPAN_HOUR };

  write_visit (fixture, provider, patient, range, more, "");
}

#define N_VISITS 8
#define TOO_EARLY "2026-11-25T06:00:00Z" /* on Wednesday, when two of the family doctors are at the first place, and no other; not yet */

static RcpProvider *
find_provider (Fixture *fixture, const char *family)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk));

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (strstr (rcp_provider_get_name (provider), family))
        return provider; /* the roster keeps it */
    }
  g_assert_not_reached ();
}

static RcpRoom *
find_room (Fixture *fixture, const char *name)
{
  GListModel *rooms = rcp_roster_get_rooms (rcp_desk_get_roster (fixture->sample.desk));

  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (g_str_equal (rcp_room_get_name (room), name))
        return room;
    }
  g_assert_not_reached ();
}

/* As many visits before the doors open of as many people, half of them with each of the two. */
static void
write_visits (Fixture *fixture, guint minutes, const char *more, const char *who)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Patient");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  RcpTimeRange range;

  fhir_search_add_printf (search, "_count", "%u", N_VISITS);
  fhir_client_search_async (fixture->sample.client, search, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  bundle = fhir_client_search_finish (fixture->sample.client, result, NULL);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, N_VISITS);
  g_assert_true (rcp_iso8601_parse_instant (TOO_EARLY, &range.start));
  range.end = range.start + minutes * G_TIME_SPAN_MINUTE;
  for (guint i = 0; i < N_VISITS; i++)
    {
      g_autoptr (RcpPatient) patient = rcp_patient_new (fhir_bundle_get_matches (bundle)->pdata[i]);

      write_visit (fixture, find_provider (fixture, i % 2 ? "Ruiz" : "Nguy"), patient, range, more, who);
    }
}

/* What it is to be in at the new place: those of the kind, or those that it has. */
static gboolean
has_room (Fixture *fixture, RcpNewPlace *place, RcpRoom *room)
{
  g_autoptr (RcpVisit) visit = read_visit (fixture, place);

  return rcp_room_is_used_by (room, visit);
}

/* All are moved, none is refused, and no two are in @room at once. */
static void
move_all (Fixture *fixture, RcpRoom *room, guint least)
{
  RcpNewPlacesModel *model = rcp_new_places_model_new (fixture->sample.desk);
  guint n_there = 0;

  WAIT_FOR (rcp_new_places_model_get_state (model) == RCP_NEW_PLACES_READY);
  g_assert_cmpuint (get_n_places (model), ==, N_VISITS);
  g_assert_cmpuint (rcp_new_places_model_get_n_chosen (model), ==, N_VISITS);
  rcp_new_places_model_move (model);
  WAIT_FOR (rcp_new_places_model_get_state (model) == RCP_NEW_PLACES_DONE);
  for (guint i = 0; i < N_VISITS; i++)
    g_assert_cmpstr (rcp_new_place_get_result (get_place (model, i)), ==, "Moved");
  for (guint i = 0; i < N_VISITS; i++)
    {
      RcpTimeRange range = rcp_offer_get_range (rcp_new_place_get_offer (get_place (model, i)));

      if (!has_room (fixture, get_place (model, i), room))
        continue;
      n_there++;
      for (guint j = 0; j < i; j++)
        g_assert_false (has_room (fixture, get_place (model, j), room)
                        && rcp_time_range_overlaps (range, rcp_offer_get_range (rcp_new_place_get_offer (get_place (model, j)))));
    }
  g_assert_cmpuint (n_there, >=, least);
  g_assert_finalize_object (model);
}

/* There is one ECG at that place: two visits that need it are never put into one time with two doctors. */
static void
test_one_device (Fixture *fixture, gconstpointer data)
{
  RcpVisitType *ecg = rcp_roster_find_visit_type (rcp_desk_get_roster (fixture->sample.desk), "ecg");
  g_autofree char *more = NULL;

  g_assert_cmpstr (rcp_visit_type_get_needs (ecg), ==, "ecg");
  more = g_strdup_printf ("\"serviceType\":[{\"coding\":[{\"system\":\"%s\",\"code\":\"ecg\"}]}],", RCP_SYSTEM_VISIT_TYPE);
  write_visits (fixture, 30, more, "");
  move_all (fixture, find_room (fixture, "ECG 1"), N_VISITS / 2);
}

/* A room that comes along though nothing needs it: the same. */
static void
test_one_kept_room (Fixture *fixture, gconstpointer data)
{
  RcpRoom *room = find_room (fixture, "Exam room 5");
  g_autofree char *who = g_strdup_printf ("{\"actor\":{\"reference\":\"%s\"},\"status\":\"accepted\"},", rcp_room_get_reference (room));

  write_visits (fixture, 30, "", who);
  move_all (fixture, room, N_VISITS / 2);
}

/* What has no place says so and stays; and what was booked as one is not torn apart. */
static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  RcpNewPlacesModel *model;
  RcpNewPlace *whole, *part;
  g_autoptr (GPtrArray) refits = NULL;

  add_visit (fixture, 14, "");
  add_visit (fixture, 1, "\"identifier\":[{\"system\":\"urn:reception:together\",\"value\":\"urn:uuid:0f6f2a4e-1111-4222-8333-444455556666\"}],");
  model = rcp_new_places_model_new (fixture->sample.desk);
  WAIT_FOR (rcp_new_places_model_get_state (model) == RCP_NEW_PLACES_READY);
  g_assert_cmpuint (get_n_places (model), ==, 2);
  whole = get_place (model, 0);
  part = get_place (model, 1);
  if (strstr (rcp_new_place_get_reason (whole), "Booked as one"))
    {
      part = whole;
      whole = get_place (model, 1);
    }
  g_assert_cmpstr (rcp_new_place_get_reason (whole), ==, "No free place within 42 days. It stays where it is.");
  g_assert_cmpstr (rcp_new_place_get_reason (part), ==, "Booked as one with other visits: move all of it by hand.");
  g_assert_null (rcp_new_place_get_offer (whole));
  g_assert_null (rcp_new_place_get_after (whole));
  g_assert_cmpstr (rcp_new_places_model_get_notice (model), ==, "There is no new place for any of them.");
  g_assert_cmpuint (rcp_new_places_model_get_n_chosen (model), ==, 0);
  rcp_new_places_model_choose (model, whole, TRUE);
  g_assert_cmpuint (rcp_new_places_model_get_n_chosen (model), ==, 0);
  rcp_new_places_model_move (model);
  g_assert_cmpint (rcp_new_places_model_get_state (model), ==, RCP_NEW_PLACES_READY);
  refits = list_refits (fixture);
  g_assert_cmpuint (refits->len, ==, 2);
  g_assert_finalize_object (model);
}

static void
test_nothing_to_do (Fixture *fixture, gconstpointer data)
{
  RcpNewPlacesModel *model = rcp_new_places_model_new (fixture->sample.desk);

  WAIT_FOR (rcp_new_places_model_get_state (model) == RCP_NEW_PLACES_READY);
  g_assert_cmpuint (get_n_places (model), ==, 0);
  g_assert_null (rcp_new_places_model_get_notice (model));
  g_assert_finalize_object (model);
}

static void
test_no_record (Fixture *fixture, gconstpointer data)
{
  RcpNewPlacesModel *model;

  fhir_client_set_max_retries (fixture->sample.client, 0);
  practice_fixture_kill (fixture->sample.practice);
  model = rcp_new_places_model_new (fixture->sample.desk);
  WAIT_FOR (rcp_new_places_model_get_state (model) == RCP_NEW_PLACES_FAILED);
  g_assert_nonnull (strstr (rcp_new_places_model_get_notice (model), "Nothing was moved."));
  g_assert_finalize_object (model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/new-places-model/a-day", Fixture, NULL, set_up, test_a_day, tear_down);
  g_test_add ("/ui/new-places-model/nowhere", Fixture, NULL, set_up, test_nowhere, tear_down);
  g_test_add ("/ui/new-places-model/one-device", Fixture, NULL, set_up, test_one_device, tear_down);
  g_test_add ("/ui/new-places-model/one-kept-room", Fixture, NULL, set_up, test_one_kept_room, tear_down);
  g_test_add ("/ui/new-places-model/nothing-to-do", Fixture, NULL, set_up, test_nothing_to_do, tear_down);
  g_test_add ("/ui/new-places-model/no-record", Fixture, NULL, set_up, test_no_record, tear_down);
  return g_test_run ();
}
