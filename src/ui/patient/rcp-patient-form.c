/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-patient-form.h"

#include <string.h>

#include "base/rcp-phone.h"
#include "base/rcp-query.h"

#define DEBOUNCE_MS 250

/* What decides who is alike. */
#define TELLING_FIELDS                                                                                                                     \
  (RCP_FIELD_BIT (RCP_FIELD_FAMILY) | RCP_FIELD_BIT (RCP_FIELD_GIVEN) | RCP_FIELD_BIT (RCP_FIELD_CALLED) |                                 \
   RCP_FIELD_BIT (RCP_FIELD_BIRTH_DATE) | RCP_FIELD_BIT (RCP_FIELD_PHONE_MOBILE) | RCP_FIELD_BIT (RCP_FIELD_PHONE_HOME) |                  \
   RCP_FIELD_BIT (RCP_FIELD_PHONE_WORK) | RCP_FIELD_BIT (RCP_FIELD_EMAIL) | RCP_FIELD_BIT (RCP_FIELD_STREET))

struct _RcpPatientForm
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  RcpDeskPlace place;
  char *desk;
  RcpPatient *patient;       /* as the change began; NULL for a new one */
  RcpPatientFields *base;
  RcpPatientFields *fields;
  RcpPatientFieldSet touched;
  gboolean tried;            /* saving was tried: everything is told */
  GPtrArray *problems;
  GListStore *similar;
  GCancellable *cancellable; /* of the search for the like */
  guint debounce_id;
  gboolean similar_is_old;   /* a search is due or under way */
  char *reason;
  RcpPatientFieldSet disputed; /* not chosen yet */
  RcpPatientFieldSet all_disputed;
  RcpPatientFields *theirs;
  RcpPatientFields *ours;    /* of what is disputed */
  gboolean busy;
};

G_DEFINE_TYPE (RcpPatientForm, rcp_patient_form, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
stop_search (RcpPatientForm *self)
{
  g_clear_handle_id (&self->debounce_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
rcp_patient_form_dispose (GObject *object)
{
  RcpPatientForm *self = RCP_PATIENT_FORM (object);

  stop_search (self);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->patient);
  g_clear_object (&self->similar);
  G_OBJECT_CLASS (rcp_patient_form_parent_class)->dispose (object);
}

static void
rcp_patient_form_finalize (GObject *object)
{
  RcpPatientForm *self = RCP_PATIENT_FORM (object);

  rcp_patient_fields_free (self->base);
  rcp_patient_fields_free (self->fields);
  rcp_patient_fields_free (self->theirs);
  rcp_patient_fields_free (self->ours);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self->desk);
  g_free (self->reason);
  G_OBJECT_CLASS (rcp_patient_form_parent_class)->finalize (object);
}

static void
rcp_patient_form_class_init (RcpPatientFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_patient_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_patient_form_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_patient_form_init (RcpPatientForm *self)
{
  self->similar = g_list_store_new (RCP_TYPE_SIMILAR);
}

static void
check (RcpPatientForm *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = rcp_patient_rules_check (self->fields, &self->place);
}

static void
say_changed (RcpPatientForm *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

RcpPatientForm *
rcp_patient_form_new (FhirClient *client, RcpClock *clock, const RcpDeskPlace *place, const char *desk, RcpPatient *patient)
{
  RcpPatientForm *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (RCP_TYPE_PATIENT_FORM, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->place = *place;
  self->desk = g_strdup (desk);
  g_set_object (&self->patient, patient);
  self->base = patient != NULL ? rcp_patient_fields_new_from_patient (patient) : rcp_patient_fields_new ();
  self->fields = rcp_patient_fields_copy (self->base);
  check (self);
  return self;
}

gboolean
rcp_patient_form_is_new (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), FALSE);

  return self->patient == NULL;
}

static void
on_similar_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpPatientForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = rcp_similar_patients_find_finish (result, &error);
  g_autoptr (GPtrArray) items = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->similar == NULL)
    return;
  g_clear_object (&self->cancellable);
  self->similar_is_old = FALSE;
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; found != NULL && i < g_list_model_get_n_items (found); i++)
    g_ptr_array_add (items, g_list_model_get_item (found, i));
  g_list_store_splice (self->similar, 0, g_list_model_get_n_items (G_LIST_MODEL (self->similar)), items->pdata, items->len);
  say_changed (self);
}

