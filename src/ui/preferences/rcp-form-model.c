/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-form-model"

#include "config.h"

#include "rcp-form-model.h"

#include <glib/gi18n.h>

/* Free times that follow change one Schedule after the other: a few times in a row something may be newer. */
#define MAX_SENT 5

struct _RcpFormModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpRoster *roster;
  RcpSetupKind kind;
  char *reference;
  char *key; /* of this form: a new thing is made once */
  RcpDraft *base;
  RcpDraft *draft;
  GHashTable *faults;
  GHashTable *touched; /* keys */
  GHashTable *unfinished; /* by key: why what is being typed there is not part of the form yet */
  guint n_sent; /* how often, this time */
  gboolean is_busy;
  gboolean is_outdated;
};

G_DEFINE_FINAL_TYPE (RcpFormModel, rcp_form_model, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell_changed (RcpFormModel *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
check (RcpFormModel *self)
{
  g_clear_pointer (&self->faults, g_hash_table_unref);
  self->faults = rcp_setup_check (self->roster, self->kind, self->reference, self->draft);
  tell_changed (self);
}

static void
set_busy (RcpFormModel *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  tell_changed (self);
}

static void
rcp_form_model_finalize (GObject *object)
{
  RcpFormModel *self = RCP_FORM_MODEL (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->roster);
  g_clear_pointer (&self->base, rcp_draft_free);
  g_clear_pointer (&self->draft, rcp_draft_free);
  g_clear_pointer (&self->faults, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->unfinished, g_hash_table_unref);
  g_free (self->reference);
  g_free (self->key);
  G_OBJECT_CLASS (rcp_form_model_parent_class)->finalize (object);
}

static void
rcp_form_model_class_init (RcpFormModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_form_model_finalize;

  /**
   * RcpFormModel::changed:
   * @self: a form
   *
   * A text, a fault or the state of saving is other than before.
   */
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_FORM_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_form_model_init (RcpFormModel *self)
{
  self->key = g_uuid_string_random ();
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unfinished = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * rcp_form_model_new:
 * @desk: an open desk
 * @kind: what kind of thing
 * @reference: (nullable): which of them; a new one for %NULL
 *
 * Returns: (transfer full): a form with what the roster of the desk knows
 */
RcpFormModel *
rcp_form_model_new (RcpDesk *desk, RcpSetupKind kind, const char *reference)
{
  RcpFormModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (rcp_desk_get_roster (desk) != NULL, NULL);

  self = g_object_new (RCP_TYPE_FORM_MODEL, NULL);
  self->desk = g_object_ref (desk);
  self->roster = g_object_ref (rcp_desk_get_roster (desk));
  self->kind = kind;
  self->reference = g_strdup (reference);
  self->base = rcp_setup_read (self->roster, kind, reference);
  self->draft = rcp_draft_copy (self->base);
  check (self);
  return self;
}

RcpSetupKind
rcp_form_model_get_kind (RcpFormModel *self)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), RCP_SETUP_PROVIDER);

  return self->kind;
}

const char *
rcp_form_model_get_reference (RcpFormModel *self)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), NULL);

  return self->reference;
}

gboolean
rcp_form_model_is_new (RcpFormModel *self)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), FALSE);

  return self->reference == NULL;
}

RcpRoster *
rcp_form_model_get_roster (RcpFormModel *self)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), NULL);

  return self->roster;
}

void
rcp_form_model_get_today (RcpFormModel *self, GDate *today)
{
  g_return_if_fail (RCP_IS_FORM_MODEL (self));

  rcp_desk_get_today (self->desk, today);
}

const char *
rcp_form_model_get_text (RcpFormModel *self, const char *key)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), "");

  return rcp_draft_get (self->draft, key);
}

gboolean
rcp_form_model_is_set (RcpFormModel *self, const char *key)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), FALSE);

  return rcp_draft_is_set (self->draft, key);
}

/**
 * rcp_form_model_set_text:
 * @self: a form
 * @key: of a field
 * @text: (nullable): what is in it now
 */
void
rcp_form_model_set_text (RcpFormModel *self, const char *key, const char *text)
{
  g_return_if_fail (RCP_IS_FORM_MODEL (self));

  if (g_str_equal (rcp_draft_get (self->draft, key), text != NULL ? text : ""))
    return;
  rcp_draft_set (self->draft, key, text);
  g_hash_table_add (self->touched, g_strdup (key));
  check (self);
}

