/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-undo-model"

#include "config.h"

#include "rcp-undo-model.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-block-time.h"
#include "scheduling/rcp-series.h"
#include "scheduling/rcp-undo.h"

/* Nobody goes further back than this in three minutes. */
#define MAX_KEPT 20

typedef struct
{
  guint id;
  GObject *undo;   /* RcpUndo or RcpBlockTime; NULL where there are several */
  GPtrArray *undos; /* of RcpUndo, the last done first, or NULL */
  gboolean is_together; /* they are undone in one transaction, as they were done */
  char *text;
  char *visit_id;  /* NULL for blocked time, and for several */
  gint64 until;
} Entry;

struct _RcpUndoModel
{
  GObject parent_instance;

  RcpDesk *desk;
  GPtrArray *entries; /* of Entry, the last done last */
  guint last_id;
};

G_DEFINE_FINAL_TYPE (RcpUndoModel, rcp_undo_model, G_TYPE_OBJECT)

enum
{
  DONE,
  UNDONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->undo);
  g_clear_pointer (&entry->undos, g_ptr_array_unref);
  g_free (entry->text);
  g_free (entry->visit_id);
  g_free (entry);
}

/* What the undo of a visit starts from is its last change only. */
static void
drop_earlier (RcpUndoModel *self, const char *visit_id)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (self->entries, i - 1);

      if (visit_id && g_strcmp0 (entry->visit_id, visit_id) == 0)
        g_ptr_array_remove_index (self->entries, i - 1);
    }
}

static Entry *
make_entry (RcpUndoModel *self, GObject *operation)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  Entry *entry = g_new0 (Entry, 1);

  if (RCP_IS_BLOCK_TIME (operation))
    {
      entry->undo = (GObject *) rcp_block_time_new_undo (RCP_BLOCK_TIME (operation), rcp_desk_get_undo_grace (self->desk));
      entry->until = entry->undo ? rcp_block_time_get_until (RCP_BLOCK_TIME (entry->undo)) : 0;
    }
  else
    {
      entry->undo = (GObject *) rcp_undo_new (RCP_VISIT_OPERATION (operation), roster, rcp_desk_get_undo_grace (self->desk));
      entry->until = entry->undo ? rcp_undo_get_until (RCP_UNDO (entry->undo)) : 0;
      entry->visit_id = entry->undo ? g_strdup (rcp_visit_get_id (rcp_undo_get_visit (RCP_UNDO (entry->undo)))) : NULL;
    }
  if (!entry->undo)
    {
      g_free (entry);
      return NULL;
    }
  entry->text = rcp_undo_text_describe (operation, roster, rcp_desk_get_zone (self->desk));
  return entry;
}

/* Takes @entry. */
static void
add_entry (RcpUndoModel *self, Entry *entry)
{
  entry->id = ++self->last_id;
  g_ptr_array_add (self->entries, entry);
  if (self->entries->len > MAX_KEPT)
    g_ptr_array_remove_index (self->entries, 0);
  g_signal_emit (self, signals[DONE], 0, entry->id, entry->text);
}

static void
on_done_cb (RcpUndoModel *self, GObject *operation)
{
  Entry *entry = make_entry (self, operation);

  if (!entry)
    return;
  drop_earlier (self, entry->visit_id);
  add_entry (self, entry);
}

/* Several at once: until it is too late for the first of them. */
static void
on_all_done_cb (RcpUndoModel *self, GPtrArray *operations)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->undos = g_ptr_array_new_with_free_func (g_object_unref);
  entry->until = G_MAXINT64;
  entry->is_together = operations->len > 0 && rcp_visit_operation_is_together (operations->pdata[0]);
  for (guint i = operations->len; i > 0; i--)
    {
      RcpUndo *undo = rcp_undo_new (operations->pdata[i - 1], rcp_desk_get_roster (self->desk), rcp_desk_get_undo_grace (self->desk));

      if (!undo)
        continue;
      drop_earlier (self, rcp_visit_get_id (rcp_undo_get_visit (undo)));
      entry->until = MIN (entry->until, rcp_undo_get_until (undo));
      g_ptr_array_add (entry->undos, undo);
    }
  entry->text = rcp_undo_text_describe_all (operations);
  if (entry->undos->len > 0)
    add_entry (self, entry);
  else
    entry_free (entry);
}

