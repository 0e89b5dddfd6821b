/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance-box"

#include "config.h"

#include "rcp-insurance-box.h"

#include <glib/gi18n.h>

#include "insurance/rcp-change-coverage.h"
#include "ui/insurance/rcp-auth-settler.h"
#include "ui/insurance/rcp-coverage-card.h"
#include "ui/insurance/rcp-coverage-dialog.h"
#include "ui/insurance/rcp-raw-answer.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-ui-compat.h"

struct _RcpInsuranceBox
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpInsuranceModel *model;
  RcpAuthSettler *settler;
  GtkWidget *box;
  GtkWidget *cards;
  GtkLabel *notice;
};

G_DEFINE_FINAL_TYPE (RcpInsuranceBox, rcp_insurance_box, GTK_TYPE_WIDGET)

static void
rcp_insurance_box_dispose (GObject *object)
{
  RcpInsuranceBox *self = RCP_INSURANCE_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->settler);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_insurance_box_parent_class)->dispose (object);
}

static GtkWindow *
get_window (RcpInsuranceBox *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
reload (RcpInsuranceBox *self)
{
  if (self->model)
    rcp_insurance_model_reload (self->model);
}

static void
open_dialog (RcpInsuranceBox *self, RcpCoverage *coverage)
{
  RcpPatient *patient = rcp_insurance_model_get_patient (self->model);
  GtkWindow *dialog;
  guint n_in_force = 0;

  if (!patient)
    return;
  for (guint i = 0; i < rcp_insurance_model_get_n (self->model); i++)
    n_in_force += rcp_insurance_model_is_in_force (self->model, i);
  dialog = rcp_coverage_dialog_new (self->desk, rcp_patient_get_id (patient), coverage, n_in_force + 1);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, get_window (self));
}

static void
on_add_clicked_cb (RcpInsuranceBox *self)
{
  open_dialog (self, NULL);
}

static void
on_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpInsuranceBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoverage) coverage = rcp_coverage_end_finish (result, &error);

  if (!coverage)
    rcp_error_dialog_present (get_window (self), _ ("Insurance Not Ended"), error);
  reload (self);
}

static void
on_end_response_cb (AdwMessageDialog *dialog, const char *response, RcpInsuranceBox *self)
{
  RcpCoverage *coverage = g_object_get_data (G_OBJECT (dialog), "coverage");
  GDate today;

  if (!g_str_equal (response, "end"))
    return;
  rcp_desk_get_today (self->desk, &today);
  rcp_coverage_end_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), coverage, &today,
                          rcp_desk_get_name (self->desk), NULL, on_ended_cb, g_object_ref (self));
}

static void
ask_to_end (RcpInsuranceBox *self, RcpCoverage *coverage)
{
  g_autofree char *payer = rcp_coverage_dup_payer_name (coverage);
  /* Translators: %s is the name of a payer. */
  g_autofree char *body = g_strdup_printf (_ ("Today is the last day of %s. It stays in the record. Another day can be entered with Change."), payer);
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), _ ("End the Insurance?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep"), "end", _ ("_End"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "coverage", g_object_ref (coverage), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_end_response_cb), self, 0);
  rcp_dialog_present (GTK_WINDOW (dialog), get_window (self));
}

static void
on_ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpInsuranceBox) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rcp_coverages_put_in_order_finish (result, &error))
    rcp_error_dialog_present (get_window (self), _ ("Order Not Changed"), error);
  reload (self);
}

/* It pays before the one that it was behind. */
static void
move_up (RcpInsuranceBox *self, guint index)
{
  g_autoptr (GPtrArray) coverages = g_ptr_array_new ();

  for (guint i = 0; i < rcp_insurance_model_get_n (self->model); i++)
    if (rcp_insurance_model_is_in_force (self->model, i))
      g_ptr_array_add (coverages, rcp_insurance_model_get_coverage (self->model, i));
  if (index == 0 || index >= coverages->len)
    return;
  coverages->pdata[index] = coverages->pdata[index - 1];
  coverages->pdata[index - 1] = rcp_insurance_model_get_coverage (self->model, index);
  rcp_coverages_put_in_order_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), coverages,
                                    rcp_desk_get_name (self->desk), NULL, on_ordered_cb, g_object_ref (self));
}

static void
on_card_action_cb (RcpInsuranceBox *self, const char *action, guint index)
{
  RcpCoverage *coverage;

  if (index >= rcp_insurance_model_get_n (self->model))
    return;
  coverage = rcp_insurance_model_get_coverage (self->model, index);
  if (g_str_equal (action, "check"))
    rcp_insurance_model_check (self->model, index, TRUE);
  else if (g_str_equal (action, "change"))
    open_dialog (self, coverage);
  else if (g_str_equal (action, "end"))
    ask_to_end (self, coverage);
  else if (g_str_equal (action, "up"))
    move_up (self, index);
  else if (g_str_equal (action, "raw") && rcp_insurance_model_get_answer (self->model, index))
    rcp_dialog_present (rcp_raw_answer_new (self->desk, rcp_insurance_model_get_answer (self->model, index)), get_window (self));
}

