/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-fixture.h"

#include "clinic-parts.h"

#include <stdarg.h>

static FhirBundle *
transact (DeskFixture *self, FhirTransaction *transaction)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FhirBundle *reply;

  fhir_client_transact_async (self->client, transaction, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  reply = fhir_client_transact_finish (self->client, result, &error);
  g_assert_no_error (error);
  return reply;
}

static void
add_person (FhirTransaction *transaction, const char *type, const char *family, guint index)
{
  g_autofree char *json = g_strdup_printf (
      "{\"resourceType\":\"%s\",\"name\":[{\"family\":\"%s%03u\",\"given\":[\"Alex\"]}]}", type, family, index);
  g_autoptr (FhirResource) person = parts_resource (json);

  fhir_transaction_create (transaction, fhir_resource_get_json (person), NULL);
}

static void
make_people (DeskFixture *self, guint n_providers, guint n_patients)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (FhirBundle) reply = NULL;
  g_autoptr (FhirBundle) patients = NULL;

  for (guint i = 0; i < n_providers; i++)
    add_person (transaction, "Practitioner", "Provider", i);
  for (guint i = 0; i < n_patients; i++)
    add_person (transaction, "Patient", "Patient", i);
  reply = transact (self, transaction);
  patients = desk_fixture_search (self, "Patient", "_sort", "family", NULL);
  for (guint i = 0; i < n_patients; i++)
    g_ptr_array_add (self->patients, rcp_patient_new (fhir_bundle_get_matches (patients)->pdata[i]));
}

static void
make_clinic (DeskFixture *self, guint n_providers, guint n_days)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) founded = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) published = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  rcp_found_clinic_async (self->client, self->clock, "Corner Clinic", "America/New_York", n_providers, NULL,
                          desk_keep_result_cb, &kept);
  founded = desk_wait (&kept);
  rcp_found_clinic_finish (founded, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, n_providers);
  rcp_roster_load_async (self->client, NULL, desk_keep_result_cb, &kept);
  loaded = desk_wait (&kept);
  self->roster = rcp_roster_load_finish (loaded, &error);
  g_assert_no_error (error);
  rcp_publish_hours_async (self->client, self->roster, self->clock, 15, n_days, NULL, desk_keep_result_cb, &kept);
  published = desk_wait (&kept);
  rcp_publish_hours_finish (published, &n, &error);
  g_assert_no_error (error);
  if (n_days == DESK_DAYS && self->now == DESK_NOW)
    g_assert_cmpuint (n, ==, n_providers * 28 * 5);
}

DeskFixture *
desk_fixture_new (guint n_providers, guint n_patients)
{
  return desk_fixture_new_for_days (n_providers, n_patients, DESK_DAYS);
}

DeskFixture *
desk_fixture_new_for_days (guint n_providers, guint n_patients, guint n_days)
{
  return desk_fixture_new_at (DESK_NOW, n_providers, n_patients, n_days);
}

/* Takes @client. */
static DeskFixture *
fixture_new (FhirClient *client, gint64 now, guint n_providers, guint n_patients, guint n_days)
{
  DeskFixture *self = g_new0 (DeskFixture, 1);

  self->client = client;
  self->now = now;
  self->clock = rcp_clock_new_fixed (now);
  self->patients = g_ptr_array_new_with_free_func (g_object_unref);
  make_people (self, n_providers, n_patients);
  make_clinic (self, n_providers, n_days);
  return self;
}

DeskFixture *
desk_fixture_new_at (gint64 now, guint n_providers, guint n_patients, guint n_days)
{
  PracticeFixture *practice = practice_fixture_new (NULL);
  DeskFixture *self
      = fixture_new (practice_fixture_create_client (practice), now, n_providers, n_patients, n_days);

  self->practice = practice;
  return self;
}

DeskFixture *
desk_fixture_new_on (FhirClient *client, guint n_providers, guint n_patients, guint n_days)
{
  return fixture_new (client, DESK_NOW, n_providers, n_patients, n_days);
}

void
desk_fixture_free (DeskFixture *self)
{
  g_clear_pointer (&self->patients, g_ptr_array_unref);
  g_clear_object (&self->roster);
  g_assert_finalize_object (self->clock);
  /* A connection that closes is told so by the loop. */
  g_clear_object (&self->client);
  g_clear_pointer (&self->practice, practice_fixture_free);
  g_free (self);
}

RcpProvider *
desk_fixture_get_provider (DeskFixture *self, guint index)
{
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (self->roster), index);

  g_assert_nonnull (provider);
  return provider;
}

RcpPatient *
desk_fixture_get_patient (DeskFixture *self, guint index)
{
  return self->patients->pdata[index % self->patients->len];
}

RcpOffer *
desk_fixture_make_offer (DeskFixture *self, guint provider, guint day, guint minute, guint n_slots)
{
  RcpProvider *column = desk_fixture_get_provider (self, provider);
  g_autofree char *schedule = g_strconcat ("Schedule/", rcp_provider_get_schedule_id (column), NULL);
  g_autoptr (GArray) slots = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GDate date;
  gint64 start;

  rcp_time_get_day (self->now, rcp_provider_get_zone (column), &date);
  g_date_add_days (&date, day);
  start = rcp_time_at_minute (&date, minute, rcp_provider_get_zone (column));
  bundle = desk_fixture_search (self, "Slot", "schedule", schedule, NULL);
  slots = rcp_slots_from_bundle (bundle);
  for (guint i = 0; i + n_slots <= slots->len; i++)
    if (g_array_index (slots, RcpSlot, i).range.start == start)
      return rcp_offer_new (column, &g_array_index (slots, RcpSlot, i), n_slots);
  g_error ("no slot there");
}

