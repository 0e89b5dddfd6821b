/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-form-rows"

#include "config.h"

#include "rcp-form-rows.h"

#include <glib/gi18n.h>

#include "ui/rcp-check-row.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-ui-compat.h"

typedef struct
{
  RcpFormRows *rows; /* borrowed */
  char *key;
  GtkWidget *widget; /* an AdwEntryRow, AdwComboRow, AdwExpanderRow, GtkSwitch or GtkCheckButton */
  GtkWidget *target; /* what has the focus: carries the description */
  GtkLabel *fault;   /* in the row below it */
  GStrv codes;       /* of a choice or set */
  GStrv names;
  GPtrArray *checks; /* of a set */
  char *none;
} Row;

struct _RcpFormRows
{
  RcpFormModel *model;
  GPtrArray *rows; /* of Row */
  gboolean is_syncing;
};

static void
row_free (Row *row)
{
  g_free (row->key);
  g_free (row->none);
  g_strfreev (row->codes);
  g_strfreev (row->names);
  g_clear_pointer (&row->checks, g_ptr_array_unref);
  g_free (row);
}

static gboolean
has_code (const char *text, const char *code)
{
  g_auto (GStrv) codes = g_strsplit_set (text, ", ", -1);

  return g_strv_contains ((const char *const *) codes, code);
}

static void
sync_choice (Row *row, const char *text)
{
  for (guint i = 0; row->codes[i] != NULL; i++)
    if (g_str_equal (row->codes[i], text))
      adw_combo_row_set_selected (ADW_COMBO_ROW (row->widget), i);
}

static void
sync_set (Row *row, const char *text)
{
  g_autoptr (GString) chosen = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < row->checks->len; i++)
    {
      gboolean is_in = has_code (text, row->codes[i]);

      gtk_check_button_set_active (row->checks->pdata[i], is_in);
      if (is_in)
        g_string_append_printf (chosen, "%s%s", chosen->len > 0 ? ", " : "", row->names[i]);
    }
  escaped = g_markup_escape_text (chosen->len > 0 ? chosen->str : row->none, -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row->widget), escaped);
}

/**
 * rcp_form_rows_blame:
 * @widget: the field
 * @target: what of it has the focus
 * @label: of the row below it, of rcp_form_rows_make_fault_row()
 * @fault: (nullable): what is wrong
 *
 * The words stand below the field; a screen reader has them as the description of the field itself.
 */
void
rcp_form_rows_blame (GtkWidget *widget, GtkWidget *target, GtkLabel *label, const char *fault)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (label), ADW_TYPE_PREFERENCES_ROW);

  gtk_widget_set_visible (row, fault != NULL);
  gtk_label_set_label (label, fault != NULL ? fault : "");
  if (fault != NULL)
    {
      gtk_widget_add_css_class (widget, "error");
      gtk_accessible_update_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fault, -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
  else
    {
      gtk_widget_remove_css_class (widget, "error");
      gtk_accessible_reset_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      gtk_accessible_reset_state (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_STATE_INVALID);
    }
}

static void
sync_row (Row *row)
{
  RcpFormModel *model = row->rows->model;
  const char *text = rcp_form_model_get_text (model, row->key);

  if (row->checks != NULL)
    sync_set (row, text);
  else if (ADW_IS_COMBO_ROW (row->widget))
    sync_choice (row, text);
  else if (GTK_IS_SWITCH (row->widget))
    gtk_switch_set_active (GTK_SWITCH (row->widget), rcp_form_model_is_set (model, row->key));
  else if (ADW_IS_EXPANDER_ROW (row->widget))
    adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row->widget), rcp_form_model_is_set (model, row->key));
  /* The cursor stays where it is while one types. */
  else if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row->widget)), text))
    gtk_editable_set_text (GTK_EDITABLE (row->widget), text);
  rcp_form_rows_blame (row->widget, row->target, row->fault, rcp_form_model_get_fault (model, row->key));
}

static void
on_model_changed_cb (RcpFormModel *model, gpointer user_data)
{
  RcpFormRows *self = user_data;

  if (self->is_syncing)
    return;
  self->is_syncing = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    sync_row (self->rows->pdata[i]);
  self->is_syncing = FALSE;
}

