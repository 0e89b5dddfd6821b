/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-coverage-dialog"

#include "config.h"

#include "rcp-coverage-dialog.h"

#include <glib/gi18n.h>

#include "clinic/rcp-coverage-rules.h"
#include "insurance/rcp-change-coverage.h"
#include "ui/insurance/rcp-answer-text.h"
#include "ui/insurance/rcp-card-photo-row.h"
#include "ui/patient/rcp-compare-view.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-title.h"

struct _RcpCoverageDialog
{
  AdwWindow parent_instance;

  RcpDesk *desk;
  char *patient_id;
  RcpCoverage *coverage; /* NULL: a new one */
  RcpCoverageFields *fields;
  RcpDeskPlace place;
  gboolean is_busy;
  gboolean is_filling;

  GtkWidget *rows[RCP_N_COVERAGE_FIELDS];
  RcpCardPhotoRow *photos[RCP_N_CARD_SIDES];
  GCancellable *reading;
  GtkWidget *subscriber_group;
  GtkWidget *save_button;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (RcpCoverageDialog, rcp_coverage_dialog, ADW_TYPE_WINDOW)

static guint saved_signal;

static void
rcp_coverage_dialog_dispose (GObject *object)
{
  RcpCoverageDialog *self = RCP_COVERAGE_DIALOG (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (rcp_coverage_dialog_parent_class)->dispose (object);
}

static void
rcp_coverage_dialog_finalize (GObject *object)
{
  RcpCoverageDialog *self = RCP_COVERAGE_DIALOG (object);

  for (guint i = 0; i < RCP_N_CARD_SIDES; i++)
    g_clear_object (&self->photos[i]);
  g_clear_object (&self->desk);
  g_clear_object (&self->coverage);
  g_clear_pointer (&self->fields, rcp_coverage_fields_free);
  g_free (self->patient_id);
  G_OBJECT_CLASS (rcp_coverage_dialog_parent_class)->finalize (object);
}

static gboolean
is_reading_photo (RcpCoverageDialog *self)
{
  for (guint i = 0; i < RCP_N_CARD_SIDES; i++)
    if (self->photos[i] && rcp_card_photo_row_is_busy (self->photos[i]))
      return TRUE;
  return FALSE;
}

/* Save says why it cannot be pressed: under the form, as its tooltip, and to a screen reader. */
static void
update (RcpCoverageDialog *self)
{
  RcpCoverageField which;
  const char *problem = rcp_coverage_rules_check (self->fields, &which);
  const char *relationship = rcp_coverage_fields_get (self->fields, RCP_COVERAGE_RELATIONSHIP);

  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    if (self->rows[i])
      gtk_widget_remove_css_class (self->rows[i], "error");
  /* What is not entered yet is no mistake. */
  if (problem && *rcp_coverage_fields_get (self->fields, which) != '\0')
    gtk_widget_add_css_class (self->rows[which], "error");
  gtk_widget_set_visible (self->subscriber_group, *relationship != '\0' && !g_str_equal (relationship, "self"));
  gtk_widget_set_sensitive (self->save_button, !problem && !self->is_busy && !is_reading_photo (self));
  gtk_widget_set_tooltip_text (self->save_button, problem ? problem : _ ("Ctrl+Enter"));
  gtk_label_set_label (self->problem, problem ? problem : "");
  if (problem)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
fail (RcpCoverageDialog *self, const char *heading, const GError *error)
{
  self->is_busy = FALSE;
  update (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    rcp_error_dialog_present (GTK_WINDOW (self), heading, error);
}

static void save_photos (RcpCoverageDialog *self, guint side);

static void
on_photo_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCoverageDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCardPhoto) photo = rcp_card_photo_put_finish (result, &error);

  if (!photo)
    {
      fail (self, _ ("Photo Not Saved"), error);
      return;
    }
  rcp_card_photo_row_set_saved (self->photos[rcp_card_photo_get_side (photo)], photo);
  save_photos (self, 0);
}

/* One after the other, those that were changed; the insurance is there. */
static void
save_photos (RcpCoverageDialog *self, guint side)
{
  while (side < RCP_N_CARD_SIDES && !rcp_card_photo_row_is_changed (self->photos[side]))
    side++;
  if (side < RCP_N_CARD_SIDES)
    {
      rcp_card_photo_put_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->coverage, side,
                                rcp_card_photo_row_get_stored (self->photos[side]), rcp_card_photo_row_get_image (self->photos[side]),
                                rcp_desk_get_name (self->desk), NULL, on_photo_put_cb, g_object_ref (self));
      return;
    }
  self->is_busy = FALSE;
  gtk_window_destroy (GTK_WINDOW (self));
}

/* What is in the record is shown, whatever becomes of the photos. */
static void
finish (RcpCoverageDialog *self, RcpCoverage *coverage, GError *error)
{
  if (!coverage)
    {
      fail (self, _ ("Insurance Not Saved"), error);
      return;
    }
  g_set_object (&self->coverage, coverage);
  g_signal_emit (self, saved_signal, 0);
  save_photos (self, 0);
}

static void
on_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCoverageDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoverage) coverage = rcp_coverage_add_finish (result, &error);

  finish (self, coverage, error);
}

