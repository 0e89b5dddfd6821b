/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-visit-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-series.h"
#include "ui/find/rcp-found-row.h"
#include "ui/insurance/rcp-auth-box.h"
#include "ui/patient/rcp-flags-box.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-lazy-menu.h"
#include "ui/rcp-number-text.h"
#include "ui/rcp-side-layout.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-time-text.h"
#include "ui/visit/rcp-flow-text.h"
#include "ui/visit/rcp-cancel-dialog.h"
#include "ui/visit/rcp-people-box.h"
#include "ui/rcp-ui-compat.h"

/**
 * RcpVisitPanel:
 *
 * See the header. What may be done depends on the state of the visit (rcp_visit_may_become()).
 */
struct _RcpVisitPanel
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpVisit *visit;

  GtkButton *name_button;
  GtkLabel *name_label;
  GtkLabel *patient_label;
  GtkBox *flags_slot;
  GtkBox *people_slot;
  RcpPeopleBox *people_box;
  GtkBox *auths_slot;
  RcpAuthBox *auth_box;
  RcpFlagsBox *flags_box;
  AdwActionRow *when_row;
  AdwActionRow *status_row;
  AdwActionRow *provider_row;
  AdwActionRow *room_row;
  AdwActionRow *together_row;
  AdwActionRow *complaint_row;
  AdwActionRow *preparation_row;
  AdwActionRow *code_row;
  AdwActionRow *phone_row;
  GtkBox *steps_box;
  GtkMenuButton *other_button;
};

G_DEFINE_TYPE (RcpVisitPanel, rcp_visit_panel, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_STEP_REQUESTED,
  SIGNAL_MOVE_REQUESTED,
  SIGNAL_PATIENT_REQUESTED,
  SIGNAL_HISTORY_REQUESTED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_text (AdwActionRow *row, const char *text)
{
  gboolean has_text = text != NULL && *text != '\0';

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, has_text ? text : "");
  rcp_spoken_row_update (row);
  gtk_widget_set_visible (GTK_WIDGET (row), has_text);
}

static GtkWidget *
make_step_button (const RcpFlowKey *key)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label, *cap;
  g_autofree char *letter = g_strdup_printf ("%c", g_ascii_toupper (key->key));
  g_autofree char *action = g_strconcat ("visit.", key->name, NULL);

  label = gtk_label_new (_(key->label));
  cap = gtk_label_new (letter);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (cap, "key-cap");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), cap);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  rcp_compat_name (GTK_WIDGET (button), _(key->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, letter, -1);
  return button;
}

/* @last: (nullable): removed with those before it */
static void
remove_up_to (GtkBox *box, GtkWidget *last)
{
  while (last)
    {
      GtkWidget *before = gtk_widget_get_prev_sibling (last);

      gtk_box_remove (box, last);
      last = before;
    }
}

static void
show_menu (RcpVisitPanel *self, GMenu *others, GMenu *corrections)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  /* Translators: heading of the statuses to which a wrong one is put right. */
  g_menu_append_section (menu, _("Correct To"), G_MENU_MODEL (corrections));
  g_menu_append (rest, _("_History"), "visit.history");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  rcp_lazy_menu_set (self->other_button, G_MENU_MODEL (menu));
}

/* What usually comes next, as buttons; what else may be, and what was wrong, in a menu. */
static void
show_steps (RcpVisitPanel *self)
{
  guint n_keys, n_buttons = 0;
  const RcpFlowKey *keys = rcp_flow_get_keys (&n_keys);
  GtkWidget *old = gtk_widget_get_last_child (GTK_WIDGET (self->steps_box));
  g_autoptr (GMenu) others = g_menu_new ();
  g_autoptr (GMenu) corrections = g_menu_new ();

  for (guint i = 0; i < n_keys; i++)
    {
      RcpVisitStep step = self->visit != NULL ? rcp_visit_get_step (self->visit, keys[i].status) : RCP_STEP_NONE;
      g_autofree char *action = g_strconcat ("visit.", keys[i].name, NULL);

      if (step == RCP_STEP_CORRECTION)
        g_menu_append (corrections, _(keys[i].label), action);
      else if (step == RCP_STEP_FORWARD && n_buttons < 2)
        {
          gtk_box_append (self->steps_box, make_step_button (&keys[i]));
          n_buttons++;
        }
      else if (step == RCP_STEP_FORWARD)
        g_menu_append (others, _(keys[i].label), action);
    }
  show_menu (self, others, corrections);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_box), n_buttons > 0);
  remove_up_to (self->steps_box, old);
}