static gboolean
on_debounce_elapsed_cb (gpointer user_data)
{
  RcpPatientForm *self = user_data;

  self->debounce_id = 0;
  self->cancellable = g_cancellable_new ();
  rcp_similar_patients_find_async (self->client, self->fields, self->place.region, self->cancellable, on_similar_found_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
search_similar (RcpPatientForm *self)
{
  if (self->patient != NULL)
    return;
  stop_search (self);
  self->similar_is_old = TRUE;
  self->debounce_id = g_timeout_add (DEBOUNCE_MS, on_debounce_elapsed_cb, self);
}

static void
set_field (RcpPatientForm *self, RcpPatientField field, const char *stored)
{
  if (g_str_equal (rcp_patient_fields_get (self->fields, field), stored))
    return;
  rcp_patient_fields_set (self->fields, field, stored);
  if ((TELLING_FIELDS & RCP_FIELD_BIT (field)) != 0)
    search_similar (self);
}

/**
 * rcp_patient_form_set_text:
 * @field: a field
 * @typed: what stands there now
 *
 * Takes it in the form in which it is stored; says what is wrong with it.
 */
void
rcp_patient_form_set_text (RcpPatientForm *self, RcpPatientField field, const char *typed)
{
  g_autofree char *stored = NULL;
  g_autofree char *shown = NULL;

  g_return_if_fail (RCP_IS_PATIENT_FORM (self));
  g_return_if_fail (field < RCP_N_FIELDS && typed != NULL);

  /* Whoever only looks at a field does not change it, though it was stored in another form. */
  shown = rcp_patient_form_dup_text (self, field);
  if (g_str_equal (shown, typed))
    return;
  stored = rcp_patient_rules_normalize (field, typed, &self->place);
  set_field (self, field, stored);
  self->touched |= RCP_FIELD_BIT (field);
  check (self);
  say_changed (self);
}

char *
rcp_patient_form_dup_text (RcpPatientForm *self, RcpPatientField field)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), NULL);

  return rcp_patient_rules_show (field, rcp_patient_fields_get (self->fields, field), &self->place);
}

/* "garcia, maria" or "maria garcia": each word with a capital, as papers have it, unless capitals were typed. */
static void
fill_name (RcpPatientForm *self, const char *name)
{
  const char *comma = strchr (name, ',');
  const char *space = strrchr (name, ' ');
  g_autofree char *family = NULL;
  g_autofree char *given = NULL;
  g_autofree char *all_lower = g_utf8_strdown (name, -1);
  gboolean is_lower = g_str_equal (all_lower, name);
  RcpPatientField fields[] = { RCP_FIELD_FAMILY, RCP_FIELD_GIVEN };

  if (comma != NULL)
    {
      family = g_strndup (name, comma - name);
      given = g_strdup (comma + 1);
    }
  else
    {
      family = g_strdup (space != NULL ? space + 1 : name);
      given = g_strndup (name, space != NULL ? space - name : 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = rcp_patient_rules_normalize (fields[i], i == 0 ? family : given, &self->place);
      g_autoptr (GString) written = g_string_new (NULL);
      gboolean begins = is_lower;

      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        {
          g_string_append_unichar (written, begins ? g_unichar_totitle (g_utf8_get_char (p)) : g_utf8_get_char (p));
          begins = is_lower && (*p == ' ' || *p == '-' || *p == '\'');
        }
      set_field (self, fields[i], written->str);
    }
}

/* A date or a number; FALSE when it is neither. */
static gboolean
fill_other (RcpPatientForm *self, const char *text)
{
  g_autoptr (GPtrArray) dates = rcp_query_parse_dates (text, self->place.day_first, &self->place.today);
  g_autofree char *phone = rcp_query_parse_phone (text);
  RcpPatientField field = dates->len > 0 ? RCP_FIELD_BIRTH_DATE : RCP_FIELD_PHONE_MOBILE;
  g_autofree char *stored = NULL;

  if (dates->len == 0 && phone == NULL)
    return FALSE;
  stored = rcp_patient_rules_normalize (field, text, &self->place);
  set_field (self, field, stored);
  return TRUE;
}

/**
 * rcp_patient_form_fill:
 * @typed: what stood in Find
 *
 * Begins a new patient with it.
 */
void
rcp_patient_form_fill (RcpPatientForm *self, const char *typed)
{
  g_autofree char *text = NULL;
  gsize digits;

  g_return_if_fail (RCP_IS_PATIENT_FORM (self));
  g_return_if_fail (typed != NULL);

  text = g_strstrip (g_utf8_make_valid (typed, -1));
  if (*text == '\0')
    return;
  digits = strcspn (text, "0123456789+(");
  if (!fill_other (self, text))
    {
      if (digits > 0 && fill_other (self, text + digits))
        text[digits] = '\0';
      fill_name (self, g_strchomp (text));
    }
  check (self);
  say_changed (self);
}

const RcpPatientFields *
rcp_patient_form_get_fields (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), NULL);

  return self->fields;
}

