/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-month"

#include "config.h"

#include "rcp-month.h"

#include <glib/gi18n.h>

#include "rcp-month-days.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"

struct _RcpMonth
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkWidget *grid;
  GtkWidget *buttons[RCP_MONTH_DAYS];
  GDate days[RCP_MONTH_DAYS];
  GDate date;   /* shown elsewhere */
  GDate today;
  GDate cursor; /* where the keyboard is; its month is seen */
};

G_DEFINE_FINAL_TYPE (RcpMonth, rcp_month, GTK_TYPE_WIDGET)

enum
{
  DAY_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_same (const GDate *a, const GDate *b)
{
  return g_date_valid (a) && g_date_valid (b) && g_date_compare (a, b) == 0;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update_day (RcpMonth *self, guint index)
{
  GtkWidget *button = self->buttons[index];
  const GDate *day = &self->days[index];
  gboolean is_today = is_same (day, &self->today), is_shown = is_same (day, &self->date);
  g_autofree char *text = g_strdup_printf ("%u", g_date_get_day (day));
  g_autofree char *date = rcp_time_text_date (day);
  /* Translators: %s is a date in full, to be read aloud. */
  g_autofree char *label = g_strdup_printf (is_today ? _("%s, today") : "%s", date);

  gtk_button_set_label (GTK_BUTTON (button), text);
  set_class (button, "other-month", g_date_get_month (day) != g_date_get_month (&self->cursor));
  set_class (button, "today", is_today);
  set_class (button, "shown", is_shown);
  /* One stop of the Tab key for all days. */
  gtk_widget_set_focusable (button, is_same (day, &self->cursor));
  rcp_compat_name (button, label);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
                               is_shown ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
update (RcpMonth *self)
{
  g_autofree char *title = rcp_time_text_month (&self->cursor);

  rcp_month_days_fill (self->days, &self->cursor, rcp_month_days_get_first_weekday ());
  for (guint i = 0; i < RCP_MONTH_DAYS; i++)
    update_day (self, i);
  gtk_label_set_label (self->title, title);
}

static void
go (RcpMonth *self, const GDate *cursor, gboolean with_focus)
{
  self->cursor = *cursor;
  update (self);
  for (guint i = 0; with_focus && i < RCP_MONTH_DAYS; i++)
    if (is_same (&self->days[i], &self->cursor))
      gtk_widget_grab_focus (self->buttons[i]);
}

static void
on_day_clicked_cb (RcpMonth *self, GtkWidget *button)
{
  for (guint i = 0; i < RCP_MONTH_DAYS; i++)
    if (self->buttons[i] == button)
      {
        g_autoptr (GDate) day = g_date_copy (&self->days[i]);

        g_signal_emit (self, signals[DAY_ACTIVATED], 0, day);
        return;
      }
}

static void
on_month_turned (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpMonth *self = RCP_MONTH (widget);
  GDate cursor = self->cursor;

  rcp_month_days_add_months (&cursor, g_variant_get_int32 (parameter));
  go (self, &cursor, rcp_compat_has_focus_within (self->grid));
}

/* Takes an arrow or a page key for what it does on a sheet of the calendar; FALSE when it is another. */
static gboolean
move (GtkWidget *widget, guint key, GdkModifierType state, GDate *date)
{
  int forward = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int days = 0;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  if (key == GDK_KEY_Page_Up || key == GDK_KEY_Page_Down)
    rcp_month_days_add_months (date, key == GDK_KEY_Page_Up ? -1 : 1);
  else if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    days = key == GDK_KEY_Right ? forward : -forward;
  else if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    days = key == GDK_KEY_Down ? 7 : -7;
  else
    return FALSE;
  if (days < 0)
    g_date_subtract_days (date, (guint) -days);
  else
    g_date_add_days (date, (guint) days);
  return TRUE;
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, RcpMonthSheet *sheet)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  GDate date = *sheet->get_date (sheet->owner);

  if (!move (widget, key, state, &date))
    return GDK_EVENT_PROPAGATE;
  sheet->go (sheet->owner, &date);
  return GDK_EVENT_STOP;
}

static void
sheet_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * rcp_month_add_keys:
 * @widget: a sheet of the calendar
 * @sheet: which day is looked at, and what goes to another; copied. Its owner outlives @widget
 *
 * Lets the arrows and page keys go from day to day, week to week and month to month.
 */
void
rcp_month_add_keys (GtkWidget *widget, const RcpMonthSheet *sheet)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (sheet != NULL);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_data (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), g_memdup2 (sheet, sizeof *sheet), sheet_free, 0);
  gtk_widget_add_controller (widget, keys);
}

