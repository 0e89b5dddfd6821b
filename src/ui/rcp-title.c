/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-title"

#include "config.h"

#include "rcp-title.h"

#include "rcp-ui-compat.h"

struct _RcpTitle
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
};

G_DEFINE_FINAL_TYPE (RcpTitle, rcp_title, GTK_TYPE_WIDGET)

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static GtkLabel *
get_label (RcpTitle *self, guint property)
{
  return property == PROP_TITLE ? self->title : self->subtitle;
}

static void
rcp_title_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_string (value, gtk_label_get_label (get_label (RCP_TITLE (object), id)));
}

static void
rcp_title_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  const char *text = g_value_get_string (value);
  GtkLabel *label = get_label (RCP_TITLE (object), id);

  if (g_strcmp0 (gtk_label_get_label (label), text ? text : "") == 0)
    return;
  gtk_label_set_label (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && text[0]);
  g_object_notify_by_pspec (object, spec);
}

static void
rcp_title_dispose (GObject *object)
{
  rcp_compat_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (rcp_title_parent_class)->dispose (object);
}

static void
rcp_title_class_init (RcpTitleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_title_get_property;
  object_class->set_property = rcp_title_set_property;
  object_class->dispose = rcp_title_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "dialogtitle");
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static GtkLabel *
append_label (RcpTitle *self, const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
rcp_title_init (RcpTitle *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->title = append_label (self, "title");
  self->subtitle = append_label (self, "subtitle");
}

/**
 * rcp_title_put:
 * @header: of a dialog
 * @window: the dialog
 *
 * Shows the title of @window in @header, whole also on a phone. It stands in the middle where the buttons leave it room there.
 */
void
rcp_title_put (AdwHeaderBar *header, GtkWindow *window)
{
  GtkWidget *title;

  g_return_if_fail (ADW_IS_HEADER_BAR (header));
  g_return_if_fail (GTK_IS_WINDOW (window));

  title = g_object_new (RCP_TYPE_TITLE, NULL);
  g_object_bind_property (window, "title", title, "title", G_BINDING_SYNC_CREATE);
  adw_header_bar_set_title_widget (header, title);
  adw_header_bar_set_centering_policy (header, ADW_CENTERING_POLICY_LOOSE);
}
