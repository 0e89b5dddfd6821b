/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-patient-dialog.h"

#include <glib/gi18n.h>

#include "ui/patient/rcp-compare-view.h"
#include "ui/patient/rcp-field-row.h"
#include "ui/patient/rcp-patient-form.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-title.h"

/* What tells two people apart, in the order of the fields. */
#define COMPARED_FIELDS (RCP_FIELD_ALL & ~RCP_FIELD_BIT (RCP_FIELD_PREFERRED) & ~RCP_FIELD_BIT (RCP_FIELD_DO_NOT_CONTACT) & ~RCP_FIELD_BIT (RCP_FIELD_PRACTITIONER))

/**
 * RcpPatientDialog:
 *
 * Shows an RcpPatientForm; the rules are there. The template has the pages, the rows are made of the list of fields.
 */
struct _RcpPatientDialog
{
  AdwWindow parent_instance;

  RcpDesk *desk;
  RcpPatientForm *form;
  GtkWidget *rows[RCP_N_FIELDS];

  RcpTitle *title;
  GtkButton *cancel_button;
  GtkButton *save_button;
  GtkStack *stack;
  GtkWidget *similar_box;
  GtkLabel *similar_label;
  GtkBox *groups;
  AdwComboRow *similar_row;
  GtkBox *compare_box;
  RcpCompareView *compare_view;
  GtkWidget *use_button;
  AdwEntryRow *reason_row;
  GtkWidget *anyway_button;
  GtkBox *dispute_box;
  RcpCompareView *dispute_view;
};

G_DEFINE_TYPE (RcpPatientDialog, rcp_patient_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_SAVED,
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_page (RcpPatientDialog *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

static RcpSimilar *
get_compared (RcpPatientDialog *self)
{
  return adw_combo_row_get_selected_item (self->similar_row);
}

static void
update_buttons (RcpPatientDialog *self)
{
  RcpPatientFormBlock block = rcp_patient_form_get_block (self->form);
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason_row));

  gtk_button_set_label (self->cancel_button, is_page (self, "compare") ? _("_Back") : _("_Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), !is_page (self, "compare"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), block != RCP_FORM_BUSY && !(is_page (self, "dispute") && block == RCP_FORM_DISPUTED));
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), block != RCP_FORM_BUSY);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), block != RCP_FORM_BUSY);
  gtk_widget_set_sensitive (self->anyway_button, *reason != '\0' && block != RCP_FORM_BUSY);
}

static void
on_form_changed_cb (RcpPatientDialog *self)
{
  guint n = g_list_model_get_n_items (rcp_patient_form_get_similar (self->form));
  /* Translators: shown while a new patient is entered. */
  g_autofree char *text = g_strdup_printf (ngettext ("A patient like this one is in the record", "%u patients like this one are in the record", n), n);

  gtk_label_set_label (self->similar_label, text);
  gtk_widget_set_visible (self->similar_box, n > 0);
  /* Whom it was like is nobody any more. */
  if (n == 0 && is_page (self, "compare"))
    gtk_stack_set_visible_child_name (self->stack, "form");
  update_buttons (self);
}

static void
show_page (RcpPatientDialog *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  update_buttons (self);
}

static void
show_compared (RcpPatientDialog *self)
{
  RcpSimilar *similar = get_compared (self);
  g_autoptr (RcpPatientFields) known = NULL;

  if (similar == NULL)
    return;
  known = rcp_patient_fields_new_from_patient (rcp_similar_get_patient (similar));
  rcp_compare_view_show (self->compare_view, _("New Patient"), _("In the Record"), rcp_patient_form_get_fields (self->form), known,
                         COMPARED_FIELDS, rcp_patient_form_get_place (self->form));
}

static void
on_similar_selected_cb (RcpPatientDialog *self)
{
  show_compared (self);
}

static void
show_compare_page (RcpPatientDialog *self)
{
  if (g_list_model_get_n_items (rcp_patient_form_get_similar (self->form)) == 0)
    return;
  show_compared (self);
  show_page (self, "compare");
  gtk_widget_grab_focus (self->use_button);
}

static void
show_dispute_page (RcpPatientDialog *self)
{
  rcp_compare_view_ask (self->dispute_view, _("Entered Here"), _("By the Other Desk"), rcp_patient_form_get_fields (self->form),
                        rcp_patient_form_get_theirs (self->form), rcp_patient_form_get_disputed (self->form),
                        rcp_patient_form_get_place (self->form));
  show_page (self, "dispute");
  gtk_widget_child_focus (GTK_WIDGET (self->dispute_view), GTK_DIR_TAB_FORWARD);
}