static void
on_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCoverageDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoverage) coverage = rcp_coverage_change_finish (result, &error);

  finish (self, coverage, error);
}

static void
save (RcpCoverageDialog *self)
{
  FhirClient *client = rcp_desk_get_client (self->desk);
  RcpClock *clock = rcp_desk_get_clock (self->desk);
  const char *name = rcp_desk_get_name (self->desk);
  RcpCoverageField which;

  if (self->is_busy || is_reading_photo (self) || rcp_coverage_rules_check (self->fields, &which))
    return;
  self->is_busy = TRUE;
  update (self);
  if (self->coverage)
    rcp_coverage_change_async (client, clock, self->coverage, self->fields, name, NULL, on_changed_cb, g_object_ref (self));
  else
    rcp_coverage_add_async (client, clock, self->patient_id, self->fields, name, NULL, on_added_cb, g_object_ref (self));
}

/* What is on its way is waited for. */
static gboolean
rcp_coverage_dialog_close_request (GtkWindow *window)
{
  return RCP_COVERAGE_DIALOG (window)->is_busy || GTK_WINDOW_CLASS (rcp_coverage_dialog_parent_class)->close_request (window);
}

static void
on_save_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  save (RCP_COVERAGE_DIALOG (widget));
}

static void
on_paste_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));
  GtkWidget *row = focus ? gtk_widget_get_ancestor (focus, RCP_TYPE_CARD_PHOTO_ROW) : NULL;

  if (row)
    rcp_card_photo_row_paste (RCP_CARD_PHOTO_ROW (row));
}

static void
rcp_coverage_dialog_class_init (RcpCoverageDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_coverage_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_coverage_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = rcp_coverage_dialog_close_request;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "insurance.save", NULL, on_save_activated);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "insurance.paste", NULL, on_paste_activated);
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_INSURANCE);
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);
  saved_signal = g_signal_new ("saved", RCP_TYPE_COVERAGE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_header (RcpCoverageDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->save_button = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save_button);
  return header;
}

static void
rcp_coverage_dialog_init (RcpCoverageDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 640);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 280);
}

static void
on_text_changed_cb (GtkEditable *row, RcpCoverageDialog *self)
{
  RcpCoverageField field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "field"));
  g_autofree char *stored = NULL;

  if (self->is_filling)
    return;
  stored = rcp_coverage_rules_normalize (field, gtk_editable_get_text (row), &self->place);
  rcp_coverage_fields_set (self->fields, field, stored);
  update (self);
}

static void
on_relationship_selected_cb (RcpCoverageDialog *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->rows[RCP_COVERAGE_RELATIONSHIP]));

  if (self->is_filling || selected >= g_strv_length ((char **) rcp_coverage_get_relationships ()))
    return;
  rcp_coverage_fields_set (self->fields, RCP_COVERAGE_RELATIONSHIP, rcp_coverage_get_relationships ()[selected]);
  update (self);
}

static char *
show_stored (RcpCoverageField field, const char *stored)
{
  GDate date;

  if ((field == RCP_COVERAGE_START || field == RCP_COVERAGE_END || field == RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE) &&
      rcp_patient_rules_read_date (stored, &date))
    return rcp_time_text_birth_date (&date);
  return g_strdup (stored);
}