const RcpDeskPlace *
rcp_patient_form_get_place (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), NULL);

  return &self->place;
}

gboolean
rcp_patient_form_is_changed (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), FALSE);

  return rcp_patient_fields_diff (self->base, self->fields) != 0;
}

const RcpPatientProblem *
rcp_patient_form_get_problem (RcpPatientForm *self, RcpPatientField field)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), NULL);

  if (!self->tried && (self->touched & RCP_FIELD_BIT (field)) == 0)
    return NULL;
  for (guint i = 0; i < self->problems->len; i++)
    {
      const RcpPatientProblem *problem = g_ptr_array_index (self->problems, i);

      if (problem->field == field)
        return problem;
    }
  return NULL;
}

RcpPatientField
rcp_patient_form_get_first_error (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), RCP_N_FIELDS);

  for (guint i = 0; i < self->problems->len; i++)
    {
      const RcpPatientProblem *problem = g_ptr_array_index (self->problems, i);

      if (problem->is_error)
        return problem->field;
    }
  return RCP_N_FIELDS;
}

RcpPatientFormBlock
rcp_patient_form_get_block (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), RCP_FORM_BUSY);

  if (self->busy)
    return RCP_FORM_BUSY;
  if (rcp_patient_form_get_first_error (self) != RCP_N_FIELDS)
    return RCP_FORM_PROBLEM;
  if (self->disputed != 0)
    return RCP_FORM_DISPUTED;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->similar)) > 0 && (self->reason == NULL || *self->reason == '\0'))
    return RCP_FORM_SIMILAR;
  return RCP_FORM_FREE;
}

GListModel *
rcp_patient_form_get_similar (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), NULL);

  return G_LIST_MODEL (self->similar);
}

void
rcp_patient_form_set_reason (RcpPatientForm *self, const char *reason)
{
  g_return_if_fail (RCP_IS_PATIENT_FORM (self));

  g_free (self->reason);
  self->reason = g_strstrip (g_strdup (reason != NULL ? reason : ""));
  say_changed (self);
}

RcpPatientFieldSet
rcp_patient_form_get_disputed (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), 0);

  return self->all_disputed;
}

const RcpPatientFields *
rcp_patient_form_get_theirs (RcpPatientForm *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT_FORM (self), NULL);

  return self->theirs;
}

/**
 * rcp_patient_form_choose:
 * @field: a disputed field
 * @take_theirs: whether what the other desk wrote is right
 */
void
rcp_patient_form_choose (RcpPatientForm *self, RcpPatientField field, gboolean take_theirs)
{
  g_return_if_fail (RCP_IS_PATIENT_FORM (self));
  g_return_if_fail ((self->all_disputed & RCP_FIELD_BIT (field)) != 0);

  self->disputed &= ~RCP_FIELD_BIT (field);
  rcp_patient_fields_set (self->fields, field, rcp_patient_fields_get (take_theirs ? self->theirs : self->ours, field));
  check (self);
  say_changed (self);
}