void
rcp_form_model_set_flag (RcpFormModel *self, const char *key, gboolean set)
{
  rcp_form_model_set_text (self, key, set ? "yes" : NULL);
}

/**
 * rcp_form_model_copy_monday:
 * @self: a form
 * @place_id: a site
 *
 * Gives Tuesday to Friday there the hours of Monday.
 */
void
rcp_form_model_copy_monday (RcpFormModel *self, const char *place_id)
{
  g_autofree char *monday = NULL;

  g_return_if_fail (RCP_IS_FORM_MODEL (self));

  monday = g_strdup_printf (RCP_KEY_HOURS, place_id, G_DATE_MONDAY);
  for (int weekday = G_DATE_TUESDAY; weekday <= G_DATE_FRIDAY; weekday++)
    {
      g_autofree char *key = g_strdup_printf (RCP_KEY_HOURS, place_id, weekday);

      rcp_form_model_set_text (self, key, rcp_draft_get (self->draft, monday));
    }
}

/**
 * rcp_form_model_get_fault:
 * @self: a form
 * @key: of a field
 *
 * Nobody is told that an empty new form is wrong everywhere: a field is blamed once it was changed.
 *
 * Returns: (nullable): what is wrong with it, for people
 */
const char *
rcp_form_model_get_fault (RcpFormModel *self, const char *key)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), NULL);

  if (self->reference == NULL && !g_hash_table_contains (self->touched, key))
    return NULL;
  return g_hash_table_lookup (self->faults, key);
}

/**
 * rcp_form_model_set_unfinished:
 * @self: a form
 * @key: of a field
 * @reason: (nullable): why what is typed there is not part of the form yet; %NULL: nothing is typed
 *
 * Nobody saves a form and loses what was half typed: it counts as a change, and says why it cannot be saved.
 */
void
rcp_form_model_set_unfinished (RcpFormModel *self, const char *key, const char *reason)
{
  g_return_if_fail (RCP_IS_FORM_MODEL (self));

  if (g_strcmp0 (g_hash_table_lookup (self->unfinished, key), reason) == 0)
    return;
  if (reason != NULL)
    g_hash_table_replace (self->unfinished, g_strdup (key), g_strdup (reason));
  else
    g_hash_table_remove (self->unfinished, key);
  tell_changed (self);
}

gboolean
rcp_form_model_is_changed (RcpFormModel *self)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), FALSE);

  return g_hash_table_size (self->unfinished) > 0 || !rcp_draft_equal (self->base, self->draft);
}

gboolean
rcp_form_model_is_busy (RcpFormModel *self)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), FALSE);

  return self->is_busy;
}

gboolean
rcp_form_model_is_outdated (RcpFormModel *self)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), FALSE);

  return self->is_outdated;
}

/* The first by key. */
static const char *
get_first (GHashTable *reasons)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (reasons), (GCompareFunc) g_strcmp0);

  return keys != NULL ? g_hash_table_lookup (reasons, keys->data) : NULL;
}

/**
 * rcp_form_model_dup_reason:
 * @self: a form
 *
 * Returns: (transfer full) (nullable): why it cannot be saved now
 */
char *
rcp_form_model_dup_reason (RcpFormModel *self)
{
  g_return_val_if_fail (RCP_IS_FORM_MODEL (self), NULL);

  if (self->is_busy)
    return g_strdup (_ ("Saving…"));
  if (self->is_outdated)
    return g_strdup (_ ("Changed at another desk"));
  if (g_hash_table_size (self->faults) > 0)
    return g_strdup (get_first (self->faults));
  if (g_hash_table_size (self->unfinished) > 0)
    return g_strdup (get_first (self->unfinished));
  return rcp_form_model_is_changed (self) ? NULL : g_strdup (_ ("Nothing was changed"));
}

gboolean
rcp_form_model_can_save (RcpFormModel *self)
{
  g_autofree char *reason = rcp_form_model_dup_reason (self);

  return reason == NULL;
}