/* Another record is open: what was done was done elsewhere. */
static void
on_state_changed_cb (RcpUndoModel *self)
{
  if (rcp_desk_get_state (self->desk) == RCP_DESK_CONNECTING)
    g_ptr_array_set_size (self->entries, 0);
}

static void
rcp_undo_model_dispose (GObject *object)
{
  RcpUndoModel *self = RCP_UNDO_MODEL (object);

  g_ptr_array_set_size (self->entries, 0);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_undo_model_parent_class)->dispose (object);
}

static void
rcp_undo_model_finalize (GObject *object)
{
  g_ptr_array_unref (RCP_UNDO_MODEL (object)->entries);
  G_OBJECT_CLASS (rcp_undo_model_parent_class)->finalize (object);
}

static void
rcp_undo_model_class_init (RcpUndoModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_undo_model_dispose;
  object_class->finalize = rcp_undo_model_finalize;
  signals[DONE] = g_signal_new ("done", RCP_TYPE_UNDO_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                G_TYPE_STRING);
  signals[UNDONE] = g_signal_new ("undone", RCP_TYPE_UNDO_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                  RCP_TYPE_VISIT);
}

static void
rcp_undo_model_init (RcpUndoModel *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

/**
 * rcp_undo_model_new:
 * @desk: whose operations
 * @settings: of org.frontdesk.Reception: the desk follows its "undo-grace"
 *
 * Returns: (transfer full): nothing to undo yet
 */
RcpUndoModel *
rcp_undo_model_new (RcpDesk *desk, GSettings *settings)
{
  RcpUndoModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_UNDO_MODEL, NULL);
  self->desk = g_object_ref (desk);
  g_settings_bind (settings, "undo-grace", desk, "undo-grace", G_SETTINGS_BIND_GET);
  g_signal_connect_object (desk, "done", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "all-done", G_CALLBACK (on_all_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static gboolean
find_entry (RcpUndoModel *self, guint id, guint *index)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (self->entries, i - 1);

      if (id != 0 && entry->id != id)
        continue;
      *index = i - 1;
      return TRUE;
    }
  return FALSE;
}

const char *
rcp_undo_model_get_text (RcpUndoModel *self, guint id)
{
  Entry *entry;
  guint index;

  g_return_val_if_fail (RCP_IS_UNDO_MODEL (self), NULL);

  if (!find_entry (self, id, &index))
    return NULL;
  entry = g_ptr_array_index (self->entries, index);
  return rcp_clock_get_now (rcp_desk_get_clock (self->desk)) < entry->until ? entry->text : NULL;
}

static void
tell_undone (GTask *task, RcpVisit *was)
{
  RcpUndoModel *self = g_task_get_source_object (task);

  g_signal_emit (self, signals[UNDONE], 0, (const char *) g_task_get_task_data (task), was);
  g_task_return_boolean (task, TRUE);
}

static void
on_visit_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpUndoModel *self = g_task_get_source_object (task);
  RcpVisit *was = rcp_undo_get_visit (RCP_UNDO (source));
  GError *error = NULL;
  g_autoptr (RcpVisit) visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (source), result, &error);

  rcp_desk_invalidate (self->desk, rcp_visit_get_range (was));
  if (!visit)
    {
      g_task_return_error (task, error);
      return;
    }
  rcp_desk_invalidate (self->desk, rcp_visit_get_range (visit));
  tell_undone (task, was);
}