static const GDate *
get_cursor (gpointer owner)
{
  return &RCP_MONTH (owner)->cursor;
}

static void
go_with_focus (gpointer owner, const GDate *date)
{
  go (owner, date, TRUE);
}

static GtkWidget *
make_turn_button (const char *icon_name, const char *label, int months)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "month.turn");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", months);
  gtk_widget_set_tooltip_text (button, label);
  rcp_compat_name (button, label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  return button;
}

static GtkWidget *
make_head (RcpMonth *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_box_append (GTK_BOX (head), make_turn_button ("go-previous-symbolic", _("Previous Month"), -1));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (head), make_turn_button ("go-next-symbolic", _("Next Month"), 1));
  return head;
}

static void
add_weekday (RcpMonth *self, guint column, const GDate *day)
{
  g_autofree char *letter = rcp_time_text_narrow_weekday (day);
  GtkWidget *label = gtk_label_new (letter);

  gtk_widget_add_css_class (label, "month-weekday");
  gtk_grid_attach (GTK_GRID (self->grid), label, (int) column, 0, 1, 1);
}

static void
add_days (RcpMonth *self)
{
  const RcpMonthSheet sheet = { self, get_cursor, go_with_focus };
  GDate days[RCP_MONTH_DAYS];

  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  rcp_month_days_fill (days, &self->cursor, rcp_month_days_get_first_weekday ());
  for (guint i = 0; i < RCP_MONTH_DAYS; i++)
    {
      if (i < 7)
        add_weekday (self, i, &days[i]);
      self->buttons[i] = gtk_button_new ();
      gtk_widget_add_css_class (self->buttons[i], "flat");
      gtk_widget_add_css_class (self->buttons[i], "month-day");
      gtk_widget_set_halign (self->buttons[i], GTK_ALIGN_CENTER);
      g_signal_connect_object (self->buttons[i], "clicked", G_CALLBACK (on_day_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (self->grid), self->buttons[i], (int) (i % 7), (int) (1 + i / 7), 1, 1);
    }
  rcp_month_add_keys (self->grid, &sheet);
}

static void
rcp_month_dispose (GObject *object)
{
  rcp_compat_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (rcp_month_parent_class)->dispose (object);
}

static void
rcp_month_class_init (RcpMonthClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_month_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "month");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "month.turn", "i", on_month_turned);

  /**
   * RcpMonth::day-activated:
   * @self: a month
   * @day: (type GDate): the day that was chosen
   */
  signals[DAY_ACTIVATED] = g_signal_new ("day-activated", RCP_TYPE_MONTH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_DATE);
}

static void
rcp_month_init (RcpMonth *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calendar"), -1);
  g_date_set_dmy (&self->cursor, 1, 1, 2026);
  gtk_widget_set_parent (make_head (self), GTK_WIDGET (self));
  add_days (self);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

GtkWidget *
rcp_month_new (void)
{
  return g_object_new (RCP_TYPE_MONTH, NULL);
}

void
rcp_month_set_date (RcpMonth *self, const GDate *date)
{
  g_return_if_fail (RCP_IS_MONTH (self));
  g_return_if_fail (g_date_valid (date));

  self->date = *date;
  go (self, date, rcp_compat_has_focus_within (self->grid));
}

void
rcp_month_set_today (RcpMonth *self, const GDate *today)
{
  g_return_if_fail (RCP_IS_MONTH (self));
  g_return_if_fail (g_date_valid (today));

  if (is_same (today, &self->today))
    return;
  self->today = *today;
  update (self);
}

const GDate *
rcp_month_get_day (RcpMonth *self, guint index)
{
  g_return_val_if_fail (RCP_IS_MONTH (self), NULL);
  g_return_val_if_fail (index < RCP_MONTH_DAYS, NULL);

  return &self->days[index];
}