static void
update_actions (RcpVisitPanel *self)
{
  gboolean usable = self->visit != NULL;
  guint n_keys;
  const RcpFlowKey *keys = rcp_flow_get_keys (&n_keys);
  g_autoptr (GtkWidget) focus = rcp_compat_has_focus_within (GTK_WIDGET (self)) ? g_object_ref (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)))) : NULL;

  /* The button that was pressed may go, or no longer work: the keyboard waits at a safe place before it falls from there. */
  if (focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->name_button));
  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *action = g_strconcat ("visit.", keys[i].name, NULL);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), action, usable && rcp_visit_may_become (self->visit, keys[i].status));
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.move", usable && rcp_visit_may_move (self->visit));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.history", usable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.cancel", usable && rcp_visit_get_step (self->visit, RCP_VISIT_CANCELLED) == RCP_STEP_FORWARD);
  show_steps (self);
  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && gtk_widget_is_sensitive (focus))
    gtk_widget_grab_focus (focus);
  else if (focus && gtk_widget_get_first_child (GTK_WIDGET (self->steps_box)))
    gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->steps_box)));
}

static void
show_provider (RcpVisitPanel *self)
{
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (self->desk), self->visit);
  RcpPlace *place = provider != NULL ? rcp_provider_get_place (provider) : NULL;
  g_autofree char *text = NULL;

  if (provider != NULL)
    text = g_strdup_printf ("%s%s%s", rcp_provider_get_name (provider), place != NULL ? "\n" : "",
                            place != NULL ? rcp_place_get_name (place) : "");
  show_text (self->provider_row, text);
}

/* The others that were booked as one with it: who, and when. */
static void
on_together_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpVisitPanel) self = user_data;
  g_autoptr (GPtrArray) visits = rcp_together_read_finish (result, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; visits != NULL && self->visit != NULL && i < visits->len; i++)
    {
      g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visits->pdata[i]).start, rcp_desk_get_zone (self->desk));

      /* Another visit may be shown by now. */
      if (g_strcmp0 (rcp_visit_get_together_id (visits->pdata[i]), rcp_visit_get_together_id (self->visit)) != 0)
        return;
      if (g_strcmp0 (rcp_visit_get_id (visits->pdata[i]), rcp_visit_get_id (self->visit)) != 0)
        g_string_append_printf (text, "%s%s, %s", text->len > 0 ? "\n" : "", rcp_visit_get_patient_name (visits->pdata[i]), time);
    }
  if (text->len > 0)
    show_text (self->together_row, text->str);
}

static void
show_together (RcpVisitPanel *self)
{
  show_text (self->together_row, NULL);
  if (rcp_visit_get_together_id (self->visit) != NULL && rcp_desk_get_client (self->desk) != NULL)
    rcp_together_read_async (rcp_desk_get_client (self->desk), rcp_visit_get_together_id (self->visit), NULL,
                             on_together_read_cb, g_object_ref (self));
}

