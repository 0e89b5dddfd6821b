/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-day-head"

#include "config.h"

#include "rcp-day-head.h"

#include <glib/gi18n.h>

#include "ui/rcp-time-text.h"

struct _RcpDayHead
{
  GtkButton parent_instance;

  GDate date;
  gboolean is_narrow;
  GtkWidget *name;
  GtkWidget *detail;
};

G_DEFINE_FINAL_TYPE (RcpDayHead, rcp_day_head, GTK_TYPE_BUTTON)

static void
rcp_day_head_class_init (RcpDayHeadClass *klass)
{
}

static GtkWidget *
make_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
rcp_day_head_init (RcpDayHead *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->name = make_label (box, "day-name");
  self->detail = make_label (box, "day-detail");
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "day-head");
  /* Tab goes to the cursor of the board: there is a key for the day that it is on. */
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.open-day");
}

/**
 * rcp_day_head_new:
 * @date: a day
 * @is_narrow: whether it has the width of one column: two lines
 *
 * Returns: (transfer floating): its head
 */
GtkWidget *
rcp_day_head_new (const GDate *date, gboolean is_narrow)
{
  RcpDayHead *self;
  GtkWidget *box;

  g_return_val_if_fail (date && g_date_valid (date), NULL);

  self = g_object_new (RCP_TYPE_DAY_HEAD, NULL);
  self->is_narrow = is_narrow;
  box = gtk_button_get_child (GTK_BUTTON (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (box), is_narrow ? 0 : 8);
  rcp_day_head_set_date (self, date);
  return GTK_WIDGET (self);
}

/**
 * rcp_day_head_set_date:
 * @self: a head
 * @date: the day that it is for now
 *
 * Lets a head serve another day; rcp_day_head_set_contents() then says what is on it.
 */
void
rcp_day_head_set_date (RcpDayHead *self, const GDate *date)
{
  g_autofree char *name = NULL, *target = NULL;

  g_return_if_fail (RCP_IS_DAY_HEAD (self));
  g_return_if_fail (date && g_date_valid (date));

  if (g_date_valid (&self->date) && g_date_compare (&self->date, date) == 0)
    return;
  self->date = *date;
  name = self->is_narrow ? rcp_time_text_weekday (date) : rcp_time_text_short_date (date);
  target = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", target);
}

const GDate *
rcp_day_head_get_date (RcpDayHead *self)
{
  g_return_val_if_fail (RCP_IS_DAY_HEAD (self), NULL);

  return &self->date;
}

/**
 * rcp_day_head_set_contents:
 * @self: a head
 * @n_visits: how many visits the columns below it hold
 * @is_known: whether the day was read: before that nothing is said of it
 * @is_closed: whether nobody works on that day
 * @is_today: whether it is today
 */
void
rcp_day_head_set_contents (RcpDayHead *self, guint n_visits, gboolean is_known, gboolean is_closed, gboolean is_today)
{
  g_autofree char *date = NULL, *count = NULL, *label = NULL, *detail = NULL;

  g_return_if_fail (RCP_IS_DAY_HEAD (self));

  count = is_closed ? g_strdup (_("Closed")) : g_strdup_printf (ngettext ("%u visit", "%u visits", n_visits), n_visits);
  if (!is_known)
    *count = '\0';
  /* Translators: below a day; %s is how many visits there are, or that it is closed. */
  detail = is_today && is_known ? g_strdup_printf (_("Today · %s"), count) : g_strdup (is_today ? _("Today") : count);
  date = rcp_time_text_date (&self->date);
  label = *detail != '\0' ? g_strdup_printf ("%s, %s", date, detail) : g_strdup (date);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), label) == 0)
    return;
  /* Where there is little room the frame around today says it. */
  gtk_label_set_label (GTK_LABEL (self->detail), self->is_narrow ? count : detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  if (is_today)
    gtk_widget_add_css_class (GTK_WIDGET (self), "today");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "today");
}
