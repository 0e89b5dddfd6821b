/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-ranking-group"

#include "config.h"

#include "rcp-ranking-group.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matching/rcp-match-clinic.h"
#include "matching/rcp-match-explain.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-spoken-row.h"

/* Whom a patient asks for counts as much as what counts most: no weight of the clinic. */
#define N_WEIGHTS RCP_CRITERION_GENDER

struct _RcpRankingGroup
{
  AdwPreferencesGroup parent_instance;

  RcpDesk *desk;
  AdwActionRow *rows[N_WEIGHTS];
  GtkSpinButton *spins[N_WEIGHTS];
  AdwComboRow *method;
  AdwActionRow *state;
  GtkWidget *save;
  RcpMatchRules rules;   /* as the record has them */
  RcpMatchMethod saved_method;
  gboolean is_filling;
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (RcpRankingGroup, rcp_ranking_group, ADW_TYPE_PREFERENCES_GROUP)

static double
get_sum (RcpRankingGroup *self)
{
  double sum = 0;

  for (guint i = 0; i < N_WEIGHTS; i++)
    sum += gtk_spin_button_get_value (self->spins[i]);
  return sum;
}

static RcpMatchMethod
get_method (RcpRankingGroup *self)
{
  return adw_combo_row_get_selected (self->method) == 1 ? RCP_MATCH_METHOD_TOPSIS : RCP_MATCH_METHOD_SUM;
}

static gboolean
is_changed (RcpRankingGroup *self)
{
  for (guint i = 0; i < N_WEIGHTS; i++)
    if (gtk_spin_button_get_value (self->spins[i]) != self->rules.weights[i])
      return TRUE;
  return get_method (self) != self->saved_method;
}

static const char *
describe_state (RcpRankingGroup *self)
{
  if (self->is_saving)
    return _("Being saved…");
  if (get_sum (self) == 0)
    return _("Something has to count");
  return is_changed (self) ? _("Not saved yet") : _("As every desk of the clinic has it");
}

static void
update (RcpRankingGroup *self)
{
  double sum = get_sum (self);

  for (guint i = 0; i < N_WEIGHTS; i++)
    {
      double part = sum > 0 ? 100 * gtk_spin_button_get_value (self->spins[i]) / sum : 0;
      /* Translators: a weight as a part of all weights */
      g_autofree char *text = g_strdup_printf (_("%.0f %% of all that counts"), part);

      adw_action_row_set_subtitle (self->rows[i], text);
      rcp_spoken_row_update (self->rows[i]);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), describe_state (self));
  rcp_spoken_row_update (self->state);
}

static void
on_changed_cb (RcpRankingGroup *self)
{
  if (!self->is_filling)
    update (self);
}

static void
show_rules (RcpRankingGroup *self, const RcpMatchRules *rules, RcpMatchMethod method)
{
  self->is_filling = TRUE;
  for (guint i = 0; i < N_WEIGHTS; i++)
    gtk_spin_button_set_value (self->spins[i], rules->weights[i]);
  adw_combo_row_set_selected (self->method, method == RCP_MATCH_METHOD_TOPSIS);
  self->is_filling = FALSE;
  update (self);
}