static void
add_entry (RcpCoverageDialog *self, GtkWidget *group, RcpCoverageField field)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *text = show_stored (field, rcp_coverage_fields_get (self->fields, field));
  GtkAccessible *entry = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rcp_coverage_field_get_label (field));
  gtk_accessible_update_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, rcp_coverage_field_get_label (field), -1);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_object_set_data (G_OBJECT (row), "field", GUINT_TO_POINTER (field));
  g_signal_connect_object (row, "changed", G_CALLBACK (on_text_changed_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->rows[field] = row;
}

static void
add_relationship (RcpCoverageDialog *self, GtkWidget *group)
{
  const char *const *codes = rcp_coverage_get_relationships ();
  const char *stored = rcp_coverage_fields_get (self->fields, RCP_COVERAGE_RELATIONSHIP);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();
  guint selected = 0;

  for (guint i = 0; codes[i]; i++)
    {
      gtk_string_list_append (names, rcp_answer_text_relationship (codes[i]));
      if (g_str_equal (codes[i], stored))
        selected = i;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rcp_coverage_field_get_label (RCP_COVERAGE_RELATIONSHIP));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_relationship_selected_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->rows[RCP_COVERAGE_RELATIONSHIP] = row;
}

static GtkWidget *
add_group (GtkWidget *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
add_photos (RcpCoverageDialog *self, GtkWidget *group)
{
  for (guint i = 0; i < RCP_N_CARD_SIDES; i++)
    {
      self->photos[i] = g_object_ref_sink (RCP_CARD_PHOTO_ROW (rcp_card_photo_row_new (i)));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->photos[i]));
      g_signal_connect_object (self->photos[i], "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
}

static void
on_photos_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCoverageDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) photos = rcp_card_photos_load_finish (result, &error);

  if (!self->reading)
    return;
  for (guint i = 0; !photos && i < RCP_N_CARD_SIDES; i++)
    rcp_card_photo_row_set_unread (self->photos[i]);
  for (guint i = 0; photos && i < photos->len; i++)
    rcp_card_photo_row_set_stored (self->photos[rcp_card_photo_get_side (photos->pdata[i])], photos->pdata[i]);
}

static void
load_photos (RcpCoverageDialog *self)
{
  self->reading = g_cancellable_new ();
  if (self->coverage)
    rcp_card_photos_load_async (rcp_desk_get_client (self->desk), self->coverage, self->reading, on_photos_loaded_cb, g_object_ref (self));
}

static void
fill (RcpCoverageDialog *self)
{
  static const RcpCoverageField card[] = { RCP_COVERAGE_PAYER_NAME, RCP_COVERAGE_PAYER_ID, RCP_COVERAGE_MEMBER_ID, RCP_COVERAGE_GROUP,
                                           RCP_COVERAGE_PLAN };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *page = adw_preferences_page_new (), *group;

  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), page);
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "form-reason");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  adw_window_set_content (ADW_WINDOW (self), box);
  group = add_group (page, _ ("On the Card"));
  for (guint i = 0; i < G_N_ELEMENTS (card); i++)
    add_entry (self, group, card[i]);
  add_photos (self, add_group (page, _ ("Photos of the Card")));
  group = add_group (page, _ ("In Force"));
  add_entry (self, group, RCP_COVERAGE_START);
  add_entry (self, group, RCP_COVERAGE_END);
  group = add_group (page, _ ("Insured Person"));
  add_relationship (self, group);
  self->subscriber_group = add_group (page, NULL);
  for (RcpCoverageField field = RCP_COVERAGE_SUBSCRIBER_FAMILY; field < RCP_N_COVERAGE_FIELDS; field++)
    add_entry (self, self->subscriber_group, field);
}

/**
 * rcp_coverage_dialog_new:
 * @desk: an open desk
 * @patient_id: whose insurance
 * @coverage: (nullable): which to change; %NULL adds one
 * @order: of a new one: 1 for the primary
 *
 * Returns: (transfer none): a window that was not presented yet
 */
GtkWindow *
rcp_coverage_dialog_new (RcpDesk *desk, const char *patient_id, RcpCoverage *coverage, guint order)
{
  RcpCoverageDialog *self;
  char number[12];

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (patient_id != NULL, NULL);

  self = g_object_new (RCP_TYPE_COVERAGE_DIALOG, "title", coverage ? _ ("Change the Insurance") : _ ("Add an Insurance"), NULL);
  self->desk = g_object_ref (desk);
  self->patient_id = g_strdup (patient_id);
  g_set_object (&self->coverage, coverage);
  self->fields = coverage ? rcp_coverage_fields_copy (rcp_coverage_get_fields (coverage)) : rcp_coverage_fields_new ();
  if (!coverage)
    {
      g_snprintf (number, sizeof number, "%u", order);
      rcp_coverage_fields_set (self->fields, RCP_COVERAGE_ORDER, number);
      rcp_coverage_fields_set (self->fields, RCP_COVERAGE_RELATIONSHIP, "self");
    }
  rcp_patient_text_init_place (&self->place, desk);
  self->is_filling = TRUE;
  fill (self);
  self->is_filling = FALSE;
  gtk_window_set_focus (GTK_WINDOW (self), self->rows[RCP_COVERAGE_PAYER_NAME]);
  update (self);
  load_photos (self);
  return GTK_WINDOW (self);
}
