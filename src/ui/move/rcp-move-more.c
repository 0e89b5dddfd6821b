/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-move-more"

#include "config.h"

#include "rcp-move-more.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-shift.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"

/* How far from the wanted time a visit of a series may go. */
#define REACH (4 * G_TIME_SPAN_HOUR)
/* More than these are counted. */
#define MOST_LINES 8

typedef struct
{
  RcpDesk *desk;
  GtkWindow *parent;
  RcpVisit *visit;
  RcpOffer *offer;
  gboolean is_together; /* all or none; else a series, each for itself */
  GPtrArray *parts;     /* of RcpShiftPart */
  GPtrArray *moves;     /* of RcpVisitOperation, in the order in which they run */
  RcpVisit *moved;
  GError *error;
} More;

static void
more_free (More *self)
{
  g_object_unref (self->desk);
  g_clear_weak_pointer (&self->parent);
  g_object_unref (self->visit);
  g_object_unref (self->offer);
  g_clear_object (&self->moved);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
answer (GTask *task, RcpMoveAnswer how)
{
  g_task_return_int (task, how);
}

static void
invalidate (More *self)
{
  for (guint i = 0; i < self->moves->len; i++)
    {
      RcpVisit *before = rcp_visit_operation_get_before (self->moves->pdata[i]);
      RcpVisit *after = rcp_visit_operation_get_after (self->moves->pdata[i]);

      if (before != NULL)
        rcp_desk_invalidate (self->desk, rcp_visit_get_range (before));
      if (after != NULL)
        rcp_desk_invalidate (self->desk, rcp_visit_get_range (after));
      if (after != NULL && g_strcmp0 (rcp_visit_get_id (after), rcp_visit_get_id (self->visit)) == 0)
        g_set_object (&self->moved, after);
    }
}

static void
on_together_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  More *self = g_task_get_task_data (task);

  if (!rcp_run_together_finish (result, &self->error))
    {
      answer (task, RCP_MOVE_STAYS);
      return;
    }
  invalidate (self);
  rcp_desk_tell_all_done (self->desk, self->moves);
  answer (task, RCP_MOVE_DONE);
}

static char *
describe_time (More *self, gint64 instant)
{
  GTimeZone *zone = rcp_desk_get_zone (self->desk);
  g_autofree char *day = rcp_time_text_short_day (instant, zone);
  g_autofree char *time = rcp_time_text_clock (instant, zone);

  return g_strdup_printf ("%s, %s", day, time);
}

/* What could be moved is; what could not is named. */
static void
on_series_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  More *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) results = rcp_run_all_finish (result);
  g_autoptr (GPtrArray) done = g_ptr_array_new ();
  g_autoptr (GString) failures = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      RcpRunAllResult *one = results->pdata[i];

      if (one->visit != NULL)
        g_ptr_array_add (done, one->operation);
      else
        g_string_append_printf (failures, "\n%s", one->error->message);
    }
  invalidate (self);
  if (done->len > 0)
    rcp_desk_tell_all_done (self->desk, done);
  if (done->len < results->len)
    self->error = g_error_new (RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_FAILED,
                               /* Translators: how many, of how many; what follows says why. */
                               _ ("%u of %u visits were not moved.%s"), results->len - done->len, results->len, failures->str);
  answer (task, self->moved != NULL ? RCP_MOVE_DONE : RCP_MOVE_STAYS);
}

/* One that goes later makes room for the one before it: then the last goes first. */
static void
make_moves (More *self)
{
  gboolean is_later = rcp_offer_get_range (self->offer).start > rcp_visit_get_range (self->visit).start;

  self->moves = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const RcpShiftPart *part = self->parts->pdata[is_later ? self->parts->len - 1 - i : i];
      RcpMoveVisit *move;

      if (part->offer == NULL)
        continue;
      move = rcp_move_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), part->visit, part->offer);
      rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (move));
      g_ptr_array_add (self->moves, move);
    }
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  GTask *task = user_data;
  More *self = g_task_get_task_data (task);

  if (g_str_equal (response, "alone"))
    {
      answer (task, RCP_MOVE_ALONE);
      return;
    }
  if (!g_str_equal (response, "all"))
    {
      answer (task, RCP_MOVE_STAYS);
      return;
    }
  make_moves (self);
  if (self->is_together)
    rcp_run_together_async (self->moves, NULL, on_together_run_cb, g_object_ref (task));
  else
    rcp_run_all_async (self->moves, NULL, on_series_run_cb, g_object_ref (task));
}

static gboolean
may_move_all (More *self)
{
  for (guint i = 0; self->is_together && i < self->parts->len; i++)
    if (((RcpShiftPart *)self->parts->pdata[i])->fit != RCP_SERIES_FITS)
      return FALSE;
  return TRUE;
}

