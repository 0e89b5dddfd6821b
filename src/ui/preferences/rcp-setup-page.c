/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-setup-page"

#include "config.h"

#include "rcp-setup-page.h"

#include <glib/gi18n.h>

#include "rcp-form-dialog.h"
#include "ui/rcp-dialog.h"

struct _RcpSetupPage
{
  AdwBin parent_instance;

  RcpDesk *desk;
  RcpSetupKind kind;
  AdwPreferencesGroup *group;
  GPtrArray *rows; /* borrowed */
};

G_DEFINE_FINAL_TYPE (RcpSetupPage, rcp_setup_page, ADW_TYPE_BIN)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const char *
rcp_setup_page_get_title (RcpSetupKind kind)
{
  switch (kind)
    {
    case RCP_SETUP_PROVIDER:
      return _("Providers");
    case RCP_SETUP_PLACE:
      return _("Places");
    case RCP_SETUP_ROOM:
      return _("Rooms and Devices");
    case RCP_SETUP_VISIT_TYPE:
    default:
      return _("Visit Types");
    }
}

static const char *
get_add_label (RcpSetupKind kind)
{
  switch (kind)
    {
    case RCP_SETUP_PROVIDER:
      return _("_Add Provider…");
    case RCP_SETUP_PLACE:
      return _("_Add Place…");
    case RCP_SETUP_ROOM:
      return _("_Add Room or Device…");
    case RCP_SETUP_VISIT_TYPE:
    default:
      return _("_Add Visit Type…");
    }
}

static const char *
get_description (RcpSetupKind kind)
{
  switch (kind)
    {
    case RCP_SETUP_PROVIDER:
      return _("Who can be booked, where and when.");
    case RCP_SETUP_PLACE:
      return _("Where patients are seen, and when nobody is.");
    case RCP_SETUP_ROOM:
      return _("What a visit may need beside its provider.");
    case RCP_SETUP_VISIT_TYPE:
    default:
      return _("What can be booked, and how long it takes.");
    }
}

static void
on_saved_cb (RcpSetupPage *self)
{
  g_signal_emit (self, signals[SAVED], 0);
}

static void
present_form (RcpSetupPage *self, const char *reference)
{
  g_autoptr (RcpFormModel) model = NULL;
  GtkWindow *dialog;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  model = rcp_form_model_new (self->desk, self->kind, reference);
  dialog = rcp_form_dialog_new (model);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
on_add_clicked_cb (RcpSetupPage *self)
{
  present_form (self, NULL);
}

static void
on_row_activated_cb (RcpSetupPage *self, AdwActionRow *row)
{
  present_form (self, g_object_get_data (G_OBJECT (row), "reference"));
}

static GtkWidget *
make_row (RcpSetupPage *self, const RcpSetupItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (item->title, -1);
  g_autofree char *subtitle = g_markup_escape_text (item->subtitle != NULL ? item->subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  /* On a phone what a patient is told before the visit takes some lines. */
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  if (!item->active)
    {
      GtkWidget *label = gtk_label_new (_("Not in use"));

      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "reference", g_strdup (item->reference), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_empty_row (void)
{
  return GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Nothing here yet"), "sensitive", FALSE, NULL));
}

static void
add_row (RcpSetupPage *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->group, row);
}

static void
update (RcpSetupPage *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  g_autoptr (GPtrArray) items = roster != NULL ? rcp_setup_list (roster, self->kind) : NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; items != NULL && i < items->len; i++)
    add_row (self, make_row (self, items->pdata[i]));
  if (items == NULL || items->len == 0)
    add_row (self, make_empty_row ());
}

static void
rcp_setup_page_finalize (GObject *object)
{
  RcpSetupPage *self = RCP_SETUP_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_setup_page_parent_class)->finalize (object);
}

static void
rcp_setup_page_class_init (RcpSetupPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_setup_page_finalize;

  /**
   * RcpSetupPage::saved:
   * @self: a page
   *
   * The record holds something new: the desk has to read it.
   */
  signals[SAVED] = g_signal_new ("saved", RCP_TYPE_SETUP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_setup_page_init (RcpSetupPage *self)
{
  self->rows = g_ptr_array_new ();
}

GtkWidget *
rcp_setup_page_new (RcpDesk *desk, RcpSetupKind kind)
{
  RcpSetupPage *self;
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (get_add_label (kind));

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_SETUP_PAGE, NULL);
  self->desk = g_object_ref (desk);
  self->kind = kind;
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (self->group, get_description (kind));
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_add_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (self->group, add);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  adw_bin_set_child (ADW_BIN (self), page);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
