/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-wait-list-model"

/* rcp-wait-list-model.c, rcp-freed-times.c and rcp-booking-wait.c on the sample clinic: no time suits, the wish is kept, a
 * visit is cancelled at another desk, and who waits gets its time. */
#include "config.h"

#include "sample-desk.h"
#include "scheduling/rcp-book-visit.h"
#include "ui/booking/rcp-booking-model.h"
#include "ui/move/rcp-undo-model.h"
#include "ui/waitlist/rcp-freed-times.h"
#include "ui/waitlist/rcp-wait-list-model.h"

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)

typedef struct
{
  SampleDesk sample;
  RcpWaitListModel *model;
  char *news;
  GSettings *settings;
  RcpUndoModel *undo;
} Fixture;

static void
on_news_cb (Fixture *fixture, const char *news)
{
  g_free (fixture->news);
  fixture->news = g_strdup (news);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sample_desk_make (&fixture->sample);
  fixture->model = rcp_wait_list_model_new (fixture->sample.desk);
  g_signal_connect_swapped (fixture->model, "news", G_CALLBACK (on_news_cb), fixture);
  fixture->settings = g_settings_new (APP_ID);
  fixture->undo = rcp_undo_model_new (fixture->sample.desk, fixture->settings);
  sample_desk_open (&fixture->sample);
  rcp_day_book_set_watching (rcp_desk_get_day_book (fixture->sample.desk), TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer left = fixture->model;

  /* A list that is just being read holds its model until it is there. */
  g_object_add_weak_pointer (G_OBJECT (fixture->model), &left);
  g_object_unref (fixture->model);
  WAIT_FOR (left == NULL);
  g_object_unref (fixture->undo);
  g_object_unref (fixture->settings);
  sample_desk_tear_down (&fixture->sample);
  g_free (fixture->news);
}

/* Visits that are booked and not over, the soonest first: (transfer full). */
static GListStore *
read_visits (Fixture *fixture)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GListStore *visits = g_list_store_new (RCP_TYPE_VISIT);

  fhir_search_add (search, "status", "booked");
  fhir_search_add_instant (search, "date", "gt", rcp_clock_get_now (fixture->sample.clock) + G_TIME_SPAN_DAY / 8);
  fhir_search_add (search, "_sort", "date");
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_search_add (search, "_count", "20");
  fhir_client_search_async (fixture->sample.client, search, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  bundle = fhir_client_search_finish (fixture->sample.client, result, NULL);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (fhir_bundle_get_matches (bundle)->pdata[i], bundle);

      g_list_store_append (visits, visit);
    }
  return visits;
}

/* From the booking window of the visit that the patient has: with its provider, any earlier time. */
static void
join (Fixture *fixture, RcpVisit *visit, gboolean keeps_visit)
{
  g_autoptr (RcpBookingModel) booking = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) entry = NULL;
  g_autoptr (GError) error = NULL;

  if (keeps_visit)
    rcp_booking_model_set_moving (booking, visit);
  else
    rcp_booking_model_set_patient (booking, rcp_visit_get_patient (visit));
  rcp_booking_model_set_complaint (booking, "as soon as possible");
  rcp_booking_wait_async (booking, fixture->sample.desk, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  entry = rcp_booking_wait_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (entry), ==, RCP_VISIT_WAITLIST);
  g_assert_cmpstr (rcp_visit_get_complaint (entry), ==, "as soon as possible");
  WAIT_FOR (rcp_wait_list_model_get_count (fixture->model) == 1);
}