/* The desk knows what was saved before anybody can open the form again. That it could not be read changes nothing of what is saved. */
static void
on_desk_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  rcp_desk_reload_roster_finish (RCP_DESK (source), result, NULL);
  set_busy (g_task_get_source_object (task), FALSE);
  g_task_return_boolean (task, TRUE);
}

static void
end_saved (GTask *task)
{
  RcpFormModel *self = g_task_get_source_object (task);

  rcp_desk_reload_roster_async (self->desk, NULL, on_desk_reloaded_cb, g_object_ref (task));
}

/* @error: (transfer full) */
static void
end_unsaved (GTask *task, GError *error)
{
  RcpFormModel *self = g_task_get_source_object (task);

  self->is_outdated = g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  set_busy (self, FALSE);
  g_task_return_error (task, error);
}

static void send (GTask *task);

/* What is on the form may be as it was, where only something behind it changed: free times that follow mark their Schedules. */
static void
on_compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpFormModel *self = g_task_get_source_object (task);
  GError *conflict = g_object_steal_data (G_OBJECT (task), "conflict");
  g_autoptr (RcpRoster) roster = rcp_roster_load_finish (result, NULL);
  g_autoptr (RcpDraft) theirs = roster != NULL ? rcp_setup_read (roster, self->kind, self->reference) : NULL;

  if (theirs != NULL && rcp_draft_equal (theirs, self->base))
    {
      g_error_free (conflict);
      g_set_object (&self->roster, roster);
      send (task);
    }
  else
    end_unsaved (task, conflict);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpFormModel *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (rcp_setup_save_finish (result, &error))
    end_saved (task);
  else if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT) && self->n_sent < MAX_SENT)
    {
      g_object_set_data_full (G_OBJECT (task), "conflict", error, (GDestroyNotify) g_error_free);
      rcp_roster_load_async (FHIR_CLIENT (source), NULL, on_compared_cb, g_object_ref (task));
    }
  else
    end_unsaved (task, error);
}

static void
send (GTask *task)
{
  RcpFormModel *self = g_task_get_source_object (task);

  self->n_sent++;
  rcp_setup_save_async (rcp_desk_get_client (self->desk), self->roster, rcp_desk_get_clock (self->desk), self->kind, self->reference,
                        self->draft, self->key, rcp_desk_get_name (self->desk), NULL, on_saved_cb, g_object_ref (task));
}

/**
 * rcp_form_model_save_async:
 * @self: a form that can be saved
 * @callback: called when it is saved or was not
 * @user_data: for @callback
 *
 * Saves it, and has the desk read the clinic again. Whatever comes of it, what was typed stays in the form.
 */
void
rcp_form_model_save_async (RcpFormModel *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_FORM_MODEL (self));
  g_return_if_fail (rcp_form_model_can_save (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_form_model_save_async);
  set_busy (self, TRUE);
  self->n_sent = 0;
  send (task);
}

gboolean
rcp_form_model_save_finish (RcpFormModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What was typed goes on top of what the record holds now. */
static void
take_roster (RcpFormModel *self, RcpRoster *roster)
{
  g_autoptr (RcpDraft) theirs = rcp_setup_read (roster, self->kind, self->reference);
  g_autoptr (RcpDraft) mine = self->draft;

  self->draft = rcp_draft_merge (self->base, mine, theirs);
  g_clear_pointer (&self->base, rcp_draft_free);
  self->base = g_steal_pointer (&theirs);
  g_set_object (&self->roster, roster);
  self->is_outdated = FALSE;
}

static void
on_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpFormModel *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (RcpRoster) roster = rcp_roster_load_finish (result, &error);

  self->is_busy = FALSE;
  if (roster != NULL)
    take_roster (self, roster);
  check (self);
  if (roster != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * rcp_form_model_reload_async:
 * @self: a form
 * @callback: called when it is there, or could not be read
 * @user_data: for @callback
 *
 * Reads what another desk saved. Fields that were changed here keep what was typed; all others follow.
 */
void
rcp_form_model_reload_async (RcpFormModel *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_FORM_MODEL (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_form_model_reload_async);
  set_busy (self, TRUE);
  rcp_roster_load_async (rcp_desk_get_client (self->desk), NULL, on_reloaded_cb, g_steal_pointer (&task));
}

gboolean
rcp_form_model_reload_finish (RcpFormModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