static const char *
describe_state (RcpInsuranceBox *self)
{
  RcpInsuranceState state = rcp_insurance_model_get_state (self->model);

  if (state == RCP_INSURANCE_FAILED)
    return _ ("The insurances could not be read. Check the connection.");
  if (state == RCP_INSURANCE_READY && rcp_insurance_model_get_n (self->model) == 0)
    return _ ("No insurance is known.");
  if (state == RCP_INSURANCE_READING && rcp_insurance_model_get_n (self->model) == 0)
    return _ ("The insurances are being read.");
  return NULL;
}

/* The cards stay where they are as long as they are for the same: the keyboard is in one of them. */
static void
on_model_changed_cb (RcpInsuranceBox *self)
{
  guint n = rcp_insurance_model_get_n (self->model), i = 0;
  const char *notice = describe_state (self);
  GtkWidget *card = gtk_widget_get_first_child (self->cards);

  for (; i < n; i++)
    {
      if (!card)
        {
          card = rcp_coverage_card_new (self->desk);
          g_signal_connect_object (card, "action", G_CALLBACK (on_card_action_cb), self, G_CONNECT_SWAPPED);
          gtk_box_append (GTK_BOX (self->cards), card);
        }
      rcp_coverage_card_show (RCP_COVERAGE_CARD (card), self->model, i);
      card = gtk_widget_get_next_sibling (card);
    }
  while (card)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (card);

      gtk_box_remove (GTK_BOX (self->cards), card);
      card = next;
    }
  gtk_label_set_label (self->notice, notice ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), notice != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), rcp_insurance_model_get_patient (self->model) != NULL);
}

static void
rcp_insurance_box_class_init (RcpInsuranceBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_insurance_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rcp_insurance_box_init (RcpInsuranceBox *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *title = gtk_label_new (_ ("Insurance"));
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("Add _Insurance…"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (add, "flat");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), add);
  gtk_box_append (GTK_BOX (self->box), head);
  self->notice = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->notice, TRUE);
  gtk_label_set_xalign (self->notice, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->notice), "dim-label");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->notice));
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), self->cards);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Insurance"), -1);
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_add_clicked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rcp_insurance_box_new:
 * @desk: an open desk
 *
 * Returns: (transfer floating): a box of nobody's insurances
 */
GtkWidget *
rcp_insurance_box_new (RcpDesk *desk)
{
  RcpInsuranceBox *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_INSURANCE_BOX, NULL);
  self->desk = g_object_ref (desk);
  self->model = rcp_insurance_model_new (desk);
  self->settler = rcp_auth_settler_new (desk, self->model);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (on_model_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
rcp_insurance_box_set_patient (RcpInsuranceBox *self, RcpPatient *patient)
{
  g_return_if_fail (RCP_IS_INSURANCE_BOX (self));

  rcp_insurance_model_set_patient (self->model, patient);
}

/**
 * rcp_insurance_box_set_visit:
 * @visit: (nullable): the visit that it is about, of the patient; %NULL: any visit of today
 */
void
rcp_insurance_box_set_visit (RcpInsuranceBox *self, RcpVisit *visit)
{
  RcpRoster *roster;
  GDate day;

  g_return_if_fail (RCP_IS_INSURANCE_BOX (self));
  g_return_if_fail (visit == NULL || RCP_IS_VISIT (visit));

  roster = rcp_desk_get_roster (self->desk);
  if (visit)
    rcp_time_get_day (rcp_visit_get_range (visit).start, rcp_desk_get_zone (self->desk), &day);
  else
    rcp_desk_get_today (self->desk, &day);
  rcp_insurance_model_set_day (self->model, &day);
  rcp_insurance_model_set_visit (self->model, visit ? rcp_roster_find_visit_type (roster, rcp_visit_get_type_code (visit)) : NULL,
                                 visit ? rcp_roster_find_provider_of_visit (roster, visit) : NULL);
  rcp_auth_settler_set_visit (self->settler, visit, FALSE);
}

/**
 * rcp_insurance_box_check:
 *
 * Asks the payers of the insurances that are in force, as rcp_insurance_model_list_asked() says: each by itself, none waits for another.
 *
 * Returns: whether there is one to ask about
 */
gboolean
rcp_insurance_box_check (RcpInsuranceBox *self)
{
  g_autoptr (GPtrArray) asked = NULL;
  gboolean found = FALSE;

  g_return_val_if_fail (RCP_IS_INSURANCE_BOX (self), FALSE);

  asked = rcp_insurance_model_list_asked (self->model);
  for (guint i = 0; i < asked->len; i++)
    {
      int index = rcp_insurance_model_find (self->model, asked->pdata[i]);

      if (index < 0 || rcp_insurance_model_is_checking (self->model, (guint) index))
        continue;
      rcp_insurance_model_check (self->model, (guint) index, TRUE);
      found = TRUE;
    }
  return found;
}

RcpInsuranceModel *
rcp_insurance_box_get_model (RcpInsuranceBox *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_BOX (self), NULL);

  return self->model;
}
