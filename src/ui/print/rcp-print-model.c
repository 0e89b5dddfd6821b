/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-print-model.h"

#include <glib/gi18n.h>

struct _RcpPrintModel
{
  GObject parent_instance;

  RcpDesk *desk;
  GListModel *providers;
  GDate date;
  RcpSheetKind kind;
  guint whose;
  RcpPrintState state;
  RcpPrintDocument *document;
  GError *error;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (RcpPrintModel, rcp_print_model, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_state (RcpPrintModel *self, RcpPrintState state, RcpPrintDocument *document, GError *error)
{
  g_clear_pointer (&self->document, rcp_print_document_free);
  g_clear_error (&self->error);
  self->state = state;
  self->document = document;
  self->error = error;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_sheets_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpPrintModel) self = user_data;
  g_autoptr (GError) error = NULL;
  RcpPrintDocument *document = rcp_make_sheets_run_finish (RCP_MAKE_SHEETS (source), result, &error);

  /* Another choice was made meanwhile, or the screen was closed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  set_state (self, document ? RCP_PRINT_READY : RCP_PRINT_FAILED, document, g_steal_pointer (&error));
}

static GListModel *
choose_providers (RcpPrintModel *self)
{
  GListStore *chosen = g_list_store_new (RCP_TYPE_PROVIDER);
  guint n_providers = g_list_model_get_n_items (self->providers);

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (self->providers, i);

      if (self->whose == 0 || self->whose == i + 1)
        g_list_store_append (chosen, provider);
    }
  return G_LIST_MODEL (chosen);
}

/**
 * rcp_print_model_reload:
 *
 * Reads the record again, also after it failed.
 */
void
rcp_print_model_reload (RcpPrintModel *self)
{
  g_autoptr (RcpMakeSheets) operation = NULL;
  g_autoptr (GListModel) chosen = NULL;

  g_return_if_fail (RCP_IS_PRINT_MODEL (self));

  if (!self->desk)
    return;
  if (self->reading)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  set_state (self, RCP_PRINT_READING, NULL, NULL);
  chosen = choose_providers (self);
  operation = rcp_make_sheets_new (self->desk, self->kind, chosen, &self->date);
  rcp_make_sheets_run_async (operation, self->reading, on_sheets_made_cb, g_object_ref (self));
}

static void
rcp_print_model_dispose (GObject *object)
{
  RcpPrintModel *self = RCP_PRINT_MODEL (object);

  if (self->reading)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->desk);
  g_clear_object (&self->providers);
  g_clear_pointer (&self->document, rcp_print_document_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (rcp_print_model_parent_class)->dispose (object);
}

static void
rcp_print_model_class_init (RcpPrintModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_print_model_dispose;

  /**
   * RcpPrintModel::changed:
   *
   * State, document or error are others.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
rcp_print_model_init (RcpPrintModel *self)
{
}

/**
 * rcp_print_model_new:
 * @desk: an open desk
 * @providers: (element-type RcpProvider): whose sheets may be printed; not empty
 * @date: the day, and the week that holds it
 *
 * Returns: (transfer full): the day sheets of all @providers, being read
 */
RcpPrintModel *
rcp_print_model_new (RcpDesk *desk, GListModel *providers, const GDate *date)
{
  RcpPrintModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (providers) && g_list_model_get_n_items (providers) > 0, NULL);
  g_return_val_if_fail (date && g_date_valid (date), NULL);

  self = g_object_new (RCP_TYPE_PRINT_MODEL, NULL);
  self->desk = g_object_ref (desk);
  self->providers = g_object_ref (providers);
  self->date = *date;
  rcp_print_model_reload (self);
  return self;
}

/**
 * rcp_print_model_new_ready:
 * @document: (transfer full): what is printed
 *
 * Returns: (transfer full): a model without choices
 */
RcpPrintModel *
rcp_print_model_new_ready (RcpPrintDocument *document)
{
  RcpPrintModel *self;

  g_return_val_if_fail (document, NULL);

  self = g_object_new (RCP_TYPE_PRINT_MODEL, NULL);
  self->state = RCP_PRINT_READY;
  self->document = document;
  return self;
}

gboolean
rcp_print_model_has_choices (RcpPrintModel *self)
{
  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), FALSE);

  return self->desk != NULL;
}

void
rcp_print_model_set_kind (RcpPrintModel *self, RcpSheetKind kind)
{
  g_return_if_fail (RCP_IS_PRINT_MODEL (self));

  if (self->kind == kind)
    return;
  self->kind = kind;
  rcp_print_model_reload (self);
}

RcpSheetKind
rcp_print_model_get_kind (RcpPrintModel *self)
{
  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), RCP_SHEET_DAY);

  return self->kind;
}

/**
 * rcp_print_model_list_whose:
 *
 * Returns: (transfer full) (array zero-terminated=1): "Everyone shown", then the name of each provider
 */
GStrv
rcp_print_model_list_whose (RcpPrintModel *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_providers;

  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), NULL);

  g_strv_builder_add (names, _("Everyone Shown"));
  n_providers = self->providers ? g_list_model_get_n_items (self->providers) : 0;
  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (self->providers, i);

      g_strv_builder_add (names, rcp_provider_get_name (provider));
    }
  return g_strv_builder_end (names);
}

void
rcp_print_model_set_whose (RcpPrintModel *self, guint index)
{
  g_return_if_fail (RCP_IS_PRINT_MODEL (self));
  g_return_if_fail (self->providers && index <= g_list_model_get_n_items (self->providers));

  if (self->whose == index)
    return;
  self->whose = index;
  rcp_print_model_reload (self);
}

guint
rcp_print_model_get_whose (RcpPrintModel *self)
{
  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), 0);

  return self->whose;
}

RcpPrintState
rcp_print_model_get_state (RcpPrintModel *self)
{
  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), RCP_PRINT_FAILED);

  return self->state;
}

RcpPrintDocument *
rcp_print_model_get_document (RcpPrintModel *self)
{
  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), NULL);

  return self->document;
}

const GError *
rcp_print_model_get_error (RcpPrintModel *self)
{
  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), NULL);

  return self->error;
}

RcpPrintDocument *
rcp_print_model_steal_document (RcpPrintModel *self)
{
  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), NULL);

  return g_steal_pointer (&self->document);
}

/**
 * rcp_print_model_suggest_file:
 *
 * Returns: (transfer full): a file name such as "day-2026-11-23.pdf"; file names carry nobody's name
 */
char *
rcp_print_model_suggest_file (RcpPrintModel *self)
{
  g_return_val_if_fail (RCP_IS_PRINT_MODEL (self), NULL);

  if (!self->desk)
    return g_strdup (_("routing-slip.pdf"));
  /* Translators: part of a file name, with year, month and day. */
  return g_strdup_printf (self->kind == RCP_SHEET_WEEK ? _("week-%04d-%02d-%02d.pdf") : _("day-%04d-%02d-%02d.pdf"),
                          g_date_get_year (&self->date), g_date_get_month (&self->date), g_date_get_day (&self->date));
}