static void
show_visit (RcpVisitPanel *self)
{
  RcpPatient *patient = rcp_visit_get_patient (self->visit);
  GTimeZone *zone = rcp_desk_get_zone (self->desk);
  RcpTimeRange range = rcp_visit_get_range (self->visit);
  g_autofree char *day = rcp_time_text_short_day (range.start, zone);
  g_autofree char *time = rcp_time_text_range (range, zone);
  g_autofree char *when = g_strdup_printf ("%s, %s", day, time);
  g_autofree char *status = rcp_flow_text_status (self->visit, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
  g_autofree char *phone = rcp_number_text_dup (patient != NULL ? rcp_patient_get_phone (patient) : NULL);
  g_autofree char *detail = NULL;

  if (patient != NULL)
    detail = rcp_found_row_describe_patient (patient, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
  gtk_label_set_label (self->name_label, rcp_visit_get_patient_name (self->visit));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rcp_visit_get_patient_name (self->visit), -1);
  gtk_label_set_label (self->patient_label, detail != NULL ? detail : "");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->when_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->when_row), when);
  adw_action_row_set_subtitle (self->when_row, rcp_visit_get_type_name (self->visit));
  rcp_spoken_row_update (self->when_row);
  show_text (self->status_row, status);
  show_text (self->room_row, rcp_visit_get_room_name (self->visit));
  show_provider (self);
  show_together (self);
  gtk_widget_set_visible (GTK_WIDGET (self->people_slot), rcp_visit_get_n_people (self->visit) > 1);
  rcp_people_box_set_visit (self->people_box, self->visit, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
  show_text (self->complaint_row, rcp_visit_get_complaint (self->visit));
  show_text (self->preparation_row, rcp_visit_get_instruction (self->visit));
  show_text (self->code_row, rcp_visit_get_code (self->visit));
  show_text (self->phone_row, phone);
}

static GtkWindow *
get_window (RcpVisitPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
take_changed (RcpVisitPanel *self, RcpVisit *changed)
{
  rcp_visit_panel_set_visit (self, changed);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changed);
}

static void
on_visit_cancelled_cb (RcpVisitPanel *self, RcpVisit *cancelled)
{
  take_changed (self, cancelled);
}

/**
 * rcp_visit_panel_cancel:
 *
 * Asks for the reason and cancels the visit that is shown.
 */
void
rcp_visit_panel_cancel (RcpVisitPanel *self)
{
  GtkWindow *dialog;

  g_return_if_fail (RCP_IS_VISIT_PANEL (self));

  if (self->visit == NULL || !rcp_visit_may_become (self->visit, RCP_VISIT_CANCELLED))
    return;

  dialog = rcp_cancel_dialog_new (get_window (self), self->desk, self->visit);
  g_signal_connect_object (dialog, "cancelled", G_CALLBACK (on_visit_cancelled_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, get_window (self));
}

static void
on_step_activated_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RcpVisitPanel *self = RCP_VISIT_PANEL (widget);

  if (self->visit != NULL)
    g_signal_emit (self, signals[SIGNAL_STEP_REQUESTED], 0, self->visit, name + strlen ("visit."));
}

/* Of one of several. */
static void
on_person_step_requested_cb (RcpVisitPanel *self, RcpVisit *part, const char *name)
{
  g_signal_emit (self, signals[SIGNAL_STEP_REQUESTED], 0, part, name);
}

static void
on_move_activated_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RcpVisitPanel *self = RCP_VISIT_PANEL (widget);

  if (self->visit != NULL)
    g_signal_emit (self, signals[SIGNAL_MOVE_REQUESTED], 0, self->visit);
}

static void
on_history_activated_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RcpVisitPanel *self = RCP_VISIT_PANEL (widget);

  if (self->visit != NULL)
    g_signal_emit (self, signals[SIGNAL_HISTORY_REQUESTED], 0, self->visit);
}

static void
on_cancel_activated_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rcp_visit_panel_cancel (RCP_VISIT_PANEL (widget));
}

static void
on_name_clicked_cb (GtkButton *button, RcpVisitPanel *self)
{
  if (self->visit != NULL && rcp_visit_get_patient (self->visit) != NULL)
    g_signal_emit (self, signals[SIGNAL_PATIENT_REQUESTED], 0, rcp_visit_get_patient (self->visit));
}