/* Leads to what is to be decided first. */
static void
show_block (RcpPatientDialog *self)
{
  RcpPatientField field = rcp_patient_form_get_first_error (self->form);

  if (rcp_patient_form_get_block (self->form) == RCP_FORM_PROBLEM)
    {
      show_page (self, "form");
      if (field < RCP_N_FIELDS && self->rows[field] != NULL)
        gtk_widget_grab_focus (self->rows[field]);
    }
  else if (rcp_patient_form_get_block (self->form) == RCP_FORM_SIMILAR)
    show_compare_page (self);
  else if (rcp_patient_form_get_block (self->form) == RCP_FORM_DISPUTED && !is_page (self, "dispute"))
    show_dispute_page (self);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpPatientDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpPatient) patient = rcp_patient_form_save_finish (RCP_PATIENT_FORM (source), result, &error);

  if (patient != NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      g_signal_emit (self, signals[SIGNAL_SAVED], 0, patient);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING) || g_error_matches (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED))
    show_block (self);
  else
    rcp_error_dialog_present (GTK_WINDOW (self), rcp_patient_form_is_new (self->form) ? _("Not Registered") : _("Not Saved"), error);
}

static void
save (RcpPatientDialog *self)
{
  rcp_patient_form_save_async (self->form, on_saved_cb, g_object_ref (self));
}

static void
on_save_clicked_cb (GtkButton *button, RcpPatientDialog *self)
{
  save (self);
}

static void
on_compare_clicked_cb (GtkButton *button, RcpPatientDialog *self)
{
  show_compare_page (self);
}

static void
on_use_clicked_cb (GtkButton *button, RcpPatientDialog *self)
{
  RcpSimilar *similar = get_compared (self);
  g_autoptr (RcpPatient) patient = similar != NULL ? g_object_ref (rcp_similar_get_patient (similar)) : NULL;
  g_autoptr (RcpPatientDialog) alive = g_object_ref (self);

  if (patient == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, patient);
}

static void
on_reason_changed_cb (GtkEditable *editable, RcpPatientDialog *self)
{
  update_buttons (self);
}

static void
register_anyway (RcpPatientDialog *self)
{
  if (!gtk_widget_get_sensitive (self->anyway_button))
    return;
  rcp_patient_form_set_reason (self->form, gtk_editable_get_text (GTK_EDITABLE (self->reason_row)));
  save (self);
}

static void
on_anyway_clicked_cb (GtkWidget *widget, RcpPatientDialog *self)
{
  register_anyway (self);
}

static void
on_chosen_cb (RcpCompareView *view, int field, gboolean is_right, RcpPatientDialog *self)
{
  rcp_patient_form_choose (self->form, field, is_right);
}

static void
on_discard_response_cb (AdwMessageDialog *question, const char *response, RcpPatientDialog *self)
{
  if (!g_str_equal (response, "discard"))
    return;
  /* The question goes after the dialog below it: they part first. */
  gtk_window_set_transient_for (GTK_WINDOW (question), NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Whoever typed much presses Escape once too often. */
static void
leave (RcpPatientDialog *self)
{
  GtkWidget *question;

  if (rcp_patient_form_get_block (self->form) == RCP_FORM_BUSY)
    return;
  if (is_page (self, "compare"))
    {
      show_page (self, "form");
      gtk_widget_grab_focus (self->rows[RCP_FIELD_FAMILY]);
      return;
    }
  if (!rcp_patient_form_is_changed (self->form))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  question = adw_message_dialog_new (GTK_WINDOW (self), _("Discard What Was Entered?"), _("Nothing of it was saved."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "keep", _("_Keep Writing"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "keep");
  g_signal_connect_object (question, "response", G_CALLBACK (on_discard_response_cb), self, 0);
  rcp_dialog_present (GTK_WINDOW (question), GTK_WINDOW (self));
}

static void
on_cancel_clicked_cb (GtkButton *button, RcpPatientDialog *self)
{
  leave (self);
}

static gboolean
rcp_patient_dialog_close_request (GtkWindow *window)
{
  leave (RCP_PATIENT_DIALOG (window));
  return TRUE;
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, RcpPatientDialog *self)
{
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) != 0)
    {
      if (is_page (self, "compare"))
        register_anyway (self);
      else if (gtk_widget_get_sensitive (GTK_WIDGET (self->save_button)))
        save (self);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_escape_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, RcpPatientDialog *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  leave (self);
  return GDK_EVENT_STOP;
}

static void
rcp_patient_dialog_dispose (GObject *object)
{
  RcpPatientDialog *self = RCP_PATIENT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RCP_TYPE_PATIENT_DIALOG);
  g_clear_object (&self->form);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_patient_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RCP_TYPE_TITLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-patient-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, similar_box);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, similar_label);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, groups);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, similar_row);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, compare_box);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, use_button);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, anyway_button);
  gtk_widget_class_bind_template_child (widget_class, RcpPatientDialog, dispute_box);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_compare_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_anyway_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_escape_pressed_cb);
}

