/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-field-row.h"

#include <glib/gi18n.h>

#include "clinic/rcp-language.h"
#include "ui/patient/rcp-compare-view.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-number-text.h"
#include "ui/rcp-spoken-row.h"

/* One field on the screen; lives as long as its row. */
typedef struct
{
  RcpPatientForm *form;
  RcpPatientField field;
  GtkWidget *row;         /* borrowed: it owns this */
  GtkWidget *problem_row;
  GtkLabel *problem_label;
  GtkImage *problem_icon;
  GPtrArray *codes;       /* of what can be chosen; NULL for text */
  GtkSwitch *toggle;
  gboolean is_showing;    /* what the form holds: nothing was typed */
} Field;

static void
field_free (gpointer data)
{
  Field *self = data;

  g_clear_object (&self->form);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_free (self);
}

static gboolean
has_focus (Field *self)
{
  return (gtk_widget_get_state_flags (self->row) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static const char *
get_stored (Field *self)
{
  return rcp_patient_fields_get (rcp_patient_form_get_fields (self->form), self->field);
}

/* Nobody is told that a word is wrong while writing it. */
static void
show_problem (Field *self)
{
  const RcpPatientProblem *problem = rcp_patient_form_get_problem (self->form, self->field);
  gboolean was_shown = gtk_widget_get_visible (self->problem_row);

  if (problem != NULL && has_focus (self) && !was_shown)
    return;
  gtk_widget_set_visible (self->problem_row, problem != NULL);
  gtk_widget_remove_css_class (self->row, "error");
  gtk_widget_remove_css_class (self->row, "warning");
  if (problem == NULL)
    {
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }
  gtk_widget_add_css_class (self->row, problem->is_error ? "error" : "warning");
  gtk_label_set_label (self->problem_label, problem->text);
  gtk_image_set_from_icon_name (self->problem_icon, problem->is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem->text, -1);
}

static guint
find_code (Field *self, const char *code)
{
  for (guint i = 0; i < self->codes->len; i++)
    if (g_str_equal (g_ptr_array_index (self->codes, i), code))
      return i;
  return 0;
}

static gboolean
is_number (RcpPatientField field)
{
  return (field >= RCP_FIELD_PHONE_MOBILE && field <= RCP_FIELD_PHONE_WORK) || field == RCP_FIELD_CARER_PHONE;
}

static void
show_value (Field *self)
{
  const char *stored = get_stored (self);

  self->is_showing = TRUE;
  if (self->toggle != NULL)
    gtk_switch_set_active (self->toggle, *stored != '\0');
  else if (self->codes != NULL)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), find_code (self, stored));
  else if (!has_focus (self))
    {
      /* What can be edited has no marks in it that nobody sees: the field itself runs from left to right. */
      g_autofree char *text = is_number (self->field)
                                ? rcp_patient_form_dup_text (self->form, self->field)
                                : rcp_patient_text_describe (self->field, stored, rcp_patient_form_get_place (self->form));

      if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->row)), text))
        gtk_editable_set_text (GTK_EDITABLE (self->row), text);
    }
  self->is_showing = FALSE;
}

static void
on_form_changed_cb (GtkWidget *row, RcpPatientForm *form)
{
  Field *self = g_object_get_data (G_OBJECT (row), "field");

  show_value (self);
  show_problem (self);
}

static void
on_text_changed_cb (GtkEditable *editable, Field *self)
{
  if (!self->is_showing)
    rcp_patient_form_set_text (self->form, self->field, gtk_editable_get_text (editable));
}

static void
on_code_selected_cb (AdwComboRow *row, GParamSpec *pspec, Field *self)
{
  guint selected = adw_combo_row_get_selected (row);

  if (!self->is_showing && selected < self->codes->len)
    rcp_patient_form_set_text (self->form, self->field, g_ptr_array_index (self->codes, selected));
}

static void
on_toggled_cb (GtkSwitch *toggle, GParamSpec *pspec, Field *self)
{
  /* A date of death stays what it is. */
  if (!self->is_showing && gtk_switch_get_active (toggle) != (*get_stored (self) != '\0'))
    rcp_patient_form_set_text (self->form, self->field, gtk_switch_get_active (toggle) ? "yes" : "");
}

static void
on_focus_left_cb (GtkEventControllerFocus *controller, Field *self)
{
  show_value (self);
  show_problem (self);
}

static void
add_code (GPtrArray *codes, GtkStringList *names, const char *code, const char *name)
{
  g_ptr_array_add (codes, g_strdup (code));
  gtk_string_list_append (names, name);
}

static void
add_languages (GPtrArray *codes, GtkStringList *names)
{
  for (const char *const *code = rcp_language_get_codes (); *code != NULL; code++)
    add_code (codes, names, *code, rcp_language_get_name (*code));
}

