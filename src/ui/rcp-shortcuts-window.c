/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-shortcuts-window"

#include "config.h"

#include "rcp-shortcuts-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rcp-fold.h"
#include "rcp-keys.h"
#include "rcp-spoken-row.h"

#define NO_BREAK_SPACE "\302\240"
#define ELLIPSIS "\342\200\246"
/* Longer lists of keys take a second line, and leave the words their room. */
#define KEYS_CHARS 24

/* GTK's own window of shortcuts is as wide as its longest row twice, in one piece: it fits no small screen. */
struct _RcpShortcutsWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkSearchEntry *search;
  GPtrArray *rows; /* of AdwActionRow, borrowed */
};

G_DEFINE_FINAL_TYPE (RcpShortcutsWindow, rcp_shortcuts_window, ADW_TYPE_WINDOW)

/* "Alt+1…6" for "<Alt>1...6". It is never parted between two lines. */
static char *
describe_accelerator (const char *accelerator)
{
  const char *range = strstr (accelerator, "...");
  g_autofree char *first = range ? g_strndup (accelerator, (gsize) (range - accelerator)) : g_strdup (accelerator);
  g_autofree char *label = NULL;
  g_auto (GStrv) words = NULL;
  GdkModifierType modifiers;
  guint keyval;

  if (!gtk_accelerator_parse (first, &keyval, &modifiers))
    g_error ("“%s” is no key", first);
  label = gtk_accelerator_get_label (keyval, modifiers);
  words = g_strsplit (label, " ", -1);
  g_free (label);
  label = g_strjoinv (NO_BREAK_SPACE, words);
  return range ? g_strconcat (label, ELLIPSIS, range + strlen ("..."), NULL) : g_steal_pointer (&label);
}

/* A key of the rows that stands there already is not repeated: Return opens a visit and books free time. */
static void
add_keys (GPtrArray *keys, const char *accelerators)
{
  g_auto (GStrv) ones = g_strsplit (accelerators, " ", -1);

  for (guint i = 0; ones[i]; i++)
    {
      char *text = describe_accelerator (ones[i]);

      if (g_ptr_array_find_with_equal_func (keys, text, g_str_equal, NULL))
        g_free (text);
      else
        g_ptr_array_add (keys, text);
    }
}

/* Those of the row that begins with @first: what has no title belongs to the one before. */
static char *
describe_keys (const RcpKeyGroup *group, guint first)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  if (group->keys[first].shown)
    add_keys (keys, group->keys[first].shown);
  else
    for (guint i = first; i < group->n_keys && (i == first || !group->keys[i].title); i++)
      add_keys (keys, group->keys[i].accelerators);
  g_ptr_array_add (keys, NULL);
  return g_strjoinv (", ", (char **) keys->pdata);
}

static GtkWidget *
make_row (const char *title, const char *keys)
{
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "title", escaped, "activatable", FALSE, NULL));
  GtkWidget *label = gtk_label_new (keys);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), KEYS_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (label, "key-names");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  rcp_spoken_row_name (ADW_ACTION_ROW (row), title, keys);
  return row;
}

static GtkWidget *
make_group (RcpShortcutsWindow *self, const RcpKeyGroup *group)
{
  GtkWidget *widget = GTK_WIDGET (g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _(group->title), NULL));

  for (guint i = 0; i < group->n_keys; i++)
    {
      g_autofree char *keys = group->keys[i].title ? describe_keys (group, i) : NULL;
      g_autofree char *folded = NULL;
      g_autofree char *text = NULL;
      GtkWidget *row;

      if (!keys)
        continue;
      row = make_row (_(group->keys[i].title), keys);
      text = g_strconcat (_(group->keys[i].title), " ", keys, NULL);
      folded = rcp_fold_text (text);
      g_object_set_data_full (G_OBJECT (row), "words", g_steal_pointer (&folded), g_free);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), row);
      g_ptr_array_add (self->rows, row);
    }
  return widget;
}

static GtkWidget *
get_group (GtkWidget *row)
{
  return gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
}

static void
on_search_changed_cb (RcpShortcutsWindow *self)
{
  g_autofree char *wanted = rcp_fold_text (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gboolean found = FALSE;

  g_strstrip (wanted);
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_visible (get_group (self->rows->pdata[i]), FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      gboolean matches = strstr (g_object_get_data (G_OBJECT (row), "words"), wanted) != NULL;

      gtk_widget_set_visible (row, matches);
      if (matches)
        gtk_widget_set_visible (get_group (row), TRUE);
      found = found || matches;
    }
  gtk_stack_set_visible_child_name (self->stack, found ? "keys" : "nothing");
}

/* The entry keeps Escape for itself. */
static void
on_stop_search_cb (RcpShortcutsWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static GtkWidget *
make_search (RcpShortcutsWindow *self)
{
  GtkWidget *entry = gtk_search_entry_new ();

  self->search = GTK_SEARCH_ENTRY (entry);
  g_object_set (entry, "placeholder-text", _("What to do, or a key"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search the keys"), -1);
  gtk_widget_add_css_class (entry, "keys-search");
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (on_stop_search_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

static void
rcp_shortcuts_window_finalize (GObject *object)
{
  g_clear_pointer (&RCP_SHORTCUTS_WINDOW (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_shortcuts_window_parent_class)->finalize (object);
}

static void
rcp_shortcuts_window_class_init (RcpShortcutsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_shortcuts_window_finalize;
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);
}

static void
fill (RcpShortcutsWindow *self, GtkWidget *page)
{
  guint n_groups;
  const RcpKeyGroup *groups = rcp_keys_get_groups (&n_groups);

  for (guint i = 0; i < n_groups; i++)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (make_group (self, &groups[i])));
}

static void
rcp_shortcuts_window_init (RcpShortcutsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *nothing = GTK_WIDGET (g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "system-search-symbolic", "title", _("No Key Found"), NULL));

  self->rows = g_ptr_array_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 640);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 280);
  gtk_widget_add_css_class (nothing, "compact");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, page, "keys");
  gtk_stack_add_named (self->stack, nothing, "nothing");
  fill (self, page);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), make_search (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->search));
}

/**
 * rcp_shortcuts_window_new:
 *
 * Returns: (transfer none): a new window with every key of the table, not shown yet
 */
GtkWindow *
rcp_shortcuts_window_new (void)
{
  return g_object_new (RCP_TYPE_SHORTCUTS_WINDOW, "title", _("Keyboard Shortcuts"), NULL);
}
