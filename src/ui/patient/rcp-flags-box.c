/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-flags-box.h"

#include <glib/gi18n.h>

#include "identity/rcp-register-patient.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-ui-compat.h"

/**
 * RcpFlagsBox:
 *
 * See the header.
 */
struct _RcpFlagsBox
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  char *patient_id;
  GCancellable *cancellable;
  gboolean may_change;
  guint n_flags;

  GtkWidget *box;
  GtkWidget *flags;
  GtkWidget *add_button;
};

G_DEFINE_TYPE (RcpFlagsBox, rcp_flags_box, GTK_TYPE_WIDGET)

/* What is asked for a new flag. */
typedef struct
{
  RcpFlagsBox *self;
  GtkWidget *category;
  GtkWidget *words;
} Question;

static void load (RcpFlagsBox *self);

static void
stop_loading (RcpFlagsBox *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
rcp_flags_box_dispose (GObject *object)
{
  RcpFlagsBox *self = RCP_FLAGS_BOX (object);

  stop_loading (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->patient_id, g_free);
  G_OBJECT_CLASS (rcp_flags_box_parent_class)->dispose (object);
}

static void
rcp_flags_box_class_init (RcpFlagsBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_flags_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWindow *
get_window (RcpFlagsBox *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_flag_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpFlagsBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpFlag) flag = rcp_flag_add_finish (result, &error);

  if (flag == NULL)
    rcp_error_dialog_present (get_window (self), _("Flag Not Added"), error);
  load (self);
}

static void
on_flag_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpFlagsBox) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rcp_flag_end_finish (result, &error))
    rcp_error_dialog_present (get_window (self), _("Flag Not Ended"), error);
  load (self);
}

static void
on_end_clicked_cb (GtkWidget *button, RcpFlagsBox *self)
{
  RcpFlag *flag = g_object_get_data (G_OBJECT (button), "flag");

  gtk_widget_set_sensitive (button, FALSE);
  rcp_flag_end_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), flag, rcp_desk_get_name (self->desk), NULL, on_flag_ended_cb, g_object_ref (self));
}

static void
append_flag (RcpFlagsBox *self, RcpFlag *flag)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  /* Translators: category and words of a flag, such as "Safety: falls easily". */
  g_autofree char *text = g_strdup_printf (_("%s: %s"), rcp_flag_category_to_label (rcp_flag_get_category (flag)), rcp_flag_get_text (flag));
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (row, "patient-flag");
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("emblem-important-symbolic"));
  gtk_box_append (GTK_BOX (row), label);
  if (self->may_change)
    {
      GtkWidget *button = gtk_button_new_with_label (_("End"));
      /* Translators: read aloud: the button that ends a flag; %s is the flag. */
      g_autofree char *spoken = g_strdup_printf (_("End “%s”"), text);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      rcp_compat_name (button, spoken);
      g_object_set_data_full (G_OBJECT (button), "flag", g_object_ref (flag), g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_end_clicked_cb), self, 0);
      gtk_box_append (GTK_BOX (row), button);
    }
  gtk_box_append (GTK_BOX (self->flags), row);
}

static void
show_flags (RcpFlagsBox *self, GListModel *flags)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->flags)) != NULL)
    gtk_box_remove (GTK_BOX (self->flags), child);
  self->n_flags = flags != NULL ? g_list_model_get_n_items (flags) : 0;
  for (guint i = 0; i < self->n_flags; i++)
    {
      g_autoptr (RcpFlag) flag = g_list_model_get_item (flags, i);

      append_flag (self, flag);
    }
  gtk_widget_set_visible (self->flags, self->n_flags > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_flags > 0 || (self->may_change && self->patient_id != NULL));
}

/* Nobody shall think that there is none. */
static void
show_unread (RcpFlagsBox *self)
{
  GtkWidget *label;

  if (self->n_flags > 0)
    return;
  show_flags (self, NULL);
  label = gtk_label_new (_("Whether there are flags could not be read."));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (self->flags), label);
  gtk_widget_set_visible (self->flags, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
on_flags_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpFlagsBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) flags = rcp_flags_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (flags != NULL)
    show_flags (self, flags);
  else
    show_unread (self);
}

