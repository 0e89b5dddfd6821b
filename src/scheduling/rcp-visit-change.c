/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-change"

#include "rcp-visit-change.h"

#include "clinic/rcp-codes.h"

static void read_slots (GTask *task);

/* Before anything was sent, every failure means that nothing was changed. */
static void
fail_unsent (GTask *task, const GError *error)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->deed));
}

static void
on_explained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_error (task, rcp_taken_explain_finish (result));
}

/* Takes @error. */
static void
fail_taken (GTask *task, GError *error)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  if (self->take != NULL && g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN))
    rcp_taken_explain_async (self, error, on_explained_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

typedef struct
{
  RcpVisitChange *change;
  RcpRecordState *state;
} Known;

/* As the record holds it, else as it was known. */
static FhirResource *
find_patient (gpointer source, const char *reference)
{
  Known *known = source;
  FhirResource *patient = rcp_record_state_lookup (known->state, reference);
  RcpPatient *booked = known->change->patient;

  if (patient == NULL && booked != NULL && g_str_equal (fhir_resource_get_reference (rcp_patient_get_resource (booked)), reference))
    patient = rcp_patient_get_resource (booked);
  if (patient == NULL && known->change->visit != NULL)
    patient = rcp_visit_find_patient (known->change->visit, reference);
  return patient;
}

/* The visit as the record holds it now. */
RcpVisit *
rcp_visit_change_make_visit (RcpVisitChange *self, RcpRecordState *state)
{
  g_autoptr (GPtrArray) all = rcp_record_state_dup_all (state);
  g_autoptr (RcpEncounters) encounters = rcp_encounters_new (all);
  Known known = { self, state };
  FhirResource *appointment;

  if (self->visit != NULL)
    appointment = rcp_record_state_lookup (state, fhir_resource_get_reference (rcp_visit_get_resource (self->visit)));
  else
    appointment = rcp_record_state_find (state, "Appointment", RCP_SYSTEM_BOOKING, self->booking_id);
  return rcp_visit_new_found (appointment, encounters, find_patient, &known);
}

/* Somebody was faster: perhaps only with the room, and there is another; or with an overbooking, and there may be one more. All
 * is looked at anew. */
static gboolean
try_again (GTask *task, const GError *error)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  if (!g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN) || self->group != NULL
      || !rcp_visit_change_may_start_over (self))
    return FALSE;
  rcp_visit_change_start_over (self);
  g_task_set_check_cancellable (task, TRUE);
  read_slots (task);
  return TRUE;
}

static void
on_committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpRecordState) state = rcp_commit_finish (result, &error);

  if (state == NULL && try_again (task, error))
    return;
  if (state == NULL)
    fail_taken (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rcp_visit_change_make_visit (self, state), g_object_unref);
}

static void
commit (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->group != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!rcp_visit_change_check_calendar (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_check_cancellable (task, FALSE);
  rcp_commit_async (self->client, g_steal_pointer (&self->plan), NULL, on_committed_cb, g_object_ref (task));
}

/* Whom a room, among others, is kept from at that very moment may have another one. */
static void
on_elsewhere_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rcp_elsewhere_check_finish (result, &error))
    commit (task);
  else if (try_again (task, error))
    g_error_free (error);
  else
    g_task_return_error (task, error);
}

static void settle (GTask *task);

static void
on_limit_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rcp_session_limit_check_finish (result, &error))
    settle (task);
  else
    g_task_return_error (task, error);
}

/* With all that was read: is the time free, and are the people? Who puts a visit beside others knows that they are not. */
static void
settle (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (self->group == NULL)
    self->plan = rcp_visit_change_compose (self, NULL, &error);
  else if (!rcp_visit_change_may_take_all (self))
    error = rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_TAKEN, self->deed, "a slot is not free");
  if (error != NULL)
    fail_taken (task, g_steal_pointer (&error));
  else if (self->zone == NULL || self->overbook != NULL)
    commit (task);
  else
    rcp_elsewhere_check_async (self, g_task_get_cancellable (task), on_elsewhere_checked_cb, g_object_ref (task));
}

