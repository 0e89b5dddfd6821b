/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-calendar-row"

#include "config.h"

#include "rcp-calendar-row.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"
#include "calendars/rcp-calendar.h"

/**
 * rcp_calendar_row_make_dot:
 * @colour: (nullable): of a calendar
 *
 * Returns: (transfer floating): a dot in that colour
 */
GtkWidget *
rcp_calendar_row_make_dot (const char *colour)
{
  GtkWidget *dot = gtk_label_new ("●");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA rgba;

  if (colour && gdk_rgba_parse (&rgba, colour))
    pango_attr_list_insert (attributes, pango_attr_foreground_new ((guint16) (rgba.red * 65535), (guint16) (rgba.green * 65535),
                                                                   (guint16) (rgba.blue * 65535)));
  gtk_label_set_attributes (GTK_LABEL (dot), attributes);
  /* Read aloud it says nothing. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (dot), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return dot;
}

static char *
dup_account (GObject *calendar)
{
  char *account;

  g_object_get (calendar, "account", &account, NULL);
  return account ? account : g_strdup (_("On this computer"));
}

/**
 * rcp_calendar_row_new:
 * @calendar: of a service
 *
 * Returns: (transfer floating): a row that shows which it is
 */
GtkWidget *
rcp_calendar_row_new (GObject *calendar)
{
  g_autofree char *name = NULL, *colour = NULL, *account = dup_account (calendar);
  GtkWidget *row;

  g_object_get (calendar, "name", &name, "colour", &colour, NULL);
  row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL));
  /* A name is no markup: the row must know that before it has one. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), account);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), rcp_calendar_row_make_dot (colour));
  g_object_set_data_full (G_OBJECT (row), "calendar", g_object_ref (calendar), g_object_unref);
  return row;
}

/* (transfer full), or NULL when nothing is wrong that the account could tell. */
static char *
describe_trouble (GObject *calendar)
{
  gboolean is_enabled;
  guint state;

  g_object_get (calendar, "enabled", &is_enabled, "state", &state, NULL);
  if (!is_enabled)
    return g_strdup (_("switched off"));
  if (state == RCP_CALENDAR_NEEDS_PASSWORD)
    return g_strdup (_("needs a password"));
  if (state == RCP_CALENDAR_NOT_TRUSTED)
    return g_strdup (_("the certificate of its server is not trusted"));
  return NULL;
}

/* (transfer full), or NULL when all is well, or nobody reads it. */
static char *
describe_reading (RcpCalendarService *service, const char *uid, GTimeZone *zone)
{
  RcpCalendarReading reading;
  g_autofree char *when = NULL;

  if (!service || !rcp_calendar_service_get_reading (service, uid, &reading))
    return NULL;
  if (!reading.is_read)
    return g_strdup (_("not read yet"));
  if (reading.as_of != 0)
    {
      when = rcp_when_text_day_and_clock (reading.as_of, zone);
      /* Translators: of a calendar whose server does not answer: a day and a time. */
      return g_strdup_printf (_("not reached, as of %s"), when);
    }
  if (reading.n_unread > 0)
    return g_strdup_printf (ngettext ("%u event was not understood", "%u events were not understood", reading.n_unread),
                            reading.n_unread);
  return NULL;
}

/**
 * rcp_calendar_row_tell:
 * @row: of rcp_calendar_row_new()
 * @service: (nullable): that reads it
 * @zone: of the clinic
 *
 * Says below the name where it is, and what is wrong.
 */
void
rcp_calendar_row_tell (GtkWidget *row, RcpCalendarService *service, GTimeZone *zone)
{
  GObject *calendar = g_object_get_data (G_OBJECT (row), "calendar");
  g_autofree char *uid = NULL, *account = dup_account (calendar), *state = describe_trouble (calendar), *text = NULL;

  g_object_get (calendar, "uid", &uid, NULL);
  if (!state)
    state = describe_reading (service, uid, zone);
  /* Translators: the account of a calendar, and "needs a password" or another state. */
  text = state ? g_strdup_printf (_("%s: %s"), account, state) : g_strdup (account);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}