/* From here on it is a change of what the other desk made; what it made of other fields is taken over. */
static void
take_dispute (RcpPatientForm *self, RcpChangePatient *operation)
{
  g_set_object (&self->patient, rcp_change_patient_get_theirs (operation));
  g_clear_pointer (&self->theirs, rcp_patient_fields_free);
  g_clear_pointer (&self->ours, rcp_patient_fields_free);
  g_clear_pointer (&self->base, rcp_patient_fields_free);
  g_clear_pointer (&self->fields, rcp_patient_fields_free);
  self->theirs = rcp_patient_fields_new_from_patient (self->patient);
  self->base = rcp_patient_fields_copy (self->theirs);
  self->ours = rcp_patient_fields_copy (rcp_change_patient_get_merged (operation));
  self->fields = rcp_patient_fields_copy (self->ours);
  self->disputed = self->all_disputed = rcp_change_patient_get_disputed (operation);
  check (self);
}

static void
on_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpPatientForm *self = g_task_get_source_object (task);
  GError *error = NULL;
  RcpPatient *patient = rcp_change_patient_run_finish (RCP_CHANGE_PATIENT (source), result, &error);

  self->busy = FALSE;
  if (g_error_matches (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED))
    take_dispute (self, RCP_CHANGE_PATIENT (source));
  say_changed (self);
  if (patient != NULL)
    g_task_return_pointer (task, patient, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpPatientForm *self = g_task_get_source_object (task);
  GError *error = NULL;
  RcpPatient *patient = rcp_register_patient_run_finish (RCP_REGISTER_PATIENT (source), result, &error);

  self->busy = FALSE;
  say_changed (self);
  if (patient != NULL)
    g_task_return_pointer (task, patient, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
run (GTask *task)
{
  RcpPatientForm *self = g_task_get_source_object (task);

  if (self->patient != NULL)
    {
      g_autoptr (RcpChangePatient) change = rcp_change_patient_new (self->client, self->clock, self->patient, self->fields, self->desk);

      rcp_change_patient_run_async (change, NULL, on_changed_cb, g_object_ref (task));
    }
  else
    {
      g_autoptr (RcpRegisterPatient) entry
        = rcp_register_patient_new (self->client, self->clock, self->fields, self->desk, self->reason);

      rcp_register_patient_run_async (entry, NULL, on_registered_cb, g_object_ref (task));
    }
}

static void
stop_blocked (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "something is to be decided first");
}

/* Who types fast and saves at once must still hear of one like it. */
static void
on_looked_first_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpPatientForm *self = g_task_get_source_object (task);

  self->busy = FALSE;
  on_similar_found_cb (source, result, g_object_ref (self));
  if (rcp_patient_form_get_block (self) != RCP_FORM_FREE)
    {
      stop_blocked (task);
      return;
    }
  self->busy = TRUE;
  say_changed (self);
  run (task);
}

/**
 * rcp_patient_form_save_async:
 * @callback: called when it is over
 * @user_data: data for @callback
 *
 * Registers or changes the patient; looks first for the like when that is not known yet.
 */
void
rcp_patient_form_save_async (RcpPatientForm *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_PATIENT_FORM (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_patient_form_save_async);
  self->tried = TRUE;
  if (rcp_patient_form_get_block (self) != RCP_FORM_FREE)
    {
      say_changed (self);
      stop_blocked (task);
      return;
    }
  self->busy = TRUE;
  say_changed (self);
  if (self->similar_is_old && (self->reason == NULL || *self->reason == '\0'))
    {
      stop_search (self);
      rcp_similar_patients_find_async (self->client, self->fields, self->place.region, NULL, on_looked_first_cb, g_steal_pointer (&task));
      return;
    }
  run (task);
}

/**
 * rcp_patient_form_save_finish:
 * @result: what the callback got
 * @error: G_IO_ERROR_PENDING when rcp_patient_form_get_block() says what is to be decided first; else a RcpIdentityError
 *
 * Returns: (transfer full): the patient as the record holds it
 */
RcpPatient *
rcp_patient_form_save_finish (RcpPatientForm *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