/* What the limit was counted by is part of what is sent. */
static void
decide (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  if (self->zone != NULL && self->overbook != NULL)
    rcp_session_limit_check_async (self, g_task_get_cancellable (task), on_limit_checked_cb, g_object_ref (task));
  else
    settle (task);
}

static void
on_entry_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->entry = fhir_client_read_finish (FHIR_CLIENT (source), result, &error);
  if (self->entry == NULL)
    fail_unsent (task, error);
  else
    decide (task);
}

/* What became of the entry of the wait list that comes back. */
static void
read_entry (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  if (self->reopens == NULL)
    decide (task);
  else
    fhir_client_read_async (self->client, fhir_resource_get_reference (rcp_visit_get_resource (self->reopens)),
                            g_task_get_cancellable (task), on_entry_read_cb, g_object_ref (task));
}

static void
on_told_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rcp_told_check_finish (result, &error))
    read_entry (task);
  else
    g_task_return_error (task, error);
}

static void
check_told (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  if (self->not_told_since != 0)
    rcp_told_check_async (self, g_task_get_cancellable (task), on_told_checked_cb, g_object_ref (task));
  else
    decide (task);
}

static void
keep_matches (GPtrArray *kept, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    g_ptr_array_add (kept, g_object_ref (matches->pdata[i]));
}

static void
on_notices_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    {
      fail_unsent (task, error);
      return;
    }
  keep_matches (self->notices, bundle);
  check_told (task);
}

/* What was promised to the patient about the visit so far; there is no search by "about" in R4, so all that are
 * open for the patient. */
static void
read_notices (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);
  const char *patient_id = self->visit != NULL ? rcp_visit_get_patient_id (self->visit) : NULL;
  g_autoptr (FhirSearch) search = NULL;
  g_autofree char *patients = NULL;

  /* A visit that keeps its time keeps its notices. */
  if (patient_id == NULL || self->keeps_slots
      || !fhir_capabilities_has_interaction (self->capabilities, "CommunicationRequest", "create"))
    {
      check_told (task);
      return;
    }
  search = fhir_search_new ("CommunicationRequest");
  patients = rcp_visit_change_join_patients (self, "");
  fhir_search_add (search, "patient", patients);
  fhir_search_add (search, "status", self->revive != NULL ? "active,revoked" : "active");
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_notices_read_cb,
                                g_object_ref (task));
}

/* Whether @fresh has the Encounter that the screen knew of each. Who came without an Encounter is known by none. */
static gboolean
knows_encounters (RcpVisitChange *self, RcpVisit *fresh)
{
  for (guint i = 0; i < rcp_visit_get_n_people (self->visit); i++)
    {
      FhirResource *known = rcp_visit_get_person_encounter (self->visit, i);
      FhirResource *now = rcp_visit_get_person_encounter (fresh, i);

      if (known != NULL
          && (now == NULL || g_strcmp0 (fhir_resource_get_id (known), fhir_resource_get_id (now)) != 0
              || g_strcmp0 (fhir_resource_get_version_id (known), fhir_resource_get_version_id (now)) != 0))
        return FALSE;
    }
  return TRUE;
}

/* What is to come back may be struck out now; then it is what it was before that which the screen knew. */
static RcpVisit *
make_fresh (RcpVisitChange *self, FhirBundle *bundle)
{
  g_autoptr (RcpEncounters) encounters = rcp_encounters_new_from_bundle (bundle);

  return rcp_visit_new_again (self->visit, encounters);
}

/* How far each is was perhaps not known before. */
static gboolean
plan_steps_again (RcpVisitChange *self)
{
  if (self->steps == NULL || rcp_visit_get_n_people (self->visit) == 1)
    return TRUE;
  if (rcp_visit_change_plan_steps (self) == RCP_STEP_NONE)
    return FALSE;
  if (self->deed == RCP_DEED_SET_STATUS)
    rcp_visit_change_ask_for_status (self);
  return TRUE;
}

static void
on_encounter_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);
  g_autoptr (RcpVisit) fresh = NULL;

  if (bundle == NULL)
    {
      fail_unsent (task, error);
      return;
    }
  fresh = make_fresh (self, bundle);
  if (!knows_encounters (self, fresh))
    {
      g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_CHANGED, self->deed,
                                                           "the Encounter has another version"));
      return;
    }
  g_set_object (&self->encounters, bundle);
  g_set_object (&self->visit, fresh);
  if (plan_steps_again (self))
    read_notices (task);
  else
    g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_CHANGED, self->deed, "nobody may take the step"));
}