/* What a widget holds now is what is in the form. */
static void
take (Row *row, const char *text)
{
  if (row->rows->is_syncing)
    return;
  rcp_form_model_set_text (row->rows->model, row->key, text);
}

static void
on_entry_changed_cb (GtkEditable *editable, gpointer user_data)
{
  take (user_data, gtk_editable_get_text (editable));
}

static void
on_switch_changed_cb (GtkSwitch *toggle, GParamSpec *pspec, gpointer user_data)
{
  take (user_data, gtk_switch_get_active (toggle) ? "yes" : "");
}

static void
on_expansion_changed_cb (AdwExpanderRow *expander, GParamSpec *pspec, gpointer user_data)
{
  take (user_data, adw_expander_row_get_enable_expansion (expander) ? "yes" : "");
}

static void
on_choice_changed_cb (AdwComboRow *combo, GParamSpec *pspec, gpointer user_data)
{
  Row *row = user_data;
  guint selected = adw_combo_row_get_selected (combo);

  if (selected != GTK_INVALID_LIST_POSITION)
    take (row, row->codes[selected]);
}

static void
on_check_toggled_cb (GtkCheckButton *check, gpointer user_data)
{
  Row *row = user_data;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < row->checks->len; i++)
    if (gtk_check_button_get_active (row->checks->pdata[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", row->codes[i]);
  take (row, text->str);
}

/* While the widgets are still there. */
static void
disconnect_row (Row *row)
{
  g_signal_handlers_disconnect_by_data (row->widget, row);
  for (guint i = 0; row->checks != NULL && i < row->checks->len; i++)
    g_signal_handlers_disconnect_by_data (row->checks->pdata[i], row);
}

RcpFormRows *
rcp_form_rows_new (RcpFormModel *model)
{
  RcpFormRows *self = g_new0 (RcpFormRows, 1);

  self->model = g_object_ref (model);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  g_signal_connect (model, "changed", G_CALLBACK (on_model_changed_cb), self);
  return self;
}

void
rcp_form_rows_free (RcpFormRows *self)
{
  g_signal_handlers_disconnect_by_data (self->model, self);
  for (guint i = 0; i < self->rows->len; i++)
    disconnect_row (self->rows->pdata[i]);
  g_object_unref (self->model);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

AdwPreferencesGroup *
rcp_form_rows_add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (title != NULL)
    adw_preferences_group_set_title (group, title);
  if (description != NULL)
    adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (page, group);
  return group;
}

static void
add_to (GtkWidget *parent, GtkWidget *row)
{
  if (ADW_IS_EXPANDER_ROW (parent))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (parent), row);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (parent), row);
}

/**
 * rcp_form_rows_make_fault_row:
 * @label: (out): gets the words
 *
 * Returns: (transfer floating): what says below a field that it is wrong; not shown yet
 */
GtkWidget *
rcp_form_rows_make_fault_row (GtkLabel **label)
{
  GtkWidget *fault = gtk_label_new (NULL);

  *label = GTK_LABEL (fault);
  gtk_label_set_xalign (*label, 0);
  gtk_label_set_wrap (*label, TRUE);
  gtk_widget_add_css_class (fault, "error");
  gtk_widget_add_css_class (fault, "caption");
  gtk_widget_add_css_class (fault, "form-fault");
  return GTK_WIDGET (g_object_new (ADW_TYPE_PREFERENCES_ROW, "child", fault, "activatable", FALSE, "focusable", FALSE, "selectable",
                                   FALSE, "visible", FALSE, NULL));
}

/* @outer is what stands in the list; @widget holds the text; @target has the focus. */
static Row *
add_row (RcpFormRows *self, GtkWidget *parent, const char *key, GtkWidget *outer, GtkWidget *widget, GtkWidget *target)
{
  Row *row = g_new0 (Row, 1);

  row->rows = self;
  row->key = g_strdup (key);
  row->widget = widget;
  row->target = target;
  g_ptr_array_add (self->rows, row);
  add_to (parent, outer);
  add_to (parent, rcp_form_rows_make_fault_row (&row->fault));
  return row;
}

static void
sync_first (RcpFormRows *self, Row *row)
{
  self->is_syncing = TRUE;
  sync_row (row);
  self->is_syncing = FALSE;
}

static GtkWidget *
new_row (GType type, const char *title)
{
  return GTK_WIDGET (g_object_new (type, "title", title, NULL));
}

