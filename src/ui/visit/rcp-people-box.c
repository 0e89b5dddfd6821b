/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-people-box"

#include "config.h"

#include "rcp-people-box.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "scheduling/rcp-book-visit.h"
#include "ui/rcp-lazy-menu.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-ui-compat.h"
#include "ui/visit/rcp-flow-text.h"

struct _RcpPeopleBox
{
  GtkWidget parent_instance;

  RcpVisit *visit;
  GtkListBox *list;
  GPtrArray *menu_buttons; /* of the rows, kept from visit to visit */
};

G_DEFINE_FINAL_TYPE (RcpPeopleBox, rcp_people_box, GTK_TYPE_WIDGET)

enum
{
  STEP_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
request_step (RcpPeopleBox *self, guint index, const char *name)
{
  g_autoptr (RcpVisit) part = NULL;

  if (!self->visit || index >= rcp_visit_get_n_people (self->visit))
    return;
  part = rcp_visit_dup_part (self->visit, index);
  g_signal_emit (self, signals[STEP_REQUESTED], 0, part, name);
}

static void
on_step_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guint index;
  const char *name;

  g_variant_get (parameter, "(u&s)", &index, &name);
  request_step (RCP_PEOPLE_BOX (widget), index, name);
}

static GVariant *
new_target (guint index, const RcpFlowKey *key)
{
  return g_variant_new ("(us)", index, key->name);
}

static void
append_step (GMenu *menu, guint index, const RcpFlowKey *key)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (_(key->label), NULL);

  g_menu_item_set_action_and_target_value (item, "person.step", new_target (index, key));
  g_menu_append_item (menu, item);
}

/* All that may be, and what was wrong. */
static GMenuModel *
make_menu (RcpVisit *part, guint index)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) forward = g_menu_new ();
  g_autoptr (GMenu) corrections = g_menu_new ();
  guint n_keys;
  const RcpFlowKey *keys = rcp_flow_get_keys (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      RcpVisitStep step = rcp_visit_get_step (part, keys[i].status);

      if (step != RCP_STEP_NONE)
        append_step (step == RCP_STEP_FORWARD ? forward : corrections, index, &keys[i]);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (forward));
  g_menu_append_section (menu, _("Correct To"), G_MENU_MODEL (corrections));
  return G_MENU_MODEL (menu);
}

static void
add_next_button (GtkWidget *row, RcpVisit *part, guint index)
{
  const RcpFlowKey *next = rcp_flow_find_status (rcp_visit_status_get_next (rcp_visit_get_status (part)));
  GtkWidget *button;
  g_autofree char *spoken = NULL;

  if (!next)
    return;
  button = gtk_button_new_with_label (_(next->label));
  /* Translators: one of several who come to a visit, and what is next for him or her: "Rossi, Luca: Arrived". */
  spoken = g_strdup_printf (_("%s: %s"), rcp_visit_get_patient_name (part), _(next->label));
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "person.step");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), new_target (index, next));
  rcp_compat_name (button, spoken);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
make_menu_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return g_object_ref_sink (button);
}

/* The button of the row that was at this place before, with its menu: see rcp_lazy_menu_set(). */
static void
add_menu_button (RcpPeopleBox *self, GtkWidget *row, RcpVisit *part, guint index)
{
  g_autoptr (GMenuModel) menu = make_menu (part, index);
  /* Translators: %s is one of several who come to a visit. */
  g_autofree char *spoken = g_strdup_printf (_("Other statuses of %s"), rcp_visit_get_patient_name (part));
  GtkWidget *button;

  if (index == self->menu_buttons->len)
    g_ptr_array_add (self->menu_buttons, make_menu_button ());
  button = self->menu_buttons->pdata[index];
  rcp_lazy_menu_set (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, spoken);
  rcp_compat_name (button, spoken);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
remove_row (RcpPeopleBox *self, GtkListBoxRow *row)
{
  GtkWidget *button = self->menu_buttons->pdata[gtk_list_box_row_get_index (row)];

  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  adw_action_row_remove (ADW_ACTION_ROW (row), button);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static GtkWidget *
make_row (RcpPeopleBox *self, RcpVisit *part, guint index, gint64 now)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *status = rcp_flow_text_status (part, now);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rcp_visit_get_patient_name (part));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), status);
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  add_next_button (row, part, index);
  add_menu_button (self, row, part, index);
  return row;
}

/* The button that was pressed goes: the keyboard stays with the same person. */
static void
rebuild (RcpPeopleBox *self, gint64 now)
{
  guint n_people = self->visit ? rcp_visit_get_n_people (self->visit) : 0;
  GtkWidget *focused = rcp_compat_get_focus_child (GTK_WIDGET (self->list));
  int place = GTK_IS_LIST_BOX_ROW (focused) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  GtkListBoxRow *row;

  while ((row = GTK_LIST_BOX_ROW (gtk_widget_get_last_child (GTK_WIDGET (self->list)))))
    remove_row (self, row);
  for (guint i = 0; n_people > 1 && i < n_people; i++)
    {
      g_autoptr (RcpVisit) part = rcp_visit_dup_part (self->visit, i);

      gtk_list_box_append (self->list, make_row (self, part, i, now));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n_people > 1);
  row = place >= 0 ? gtk_list_box_get_row_at_index (self->list, place) : NULL;
  if (row)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static void
rcp_people_box_dispose (GObject *object)
{
  RcpPeopleBox *self = RCP_PEOPLE_BOX (object);

  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_pointer (&self->menu_buttons, g_ptr_array_unref);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (rcp_people_box_parent_class)->dispose (object);
}

static void
rcp_people_box_class_init (RcpPeopleBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_people_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "person.step", "(us)", on_step_activated);
  signals[STEP_REQUESTED] = g_signal_new ("step-requested", RCP_TYPE_PEOPLE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          RCP_TYPE_VISIT, G_TYPE_STRING);
}

static void
rcp_people_box_init (RcpPeopleBox *self)
{
  self->menu_buttons = g_ptr_array_new_with_free_func (g_object_unref);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Who Comes"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rcp_people_box_new:
 *
 * Returns: (transfer floating): a box with nobody
 */
GtkWidget *
rcp_people_box_new (void)
{
  return g_object_new (RCP_TYPE_PEOPLE_BOX, NULL);
}

/**
 * rcp_people_box_set_visit:
 * @self: a box
 * @visit: (nullable): whose people to show
 * @now: the time
 */
void
rcp_people_box_set_visit (RcpPeopleBox *self, RcpVisit *visit, gint64 now)
{
  g_return_if_fail (RCP_IS_PEOPLE_BOX (self));

  g_set_object (&self->visit, visit);
  rebuild (self, now);
}
