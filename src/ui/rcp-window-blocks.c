/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time that is kept for something else than visits, and given back. */

#define G_LOG_DOMAIN "rcp-window-blocks"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-dialog.h"
#include "rcp-error-dialog.h"
#include "rcp-window-private.h"
#include "scheduling/rcp-block-time.h"

static char *
dup_actor (RcpWindow *self, const char *schedule_id, GTimeZone **zone)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  GListModel *providers = rcp_roster_get_providers (roster), *rooms = rcp_roster_get_rooms (roster);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (g_strcmp0 (rcp_provider_get_schedule_id (provider), schedule_id) != 0)
        continue;
      *zone = rcp_provider_get_zone (provider);
      return g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (provider), NULL);
    }
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (g_strcmp0 (rcp_room_get_schedule_id (room), schedule_id) == 0)
        return g_strdup (rcp_room_get_reference (room));
    }
  return NULL;
}

/* What is asked again, of visits that were found there. */
typedef struct
{
  RcpWindow *window;
  GVariant *asked; /* the parameter of win.block-time */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->window);
  g_variant_unref (question->asked);
  g_free (question);
}

static void start_block (RcpWindow *self, GVariant *asked, gboolean is_over_visits, guint n_visits);

static void
on_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;

  if (g_str_equal (response, "block"))
    start_block (question->window, question->asked, TRUE, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "n-visits")));
}

/* Visits are there: the desk may block the time nevertheless, and then deals with each of them. */
static void
ask_about_visits (RcpWindow *self, RcpBlockTime *operation, GVariant *asked)
{
  guint n = rcp_block_time_get_n_visits (operation);
  Question *question = g_new0 (Question, 1);
  g_autofree char *heading = NULL, *visits = NULL, *body = NULL;
  GtkWidget *dialog;

  question->window = g_object_ref (self);
  question->asked = g_variant_ref (asked);
  heading = n > 0 ? g_strdup_printf (ngettext ("Block Over %u Visit?", "Block Over %u Visits?", n), n) : g_strdup (_("Block Over Visits?"));
  visits = rcp_block_time_describe_visits (operation);
  body = g_strdup_printf ("%s%s%s", visits ? visits : "", visits ? "\n\n" : "",
                          _("They stay for now, and come on the list of visits that do not fit any more: move or cancel each from there."));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  gtk_widget_set_name (dialog, "block-over-visits");
  g_object_set_data (G_OBJECT (dialog), "n-visits", GUINT_TO_POINTER (n));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "block", _("_Block Nevertheless"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "block", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answered_cb), question, question_free, 0);
  rcp_dialog_present (GTK_WINDOW (dialog), GTK_WINDOW (self));
}

static void
on_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  RcpBlockTime *operation = RCP_BLOCK_TIME (source);
  GVariant *asked = g_object_get_data (source, "asked");
  g_autoptr (GError) error = NULL;
  gboolean done = rcp_block_time_run_finish (operation, result, &error);

  if (!self->desk)
    return;
  rcp_desk_invalidate (self->desk, rcp_block_time_get_range (operation));
  if (done)
    rcp_desk_tell_done (self->desk, source);
  else if (asked && g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_BOOKED))
    ask_about_visits (self, operation, asked);
  else
    rcp_error_dialog_present (GTK_WINDOW (self), rcp_block_time_get_deed (operation) == RCP_DEED_BLOCK ? _("Time Not Blocked") : _("Time Not Freed"),
                              error);
  /* The next thing to do is to deal with the visits that are there. */
  if (done && asked && rcp_block_time_get_n_visits (operation) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.refits", NULL);
}

static void
start_block (RcpWindow *self, GVariant *asked, gboolean is_over_visits, guint n_visits)
{
  GTimeZone *zone;
  const char *schedule_id, *kind, *words;
  g_autofree char *actor = NULL;
  g_autoptr (RcpBlockTime) operation = NULL;
  RcpTimeRange range;

  if (!self->desk || rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  zone = rcp_desk_get_zone (self->desk);
  g_variant_get (asked, "(&sxx&s&s)", &schedule_id, &range.start, &range.end, &kind, &words);
  actor = dup_actor (self, schedule_id, &zone);
  operation = rcp_block_time_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), schedule_id, actor, zone, range,
                                  rcp_block_kind_from_code (kind), words[0] ? words : NULL);
  rcp_block_time_set_desk (operation, rcp_desk_get_name (self->desk));
  if (is_over_visits)
    rcp_block_time_set_over_visits (operation, n_visits);
  g_object_set_data_full (G_OBJECT (operation), "asked", g_variant_ref (asked), (GDestroyNotify) g_variant_unref);
  rcp_block_time_run_async (operation, NULL, on_finished_cb, g_object_ref (self));
}

static void
on_block_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  start_block (RCP_WINDOW (widget), parameter, FALSE, 0);
}

static void
on_unblock_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  GTimeZone *zone = rcp_desk_get_zone (self->desk);
  const char *schedule_id;
  g_autofree char *actor = NULL;
  g_autoptr (RcpBlockTime) operation = NULL;
  RcpTimeRange range;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  g_variant_get (parameter, "(&sxx)", &schedule_id, &range.start, &range.end);
  actor = dup_actor (self, schedule_id, &zone);
  operation = rcp_block_time_new_unblock (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), schedule_id, actor, zone, range);
  rcp_block_time_set_desk (operation, rcp_desk_get_name (self->desk));
  rcp_block_time_run_async (operation, NULL, on_finished_cb, g_object_ref (self));
}

void
rcp_window_class_add_block_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.block-time", "(sxxss)", on_block_activated);
  gtk_widget_class_install_action (widget_class, "win.unblock-time", "(sxx)", on_unblock_activated);
}