static void
add_practitioners (GPtrArray *codes, GtkStringList *names, RcpRoster *roster)
{
  GListModel *providers = rcp_roster_get_providers (roster);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      g_autofree char *reference = NULL;

      /* A person who works at two places is one. */
      if (rcp_provider_get_practitioner_id (provider) == NULL || !g_hash_table_add (seen, g_strdup (rcp_provider_get_practitioner_id (provider))))
        continue;
      reference = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (provider), NULL);
      add_code (codes, names, reference, rcp_provider_get_name (provider));
    }
}

/* What can be chosen; NULL for a text. What is stored stays to be chosen though nobody here knows it. */
static GPtrArray *
make_codes (RcpPatientForm *form, RcpPatientField field, RcpRoster *roster, GtkStringList *names)
{
  static const char *const sexes[] = { "female", "male", "other", "unknown" };
  static const char *const channels[] = { "mobile", "home", "work", "email" };
  const char *stored = rcp_patient_fields_get (rcp_patient_form_get_fields (form), field);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  gboolean is_known = *stored == '\0';

  /* Translators: nothing was chosen. */
  add_code (codes, names, "", _("Not Known"));
  if (field == RCP_FIELD_SEX)
    for (guint i = 0; i < G_N_ELEMENTS (sexes); i++)
      add_code (codes, names, sexes[i], rcp_patient_text_sex (sexes[i]));
  else if (field == RCP_FIELD_PREFERRED)
    for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
      {
        g_autofree char *name = rcp_patient_text_describe (field, channels[i], rcp_patient_form_get_place (form));

        add_code (codes, names, channels[i], name);
      }
  else if (field == RCP_FIELD_LANGUAGE)
    add_languages (codes, names);
  else if (field == RCP_FIELD_PRACTITIONER && roster != NULL)
    add_practitioners (codes, names, roster);
  else
    return NULL;
  for (guint i = 0; i < codes->len; i++)
    is_known = is_known || g_str_equal (g_ptr_array_index (codes, i), stored);
  if (!is_known)
    {
      g_autofree char *name = rcp_patient_text_describe (field, stored, rcp_patient_form_get_place (form));

      /* Translators: a doctor who is not of this clinic. */
      add_code (codes, names, stored, field == RCP_FIELD_PRACTITIONER ? _("Someone Elsewhere") : name);
    }
  return g_steal_pointer (&codes);
}

static void
make_problem_row (Field *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *icon = gtk_image_new ();

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  self->problem_row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, "child", box, "visible", FALSE, NULL);
  self->problem_label = GTK_LABEL (label);
  self->problem_icon = GTK_IMAGE (icon);
}

static GtkWidget *
make_switch_row (Field *self)
{
  GtkWidget *row;

  self->toggle = GTK_SWITCH (gtk_switch_new ());
  row = rcp_check_row_new (GTK_WIDGET (self->toggle), GTK_PACK_END);
  rcp_spoken_row_name (ADW_ACTION_ROW (row), rcp_patient_field_get_label (self->field), NULL);
  return row;
}

static GtkInputPurpose
get_purpose (RcpPatientField field)
{
  if (field == RCP_FIELD_EMAIL)
    return GTK_INPUT_PURPOSE_EMAIL;
  if (is_number (field))
    return GTK_INPUT_PURPOSE_PHONE;
  return field <= RCP_FIELD_CALLED ? GTK_INPUT_PURPOSE_NAME : GTK_INPUT_PURPOSE_FREE_FORM;
}

static GtkWidget *
make_row (Field *self, RcpRoster *roster)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row;

  if (self->field == RCP_FIELD_DO_NOT_CONTACT || self->field == RCP_FIELD_INTERPRETER || self->field == RCP_FIELD_DECEASED)
    return make_switch_row (self);
  self->codes = make_codes (self->form, self->field, roster, names);
  if (self->codes != NULL)
    {
      row = adw_combo_row_new ();
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
      return row;
    }
  row = adw_entry_row_new ();
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), get_purpose (self->field));
  if (is_number (self->field))
    rcp_number_text_set_up_entry (GTK_EDITABLE (row));
  return row;
}

static void
connect_row (Field *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  /* The field lives in the row: signals of the row, and of what is inside, end with it. */
  if (self->toggle != NULL)
    g_signal_connect (self->toggle, "notify::active", G_CALLBACK (on_toggled_cb), self);
  else if (self->codes != NULL)
    g_signal_connect (self->row, "notify::selected", G_CALLBACK (on_code_selected_cb), self);
  else
    g_signal_connect (self->row, "changed", G_CALLBACK (on_text_changed_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_left_cb), self);
  gtk_widget_add_controller (self->row, focus);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (on_form_changed_cb), self->row, G_CONNECT_SWAPPED);
}

GtkWidget *
rcp_field_row_append (AdwPreferencesGroup *group, RcpPatientForm *form, RcpPatientField field, RcpRoster *roster)
{
  Field *self = g_new0 (Field, 1);

  self->form = g_object_ref (form);
  self->field = field;
  self->row = make_row (self, roster);
  g_object_set_data_full (G_OBJECT (self->row), "field", self, field_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), rcp_patient_field_get_label (field));
  make_problem_row (self);
  show_value (self);
  connect_row (self);
  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, self->problem_row);
  return self->row;
}