/* What is being changed here is not taken away by what another desk saves: that is noticed when it is to be saved. */
static void
read_roster (RcpRankingGroup *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  gboolean keep = is_changed (self);

  if (roster == NULL || self->is_saving)
    return;
  self->rules = rcp_match_clinic_read (roster, &self->saved_method);
  if (keep)
    update (self);
  else
    show_rules (self, &self->rules, self->saved_method);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpRankingGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) saved = fhir_client_update_finish (FHIR_CLIENT (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->is_saving = FALSE;
  if (saved != NULL)
    {
      for (guint i = 0; i < N_WEIGHTS; i++)
        self->rules.weights[i] = gtk_spin_button_get_value (self->spins[i]);
      self->saved_method = get_method (self);
    }
  else if (root != NULL)
    rcp_error_dialog_present (GTK_WINDOW (root), _("Not Saved"), error);
  update (self);
  /* Also when another desk was faster: then what is saved next begins with what that one saved. */
  if (rcp_desk_get_client (self->desk) == FHIR_CLIENT (source))
    rcp_desk_reload_roster (self->desk);
}

static void
on_save_clicked_cb (RcpRankingGroup *self)
{
  FhirClient *client = rcp_desk_get_client (self->desk);
  FhirResource *clinic = client != NULL ? rcp_match_clinic_find (rcp_desk_get_roster (self->desk)) : NULL;
  RcpMatchRules rules = self->rules;
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *if_match = NULL;

  if (clinic == NULL || self->is_saving || get_sum (self) == 0 || !is_changed (self))
    return;
  for (guint i = 0; i < N_WEIGHTS; i++)
    rules.weights[i] = gtk_spin_button_get_value (self->spins[i]);
  json = fhir_resource_dup_json (clinic);
  rcp_match_clinic_write (json, &rules, get_method (self));
  if_match = fhir_resource_dup_if_match (clinic);
  self->is_saving = TRUE;
  update (self);
  fhir_client_update_async (client, json, if_match, NULL, on_saved_cb, g_object_ref (self));
}

static void
on_reset_clicked_cb (RcpRankingGroup *self)
{
  RcpMatchRules usual = rcp_match_rules_default ();

  show_rules (self, &usual, RCP_MATCH_METHOD_SUM);
}

static void
rcp_ranking_group_dispose (GObject *object)
{
  g_clear_object (&RCP_RANKING_GROUP (object)->desk);
  G_OBJECT_CLASS (rcp_ranking_group_parent_class)->dispose (object);
}

static void
rcp_ranking_group_class_init (RcpRankingGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_ranking_group_dispose;
}

static void
add_weight (RcpRankingGroup *self, RcpCriterion criterion)
{
  const char *name = rcp_criterion_get_name (criterion);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, RCP_MATCH_MOST_WEIGHT, 1);

  self->rows[criterion] = ADW_ACTION_ROW (adw_action_row_new ());
  self->spins[criterion] = GTK_SPIN_BUTTON (spin);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[criterion]), name);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (self->rows[criterion], spin);
  adw_action_row_set_activatable_widget (self->rows[criterion], spin);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->rows[criterion]));
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_method (RcpRankingGroup *self)
{
  const char *const methods[] = { _("Weighted sum"), _("Closeness to the ideal"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (methods);

  self->method = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->method), _("How It Is Summed"));
  adw_combo_row_set_model (self->method, G_LIST_MODEL (list));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->method));
  g_signal_connect_object (self->method, "notify::selected", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_button (RcpRankingGroup *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
rcp_ranking_group_init (RcpRankingGroup *self)
{
  GtkWidget *reset = make_button (self, _("_Reset"), G_CALLBACK (on_reset_clicked_cb));

  gtk_widget_add_css_class (reset, "flat");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Ranking"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("How much each counts when the openings that suit a patient best come first. It is the same for every desk of the clinic."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), reset);
  for (guint i = 0; i < N_WEIGHTS; i++)
    add_weight (self, i);
  add_method (self);
  self->state = ADW_ACTION_ROW (adw_action_row_new ());
  self->save = make_button (self, _("Sa_ve Ranking"), G_CALLBACK (on_save_clicked_cb));
  adw_action_row_add_suffix (self->state, self->save);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->state));
}

void
rcp_ranking_group_propose (RcpRankingGroup *self, const double *weights)
{
  RcpMatchRules rules;

  g_return_if_fail (RCP_IS_RANKING_GROUP (self) && weights != NULL);

  rules = self->rules;
  for (guint i = 0; i < N_WEIGHTS; i++)
    rules.weights[i] = weights[i];
  show_rules (self, &rules, RCP_MATCH_METHOD_SUM);
  gtk_widget_grab_focus (self->save);
}

/**
 * rcp_ranking_group_new:
 * @desk: an open desk
 *
 * Returns: (transfer floating): a group that shows what the record says
 */
GtkWidget *
rcp_ranking_group_new (RcpDesk *desk)
{
  RcpRankingGroup *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_RANKING_GROUP, NULL);
  self->desk = g_object_ref (desk);
  self->rules = rcp_match_rules_default ();
  show_rules (self, &self->rules, RCP_MATCH_METHOD_SUM);
  read_roster (self);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (read_roster), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
