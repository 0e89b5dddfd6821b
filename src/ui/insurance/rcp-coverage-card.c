/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-coverage-card"

#include "config.h"

#include "rcp-coverage-card.h"

#include <glib/gi18n.h>

#include "ui/insurance/rcp-answer-text.h"
#include "ui/rcp-lazy-menu.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-ui-compat.h"

struct _RcpCoverageCard
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  guint index;
  AdwActionRow *plan_row;
  AdwActionRow *status_row;
  GtkImage *status_icon;
  GtkSpinner *spinner;
  GtkListBoxRow *facts_row;
  GtkGrid *facts;
  GtkMenuButton *menu_button;
  GtkWidget *check_button;
  GtkWidget *raw_button;
};

G_DEFINE_FINAL_TYPE (RcpCoverageCard, rcp_coverage_card, GTK_TYPE_WIDGET)

static guint action_signal;

static void
rcp_coverage_card_dispose (GObject *object)
{
  RcpCoverageCard *self = RCP_COVERAGE_CARD (object);

  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_coverage_card_parent_class)->dispose (object);
}

static void
on_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpCoverageCard *self = RCP_COVERAGE_CARD (widget);

  g_signal_emit (self, action_signal, 0, action + strlen ("coverage."), self->index);
}

static void
rcp_coverage_card_class_init (RcpCoverageCardClass *klass)
{
  static const char *const actions[] = { "coverage.check", "coverage.change", "coverage.end", "coverage.up", "coverage.raw" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_coverage_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, on_activated);
  action_signal = g_signal_new ("action", RCP_TYPE_COVERAGE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                G_TYPE_UINT);
}

static GMenuModel *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Change…"), "coverage.change");
  g_menu_append (menu, _ ("_Move Up"), "coverage.up");
  g_menu_append (menu, _ ("_End…"), "coverage.end");
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static GtkWidget *
make_plan_row (RcpCoverageCard *self)
{
  g_autoptr (GMenuModel) menu = make_menu ();
  GtkWidget *row = adw_action_row_new ();

  self->plan_row = ADW_ACTION_ROW (row);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (self->plan_row, 2);
  adw_action_row_set_subtitle_lines (self->plan_row, 4);
  self->menu_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu_button, "view-more-symbolic");
  gtk_widget_set_valign (GTK_WIDGET (self->menu_button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->menu_button), "flat");
  rcp_lazy_menu_set (self->menu_button, menu);
  adw_action_row_add_suffix (self->plan_row, GTK_WIDGET (self->menu_button));
  return row;
}

static GtkWidget *
make_status_row (RcpCoverageCard *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->status_row = ADW_ACTION_ROW (row);
  self->status_icon = GTK_IMAGE (gtk_image_new ());
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (self->status_row, 6);
  adw_action_row_add_prefix (self->status_row, GTK_WIDGET (self->status_icon));
  adw_action_row_add_suffix (self->status_row, GTK_WIDGET (self->spinner));
  return row;
}

static GtkWidget *
make_facts_row (RcpCoverageCard *self)
{
  GtkWidget *row = gtk_list_box_row_new ();

  self->facts_row = GTK_LIST_BOX_ROW (row);
  self->facts = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->facts, 12);
  gtk_grid_set_row_spacing (self->facts, 3);
  gtk_widget_set_margin_start (GTK_WIDGET (self->facts), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->facts), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->facts), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->facts), 9);
  gtk_list_box_row_set_activatable (self->facts_row, FALSE);
  gtk_list_box_row_set_child (self->facts_row, GTK_WIDGET (self->facts));
  return row;
}

static GtkWidget *
make_buttons (RcpCoverageCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->check_button = gtk_button_new_with_mnemonic (_ ("Chec_k Now"));
  gtk_widget_set_tooltip_text (self->check_button, _ ("Ask the payer (I)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->check_button), "coverage.check");
  self->raw_button = gtk_button_new_with_mnemonic (_ ("_Raw Answer…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->raw_button), "coverage.raw");
  gtk_widget_add_css_class (self->raw_button, "flat");
  gtk_box_append (GTK_BOX (box), self->check_button);
  gtk_box_append (GTK_BOX (box), self->raw_button);
  return box;
}

static void
rcp_coverage_card_init (RcpCoverageCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), make_plan_row (self));
  gtk_list_box_append (GTK_LIST_BOX (list), make_status_row (self));
  gtk_list_box_append (GTK_LIST_BOX (list), make_facts_row (self));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), make_buttons (self));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * rcp_coverage_card_new:
 * @desk: an open desk
 *
 * Returns: (transfer floating): a card that shows nothing yet
 */
GtkWidget *
rcp_coverage_card_new (RcpDesk *desk)
{
  RcpCoverageCard *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_COVERAGE_CARD, NULL);
  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}

