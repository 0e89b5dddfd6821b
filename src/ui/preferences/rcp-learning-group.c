/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-learning-group"

#include "config.h"

#include "rcp-learning-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matching/rcp-choice-file.h"
#include "matching/rcp-learned-weights.h"
#include "matching/rcp-match-clinic.h"
#include "matching/rcp-match-explain.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-source.h"
#include "ui/rcp-spoken-row.h"

struct _RcpLearningGroup
{
  AdwPreferencesGroup parent_instance;

  RcpDesk *desk;
  GSettings *settings;
  RcpRankingGroup *ranking; /* beside it on the page */
  GtkWidget *learn;
  AdwActionRow *state;
  AdwActionRow *offer;
  GtkWidget *forget;
  RcpLearnedWeights learned;
  double own[RCP_CHOICE_CRITERIA];
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (RcpLearningGroup, rcp_learning_group, ADW_TYPE_PREFERENCES_GROUP)

/* What the thread works with. */
typedef struct
{
  char *record;
  double own[RCP_CHOICE_CRITERIA];
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->record);
  g_free (job);
}

static void
fit (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autofree char *file = rcp_choice_file_dup_default ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = rcp_choice_file_load (file, job->record, &error);
  RcpLearnedWeights learned;

  if (choices == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  learned = rcp_learned_weights_fit (choices, job->own);
  g_task_return_pointer (task, g_memdup2 (&learned, sizeof learned), g_free);
}

static void
forget (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *file = rcp_choice_file_dup_default ();
  GError *error = NULL;

  if (rcp_choice_file_forget (file, ((Job *) data)->record, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static GTask *
make_task (RcpLearningGroup *self, GCancellable *cancellable, GAsyncReadyCallback callback)
{
  g_autoptr (RcpSource) source = rcp_source_load (self->settings);
  GTask *task = g_task_new (NULL, cancellable, callback, g_object_ref (self));
  Job *job = g_new0 (Job, 1);

  job->record = rcp_source_dup_key (source);
  memcpy (job->own, self->own, sizeof job->own);
  g_task_set_source_tag (task, make_task);
  g_task_set_task_data (task, job, job_free);
  return task;
}

static void
show_state (RcpLearningGroup *self, const char *title, const char *detail)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), title);
  adw_action_row_set_subtitle (self->state, detail);
  rcp_spoken_row_update (self->state);
  gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
}

/* The weights as they would be filled in. */
static void
show_offer (RcpLearningGroup *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double weights[RCP_CHOICE_CRITERIA];

  gtk_widget_set_visible (GTK_WIDGET (self->offer), self->learned.is_better);
  if (!self->learned.is_better)
    return;
  rcp_learned_weights_round (&self->learned, self->own, weights);
  for (guint i = 0; i < RCP_CHOICE_CRITERIA; i++)
    g_string_append_printf (text, "%s%s %.0f", i > 0 ? " · " : "", rcp_criterion_get_name (i), weights[i]);
  adw_action_row_set_subtitle (self->offer, text->str);
  rcp_spoken_row_update (self->offer);
}

static void
show_learned (RcpLearningGroup *self)
{
  const RcpLearnedWeights *learned = &self->learned;
  g_autofree char *title = NULL, *detail = NULL;

  show_offer (self);
  gtk_widget_set_visible (self->forget, learned->n_choices > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->state), learned->n_choices > 0);
  if (learned->n_choices == 0)
    return;
  if (learned->n_choices < RCP_LEARNED_LEAST_CHOICES)
    {
      title = g_strdup_printf (ngettext ("%u booking kept", "%u bookings kept", learned->n_choices), learned->n_choices);
      detail = g_strdup_printf (_("Weights are worked out from %u on."), RCP_LEARNED_LEAST_CHOICES);
      show_state (self, title, detail);
      return;
    }
  /* Translators: there are at least 100 */
  title = g_strdup_printf (learned->is_better ? _("Learned from %u bookings") : _("Nothing better learned from %u bookings"), learned->n_choices);
  detail = g_strdup_printf (_("Wrong in %.1f %% of the comparisons that were not learned from; the clinic’s own weights in %.1f %%, chance in 50 %%. "
                              "What stands first is booked more often, and that speaks for the clinic’s own."),
                            100 * learned->wrong, 100 * learned->own_wrong);
  show_state (self, title, detail);
}

