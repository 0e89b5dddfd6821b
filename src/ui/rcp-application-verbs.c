/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-application-verbs"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-application-private.h"
#include "rcp-open-record.h"

#define SEARCH_MILLISECONDS (60 * 1000)

/* No verb takes a name or a birth date: arguments can be read by everybody on this computer. */
static const GOptionEntry verbs[] = {
  { "new-visit", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Begin to book a visit"), NULL },
  { "find", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Look for a patient"), NULL },
  { "print", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the day"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_ ("[reception:visit/ID|reception:patient/ID|reception:day/DATE]") },
  { NULL },
};

static const struct
{
  const char *option;
  const char *action;
} verb_actions[] = {
  { "new-visit", "win.new-visit" },
  { "find", "win.find" },
  { "print", "win.print" },
};

void
rcp_application_add_verbs (RcpApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), verbs);
}

static RcpLink *
take_link (GVariantDict *given, GError **error)
{
  g_autofree const char **links = NULL;
  RcpLink *link;

  if (!g_variant_dict_lookup (given, G_OPTION_REMAINING, "^a&s", &links) || !links[0])
    return NULL;
  if (links[1])
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("One link at a time"));
      return NULL;
    }
  link = rcp_link_parse (links[0]);
  /* Not repeated in the message: who mistypes may have typed a name. */
  if (!link)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("The argument is no link such as reception:visit/17 or reception:day/2026-11-23"));
  return link;
}

/**
 * rcp_application_check_verbs:
 * @given: the options of a start
 * @error: says which argument is not understood
 *
 * Returns: whether rcp_application_run_verbs() can do all of them
 */
gboolean
rcp_application_check_verbs (GVariantDict *given, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (RcpLink) link = take_link (given, &wrong);

  if (!wrong)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}


static void
on_desk_state_changed_cb (RcpDesk *desk, GParamSpec *pspec, GtkWidget *window)
{
  const char *action = g_object_get_data (G_OBJECT (window), "rcp-verb");

  if (!action || rcp_desk_get_state (desk) != RCP_DESK_READY)
    return;
  g_object_set_data (G_OBJECT (window), "rcp-verb", NULL);
  gtk_widget_activate_action (window, action, NULL);
}

/**
 * rcp_application_run_verbs:
 * @window: where it is done, as soon as the record is open
 * @given: the options of a start, checked
 */
void
rcp_application_run_verbs (RcpWindow *window, GVariantDict *given)
{
  RcpDesk *desk = rcp_window_get_desk (window);
  g_autoptr (RcpLink) link = take_link (given, NULL);

  if (link)
    rcp_window_show_link (window, link);
  for (guint i = 0; i < G_N_ELEMENTS (verb_actions); i++)
    if (g_variant_dict_contains (given, verb_actions[i].option))
      {
        g_object_set_data (G_OBJECT (window), "rcp-verb", (gpointer) verb_actions[i].action);
        g_signal_connect_object (desk, "notify::state", G_CALLBACK (on_desk_state_changed_cb), window, 0);
        on_desk_state_changed_cb (desk, NULL, GTK_WIDGET (window));
        return;
      }
}

static void
on_opened_for_search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  /* The search that waits is told by the desk's state. */
  if (!rcp_open_record_run_finish (RCP_OPEN_RECORD (source), result, &error))
    g_debug ("The record did not open for a search: %s", g_quark_to_string (error->domain));
  self->opening_for_search = FALSE;
  /* The record stays open for the next letters; who closes a window wants it closed. */
  g_application_set_inactivity_timeout (G_APPLICATION (self), SEARCH_MILLISECONDS);
  g_application_release (G_APPLICATION (self));
  g_application_set_inactivity_timeout (G_APPLICATION (self), 0);
}

/* A search came before a window: the record that was opened last is opened without one. */
static void
on_record_wanted_cb (RcpApplication *self)
{
  g_autoptr (RcpSource) source = rcp_source_load (self->settings);
  g_autoptr (RcpOpenRecord) opening = NULL;
  g_autoptr (RcpClock) clock = NULL;

  if (self->opening_for_search || source->kind == RCP_SOURCE_NONE)
    return;
  if (!self->desk)
    {
      clock = rcp_clock_new_system ();
      self->desk = rcp_desk_new (clock);
    }
  rcp_search_provider_set_desk (self->search_provider, self->desk);
  /* A window opens the record itself. */
  if (rcp_desk_get_state (self->desk) == RCP_DESK_CONNECTING)
    return;
  self->opening_for_search = TRUE;
  g_application_hold (G_APPLICATION (self));
  opening = rcp_open_record_new (self->desk, source);
  rcp_open_record_run_async (opening, NULL, on_opened_for_search_cb, g_object_ref (self));
}

static RcpWindow *
show_window (RcpApplication *self)
{
  g_application_activate (G_APPLICATION (self));
  return RCP_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self)));
}

static void
on_link_activated_cb (RcpApplication *self, const RcpLink *link)
{
  rcp_window_show_link (show_window (self), link);
}

/* The words are not taken along: Find is where they are typed without anybody else reading them. */
static void
on_search_activated_cb (RcpApplication *self, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (show_window (self)), "win.find", NULL);
}

/**
 * rcp_application_export_search:
 * @connection: the session bus
 * @path: the object path of the program
 *
 * Offers the patients to the search of the Shell, which gets none of them until the setting "shell-search" is on.
 *
 * Returns: whether it could be offered
 */
gboolean
rcp_application_export_search (RcpApplication *self, GDBusConnection *connection, const char *path, GError **error)
{
  g_autofree char *own_path = g_strconcat (path, "/SearchProvider", NULL);

  self->search_provider = rcp_search_provider_new (self->settings);
  rcp_search_provider_set_desk (self->search_provider, self->desk);
  g_signal_connect_object (self->search_provider, "record-wanted", G_CALLBACK (on_record_wanted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_provider, "link-activated", G_CALLBACK (on_link_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_provider, "search-activated", G_CALLBACK (on_search_activated_cb), self, G_CONNECT_SWAPPED);
  return rcp_search_provider_export (self->search_provider, connection, own_path, error);
}