static void
cancel (Fixture *fixture, RcpVisit *visit)
{
  g_autoptr (FhirClient) other_desk = practice_fixture_create_client (fixture->sample.practice);
  g_autoptr (RcpCancelVisit) operation = rcp_cancel_visit_new (other_desk, fixture->sample.clock, visit, "pat", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;

  rcp_cancel_visit_run_async (operation, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  cancelled = rcp_cancel_visit_run_finish (operation, result, NULL);
  g_assert_nonnull (cancelled);
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_undo_model_undo_async (fixture->undo, 0, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  rcp_undo_model_undo_finish (fixture->undo, result, &error);
  g_assert_no_error (error);
}

static RcpVisit *
read_visit (Fixture *fixture, const char *id)
{
  g_autofree char *reference = g_strdup_printf ("Appointment/%s", id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) resource = NULL;

  fhir_client_read_async (fixture->sample.client, reference, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  resource = fhir_client_read_finish (fixture->sample.client, result, NULL);
  return rcp_visit_new (resource, NULL);
}

static RcpVisit *
book_first (Fixture *fixture)
{
  g_autoptr (RcpFreed) freed = g_list_model_get_item (rcp_wait_list_model_get_freed (fixture->model), 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpVisit *visit;

  rcp_wait_list_model_book_async (fixture->model, freed, rcp_freed_get_candidates (freed)->pdata[0], keep_result_cb,
                                  &result);
  g_assert_true (rcp_wait_list_model_is_busy (fixture->model));
  WAIT_FOR (result != NULL);
  visit = rcp_wait_list_model_change_finish (fixture->model, result, &error);
  g_assert_no_error (error);
  g_assert_false (rcp_wait_list_model_is_busy (fixture->model));
  return visit;
}

/* Two visits of one provider, the later of them at least as short: the patient of it wants the time of the earlier. */
static void
pick_pair (GListStore *visits, RcpVisit **early, RcpVisit **late)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (visits)); i++)
    for (guint j = i + 1; j < g_list_model_get_n_items (G_LIST_MODEL (visits)); j++)
      {
        g_autoptr (RcpVisit) a = g_list_model_get_item (G_LIST_MODEL (visits), i);
        g_autoptr (RcpVisit) b = g_list_model_get_item (G_LIST_MODEL (visits), j);
        RcpTimeRange of_a = rcp_visit_get_range (a);
        RcpTimeRange of_b = rcp_visit_get_range (b);

        if (g_strcmp0 (rcp_visit_get_practitioner_id (a), rcp_visit_get_practitioner_id (b)) != 0
            || of_b.end - of_b.start > of_a.end - of_a.start || of_b.start < of_a.end
            || g_strcmp0 (rcp_visit_get_patient_id (a), rcp_visit_get_patient_id (b)) == 0)
          continue;
        *early = g_steal_pointer (&a);
        *late = g_steal_pointer (&b);
        return;
      }
  g_assert_not_reached ();
}

static void
test_gets_what_another_desk_freed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) visits = read_visits (fixture);
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) back = NULL;
  GListModel *freed = rcp_wait_list_model_get_freed (fixture->model);

  pick_pair (visits, &early, &late);
  join (fixture, late, TRUE);
  {
    g_autoptr (RcpWaiting) waiting = g_list_model_get_item (rcp_wait_list_model_get_list (fixture->model), 0);
    g_autofree char *words = rcp_wait_list_model_describe (fixture->model, waiting);

    g_assert_cmpstr (rcp_visit_get_id (rcp_waiting_get_booked (waiting)), ==, rcp_visit_get_id (late));
    g_assert_nonnull (strstr (words, "has a visit on"));
  }
  g_assert_cmpuint (g_list_model_get_n_items (freed), ==, 0);
  cancel (fixture, early);
  WAIT_FOR (g_list_model_get_n_items (freed) == 1);
  moved = book_first (fixture);
  g_assert_cmpstr (rcp_visit_get_id (moved), ==, rcp_visit_get_id (late));
  g_assert_cmpint (rcp_visit_get_range (moved).start, ==, rcp_visit_get_range (early).start);
  g_assert_null (fixture->news);
  WAIT_FOR (rcp_wait_list_model_get_count (fixture->model) == 0);
  /* Nobody waits any more, so that the time that the move freed is not offered. */
  g_assert_cmpuint (g_list_model_get_n_items (freed), ==, 0);

  /* Undone, the patient has the later time again, and waits again for an earlier one. */
  g_assert_nonnull (strstr (rcp_undo_model_get_text (fixture->undo, 0), "moved to"));
  undo (fixture);
  WAIT_FOR (rcp_wait_list_model_get_count (fixture->model) == 1);
  back = read_visit (fixture, rcp_visit_get_id (late));
  g_assert_cmpint (rcp_visit_get_range (back).start, ==, rcp_visit_get_range (late).start);
}

