/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-visit-chip"

#include "config.h"

#include "rcp-visit-chip-private.h"

#include <glib/gi18n.h>

#include "ui/rcp-keys.h"
#include "ui/rcp-ui-compat.h"
#include "ui/visit/rcp-flow-text.h"

#define MENU "rcp-visit-chip-menu" /* of the cache */

G_DEFINE_FINAL_TYPE (RcpVisitChip, rcp_visit_chip, GTK_TYPE_WIDGET)

enum
{
  ACTION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  RcpVisitStatus status;
  const char *style;
  const char *icon;
} Look;

static const Look looks[] = {
  { RCP_VISIT_PROPOSED, "pending", "rcp-status-pending-symbolic" },
  { RCP_VISIT_PENDING, "pending", "rcp-status-pending-symbolic" },
  { RCP_VISIT_BOOKED, "booked", "rcp-status-booked-symbolic" },
  { RCP_VISIT_CONFIRMED, "booked", "rcp-status-confirmed-symbolic" },
  { RCP_VISIT_ARRIVED, "arrived", "rcp-status-arrived-symbolic" },
  { RCP_VISIT_CHECKED_IN, "checked-in", "rcp-status-checked-in-symbolic" },
  { RCP_VISIT_ROOMED, "checked-in", "rcp-status-checked-in-symbolic" },
  { RCP_VISIT_WITH_PROVIDER, "checked-in", "rcp-status-with-provider-symbolic" },
  { RCP_VISIT_FULFILLED, "fulfilled", "rcp-status-fulfilled-symbolic" },
  { RCP_VISIT_NOSHOW, "noshow", "rcp-status-noshow-symbolic" },
  { RCP_VISIT_LEFT, "noshow", "rcp-status-left-symbolic" },
};

static const Look *
find_look (RcpVisitStatus status)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].status == status)
      return &looks[i];
  return &looks[0];
}

static void
rcp_visit_chip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
rcp_visit_chip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RcpVisitChip *self = RCP_VISIT_CHIP (widget);

  if (self->menu)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
rcp_visit_chip_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rcp_visit_chip_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
rcp_visit_chip_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (rcp_visit_chip_parent_class)->direction_changed (widget, previous);
  gtk_widget_queue_draw (widget);
}

static void
on_action_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpVisitChip *self = RCP_VISIT_CHIP (widget);

  if (self->visit)
    g_signal_emit (self, signals[ACTION], 0, action + strlen ("visit."));
}

static GMenuModel *
make_menu_model (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) status = g_menu_new ();
  guint n_keys;
  const RcpFlowKey *keys = rcp_flow_get_keys (&n_keys);

  g_menu_append (menu, _("_Open"), "visit.open");
  g_menu_append (menu, _("Cu_t"), "visit.cut");
  g_menu_append (menu, _("_Move…"), "visit.move");
  g_menu_append (menu, _("_Overbook This Time…"), "visit.overbook");
  g_menu_append (menu, _("_Cancel Visit…"), "visit.cancel");
  g_menu_append (menu, _("_History"), "visit.history");
  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *action = g_strconcat ("visit.", keys[i].name, NULL);

      g_menu_append (status, _(keys[i].label), action);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (status));
  return G_MENU_MODEL (menu);
}

/* All chips of a board have the same menu: GTK 4.8 never lets go of a section that was in a popover once (rcp_lazy_menu_set()). */
static GMenuModel *
get_menu_model (RcpVisitChip *self)
{
  GMenuModel *menu = g_object_get_data (G_OBJECT (self->cache), MENU);

  if (!menu)
    {
      menu = make_menu_model ();
      g_object_set_data_full (G_OBJECT (self->cache), MENU, menu, g_object_unref);
    }
  return menu;
}

static GtkWidget *
make_menu (RcpVisitChip *self)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (get_menu_model (self));

  rcp_compat_name_menu (GTK_POPOVER (popover));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  return popover;
}

static void
show_menu (RcpVisitChip *self, double x, double y)
{
  if (!self->menu)
    self->menu = make_menu (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_menu_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_menu (RCP_VISIT_CHIP (widget), gtk_widget_get_width (widget) / 2, gtk_widget_get_height (widget));
}

static void
on_clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, RcpVisitChip *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "visit.open", NULL);
}