static char *
describe_part (More *self, const RcpShiftPart *part)
{
  const char *name = rcp_visit_get_patient_name (part->visit);
  g_autofree char *wanted = describe_time (self, part->wanted);
  g_autofree char *found = part->offer != NULL ? describe_time (self, rcp_offer_get_range (part->offer).start) : NULL;

  if (part->fit == RCP_SERIES_FITS)
    return g_strdup_printf ("%s: %s", name, found);
  if (found != NULL)
    /* Translators: who; a day and time that cannot be had; the day and time nearest to it. */
    return g_strdup_printf (_ ("%s: not %s but %s"), name, wanted, found);
  /* Translators: who; a day and time */
  return g_strdup_printf (_ ("%s: %s cannot be had"), name, wanted);
}

/* What stands against one of them first, so that it is seen. */
static char *
describe (More *self)
{
  GString *text = g_string_new (NULL);
  guint n_lines = 0;

  for (int with_fault = 1; with_fault >= 0; with_fault--)
    for (guint i = 0; i < self->parts->len; i++)
      {
        const RcpShiftPart *part = self->parts->pdata[i];
        g_autofree char *line = NULL;

        if ((part->fit != RCP_SERIES_FITS) != with_fault || n_lines++ >= MOST_LINES)
          continue;
        line = describe_part (self, part);
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
      }
  if (n_lines > MOST_LINES)
    {
      /* Translators: so many more lines that are not shown */
      g_string_append_c (text, '\n');
      g_string_append_printf (text, g_dngettext (NULL, "and %u more", "and %u more", n_lines - MOST_LINES), n_lines - MOST_LINES);
    }
  return g_string_free (text, FALSE);
}

static void
ask (GTask *task)
{
  More *self = g_task_get_task_data (task);
  g_autofree char *body = describe (self);
  GtkWidget *window = adw_message_dialog_new (self->parent, self->is_together ? _ ("Move All of It?") : _ ("Move the Visits That Follow?"), body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (window);

  adw_message_dialog_add_responses (dialog, "stay", _ ("_Cancel"), "alone", _ ("Only _This One"), "all",
                                    self->is_together ? _ ("_All of It") : _ ("This and _Following"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "all", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "all", may_move_all (self));
  adw_message_dialog_set_default_response (dialog, may_move_all (self) ? "all" : "alone");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), g_object_ref (task),
                         (GClosureNotify)(void *)g_object_unref, 0);
  rcp_dialog_present (GTK_WINDOW (window), self->parent);
}

static void
on_shift_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  More *self = g_task_get_task_data (task);

  self->parts = rcp_shift_find_finish (result, &self->error);
  if (self->parts == NULL)
    answer (task, RCP_MOVE_STAYS);
  else
    ask (task);
}

static void
take_visits (GTask *task, GPtrArray *visits)
{
  More *self = g_task_get_task_data (task);

  /* Without the others this one can be moved all the same. */
  if (visits == NULL || visits->len < 2)
    {
      answer (task, RCP_MOVE_ALONE);
      return;
    }
  rcp_shift_find_async (rcp_desk_get_client (self->desk), rcp_desk_get_roster (self->desk), visits, self->visit,
                        self->offer, self->is_together ? 0 : REACH, NULL, on_shift_found_cb, g_object_ref (task));
}

static void
on_together_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) visits = rcp_together_read_finish (result, NULL);

  take_visits (task, visits);
}

static void
on_series_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) visits = rcp_series_read_finish (result, NULL);

  take_visits (task, visits);
}

/**
 * rcp_move_more_async:
 * @desk: an open desk
 * @parent: above which is asked
 * @visit: as it was last read
 * @offer: where it goes
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
rcp_move_more_async (RcpDesk *desk,
                     GtkWindow *parent,
                     RcpVisit *visit,
                     RcpOffer *offer,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  More *self;

  g_return_if_fail (RCP_IS_DESK (desk));
  g_return_if_fail (RCP_IS_VISIT (visit));
  g_return_if_fail (RCP_IS_OFFER (offer));

  task = g_task_new (desk, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_move_more_async);
  self = g_new0 (More, 1);
  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->parent, parent);
  self->visit = g_object_ref (visit);
  self->offer = g_object_ref (offer);
  self->is_together = rcp_visit_get_together_id (visit) != NULL;
  g_task_set_task_data (task, self, (GDestroyNotify)more_free);
  if (self->is_together)
    rcp_together_read_async (rcp_desk_get_client (desk), rcp_visit_get_together_id (visit), NULL, on_together_read_cb,
                             g_object_ref (task));
  else if (rcp_visit_get_series_id (visit) != NULL)
    rcp_series_read_async (rcp_desk_get_client (desk), rcp_visit_get_series_id (visit), rcp_visit_get_range (visit).start,
                           NULL, on_series_read_cb, g_object_ref (task));
  else
    answer (task, RCP_MOVE_ALONE);
}

RcpMoveAnswer
rcp_move_more_finish (GAsyncResult *result, RcpVisit **moved, GError **error)
{
  More *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_move_more_async), RCP_MOVE_STAYS);

  self = g_task_get_task_data (G_TASK (result));
  if (moved != NULL)
    *moved = g_steal_pointer (&self->moved);
  if (error != NULL)
    *error = g_steal_pointer (&self->error);
  return (RcpMoveAnswer)g_task_propagate_int (G_TASK (result), NULL);
}
