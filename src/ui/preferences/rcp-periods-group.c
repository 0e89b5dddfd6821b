/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-periods-group"

#include "config.h"

#include "rcp-periods-group.h"

#include <glib/gi18n.h>

#include "rcp-form-rows.h"
#include "rcp-periods-model.h"
#include "ui/rcp-ui-compat.h"

struct _RcpPeriodsGroup
{
  AdwPreferencesGroup parent_instance;

  RcpFormModel *model;
  char *key;
  char *shown; /* the text that the rows are of */
  GDate today;
  GPtrArray *rows; /* borrowed */
  AdwExpanderRow *expander;
  AdwEntryRow *first;
  AdwEntryRow *last;
  AdwEntryRow *words;
  GtkLabel *first_fault;
  GtkLabel *last_fault;
  GtkWidget *add_button;
  GtkLabel *hint;
};

G_DEFINE_FINAL_TYPE (RcpPeriodsGroup, rcp_periods_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_remove_clicked_cb (RcpPeriodsGroup *self, GtkButton *button)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  g_autofree char *text = rcp_periods_model_remove (rcp_form_model_get_text (self->model, self->key), index);

  rcp_form_model_set_text (self->model, self->key, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->expander));
}

static GtkWidget *
make_row (RcpPeriodsGroup *self, const RcpPeriod *period, guint index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *days = rcp_periods_model_describe (period);
  g_autofree char *words = g_markup_escape_text (period->words, -1);
  /* Translators: %s is a time such as 24 Dec 2026 – 26 Dec 2026. */
  g_autofree char *label = g_strdup_printf (_("Remove %s"), days);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), days);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  rcp_compat_name (GTK_WIDGET (button), label);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
update_rows (RcpPeriodsGroup *self)
{
  const char *text = rcp_form_model_get_text (self->model, self->key);
  g_autoptr (GPtrArray) periods = NULL;

  if (g_strcmp0 (self->shown, text) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text);
  periods = rcp_periods_parse (text);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  /* The fields to add one stay last. */
  g_object_ref (self->expander);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->expander));
  for (guint i = 0; i < periods->len; i++)
    {
      GtkWidget *row = make_row (self, periods->pdata[i], i);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->expander));
  g_object_unref (self->expander);
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static char *
add_typed (RcpPeriodsGroup *self, RcpPeriodsFault *fault)
{
  return rcp_periods_model_add (rcp_form_model_get_text (self->model, self->key), get_text (self->first), get_text (self->last),
                                get_text (self->words), &self->today, fault);
}

static void
blame (AdwEntryRow *row, GtkLabel *label, const char *fault)
{
  rcp_form_rows_blame (GTK_WIDGET (row), GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))), label, fault);
}

/* Nothing is blamed before anything was typed: until then it is said beside the button how to begin. */
static void
update_fault (RcpPeriodsGroup *self)
{
  RcpPeriodsFault fault;
  g_autofree char *text = add_typed (self, &fault);
  const char *words = rcp_periods_model_describe_fault (fault);
  gboolean has_days = *get_text (self->first) != '\0' || *get_text (self->last) != '\0';
  gboolean is_empty = !has_days && *get_text (self->words) == '\0';

  gtk_widget_set_sensitive (self->add_button, text != NULL);
  gtk_label_set_label (self->hint, !has_days ? words : "");
  blame (self->first, self->first_fault, has_days && fault == RCP_PERIODS_NO_FIRST ? words : NULL);
  blame (self->last, self->last_fault, fault == RCP_PERIODS_NO_LAST || fault == RCP_PERIODS_BACKWARDS ? words : NULL);
  if (is_empty)
    rcp_form_model_set_unfinished (self->model, self->key, NULL);
  else
    rcp_form_model_set_unfinished (self->model, self->key, text == NULL ? words : _("The days that were typed are not added yet"));
}

static void
add (RcpPeriodsGroup *self)
{
  RcpPeriodsFault fault;
  g_autofree char *text = add_typed (self, &fault);

  if (text == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->first), "");
  gtk_editable_set_text (GTK_EDITABLE (self->last), "");
  gtk_editable_set_text (GTK_EDITABLE (self->words), "");
  rcp_form_model_set_text (self->model, self->key, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

static AdwEntryRow *
add_entry (RcpPeriodsGroup *self, const char *title)
{
  GtkWidget *entry = adw_entry_row_new ();
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (entry)));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_expander_row_add_row (self->expander, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (update_fault), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "entry-activated", G_CALLBACK (add), self, G_CONNECT_SWAPPED);
  return ADW_ENTRY_ROW (entry);
}

static void
add_button_row (RcpPeriodsGroup *self, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);

  self->hint = GTK_LABEL (label);
  self->add_button = gtk_button_new_with_label (title);
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_label_set_xalign (self->hint, 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (box, "form-button-row");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->add_button);
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (add), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (self->expander, GTK_WIDGET (g_object_new (ADW_TYPE_PREFERENCES_ROW, "child", box, "activatable", FALSE,
                                                                      "focusable", FALSE, "selectable", FALSE, NULL)));
}

static void
rcp_periods_group_finalize (GObject *object)
{
  RcpPeriodsGroup *self = RCP_PERIODS_GROUP (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->key);
  g_free (self->shown);
  G_OBJECT_CLASS (rcp_periods_group_parent_class)->finalize (object);
}

static void
rcp_periods_group_class_init (RcpPeriodsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_periods_group_finalize;
}

static void
rcp_periods_group_init (RcpPeriodsGroup *self)
{
  self->rows = g_ptr_array_new ();
}

/**
 * rcp_periods_group_new:
 * @model: the form
 * @key: of its text of days
 * @title: what they are
 * @add_title: what adding one is called
 * @today: the day that it is at the clinic
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
rcp_periods_group_new (RcpFormModel *model, const char *key, const char *title, const char *add_title, const GDate *today)
{
  RcpPeriodsGroup *self = g_object_new (RCP_TYPE_PERIODS_GROUP, "title", title, NULL);

  self->model = g_object_ref (model);
  self->key = g_strdup (key);
  self->today = *today;
  self->expander = ADW_EXPANDER_ROW (g_object_new (ADW_TYPE_EXPANDER_ROW, "title", add_title, NULL));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->expander));
  self->first = add_entry (self, _("First Day"));
  adw_expander_row_add_row (self->expander, rcp_form_rows_make_fault_row (&self->first_fault));
  self->last = add_entry (self, _("Last Day"));
  adw_expander_row_add_row (self->expander, rcp_form_rows_make_fault_row (&self->last_fault));
  self->words = add_entry (self, _("Reason"));
  add_button_row (self, add_title);
  update_rows (self);
  update_fault (self);
  g_signal_connect_object (model, "changed", G_CALLBACK (update_rows), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