static void
on_secondary_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, RcpVisitChip *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static gboolean
on_query_tooltip_cb (RcpVisitChip *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;
  const char *complaint;

  if (!self->visit)
    return FALSE;
  complaint = rcp_visit_get_complaint (self->visit);
  text = g_strjoin ("\n", rcp_visit_get_patient_name (self->visit), rcp_visit_get_type_name (self->visit),
                    self->status ? self->status : rcp_visit_status_to_label (rcp_visit_get_status (self->visit)), complaint, NULL);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
rcp_visit_chip_dispose (GObject *object)
{
  RcpVisitChip *self = RCP_VISIT_CHIP (object);

  g_clear_object (&self->visit);
  g_clear_object (&self->cache);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->people, g_free);
  g_clear_pointer (&self->people_number, g_free);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_visit_chip_parent_class)->dispose (object);
}

static void
rcp_visit_chip_class_init (RcpVisitChipClass *klass)
{
  static const char *const actions[] = { "visit.open", "visit.cut", "visit.move", "visit.overbook", "visit.cancel", "visit.history" };
  guint n_keys;
  const RcpFlowKey *steps = rcp_flow_get_keys (&n_keys);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rcp_visit_chip_dispose;
  widget_class->snapshot = rcp_visit_chip_snapshot;
  widget_class->measure = rcp_visit_chip_measure;
  widget_class->size_allocate = rcp_visit_chip_size_allocate;
  widget_class->css_changed = rcp_visit_chip_css_changed;
  widget_class->direction_changed = rcp_visit_chip_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "visit");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, on_action_activated);
  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *action = g_strconcat ("visit.", steps[i].name, NULL);

      gtk_widget_class_install_action (widget_class, action, NULL, on_action_activated);
    }
  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, on_menu_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_VISIT);

  /**
   * RcpVisitChip::action:
   * @self: a chip
   * @name: what is asked for
   */
  signals[ACTION] = g_signal_new ("action", RCP_TYPE_VISIT_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rcp_visit_chip_init (RcpVisitChip *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (self, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (click, "released", G_CALLBACK (on_clicked_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (secondary, "pressed", G_CALLBACK (on_secondary_pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
}

/**
 * rcp_visit_chip_new:
 * @cache: what it shares with the other chips of its board
 *
 * Returns: (transfer floating): a chip at rest
 */
RcpVisitChip *
rcp_visit_chip_new (RcpChipCache *cache)
{
  RcpVisitChip *self;

  g_return_val_if_fail (RCP_IS_CHIP_CACHE (cache), NULL);

  self = g_object_new (RCP_TYPE_VISIT_CHIP, NULL);
  self->cache = g_object_ref (cache);
  return self;
}

static void
set_style (RcpVisitChip *self, const char *style)
{
  if (g_strcmp0 (self->style, style) == 0)
    return;
  if (self->style)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = style;
  gtk_widget_add_css_class (GTK_WIDGET (self), style);
}

/* How many come to it, in words, and how many of them did when it is some: (transfer full), or NULL when it is one. */
static char *
describe_people (RcpVisit *visit)
{
  guint n_people = rcp_visit_get_n_people (visit), n_come;

  if (n_people == 1)
    return NULL;
  n_come = rcp_visit_count_come (visit);
  if (n_come > 0 && n_come < n_people)
    /* Translators: of those who come to one visit: how many have arrived, and how many it is for. */
    return g_strdup_printf (_("%u of %u arrived"), n_come, n_people);
  /* Translators: how many come to one visit; two at least */
  return g_strdup_printf (ngettext ("%u person", "%u people", n_people), n_people);
}

/* The same where there is no room for words. */
static char *
count_people (RcpVisit *visit)
{
  guint n_people = rcp_visit_get_n_people (visit), n_come = rcp_visit_count_come (visit);

  return n_come > 0 && n_come < n_people ? g_strdup_printf ("%u/%u", n_come, n_people) : g_strdup_printf ("%u", n_people);
}

static void
set_company (RcpVisitChip *self)
{
  g_free (self->people);
  g_free (self->people_number);
  self->people = describe_people (self->visit);
  self->people_number = self->people ? count_people (self->visit) : NULL;
  self->is_in_row = rcp_visit_get_together_id (self->visit) != NULL;
}

/**
 * rcp_visit_chip_set_visit:
 * @self: a chip
 * @visit: (nullable): what to show; %NULL puts the chip to rest
 * @provider: (nullable): whose column it is in
 * @time: (nullable): when it is, as it is read aloud
 */
void
rcp_visit_chip_set_visit (RcpVisitChip *self, RcpVisit *visit, RcpProvider *provider, const char *time)
{
  g_autofree char *label = NULL;

  g_return_if_fail (RCP_IS_VISIT_CHIP (self));

  if (!g_set_object (&self->visit, visit))
    return;
  g_clear_pointer (&self->status, g_free);
  if (!visit)
    return;
  set_style (self, find_look (rcp_visit_get_status (visit))->style);
  set_company (self);
  label = rcp_visit_chip_describe (visit, provider, time);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rcp_visit_chip_set_new_patient (RcpVisitChip *self, gboolean is_new)
{
  g_return_if_fail (RCP_IS_VISIT_CHIP (self));

  self->is_new_patient = is_new;
}

/* What the name does not say: the status itself is part of it. */
static char *
describe_more (RcpVisitChip *self)
{
  const char *label = rcp_visit_status_to_label (rcp_visit_get_status (self->visit));
  const char *timer = g_str_equal (self->status, label) ? NULL : self->status;

  if (!self->is_new_patient)
    return g_strdup (timer ? timer : "");
  return timer ? g_strdup_printf ("%s, %s", _("New patient"), timer) : g_strdup (_("New patient"));
}

/**
 * rcp_visit_chip_set_now:
 * @self: a chip
 * @now: the time; 0 on another day than today
 *
 * Says for how long the visit is as it is.
 */
void
rcp_visit_chip_set_now (RcpVisitChip *self, gint64 now)
{
  g_autofree char *status = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (RCP_IS_VISIT_CHIP (self));

  if (!self->visit)
    return;
  status = rcp_flow_text_status (self->visit, now);
  if (g_strcmp0 (status, self->status) == 0)
    return;
  g_free (self->status);
  self->status = g_steal_pointer (&status);
  spoken = describe_more (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
rcp_visit_chip_suits (RcpVisitChip *self, RcpVisit *visit)
{
  g_return_val_if_fail (RCP_IS_VISIT_CHIP (self), FALSE);

  return g_strcmp0 (self->style, find_look (rcp_visit_get_status (visit))->style) == 0;
}

RcpVisit *
rcp_visit_chip_get_visit (RcpVisitChip *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_CHIP (self), NULL);

  return self->visit;
}

void
rcp_visit_chip_set_selected (RcpVisitChip *self, gboolean selected)
{
  g_return_if_fail (RCP_IS_VISIT_CHIP (self));

  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
}

/**
 * rcp_visit_chip_describe:
 * @visit: a visit
 * @provider: (nullable): whose column it is in
 * @time: when it is, in words
 *
 * Returns: (transfer full): everything about it that the board shows, in one sentence for a screen reader
 */
char *
rcp_visit_chip_describe (RcpVisit *visit, RcpProvider *provider, const char *time)
{
  g_autoptr (GString) text = g_string_new (time);
  g_autofree char *people = describe_people (visit);
  const char *parts[] = {
    rcp_visit_get_patient_name (visit), people, rcp_visit_get_together_id (visit) ? _("In a row with other visits") : NULL,
    rcp_visit_get_type_name (visit), provider ? rcp_provider_get_name (provider) : NULL,
    rcp_visit_status_to_label (rcp_visit_get_status (visit)), NULL,
  };

  if (rcp_visit_get_urgency (visit) != RCP_URGENCY_ROUTINE)
    parts[G_N_ELEMENTS (parts) - 1] = rcp_visit_get_urgency (visit) == RCP_URGENCY_EMERGENCY ? _("Emergency") : _("Urgent");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] && parts[i][0])
      g_string_append_printf (text, ", %s", parts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
rcp_visit_chip_get_icon_name (RcpVisitStatus status)
{
  return find_look (status)->icon;
}