GtkWidget *
rcp_form_rows_add_entry (RcpFormRows *self, GtkWidget *parent, const char *key, const char *title)
{
  GtkWidget *entry = new_row (ADW_TYPE_ENTRY_ROW, title);
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
  Row *row = add_row (self, parent, key, entry, entry, text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  sync_first (self, row);
  g_signal_connect (entry, "changed", G_CALLBACK (on_entry_changed_cb), row);
  return entry;
}

GtkWidget *
rcp_form_rows_add_number (RcpFormRows *self, GtkWidget *parent, const char *key, const char *title)
{
  GtkWidget *entry = rcp_form_rows_add_entry (self, parent, key, title);

  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (entry), GTK_INPUT_PURPOSE_DIGITS);
  return entry;
}

GtkWidget *
rcp_form_rows_add_switch (RcpFormRows *self, GtkWidget *parent, const char *key, const char *title, const char *subtitle)
{
  GtkWidget *toggle = gtk_switch_new ();
  GtkWidget *outer = rcp_check_row_new (toggle, GTK_PACK_END);
  Row *row;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (outer), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (outer), subtitle);
  rcp_spoken_row_name (ADW_ACTION_ROW (outer), title, subtitle);
  row = add_row (self, parent, key, outer, toggle, outer);
  sync_first (self, row);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (on_switch_changed_cb), row);
  return outer;
}

GtkWidget *
rcp_form_rows_add_choice (RcpFormRows *self,
                          GtkWidget *parent,
                          const char *key,
                          const char *title,
                          const char *const *codes,
                          const char *const *names)
{
  GtkWidget *combo = new_row (ADW_TYPE_COMBO_ROW, title);
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  Row *row = add_row (self, parent, key, combo, combo, combo);

  row->codes = g_strdupv ((GStrv) codes);
  adw_combo_row_set_model (ADW_COMBO_ROW (combo), G_LIST_MODEL (list));
  sync_first (self, row);
  g_signal_connect (combo, "notify::selected", G_CALLBACK (on_choice_changed_cb), row);
  return combo;
}

static void
add_check (Row *row, guint index)
{
  g_autofree char *escaped = g_markup_escape_text (row->names[index], -1);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *outer = rcp_check_row_new (check, GTK_PACK_START);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (outer), escaped);
  rcp_spoken_row_name (ADW_ACTION_ROW (outer), row->names[index], NULL);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row->widget), outer);
  g_ptr_array_add (row->checks, check);
}

GtkWidget *
rcp_form_rows_add_set (RcpFormRows *self,
                       GtkWidget *parent,
                       const char *key,
                       const char *title,
                       const char *none,
                       const char *const *codes,
                       const char *const *names)
{
  GtkWidget *expander = new_row (ADW_TYPE_EXPANDER_ROW, title);
  Row *row = add_row (self, parent, key, expander, expander, expander);

  row->codes = g_strdupv ((GStrv) codes);
  row->names = g_strdupv ((GStrv) names);
  row->none = g_strdup (none);
  row->checks = g_ptr_array_new ();
  for (guint i = 0; codes[i] != NULL; i++)
    add_check (row, i);
  sync_first (self, row);
  for (guint i = 0; i < row->checks->len; i++)
    g_signal_connect (row->checks->pdata[i], "toggled", G_CALLBACK (on_check_toggled_cb), row);
  return expander;
}

/* The row makes its switch itself, without a name. */
static void
name_switch (GtkWidget *widget, const char *title)
{
  if (GTK_IS_SWITCH (widget))
    rcp_compat_name (widget, title);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_switch (child, title);
}

GtkWidget *
rcp_form_rows_add_expander (RcpFormRows *self, GtkWidget *parent, const char *key, const char *title)
{
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  GtkWidget *expander = new_row (ADW_TYPE_EXPANDER_ROW, escaped);
  Row *row = add_row (self, parent, key, expander, expander, expander);

  adw_expander_row_set_show_enable_switch (ADW_EXPANDER_ROW (expander), TRUE);
  name_switch (expander, title);
  sync_first (self, row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), rcp_form_model_is_set (self->model, key));
  g_signal_connect (expander, "notify::enable-expansion", G_CALLBACK (on_expansion_changed_cb), row);
  return expander;
}