static void
on_fitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpLearningGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  g_autofree RcpLearnedWeights *learned = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->learned = learned != NULL ? *learned : (RcpLearnedWeights){ 0 };
  show_learned (self);
  if (error == NULL)
    return;
  why = g_markup_escape_text (error->message, -1);
  show_state (self, _("What was kept cannot be read"), why);
  gtk_widget_set_visible (self->forget, TRUE);
}

/* In the background: two thousand bookings take a moment. */
static void
read_choices (RcpLearningGroup *self)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  task = make_task (self, self->reading, on_fitted_cb);
  g_task_run_in_thread (task, fit);
}

static void
read_roster (RcpLearningGroup *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  RcpMatchMethod method;
  RcpMatchRules rules = roster != NULL ? rcp_match_clinic_read (roster, &method) : rcp_match_rules_default ();

  memcpy (self->own, rules.weights, sizeof self->own);
  read_choices (self);
}

static void
on_use_clicked_cb (RcpLearningGroup *self)
{
  double weights[RCP_CHOICE_CRITERIA];

  rcp_learned_weights_round (&self->learned, self->own, weights);
  rcp_ranking_group_propose (self->ranking, weights);
}

static void
on_forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpLearningGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!g_task_propagate_boolean (G_TASK (result), &error) && root != NULL)
    rcp_error_dialog_present (GTK_WINDOW (root), _("Not Forgotten"), error);
  if (self->settings != NULL) /* the page is still there */
    read_choices (self);
}

static void
on_forget_clicked_cb (RcpLearningGroup *self)
{
  g_autoptr (GTask) task = make_task (self, NULL, on_forgotten_cb);

  /* The button is about to go. */
  gtk_widget_grab_focus (self->learn);
  g_task_run_in_thread (task, forget);
}

static void
rcp_learning_group_dispose (GObject *object)
{
  RcpLearningGroup *self = RCP_LEARNING_GROUP (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_weak_pointer (&self->ranking);
  G_OBJECT_CLASS (rcp_learning_group_parent_class)->dispose (object);
}

static void
rcp_learning_group_class_init (RcpLearningGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_learning_group_dispose;
}

static AdwActionRow *
add_row (RcpLearningGroup *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  return row;
}

static GtkWidget *
make_button (RcpLearningGroup *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_learn (RcpLearningGroup *self, GSettings *settings)
{
  GtkWidget *button = gtk_switch_new ();

  self->learn = rcp_check_row_new (button, GTK_PACK_END);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->learn), _("Learn from Bookings"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->learn),
                               _("Keeps how well the opening that was booked and up to five others met each condition, without patients, providers and times"));
  rcp_spoken_row_update (ADW_ACTION_ROW (self->learn));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->learn);
  g_settings_bind (settings, "learn-bookings", button, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
rcp_learning_group_init (RcpLearningGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Learned Weights"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("From what is booked here out of “Best First”. It stays on this computer, and counts only when you use and save it."));
  self->forget = make_button (self, _("_Forget"), G_CALLBACK (on_forget_clicked_cb));
  gtk_widget_add_css_class (self->forget, "flat");
  gtk_widget_set_visible (self->forget, FALSE);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->forget);
}

/**
 * rcp_learning_group_new:
 * @desk: an open desk
 * @settings: of the desk
 * @ranking: where learned weights are filled in
 *
 * Returns: (transfer floating): a group that shows what was learned in this record
 */
GtkWidget *
rcp_learning_group_new (RcpDesk *desk, GSettings *settings, RcpRankingGroup *ranking)
{
  RcpLearningGroup *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_RANKING_GROUP (ranking), NULL);

  self = g_object_new (RCP_TYPE_LEARNING_GROUP, NULL);
  self->desk = g_object_ref (desk);
  self->settings = g_object_ref (settings);
  g_set_weak_pointer (&self->ranking, ranking);
  add_learn (self, settings);
  self->state = add_row (self);
  self->offer = add_row (self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->offer), _("What They Would Be"));
  adw_action_row_add_suffix (self->offer, make_button (self, _("_Use These Weights"), G_CALLBACK (on_use_clicked_cb)));
  read_roster (self);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (read_roster), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