/* What somebody else took meanwhile is told, and the entry stays. */
static void
test_too_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) visits = read_visits (fixture);
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpFreed) freed = NULL;
  g_autoptr (GError) error = NULL;

  pick_pair (visits, &early, &late);
  join (fixture, late, TRUE);
  rcp_wait_list_model_add_free (fixture->model,
                                rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->sample.desk), early),
                                rcp_visit_get_range (early));
  freed = g_list_model_get_item (rcp_wait_list_model_get_freed (fixture->model), 0);
  g_assert_nonnull (freed);
  rcp_wait_list_model_book_async (fixture->model, freed, rcp_freed_get_candidates (freed)->pdata[0], keep_result_cb,
                                  &result);
  WAIT_FOR (result != NULL);
  g_assert_null (rcp_wait_list_model_change_finish (fixture->model, result, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_cmpstr (fixture->news, ==, error->message);
  g_assert_cmpuint (rcp_wait_list_model_get_count (fixture->model), ==, 1);
}

static void
test_leaves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) visits = read_visits (fixture);
  g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (visits), 0);
  g_autoptr (RcpWaiting) waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) left = NULL;

  join (fixture, visit, FALSE);
  waiting = g_list_model_get_item (rcp_wait_list_model_get_list (fixture->model), 0);
  g_assert_null (rcp_waiting_get_booked (waiting));
  rcp_wait_list_model_remove_async (fixture->model, waiting, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  left = rcp_wait_list_model_change_finish (fixture->model, result, NULL);
  g_assert_cmpint (rcp_visit_get_status (left), ==, RCP_VISIT_CANCELLED);
  WAIT_FOR (rcp_wait_list_model_get_count (fixture->model) == 0);
  g_assert_nonnull (strstr (rcp_undo_model_get_text (fixture->undo, 0), "is off the wait list"));
  undo (fixture);
  WAIT_FOR (rcp_wait_list_model_get_count (fixture->model) == 1);
}

/* Who joined by mistake is not on the list. */
static void
test_joins_and_never_did (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) visits = read_visits (fixture);
  g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (visits), 0);
  g_autofree char *expected = g_strdup_printf ("%s is on the wait list", rcp_patient_get_name (rcp_visit_get_patient (visit)));

  join (fixture, visit, FALSE);
  g_assert_cmpstr (rcp_undo_model_get_text (fixture->undo, 0), ==, expected);
  undo (fixture);
  WAIT_FOR (rcp_wait_list_model_get_count (fixture->model) == 0);
}

static void
test_freed_times (Fixture *fixture, gconstpointer data)
{
  RcpFreedTimes *times = rcp_freed_times_new ();
  RcpRoster *roster = rcp_desk_get_roster (fixture->sample.desk);
  g_autoptr (GListStore) visits = read_visits (fixture);
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  RcpProvider *provider;
  RcpTimeRange first, second;
  gint64 now = rcp_clock_get_now (fixture->sample.clock);

  pick_pair (visits, &early, &late);
  join (fixture, late, TRUE);
  provider = rcp_roster_find_provider_of_visit (roster, late);
  second = (RcpTimeRange){ rcp_visit_get_range (late).start - G_TIME_SPAN_HOUR, rcp_visit_get_range (late).start };
  first = (RcpTimeRange){ second.start - G_TIME_SPAN_HOUR, second.start };
  rcp_freed_times_add (times, provider, second);
  rcp_freed_times_add (times, provider, first);
  rcp_freed_times_rank (times, rcp_wait_list_model_get_list (fixture->model), roster, now);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_freed_times_get_list (times)), ==, 1);
  {
    g_autoptr (RcpFreed) freed = g_list_model_get_item (rcp_freed_times_get_list (times), 0);
    g_autofree char *words = rcp_freed_describe (freed);

    g_assert_cmpint (rcp_freed_get_range (freed).start, ==, first.start);
    g_assert_cmpint (rcp_freed_get_range (freed).end, ==, second.end);
    g_assert_nonnull (strstr (words, rcp_provider_get_name (provider)));
  }
  rcp_freed_times_remove (times, provider, first);
  rcp_freed_times_remove (times, provider, second);
  rcp_freed_times_rank (times, rcp_wait_list_model_get_list (fixture->model), roster, now);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_freed_times_get_list (times)), ==, 0);
  rcp_freed_times_add (times, provider, first);
  rcp_freed_times_rank (times, rcp_wait_list_model_get_list (fixture->model), roster, first.start + 1);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_freed_times_get_list (times)), ==, 0);
  g_assert_finalize_object (times);
}

