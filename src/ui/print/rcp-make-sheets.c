/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-make-sheets.h"

#include "rcp-sheets.h"

#define DAYS_OF_WEEK 7

struct _RcpMakeSheets
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpSheetKind kind;
  GListModel *providers;
  GDate first;
  GPtrArray *days; /* element-type RcpDay */
  guint n_pending;
  GError *error;
};

G_DEFINE_FINAL_TYPE (RcpMakeSheets, rcp_make_sheets, G_TYPE_OBJECT)

static void
rcp_make_sheets_finalize (GObject *object)
{
  RcpMakeSheets *self = RCP_MAKE_SHEETS (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->providers);
  g_clear_pointer (&self->days, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (rcp_make_sheets_parent_class)->finalize (object);
}

static void
rcp_make_sheets_class_init (RcpMakeSheetsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_make_sheets_finalize;
}

static void
rcp_make_sheets_init (RcpMakeSheets *self)
{
  self->days = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * rcp_make_sheets_new:
 * @desk: an open desk
 * @kind: which sheets
 * @providers: (element-type RcpProvider): whose
 * @date: the day, or any day of the week
 *
 * Returns: (transfer full): one operation, to be run once
 */
RcpMakeSheets *
rcp_make_sheets_new (RcpDesk *desk, RcpSheetKind kind, GListModel *providers, const GDate *date)
{
  RcpMakeSheets *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (providers), NULL);
  g_return_val_if_fail (date && g_date_valid (date), NULL);

  self = g_object_new (RCP_TYPE_MAKE_SHEETS, NULL);
  self->desk = g_object_ref (desk);
  self->kind = kind;
  self->providers = g_object_ref (providers);
  self->first = *date;
  if (kind == RCP_SHEET_WEEK)
    rcp_week_sheet_get_first_day (date, &self->first);
  return self;
}

static void
collect_visits (RcpMakeSheets *self, RcpDay *day, RcpProvider *provider, GPtrArray *visits)
{
  guint n_visits = g_list_model_get_n_items (G_LIST_MODEL (day));

  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      if (rcp_roster_find_provider_of_visit (rcp_desk_get_roster (self->desk), visit) == provider)
        g_ptr_array_add (visits, g_steal_pointer (&visit));
    }
}

static void
add_provider (RcpMakeSheets *self, RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpProvider *provider)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);
  RcpDay *first = g_ptr_array_index (self->days, 0);

  for (guint i = 0; i < self->days->len; i++)
    collect_visits (self, g_ptr_array_index (self->days, i), provider, visits);
  if (self->kind == RCP_SHEET_WEEK)
    rcp_week_sheet_add (document, clinic, provider, &self->first, visits);
  else
    rcp_day_sheet_add (document, clinic, provider, &self->first, visits,
                       rcp_day_get_open_ranges (first, rcp_provider_get_schedule_id (provider)));
}

static RcpPrintDocument *
make_document (RcpMakeSheets *self)
{
  RcpSheetClinic clinic = {
    .name = rcp_roster_get_clinic_name (rcp_desk_get_roster (self->desk)),
    .zone = rcp_desk_get_zone (self->desk),
    .now = rcp_clock_get_now (rcp_desk_get_clock (self->desk)),
  };
  RcpPrintDocument *document = rcp_sheet_document_new (&clinic, self->kind == RCP_SHEET_WEEK);
  guint n_providers = g_list_model_get_n_items (self->providers);

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (self->providers, i);

      add_provider (self, document, &clinic, provider);
    }
  return document;
}

static void
on_day_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpMakeSheets *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!rcp_day_load_finish (RCP_DAY (source), result, &error) && !self->error)
    self->error = g_steal_pointer (&error);
  if (--self->n_pending > 0)
    return;
  if (self->error)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, make_document (self), (GDestroyNotify) rcp_print_document_free);
}

/**
 * rcp_make_sheets_run_async:
 *
 * Reads the days from the record and makes the sheets. All or nothing: a sheet with a day missing would lie.
 */
void
rcp_make_sheets_run_async (RcpMakeSheets *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  guint n_days = self->kind == RCP_SHEET_WEEK ? DAYS_OF_WEEK : 1;
  GDate date = self->first;

  g_return_if_fail (RCP_IS_MAKE_SHEETS (self));
  g_return_if_fail (self->days->len == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_make_sheets_run_async);
  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "No record is open");
      return;
    }
  self->n_pending = n_days;
  for (guint i = 0; i < n_days; i++)
    {
      RcpDay *day = rcp_day_new (rcp_desk_get_client (self->desk), rcp_desk_get_roster (self->desk), &date);

      g_ptr_array_add (self->days, day);
      rcp_day_load_async (day, cancellable, on_day_loaded_cb, g_object_ref (task));
      g_date_add_days (&date, 1);
    }
}

RcpPrintDocument *
rcp_make_sheets_run_finish (RcpMakeSheets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RCP_IS_MAKE_SHEETS (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
