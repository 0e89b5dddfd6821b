/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-history-model.h"

#include <glib/gi18n.h>

#include "ui/history/rcp-history-text.h"
#include "ui/rcp-number-text.h"

#define AT_A_TIME 40

struct _RcpHistoryModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpHistory *history;
  GListStore *shown;
  GCancellable *cancellable; /* while something is read */
  GError *error;
  guint n_wished;
  gboolean is_read; /* once */
  gboolean is_of_patient;
};

G_DEFINE_FINAL_TYPE (RcpHistoryModel, rcp_history_model, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void load (RcpHistoryModel *self);

static void
rcp_history_model_dispose (GObject *object)
{
  RcpHistoryModel *self = RCP_HISTORY_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_object (&self->history);
  g_clear_object (&self->shown);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (rcp_history_model_parent_class)->dispose (object);
}

static void
rcp_history_model_class_init (RcpHistoryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_history_model_dispose;

  /**
   * RcpHistoryModel::changed:
   * @self: a history
   */
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_HISTORY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_history_model_init (RcpHistoryModel *self)
{
  self->shown = g_list_store_new (RCP_TYPE_HISTORY_ENTRY);
  self->n_wished = AT_A_TIME;
}

/* What was read may stand between what was shown before: where clocks of desks differ. */
static void
show_wished (RcpHistoryModel *self)
{
  GListModel *entries = rcp_history_get_entries (self->history);
  guint n_shown = MIN (self->n_wished, g_list_model_get_n_items (entries));
  g_autoptr (GPtrArray) wished = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_shown; i++)
    g_ptr_array_add (wished, g_list_model_get_item (entries, i));
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)), wished->pdata, wished->len);
}

static gboolean
wants_more (RcpHistoryModel *self)
{
  return rcp_history_has_more (self->history) && g_list_model_get_n_items (rcp_history_get_entries (self->history)) < self->n_wished;
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpHistoryModel) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean loaded = rcp_history_load_finish (RCP_HISTORY (source), result, &error);

  if (self->history == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  self->error = g_steal_pointer (&error);
  self->is_read |= loaded;
  show_wished (self);
  if (loaded && wants_more (self))
    load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
load (RcpHistoryModel *self)
{
  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();
  rcp_history_load_async (self->history, self->cancellable, on_loaded_cb, g_object_ref (self));
}

/**
 * rcp_history_model_new:
 * @desk: an open desk
 * @reference: "Appointment/1", or "Patient/2" for the patient with everything about him or her
 *
 * Returns: (transfer full): a history that is being read
 */
RcpHistoryModel *
rcp_history_model_new (RcpDesk *desk, const char *reference)
{
  RcpHistoryModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (rcp_desk_get_client (desk) != NULL, NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  self = g_object_new (RCP_TYPE_HISTORY_MODEL, NULL);
  self->desk = g_object_ref (desk);
  self->is_of_patient = g_str_has_prefix (reference, "Patient/");
  self->history = rcp_history_new (rcp_desk_get_client (desk), rcp_desk_get_roster (desk), reference);
  load (self);
  return self;
}

RcpDesk *
rcp_history_model_get_desk (RcpHistoryModel *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), NULL);

  return self->desk;
}

RcpHistoryState
rcp_history_model_get_state (RcpHistoryModel *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), RCP_HISTORY_FAILED);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0)
    return RCP_HISTORY_READY;
  if (self->error != NULL)
    return RCP_HISTORY_FAILED;
  return self->is_read && self->cancellable == NULL ? RCP_HISTORY_EMPTY : RCP_HISTORY_LOADING;
}

const GError *
rcp_history_model_get_error (RcpHistoryModel *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), NULL);

  return self->error;
}

GListModel *
rcp_history_model_get_entries (RcpHistoryModel *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), NULL);

  return G_LIST_MODEL (self->shown);
}

gboolean
rcp_history_model_is_of_patient (RcpHistoryModel *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), FALSE);

  return self->is_of_patient;
}

gboolean
rcp_history_model_has_older (RcpHistoryModel *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), FALSE);

  return self->is_read && (rcp_history_has_more (self->history)
                           || g_list_model_get_n_items (rcp_history_get_entries (self->history)) > self->n_wished);
}