RcpVisit *
desk_fixture_book (DeskFixture *self, FhirClient *client, guint patient, RcpOffer *offer, GError **error)
{
  RcpBookVisit *book = rcp_book_visit_new (
      client != NULL ? client : self->client, self->clock, desk_fixture_get_patient (self, patient), offer,
      rcp_roster_find_visit_type (self->roster, "annual-check"), RCP_URGENCY_URGENT, "  a cough ");
  GAsyncResult *kept = NULL;
  GAsyncResult *result;
  RcpVisit *visit;

  rcp_book_visit_run_async (book, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_book_visit_run_finish (book, result, error);
  g_object_unref (result);
  g_assert_finalize_object (book);
  return visit;
}

RcpVisit *
desk_fixture_move (DeskFixture *self, FhirClient *client, RcpVisit *visit, RcpOffer *offer, GError **error)
{
  RcpMoveVisit *move = rcp_move_visit_new (client != NULL ? client : self->client, self->clock, visit, offer);
  GAsyncResult *kept = NULL;
  GAsyncResult *result;
  RcpVisit *moved;

  rcp_move_visit_run_async (move, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  moved = rcp_move_visit_run_finish (move, result, error);
  g_object_unref (result);
  g_assert_finalize_object (move);
  return moved;
}

RcpVisit *
desk_fixture_cancel (DeskFixture *self, FhirClient *client, RcpVisit *visit, const char *reason, GError **error)
{
  RcpCancelVisit *cancel
      = rcp_cancel_visit_new (client != NULL ? client : self->client, self->clock, visit, reason, "by telephone");
  GAsyncResult *kept = NULL;
  GAsyncResult *result;
  RcpVisit *cancelled;

  rcp_cancel_visit_run_async (cancel, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  cancelled = rcp_cancel_visit_run_finish (cancel, result, error);
  g_object_unref (result);
  g_assert_finalize_object (cancel);
  return cancelled;
}

RcpVisit *
desk_fixture_set_status (DeskFixture *self, FhirClient *client, RcpVisit *visit, RcpVisitStatus status, GError **error)
{
  RcpSetStatus *set = rcp_set_status_new (client != NULL ? client : self->client, self->clock, visit, status);
  GAsyncResult *kept = NULL;
  GAsyncResult *result;
  RcpVisit *changed;

  rcp_set_status_run_async (set, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  changed = rcp_set_status_run_finish (set, result, error);
  g_object_unref (result);
  g_assert_finalize_object (set);
  return changed;
}

FhirBundle *
desk_fixture_search (DeskFixture *self, const char *type, ...)
{
  g_autoptr (FhirSearch) search = fhir_search_new (type);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  const char *parameter;
  FhirBundle *bundle;
  va_list pairs;

  va_start (pairs, type);
  while ((parameter = va_arg (pairs, const char *)) != NULL)
    fhir_search_add (search, parameter, va_arg (pairs, const char *));
  va_end (pairs);
  fhir_search_add (search, "_count", "1000");
  fhir_client_search_all_async (self->client, search, 0, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  bundle = fhir_client_search_all_finish (self->client, result, &error);
  g_assert_no_error (error);
  return bundle;
}

FhirResource *
desk_fixture_read (DeskFixture *self, const char *reference)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  FhirResource *resource;

  fhir_client_read_async (self->client, reference, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  resource = fhir_client_read_finish (self->client, result, &error);
  g_assert_no_error (error);
  return resource;
}

guint
desk_fixture_check_record (DeskFixture *self)
{
  g_autoptr (FhirBundle) visits = desk_fixture_search (self, "Appointment", NULL);
  g_autoptr (FhirBundle) slots = desk_fixture_search (self, "Slot", "status", "busy", NULL);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *matches = fhir_bundle_get_matches (visits);
  guint n_visits = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new (matches->pdata[i], NULL);
      const char *const *ids = rcp_visit_get_slot_ids (visit);

      if (!rcp_visit_status_takes_time (rcp_visit_get_status (visit)))
        continue;
      n_visits++;
      for (; *ids != NULL; ids++)
        {
          char *reference = g_strconcat ("Slot/", *ids, NULL);

          if (fhir_bundle_lookup (slots, reference) == NULL)
            g_error ("%s of a visit is not busy", reference);
          if (!g_hash_table_add (taken, reference))
            g_error ("a slot carries two visits");
        }
    }
  /* And no slot is busy for nothing. */
  g_assert_cmpuint (fhir_bundle_get_matches (slots)->len, ==, g_hash_table_size (taken));
  return n_visits;
}

guint
desk_fixture_count_status (DeskFixture *self, const char *type, const char *status)
{
  g_autoptr (FhirBundle) bundle = desk_fixture_search (self, type, "status", status, NULL);

  return fhir_bundle_get_matches (bundle)->len;
}