/* Tells that the calendar of @provider keeps @range and nothing else. */
static void
keep (Fixture *fixture, RcpProvider *provider, RcpTimeRange range)
{
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  RcpBusy item = { range, RCP_BUSY_BUSY };

  g_array_append_val (busy, item);
  rcp_busy_times_set (rcp_desk_get_busy_times (fixture->sample.desk), rcp_provider_get_practitioner_id (provider), busy, 0);
}

/* Of a time that became free only what the provider's calendar leaves is shown, from where a slot begins. */
static void
test_calendar_keeps_freed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpFreedTimes) times = rcp_freed_times_new ();
  RcpRoster *roster = rcp_desk_get_roster (fixture->sample.desk);
  g_autoptr (GListStore) visits = read_visits (fixture);
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  g_autoptr (RcpFreed) freed = NULL;
  RcpProvider *provider;
  RcpTimeRange free, slot, kept;
  gint64 now = rcp_clock_get_now (fixture->sample.clock);

  pick_pair (visits, &early, &late);
  join (fixture, late, TRUE);
  provider = rcp_roster_find_provider_of_visit (roster, late);
  free = (RcpTimeRange){ rcp_visit_get_range (late).start - 2 * G_TIME_SPAN_HOUR, rcp_visit_get_range (late).start };
  for (slot.start = free.start; slot.start < free.end; slot.start = slot.end)
    {
      slot.end = slot.start + 15 * G_TIME_SPAN_MINUTE;
      rcp_freed_times_add (times, provider, slot);
    }
  kept = (RcpTimeRange){ free.start - G_TIME_SPAN_HOUR, free.start + 20 * G_TIME_SPAN_MINUTE };
  keep (fixture, provider, kept);
  rcp_freed_times_rank (times, rcp_wait_list_model_get_list (fixture->model), roster, now);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_freed_times_get_list (times)), ==, 1);
  freed = g_list_model_get_item (rcp_freed_times_get_list (times), 0);
  g_assert_cmpint (rcp_freed_get_range (freed).start, ==, free.start + 30 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (rcp_freed_get_range (freed).end, ==, free.end);
  keep (fixture, provider, free);
  rcp_freed_times_rank (times, rcp_wait_list_model_get_list (fixture->model), roster, now);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_freed_times_get_list (times)), ==, 0);

  /* And as soon as the calendar is known, of what is shown already. */
  rcp_wait_list_model_add_free (fixture->model, provider, free);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_wait_list_model_get_freed (fixture->model)), ==, 0);
  keep (fixture, provider, (RcpTimeRange){ now, now + 1 });
  g_assert_cmpuint (g_list_model_get_n_items (rcp_wait_list_model_get_freed (fixture->model)), ==, 1);
  keep (fixture, provider, free);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_wait_list_model_get_freed (fixture->model)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/wait-list-model/freed-at-another-desk", Fixture, NULL, set_up, test_gets_what_another_desk_freed,
              tear_down);
  g_test_add ("/ui/wait-list-model/too-late", Fixture, NULL, set_up, test_too_late, tear_down);
  g_test_add ("/ui/wait-list-model/leaves", Fixture, NULL, set_up, test_leaves, tear_down);
  g_test_add ("/ui/wait-list-model/joins-and-never-did", Fixture, NULL, set_up, test_joins_and_never_did, tear_down);
  g_test_add ("/ui/wait-list-model/freed-times", Fixture, NULL, set_up, test_freed_times, tear_down);
  g_test_add ("/ui/wait-list-model/calendar-keeps-freed", Fixture, NULL, set_up, test_calendar_keeps_freed, tear_down);
  return g_test_run ();
}