static void
load (RcpFlagsBox *self)
{
  stop_loading (self);
  if (self->patient_id == NULL || self->box == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rcp_flags_load_async (rcp_desk_get_client (self->desk), self->patient_id, rcp_clock_get_now (rcp_desk_get_clock (self->desk)), self->cancellable,
                        on_flags_loaded_cb, g_object_ref (self));
}

static void
on_add_response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  RcpFlagsBox *self = question->self;
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (question->category));
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->words))));

  if (g_str_equal (response, "add") && *words != '\0' && self->patient_id != NULL)
    rcp_flag_add_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->patient_id, rcp_flag_get_categories ()[chosen], words,
                        rcp_desk_get_name (self->desk), NULL, on_flag_added_cb, g_object_ref (self));
}

static void
on_words_changed_cb (GtkEditable *editable, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "add", *gtk_editable_get_text (editable) != '\0');
}

static void
free_question (gpointer data, GClosure *closure)
{
  g_object_unref (((Question *) data)->self);
  g_free (data);
}

static void
on_add_clicked_cb (GtkButton *button, RcpFlagsBox *self)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), _("Add a Flag"), _("It is shown wherever this patient is."));
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  Question *question = g_new0 (Question, 1);

  for (const char *const *category = rcp_flag_get_categories (); *category != NULL; category++)
    gtk_string_list_append (names, rcp_flag_category_to_label (*category));
  question->self = g_object_ref (self);
  question->category = adw_combo_row_new ();
  question->words = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->category), _("Category"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->words), _("What Must Be Seen"));
  adw_combo_row_set_model (ADW_COMBO_ROW (question->category), G_LIST_MODEL (names));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), question->category);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), question->words);
  rcp_compat_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "add", _("_Add"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "add");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "add", FALSE);
  g_signal_connect_object (question->words, "changed", G_CALLBACK (on_words_changed_cb), dialog, 0);
  g_object_set (question->words, "activates-default", TRUE, NULL);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_add_response_cb), question, free_question, 0);
  rcp_dialog_present (GTK_WINDOW (dialog), get_window (self));
  gtk_widget_grab_focus (question->words);
}

static void
rcp_flags_box_init (RcpFlagsBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->flags = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->flags);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Flags"), -1);
}

/**
 * rcp_flags_box_new:
 * @desk: an open desk
 * @may_change: whether flags can be added and ended here
 *
 * Returns: (transfer floating): a box of nobody's flags
 */
GtkWidget *
rcp_flags_box_new (RcpDesk *desk, gboolean may_change)
{
  RcpFlagsBox *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_FLAGS_BOX, NULL);
  self->desk = g_object_ref (desk);
  self->may_change = may_change;
  if (may_change)
    {
      self->add_button = gtk_button_new_with_mnemonic (_("Add _Flag…"));
      gtk_widget_set_halign (self->add_button, GTK_ALIGN_START);
      gtk_widget_add_css_class (self->add_button, "flat");
      g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (on_add_clicked_cb), self, 0);
      gtk_box_append (GTK_BOX (self->box), self->add_button);
    }
  return GTK_WIDGET (self);
}

void
rcp_flags_box_set_patient (RcpFlagsBox *self, const char *patient_id)
{
  g_return_if_fail (RCP_IS_FLAGS_BOX (self));

  if (g_strcmp0 (self->patient_id, patient_id) != 0)
    {
      g_free (self->patient_id);
      self->patient_id = g_strdup (patient_id);
      show_flags (self, NULL);
    }
  load (self);
}

guint
rcp_flags_box_get_n_flags (RcpFlagsBox *self)
{
  g_return_val_if_fail (RCP_IS_FLAGS_BOX (self), 0);

  return self->n_flags;
}