/* Where a server keeps no Encounters that can be found, an Appointment says only what all of them are. */
static gboolean
may_do_without_encounters (RcpVisitChange *self)
{
  return self->person_id == NULL || self->status == RCP_VISIT_BOOKED || self->status == RCP_VISIT_CONFIRMED;
}

static void
read_encounter (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = NULL;

  if (self->visit == NULL || !fhir_capabilities_has_transactions (self->capabilities)
      || !fhir_capabilities_has_interaction (self->capabilities, "Encounter", "create")
      || !fhir_capabilities_has_search_param (self->capabilities, "Encounter", "appointment"))
    {
      self->encounter_plan = RCP_ENCOUNTER_KEEP;
      if (!may_do_without_encounters (self))
        {
          g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_REFUSED, self->deed,
                                                               "no Encounters to tell one patient from the others"));
          return;
        }
    }
  if (self->encounter_plan == RCP_ENCOUNTER_KEEP)
    {
      read_notices (task);
      return;
    }
  search = fhir_search_new ("Encounter");
  fhir_search_add_printf (search, "appointment", "Appointment/%s", rcp_visit_get_id (self->visit));
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_encounter_read_cb,
                                g_object_ref (task));
}

static void
on_room_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rcp_take_room_finish (result, &error))
    read_encounter (task);
  else
    g_task_return_error (task, error);
}

static void
find_room (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  if (self->rooms != NULL || self->kept != NULL)
    rcp_take_room_async (self, g_task_get_cancellable (task), on_room_taken_cb, g_object_ref (task));
  else
    read_encounter (task);
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    {
      fail_unsent (task, error);
      return;
    }
  keep_matches (self->slots, bundle);
  find_room (task);
}

static void
read_slots (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autofree char *ids = rcp_visit_change_list_slots (self);
  g_autoptr (FhirSearch) search = NULL;

  if (*ids == '\0')
    {
      find_room (task);
      return;
    }
  search = fhir_search_new ("Slot");
  fhir_search_add (search, "_id", ids);
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_slots_read_cb,
                                g_object_ref (task));
}

static void
on_capabilities_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->capabilities);
  self->capabilities = fhir_client_load_capabilities_finish (self->client, result, &error);
  if (self->capabilities == NULL)
    fail_unsent (task, error);
  else if (!fhir_capabilities_has_transactions (self->capabilities) && !self->keeps_slots)
    g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_NOT_ATOMIC, self->deed,
                                                         "no transaction interaction in the CapabilityStatement"));
  else
    read_slots (task);
}

void
rcp_visit_change_run_async (RcpVisitChange *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rcp_visit_change_run_async);
  g_task_set_task_data (task, self, (GDestroyNotify)rcp_visit_change_free);
  fhir_client_load_capabilities_async (self->client, cancellable, on_capabilities_loaded_cb, g_object_ref (task));
}

void
rcp_visit_change_prepare_async (RcpVisitChange *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rcp_visit_change_prepare_async);
  g_task_set_task_data (task, self, NULL);
  fhir_client_load_capabilities_async (self->client, cancellable, on_capabilities_loaded_cb, g_object_ref (task));
}

gboolean
rcp_visit_change_prepare_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_visit_change_prepare_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

RcpVisit *
rcp_visit_change_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_visit_change_run_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

RcpVisit *
rcp_visit_change_get_before (GAsyncResult *result)
{
  RcpVisitChange *self = g_task_get_task_data (G_TASK (result));

  return self->visit;
}

GStrv
rcp_visit_change_dup_revoked (GAsyncResult *result)
{
  RcpVisitChange *self = g_task_get_task_data (G_TASK (result));

  return g_strdupv (self->revoked);
}

RcpVisit *
rcp_visit_change_get_closed (GAsyncResult *result)
{
  RcpVisitChange *self = g_task_get_task_data (G_TASK (result));

  return self->closes;
}
