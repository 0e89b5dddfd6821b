/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What has another name in newer releases of the platform. The floor allows nothing newer than itself, so what is newer
 * is named here alone. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static inline void
rcp_compat_get_color (GtkWidget *widget, GdkRGBA *color)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  gtk_widget_get_color (widget, color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
#endif
}

/* A long label ends in an ellipsis rather than make its window wider. */
static inline void
rcp_compat_let_button_shrink (GtkButton *button)
{
#if GTK_CHECK_VERSION (4, 12, 0)
  gtk_button_set_can_shrink (button, TRUE);
#else
  if (GTK_IS_LABEL (gtk_button_get_child (button)))
    gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (button)), PANGO_ELLIPSIZE_END);
#endif
}

/* Children of a template that have no name are let go by nobody else. */
static inline void
rcp_compat_unparent_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)))
    gtk_widget_unparent (child);
}

/* Of all that scrolls in @widget, which goes. GTK 4.8 listens to a setting for each from the time when it comes to the screen and never
 * stops: what a window leaves of it would stay in memory, and be called when the desktop's scroll bars are set otherwise. */
static inline void
rcp_compat_stop_listening (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    g_signal_handlers_disconnect_by_data (gtk_widget_get_settings (widget), widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    rcp_compat_stop_listening (child);
}

/* Whether the keyboard is in @widget now: a focus child stays noted after the focus has gone to another branch. */
static inline gboolean
rcp_compat_has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* The child of @widget that the keyboard is in now, or NULL: who has gone on to another part of the window is in none, however
 * much a list remembers. Whatever moves the keyboard after an answer has come asks this first. It goes by where the keyboard is in the
 * window, which a list forgets while a dialog above its window closes. */
static inline GtkWidget *
rcp_compat_get_focus_child (GtkWidget *widget)
{
  GtkWidget *child = rcp_compat_has_focus_within (widget) ? gtk_root_get_focus (gtk_widget_get_root (widget)) : NULL;

  if (child == widget)
    return NULL;
  while (child && gtk_widget_get_parent (child) != widget)
    child = gtk_widget_get_parent (child);
  return child;
}

/* What stands below a heading is about as wide as one, and still fits a phone. */
static inline void
rcp_compat_set_extra_child (AdwMessageDialog *dialog, GtkWidget *child)
{
  gtk_widget_set_size_request (child, 280, -1);
  adw_message_dialog_set_extra_child (dialog, child);
}

/* Libadwaita has two labels for the heading of a dialog, and measures the larger one for less than it needs when it is about to show
 * the other; GTK 4.18 warns of that. Here the larger one can do with little, and has more. */
static inline void
rcp_compat_let_heading_shrink (AdwMessageDialog *dialog)
{
#if ADW_CHECK_VERSION (1, 3, 0)
  GObject *bin = gtk_widget_get_template_child (GTK_WIDGET (dialog), ADW_TYPE_MESSAGE_DIALOG, "heading_bin");
  GObject *large = gtk_widget_get_template_child (GTK_WIDGET (dialog), ADW_TYPE_MESSAGE_DIALOG, "heading_label");

  if (!GTK_IS_WIDGET (bin) || !GTK_IS_LABEL (large))
    return;
  gtk_label_set_ellipsize (GTK_LABEL (large), PANGO_ELLIPSIZE_END);
  gtk_widget_set_size_request (GTK_WIDGET (bin), 200, -1);
#endif
}

/* What labels a widget, as the text of a button or the title of its row does, comes before the name that the widget was given:
 * since GTK 4.10, and each time when the text is set. */
static inline void
rcp_compat_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

#if GTK_CHECK_VERSION (4, 10, 0)
static inline void
rcp_compat_name_items (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) words = NULL;
      g_autofree char *name = NULL;

      g_object_get (widget, "text", &text, NULL);
      words = g_strsplit (text ? text : "", "_", -1);
      name = g_strjoinv (NULL, words);
      rcp_compat_name (widget, name);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    rcp_compat_name_items (child);
}
#endif

/* GTK 4.18 says the items of a menu to be called nothing. They are named each time when @popover comes. */
static inline void
rcp_compat_name_menu (GtkPopover *popover)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  g_signal_connect (popover, "map", G_CALLBACK (rcp_compat_name_items), NULL);
#endif
}

/* Before that there was none: see RcpAnnouncer. */
static inline void
rcp_compat_announce (GtkWidget *widget, const char *text)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

static inline void
rcp_compat_draw_layout (GtkWidget *widget, GtkSnapshot *snapshot, double x, double y, PangoLayout *layout, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

G_GNUC_END_IGNORE_DEPRECATIONS

G_END_DECLS