static void
rcp_patient_dialog_class_init (RcpPatientDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_patient_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rcp_patient_dialog_close_request;

  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_PATIENT);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_PATIENT);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rcp_patient_dialog_init (RcpPatientDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->compare_view = RCP_COMPARE_VIEW (rcp_compare_view_new ());
  gtk_box_prepend (self->compare_box, GTK_WIDGET (self->compare_view));
  self->dispute_view = RCP_COMPARE_VIEW (rcp_compare_view_new ());
  gtk_box_append (self->dispute_box, GTK_WIDGET (self->dispute_view));
  g_signal_connect_object (self->dispute_view, "chosen", G_CALLBACK (on_chosen_cb), self, 0);
}

static void
fill_groups (RcpPatientDialog *self)
{
  static const struct { const char *title; RcpPatientField first, last; } groups[] = {
    { N_ ("Person"), RCP_FIELD_FAMILY, RCP_FIELD_SEX },
    { N_ ("Contact"), RCP_FIELD_PHONE_MOBILE, RCP_FIELD_DO_NOT_CONTACT },
    { N_ ("Address"), RCP_FIELD_STREET, RCP_FIELD_COUNTRY },
    { N_ ("Language and Access"), RCP_FIELD_LANGUAGE, RCP_FIELD_TRANSPORT },
    { N_ ("Guardian or Care Giver"), RCP_FIELD_CARER_NAME, RCP_FIELD_CARER_PHONE },
    { N_ ("Care"), RCP_FIELD_PRACTITIONER, RCP_FIELD_DECEASED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkWidget *group = adw_preferences_group_new ();

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(groups[i].title));
      for (RcpPatientField field = groups[i].first; field <= groups[i].last; field++)
        if (field != RCP_FIELD_DECEASED || !rcp_patient_form_is_new (self->form))
          self->rows[field] = rcp_field_row_append (ADW_PREFERENCES_GROUP (group), self->form, field, rcp_desk_get_roster (self->desk));
      gtk_box_append (self->groups, group);
    }
}

static char *
dup_similar_name (RcpSimilar *similar)
{
  g_autofree char *why = rcp_likeness_describe (rcp_similar_get_likeness (similar));

  return g_strdup_printf ("%s (%s)", rcp_patient_get_sort_name (rcp_similar_get_patient (similar)), why);
}

static void
set_up_similar (RcpPatientDialog *self)
{
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_similar_name), NULL, NULL);

  adw_combo_row_set_expression (self->similar_row, name);
  adw_combo_row_set_model (self->similar_row, rcp_patient_form_get_similar (self->form));
  g_signal_connect_object (self->similar_row, "notify::selected-item", G_CALLBACK (on_similar_selected_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rcp_patient_dialog_new:
 * @desk: an open desk
 * @patient: (nullable): whom to change; %NULL registers a new one
 * @typed: (nullable): what stood in Find when nobody was found
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_patient_dialog_new (RcpDesk *desk, RcpPatient *patient, const char *typed)
{
  RcpPatientDialog *self;
  RcpDeskPlace place;
  const char *title;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_PATIENT_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  rcp_patient_text_init_place (&place, desk);
  self->form = rcp_patient_form_new (rcp_desk_get_client (desk), rcp_desk_get_clock (desk), &place, rcp_desk_get_name (desk), patient);
  if (typed != NULL && patient == NULL)
    rcp_patient_form_fill (self->form, typed);
  title = patient == NULL ? _("Register a Patient") : rcp_patient_get_name (patient);
  g_object_set (self->title, "title", title, NULL);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (self->save_button, patient == NULL ? _("_Register") : _("_Save"));
  fill_groups (self);
  set_up_similar (self);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (on_form_changed_cb), self, G_CONNECT_SWAPPED);
  on_form_changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->rows[RCP_FIELD_FAMILY]);
  return GTK_WINDOW (self);
}
