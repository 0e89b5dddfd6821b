/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-practice-page"

#include "config.h"

#include "rcp-practice-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _RcpPracticePage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  AdwEntryRow *name_row;
  AdwActionRow *file_row;
  AdwActionRow *folder_row;

  char *file;
  char *folder;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (RcpPracticePage, rcp_practice_page, GTK_TYPE_WIDGET)

enum
{
  CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_name (RcpPracticePage *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
}

static void
update (RcpPracticePage *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *shown = g_filename_display_name (self->file);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (self->file_row, escaped);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "practice.start", name[0] != '\0');
}

static void
on_start_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpPracticePage *self = RCP_PRACTICE_PAGE (widget);
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_PRACTICE);

  source->name = dup_name (self);
  source->file = g_strdup (self->file);
  source->import = g_strdup (self->folder);
  if (source->name[0])
    g_signal_emit (self, signals[CONFIRMED], 0, source);
}

static char *
take_path (GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  return file ? g_file_get_path (file) : NULL;
}

static void
on_file_chosen_cb (RcpPracticePage *self, int response, GtkFileChooserNative *chooser)
{
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? take_path (chooser) : NULL;

  if (path)
    {
      g_free (self->file);
      self->file = g_steal_pointer (&path);
      update (self);
    }
  g_clear_object (&self->chooser);
}

static void
on_folder_chosen_cb (RcpPracticePage *self, int response, GtkFileChooserNative *chooser)
{
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? take_path (chooser) : NULL;

  if (path)
    {
      g_autofree char *shown = g_filename_display_name (path);
      g_autofree char *escaped = g_markup_escape_text (shown, -1);

      g_free (self->folder);
      self->folder = g_steal_pointer (&path);
      adw_action_row_set_subtitle (self->folder_row, escaped);
    }
  g_clear_object (&self->chooser);
}

static void
choose (RcpPracticePage *self, const char *title, GtkFileChooserAction action, GCallback callback)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", callback, self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_choose_file_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpPracticePage *self = RCP_PRACTICE_PAGE (widget);

  choose (self, _("Where to Keep the Record"), GTK_FILE_CHOOSER_ACTION_SAVE, G_CALLBACK (on_file_chosen_cb));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "practice.db");
}

static void
on_choose_folder_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (RCP_PRACTICE_PAGE (widget), _("Folder to Bring Along"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
          G_CALLBACK (on_folder_chosen_cb));
}

static void
on_name_activated_cb (RcpPracticePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "practice.start", NULL);
}

static gboolean
rcp_practice_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RCP_PRACTICE_PAGE (widget)->name_row));
}

static void
rcp_practice_page_dispose (GObject *object)
{
  RcpPracticePage *self = RCP_PRACTICE_PAGE (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_practice_page_parent_class)->dispose (object);
}

static void
rcp_practice_page_finalize (GObject *object)
{
  RcpPracticePage *self = RCP_PRACTICE_PAGE (object);

  g_free (self->file);
  g_free (self->folder);
  G_OBJECT_CLASS (rcp_practice_page_parent_class)->finalize (object);
}

static void
rcp_practice_page_class_init (RcpPracticePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rcp_practice_page_dispose;
  object_class->finalize = rcp_practice_page_finalize;
  widget_class->grab_focus = rcp_practice_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-practice-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpPracticePage, box);
  gtk_widget_class_bind_template_child (widget_class, RcpPracticePage, name_row);
  gtk_widget_class_bind_template_child (widget_class, RcpPracticePage, file_row);
  gtk_widget_class_bind_template_child (widget_class, RcpPracticePage, folder_row);
  gtk_widget_class_install_action (widget_class, "practice.start", NULL, on_start_activated);
  gtk_widget_class_install_action (widget_class, "practice.choose-file", NULL, on_choose_file_activated);
  gtk_widget_class_install_action (widget_class, "practice.choose-folder", NULL, on_choose_folder_activated);

  /**
   * RcpPracticePage::confirmed:
   * @self: a page
   * @source: what to start
   */
  signals[CONFIRMED] = g_signal_new ("confirmed", RCP_TYPE_PRACTICE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, RCP_TYPE_SOURCE);
}

static void
rcp_practice_page_init (RcpPracticePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->file = rcp_source_dup_default_file (RCP_SOURCE_PRACTICE);
  g_signal_connect_object (self->name_row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name_row, "entry-activated", G_CALLBACK (on_name_activated_cb), self, G_CONNECT_SWAPPED);
  update (self);
}