static void
rcp_visit_panel_dispose (GObject *object)
{
  RcpVisitPanel *self = RCP_VISIT_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RCP_TYPE_VISIT_PANEL);
  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->desk);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (rcp_visit_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RCP_TYPE_SIDE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-visit-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, name_button);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, name_label);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, patient_label);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, flags_slot);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, people_slot);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, auths_slot);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, when_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, status_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, provider_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, room_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, together_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, complaint_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, preparation_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, code_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, phone_row);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, steps_box);
  gtk_widget_class_bind_template_child (widget_class, RcpVisitPanel, other_button);
  gtk_widget_class_bind_template_callback (widget_class, on_name_clicked_cb);
}

static void
add_steps (GtkWidgetClass *widget_class)
{
  guint n_keys;
  const RcpFlowKey *keys = rcp_flow_get_keys (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *action = g_strconcat ("visit.", keys[i].name, NULL);

      gtk_widget_class_install_action (widget_class, action, NULL, on_step_activated_cb);
    }
}

static void
rcp_visit_panel_class_init (RcpVisitPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_visit_panel_dispose;

  signals[SIGNAL_STEP_REQUESTED] = g_signal_new ("step-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 2, RCP_TYPE_VISIT, G_TYPE_STRING);
  signals[SIGNAL_MOVE_REQUESTED] = g_signal_new ("move-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_VISIT);
  signals[SIGNAL_PATIENT_REQUESTED] = g_signal_new ("patient-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                    NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_PATIENT);
  signals[SIGNAL_HISTORY_REQUESTED] = g_signal_new ("history-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                    NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_VISIT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, RCP_TYPE_VISIT);

  add_steps (widget_class);
  gtk_widget_class_install_action (widget_class, "visit.move", NULL, on_move_activated_cb);
  gtk_widget_class_install_action (widget_class, "visit.history", NULL, on_history_activated_cb);
  gtk_widget_class_install_action (widget_class, "visit.cancel", NULL, on_cancel_activated_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
  bind_template (widget_class);
}

static void
rcp_visit_panel_init (RcpVisitPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Visit"), -1);
}

/**
 * rcp_visit_panel_new:
 * @desk: the desk whose visits are shown
 *
 * Returns: (transfer floating): a panel with no visit
 */
GtkWidget *
rcp_visit_panel_new (RcpDesk *desk)
{
  RcpVisitPanel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_VISIT_PANEL, NULL);
  self->desk = g_object_ref (desk);
  self->flags_box = RCP_FLAGS_BOX (rcp_flags_box_new (desk, FALSE));
  gtk_box_append (self->flags_slot, GTK_WIDGET (self->flags_box));
  self->people_box = RCP_PEOPLE_BOX (rcp_people_box_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->people_box), TRUE);
  gtk_box_append (self->people_slot, GTK_WIDGET (self->people_box));
  self->auth_box = RCP_AUTH_BOX (rcp_auth_box_new (desk));
  gtk_box_append (self->auths_slot, GTK_WIDGET (self->auth_box));
  /* Room is left for it only while it is there. */
  g_object_bind_property (self->auth_box, "visible", self->auths_slot, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->people_box, "step-requested", G_CALLBACK (on_person_step_requested_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);
  return GTK_WIDGET (self);
}

void
rcp_visit_panel_set_visit (RcpVisitPanel *self, RcpVisit *visit)
{
  g_return_if_fail (RCP_IS_VISIT_PANEL (self));

  visit = visit != NULL ? rcp_visit_get_whole (visit) : NULL;
  g_set_object (&self->visit, visit);
  if (visit != NULL)
    show_visit (self);
  rcp_auth_box_set_visit (self->auth_box, visit);
  rcp_flags_box_set_patient (self->flags_box, visit != NULL ? rcp_visit_get_patient_id (visit) : NULL);
  update_actions (self);
}

/* Where the numbers of authorizations go; none can be written down before. */
void
rcp_visit_panel_set_auths (RcpVisitPanel *self, RcpAuthModel *auths)
{
  g_return_if_fail (RCP_IS_VISIT_PANEL (self));

  rcp_auth_box_set_model (self->auth_box, auths);
}

RcpVisit *
rcp_visit_panel_get_visit (RcpVisitPanel *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_PANEL (self), NULL);

  return self->visit;
}