static void
show_plan (RcpCoverageCard *self, RcpInsuranceModel *model)
{
  RcpCoverage *coverage = rcp_insurance_model_get_coverage (model, self->index);
  g_autofree char *plan = rcp_answer_text_plan (coverage), *order = rcp_answer_text_order (rcp_coverage_get_order (coverage));
  g_autofree char *period = rcp_answer_text_period (coverage), *subtitle = NULL, *label = NULL;
  const char *group = rcp_coverage_get (coverage, RCP_COVERAGE_GROUP);
  gboolean is_in_force = rcp_insurance_model_is_in_force (model, self->index);

  /* Translators: order of the insurance; member number; group or nothing; relationship; since and until when. */
  subtitle = g_strdup_printf (_ ("%s · %s%s%s · %s%s%s"), is_in_force ? order : _ ("Not in force on that day"),
                              rcp_coverage_get (coverage, RCP_COVERAGE_MEMBER_ID), *group != '\0' ? " · " : "", group,
                              rcp_answer_text_relationship (rcp_coverage_get (coverage, RCP_COVERAGE_RELATIONSHIP)),
                              *period != '\0' ? " · " : "", period);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->plan_row), plan);
  adw_action_row_set_subtitle (self->plan_row, subtitle);
  rcp_spoken_row_update (self->plan_row);
  /* Translators: a menu; %s is an insurance. */
  label = g_strdup_printf (_ ("More for %s"), plan);
  rcp_compat_name (GTK_WIDGET (self->menu_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, plan, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "coverage.up", is_in_force && self->index > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "coverage.end", is_in_force);
}

static char *
describe_answer (RcpCoverageCard *self, const RcpEligibilityAnswer *answer)
{
  g_autofree char *source = rcp_answer_text_source (answer, rcp_desk_get_zone (self->desk));

  return answer->words ? g_strdup_printf ("%s\n%s", answer->words, source) : g_steal_pointer (&source);
}

static void
show_status (RcpCoverageCard *self, RcpInsuranceModel *model)
{
  const RcpEligibilityAnswer *answer = rcp_insurance_model_get_answer (model, self->index);
  gboolean is_checking = rcp_insurance_model_is_checking (model, self->index);
  RcpPayer *payer = rcp_desk_get_payer (self->desk);
  g_autofree char *problem = payer ? rcp_payer_dup_problem (payer) : NULL, *title = NULL, *subtitle = NULL;

  if (answer)
    {
      title = g_strdup_printf ("%s%s", rcp_answer_text_status (answer->status),
                               rcp_insurance_model_is_stale (model, self->index) ? _ (", but the answer is old") : "");
      subtitle = describe_answer (self, answer);
    }
  else
    {
      title = g_strdup (_ ("Not checked yet"));
      subtitle = g_strdup (problem ? problem : "");
    }
  if (is_checking)
    {
      g_free (subtitle);
      subtitle = g_strdup (_ ("The payer is being asked"));
    }
  gtk_image_set_from_icon_name (self->status_icon, answer ? rcp_answer_text_icon (answer->status) : "content-loading-symbolic");
  gtk_spinner_set_spinning (self->spinner, is_checking);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_checking);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->status_row), title);
  adw_action_row_set_subtitle (self->status_row, subtitle);
  rcp_spoken_row_update (self->status_row);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "coverage.check", !is_checking && payer && !problem);
  gtk_widget_set_visible (self->raw_button, answer && (answer->raw || answer->raw_reference));
}

static void
attach (RcpCoverageCard *self, int row, const RcpAnswerFact *fact)
{
  GtkWidget *title = gtk_label_new (fact->title), *text = gtk_label_new (fact->text);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_yalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (self->facts, title, 0, row, 1, 1);
  gtk_grid_attach (self->facts, text, 1, row, 1, 1);
  if (fact->is_warning)
    {
      gtk_widget_add_css_class (text, "heading");
      gtk_grid_attach (self->facts, gtk_image_new_from_icon_name ("dialog-warning-symbolic"), 2, row, 1, 1);
    }
}

static void
show_facts (RcpCoverageCard *self, RcpInsuranceModel *model)
{
  const RcpEligibilityAnswer *answer = rcp_insurance_model_get_answer (model, self->index);
  RcpNetwork side = rcp_insurance_model_get_network (model, self->index);
  gboolean is_in_force = rcp_insurance_model_is_in_force (model, self->index);
  /* Behind another insurance it pays of what that one leaves: no estimate comes of its own rules. */
  gboolean is_estimated = !is_in_force || rcp_insurance_model_find_primary (model) == (int) self->index;
  RcpVisitType *visit_type = is_estimated ? rcp_insurance_model_get_visit_type (model) : NULL;
  gboolean is_shared = is_in_force && rcp_insurance_model_is_shared (model, self->index);
  g_autoptr (GPtrArray) facts = answer ? rcp_answer_text_list_facts (answer, side, visit_type, is_shared) : NULL;
  g_autoptr (GString) spoken = g_string_new (NULL);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))))
    gtk_grid_remove (self->facts, child);
  for (guint i = 0; facts && i < facts->len; i++)
    {
      const RcpAnswerFact *fact = facts->pdata[i];

      attach (self, (int) i, fact);
      g_string_append_printf (spoken, "%s%s: %s", i > 0 ? ", " : "", fact->title, fact->text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->facts_row), facts && facts->len > 0);
  rcp_compat_name (GTK_WIDGET (self->facts_row), spoken->str);
}

/**
 * rcp_coverage_card_show:
 * @model: the insurances of a patient
 * @index: which of them
 */
void
rcp_coverage_card_show (RcpCoverageCard *self, RcpInsuranceModel *model, guint index)
{
  g_return_if_fail (RCP_IS_COVERAGE_CARD (self));
  g_return_if_fail (index < rcp_insurance_model_get_n (model));

  self->index = index;
  show_plan (self, model);
  show_status (self, model);
  show_facts (self, model);
}