gboolean
rcp_history_model_is_loading (RcpHistoryModel *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * rcp_history_model_show_older:
 * @self: a history
 *
 * Shows as many entries again as are seen at first. What fails stays to be tried again.
 */
void
rcp_history_model_show_older (RcpHistoryModel *self)
{
  g_return_if_fail (RCP_IS_HISTORY_MODEL (self));

  if (self->cancellable != NULL || !rcp_history_model_has_older (self))
    return;
  self->n_wished = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) + AT_A_TIME;
  if (wants_more (self))
    load (self);
  show_wished (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
rcp_history_model_retry (RcpHistoryModel *self)
{
  g_return_if_fail (RCP_IS_HISTORY_MODEL (self));

  if (self->cancellable != NULL)
    return;
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rcp_history_model_dup_notice:
 * @self: a history
 *
 * Returns: (transfer full) (nullable): what the server keeps to itself or has not got; %NULL when it tells all
 */
char *
rcp_history_model_dup_notice (RcpHistoryModel *self)
{
  static const struct
  {
    RcpHistoryGaps gap;
    const char *sentence;
  } sentences[] = {
    { RCP_HISTORY_GAP_DELETED, N_("This was deleted from the record.") },
    { RCP_HISTORY_GAP_VERSIONS, N_("This server keeps no earlier versions: old values are not known.") },
    { RCP_HISTORY_GAP_OLDEST, N_("There are older versions than those shown here.") },
    { RCP_HISTORY_GAP_TRACES, N_("This server does not tell who made a change.") },
    { RCP_HISTORY_GAP_VISITS, N_("The visits of this patient may not be read here.") },
    { RCP_HISTORY_GAP_FLAGS, N_("The flags of this patient may not be read here.") },
  };
  g_autoptr (GString) notice = g_string_new (NULL);
  RcpHistoryGaps gaps;

  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), NULL);

  gaps = rcp_history_get_gaps (self->history);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if ((gaps & sentences[i].gap) != 0)
      g_string_append_printf (notice, "%s%s", notice->len > 0 ? " " : "", _(sentences[i].sentence));
  return notice->len > 0 ? g_string_free (g_steal_pointer (&notice), FALSE) : NULL;
}

char *
rcp_history_model_dup_who (RcpHistoryModel *self, RcpHistoryEntry *entry)
{
  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), NULL);

  return rcp_history_text_who (entry, (rcp_history_get_gaps (self->history) & RCP_HISTORY_GAP_TRACES) == 0);
}

static void
append_entry (RcpHistoryModel *self, GString *text, RcpHistoryEntry *entry)
{
  g_autofree char *clock = rcp_history_text_clock (entry, self->desk);
  g_autofree char *deed = rcp_history_text_deed (entry, self->desk);
  g_autofree char *about = self->is_of_patient ? rcp_history_text_about (entry, self->desk) : g_strdup ("");
  g_autofree char *who = rcp_history_model_dup_who (self, entry);
  g_auto (GStrv) details = rcp_history_text_details (entry, self->desk);

  g_string_append_printf (text, "%s  %s (%s)\n", clock, deed, who);
  if (*about != '\0')
    g_string_append_printf (text, "    %s\n", about);
  for (guint i = 0; details[i] != NULL; i++)
    g_string_append_printf (text, "    %s\n", details[i]);
}

char *
rcp_history_model_dup_text (RcpHistoryModel *self, const char *title)
{
  g_autofree char *notice = NULL;
  g_autofree char *last_day = NULL;
  GString *text;

  g_return_val_if_fail (RCP_IS_HISTORY_MODEL (self), NULL);

  text = g_string_new (title);
  g_string_append_c (text, '\n');
  notice = rcp_history_model_dup_notice (self);
  if (notice != NULL)
    g_string_append_printf (text, "%s\n", notice);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (RcpHistoryEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->shown), i);
      g_autofree char *day = rcp_history_text_day (entry, self->desk);

      if (g_strcmp0 (day, last_day) != 0)
        g_string_append_printf (text, "\n%s\n", day);
      append_entry (self, text, entry);
      g_free (last_day);
      last_day = g_steal_pointer (&day);
    }
  rcp_number_text_make_plain (text);
  return g_string_free (text, FALSE);
}
