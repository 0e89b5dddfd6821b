/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-page"

#include "config.h"

#include "rcp-page.h"

#include <glib/gi18n.h>

struct _RcpPage
{
  GObject parent_instance;

  char *name;
  char *title;
  char *icon_name;
  guint count;
  GObject *counted;
  RcpPageMake make;
  gpointer data;
  GtkWidget *widget;
};

G_DEFINE_FINAL_TYPE (RcpPage, rcp_page, G_TYPE_OBJECT)

enum
{
  PROP_COUNT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rcp_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_uint (value, RCP_PAGE (object)->count);
}

static void
rcp_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  RcpPage *self = RCP_PAGE (object);
  guint count = g_value_get_uint (value);

  if (count == self->count)
    return;
  self->count = count;
  g_object_notify_by_pspec (object, spec);
}

static void
rcp_page_finalize (GObject *object)
{
  RcpPage *self = RCP_PAGE (object);

  g_clear_object (&self->widget);
  g_clear_object (&self->counted);
  g_free (self->name);
  g_free (self->title);
  g_free (self->icon_name);
  G_OBJECT_CLASS (rcp_page_parent_class)->finalize (object);
}

static void
rcp_page_class_init (RcpPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_page_get_property;
  object_class->set_property = rcp_page_set_property;
  object_class->finalize = rcp_page_finalize;
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_page_init (RcpPage *self)
{
}

/**
 * rcp_page_new:
 * @name: its identity, "waiting"
 * @title: translated, "Waiting now"
 * @icon_name: a symbolic icon
 * @counted: (nullable): has a uint property "count"
 * @make: makes the widget, when it is first wanted
 * @data: for @make
 *
 * Returns: (transfer full): a page for rcp_pages_add()
 */
RcpPage *
rcp_page_new (const char *name, const char *title, const char *icon_name, GObject *counted, RcpPageMake make, gpointer data)
{
  RcpPage *self;

  g_return_val_if_fail (name && title && icon_name, NULL);
  g_return_val_if_fail (make != NULL, NULL);

  self = g_object_new (RCP_TYPE_PAGE, NULL);
  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->icon_name = g_strdup (icon_name);
  self->make = make;
  self->data = data;
  if (counted)
    {
      self->counted = g_object_ref (counted);
      g_object_bind_property (counted, "count", self, "count", G_BINDING_SYNC_CREATE);
    }
  return self;
}

const char *
rcp_page_get_name (RcpPage *self)
{
  return self->name;
}

const char *
rcp_page_get_title (RcpPage *self)
{
  return self->title;
}

const char *
rcp_page_get_icon_name (RcpPage *self)
{
  return self->icon_name;
}

guint
rcp_page_get_count (RcpPage *self)
{
  return self->count;
}

char *
rcp_page_describe (RcpPage *self)
{
  g_return_val_if_fail (RCP_IS_PAGE (self), NULL);

  if (self->count == 0)
    return g_strdup (self->title);
  /* Translators: the name of a page and how many entries it has, to be read aloud. */
  return g_strdup_printf (_("%s, %u"), self->title, self->count);
}

GtkWidget *
rcp_page_get_widget (RcpPage *self)
{
  g_return_val_if_fail (RCP_IS_PAGE (self), NULL);

  if (!self->widget)
    self->widget = g_object_ref_sink (self->make (self->data));
  return self->widget;
}

struct _RcpPages
{
  GObject parent_instance;

  GListStore *list;
  RcpPage *current; /* borrowed from the list */
};

G_DEFINE_FINAL_TYPE (RcpPages, rcp_pages, G_TYPE_OBJECT)

enum
{
  PROP_CURRENT = 1,
};

static GParamSpec *current_spec;

static void
rcp_pages_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_object (value, RCP_PAGES (object)->current);
}

static void
rcp_pages_dispose (GObject *object)
{
  RcpPages *self = RCP_PAGES (object);

  self->current = NULL;
  g_clear_object (&self->list);
  G_OBJECT_CLASS (rcp_pages_parent_class)->dispose (object);
}

static void
rcp_pages_class_init (RcpPagesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_pages_get_property;
  object_class->dispose = rcp_pages_dispose;
  current_spec = g_param_spec_object ("current", NULL, NULL, RCP_TYPE_PAGE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_CURRENT, current_spec);
}

static void
rcp_pages_init (RcpPages *self)
{
  self->list = g_list_store_new (RCP_TYPE_PAGE);
}

RcpPages *
rcp_pages_new (void)
{
  return g_object_new (RCP_TYPE_PAGES, NULL);
}

static void
set_current (RcpPages *self, RcpPage *page)
{
  if (self->current == page)
    return;
  self->current = page;
  g_object_notify_by_pspec (G_OBJECT (self), current_spec);
}

void
rcp_pages_add (RcpPages *self, RcpPage *page)
{
  g_return_if_fail (RCP_IS_PAGES (self));
  g_return_if_fail (RCP_IS_PAGE (page));

  g_list_store_append (self->list, page);
  if (!self->current)
    set_current (self, page);
}

GListModel *
rcp_pages_get_list (RcpPages *self)
{
  return G_LIST_MODEL (self->list);
}

RcpPage *
rcp_pages_get_current (RcpPages *self)
{
  return self->current;
}

gboolean
rcp_pages_is_current (RcpPages *self, const char *name)
{
  g_return_val_if_fail (RCP_IS_PAGES (self), FALSE);

  return self->current && g_strcmp0 (self->current->name, name) == 0;
}

gboolean
rcp_pages_show (RcpPages *self, const char *name)
{
  guint n_pages;

  g_return_val_if_fail (RCP_IS_PAGES (self), FALSE);

  n_pages = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  for (guint i = 0; i < n_pages; i++)
    {
      g_autoptr (RcpPage) page = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_strcmp0 (page->name, name) != 0)
        continue;
      set_current (self, page);
      return TRUE;
    }
  return FALSE;
}

void
rcp_pages_step (RcpPages *self, int steps)
{
  guint n_pages, position;

  g_return_if_fail (RCP_IS_PAGES (self));

  n_pages = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (n_pages == 0 || !g_list_store_find (self->list, self->current, &position))
    return;
  position = (guint) ((((int) position + steps) % (int) n_pages + (int) n_pages) % (int) n_pages);
  /* The list keeps it. */
  g_autoptr (RcpPage) page = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  set_current (self, page);
}