/* What could be taken back is; the first that could not be says why. */
static void
on_all_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpUndoModel *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) results = rcp_run_all_finish (result);
  GError *first = NULL;
  RcpVisit *was = NULL;
  guint n_failed = 0;

  for (guint i = 0; i < results->len; i++)
    {
      RcpRunAllResult *one = results->pdata[i];

      was = rcp_undo_get_visit (RCP_UNDO (one->operation));
      rcp_desk_invalidate (self->desk, rcp_visit_get_range (was));
      if (one->visit)
        rcp_desk_invalidate (self->desk, rcp_visit_get_range (one->visit));
      else if (n_failed++ == 0)
        first = g_error_copy (one->error);
    }
  if (!first)
    {
      tell_undone (task, was);
      return;
    }
  /* Translators: how many visits of a series could not be changed back, of how many, and why the first was not. */
  g_prefix_error (&first, _("%u of %u are not undone. "), n_failed, results->len);
  g_task_return_error (task, first);
}

/* All of them are back, or none is. */
static void
on_together_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpUndoModel *self = g_task_get_source_object (task);
  GPtrArray *undos = g_object_get_data (G_OBJECT (task), "undos");
  GError *error = NULL;
  gboolean undone = rcp_run_together_finish (result, &error);

  for (guint i = 0; i < undos->len; i++)
    {
      RcpVisit *after = rcp_visit_operation_get_after (undos->pdata[i]);

      rcp_desk_invalidate (self->desk, rcp_visit_get_range (rcp_undo_get_visit (undos->pdata[i])));
      if (after)
        rcp_desk_invalidate (self->desk, rcp_visit_get_range (after));
    }
  if (undone)
    tell_undone (task, rcp_undo_get_visit (undos->pdata[undos->len - 1]));
  else
    g_task_return_error (task, error);
}

static void
on_block_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpUndoModel *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean undone = rcp_block_time_run_finish (RCP_BLOCK_TIME (source), result, &error);

  rcp_desk_invalidate (self->desk, rcp_block_time_get_range (RCP_BLOCK_TIME (source)));
  if (undone)
    tell_undone (task, NULL);
  else
    g_task_return_error (task, error);
}

/**
 * rcp_undo_model_undo_async:
 * @self: what was done
 * @id: of "done", or 0 for the last
 * @callback: called when the record is as it was, or could not be brought back
 *
 * An undo runs once: a second one of the same is refused, also after it failed, as the record must be looked at then.
 */
void
rcp_undo_model_undo_async (RcpUndoModel *self, guint id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GObject) undo = NULL;
  g_autoptr (GPtrArray) undos = NULL;
  gboolean is_together;
  Entry *entry;
  guint index;

  g_return_if_fail (RCP_IS_UNDO_MODEL (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_undo_model_undo_async);
  if (!find_entry (self, id, &index))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                               id == 0 ? _("There is nothing to undo.") : _("This cannot be undone any more."));
      return;
    }
  entry = g_ptr_array_index (self->entries, index);
  undo = entry->undo ? g_object_ref (entry->undo) : NULL;
  undos = entry->undos ? g_ptr_array_ref (entry->undos) : NULL;
  is_together = entry->is_together;
  g_task_set_task_data (task, g_strdup (entry->text), g_free);
  g_ptr_array_remove_index (self->entries, index);
  if (undos && is_together)
    {
      g_object_set_data_full (G_OBJECT (task), "undos", g_ptr_array_ref (undos), (GDestroyNotify) g_ptr_array_unref);
      rcp_run_together_async (undos, NULL, on_together_undone_cb, g_steal_pointer (&task));
    }
  else if (undos)
    rcp_run_all_async (undos, NULL, on_all_undone_cb, g_steal_pointer (&task));
  else if (RCP_IS_BLOCK_TIME (undo))
    rcp_block_time_run_async (RCP_BLOCK_TIME (undo), NULL, on_block_undone_cb, g_steal_pointer (&task));
  else
    rcp_visit_operation_run_async (RCP_VISIT_OPERATION (undo), NULL, on_visit_undone_cb, g_steal_pointer (&task));
}

gboolean
rcp_undo_model_undo_finish (RcpUndoModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
