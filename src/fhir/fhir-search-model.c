/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-search-model.h"

struct _FhirSearchModel
{
  GObject parent_instance;

  FhirClient *client;
  FhirSearch *search;
  FhirBundle *page;  /* the last one; NULL before the first */
  GPtrArray *items;  /* FhirResource */
  GHashTable *known; /* references, borrowed from the items */
  gboolean is_busy;
};

static void fhir_search_model_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FhirSearchModel, fhir_search_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, fhir_search_model_list_model_init))

static void
fhir_search_model_finalize (GObject *object)
{
  FhirSearchModel *self = FHIR_SEARCH_MODEL (object);

  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->items);
  g_clear_object (&self->page);
  g_clear_pointer (&self->search, fhir_search_unref);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (fhir_search_model_parent_class)->finalize (object);
}

static void
fhir_search_model_class_init (FhirSearchModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fhir_search_model_finalize;
}

static void
fhir_search_model_init (FhirSearchModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
}

static GType
get_item_type (GListModel *model)
{
  return FHIR_TYPE_RESOURCE;
}

static guint
get_n_items (GListModel *model)
{
  return FHIR_SEARCH_MODEL (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  FhirSearchModel *self = FHIR_SEARCH_MODEL (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
fhir_search_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/**
 * fhir_search_model_new:
 * @client: where to search
 * @search: what to search; its _count is the size of a page
 *
 * Returns: (transfer full): an empty list; the first page comes with the first fhir_search_model_load_more_async()
 */
FhirSearchModel *
fhir_search_model_new (FhirClient *client, FhirSearch *search)
{
  FhirSearchModel *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (search != NULL, NULL);

  self = g_object_new (FHIR_TYPE_SEARCH_MODEL, NULL);
  self->client = g_object_ref (client);
  self->search = fhir_search_ref (search);
  return self;
}

gboolean
fhir_search_model_has_more (FhirSearchModel *self)
{
  g_return_val_if_fail (FHIR_IS_SEARCH_MODEL (self), FALSE);

  return self->page == NULL || fhir_bundle_get_next (self->page) != NULL;
}

/* Appends what is new: rows that moved between two pages come twice. */
static void
append (FhirSearchModel *self, GPtrArray *matches)
{
  guint before = self->items->len;

  for (guint i = 0; i < matches->len; i++)
    {
      FhirResource *resource = g_ptr_array_index (matches, i);
      const char *reference = fhir_resource_get_reference (resource);

      if (reference != NULL && !g_hash_table_add (self->known, (gpointer) reference))
        continue;
      g_ptr_array_add (self->items, g_object_ref (resource));
    }

  if (self->items->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->items->len - before);
}

static void
on_page_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FhirSearchModel *self = g_task_get_source_object (task);
  GError *error = NULL;
  FhirBundle *page = self->page == NULL ? fhir_client_search_finish (FHIR_CLIENT (source), result, &error)
                                        : fhir_client_search_next_finish (FHIR_CLIENT (source), result, &error);

  self->is_busy = FALSE;
  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_set_object (&self->page, page);
  append (self, fhir_bundle_get_matches (page));
  g_object_unref (page);
  g_task_return_boolean (task, TRUE);
}

/**
 * fhir_search_model_load_more_async:
 * @self: a list
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Appends the next page. After an error the same page may be asked for again. G_IO_ERROR_PENDING while one is under
 * way.
 */
void
fhir_search_model_load_more_async (FhirSearchModel *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FHIR_IS_SEARCH_MODEL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_search_model_load_more_async);
  if (self->is_busy)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "A page is under way");
      return;
    }
  if (!fhir_search_model_has_more (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->is_busy = TRUE;
  if (self->page == NULL)
    fhir_client_search_async (self->client, self->search, cancellable, on_page_loaded_cb, g_steal_pointer (&task));
  else
    fhir_client_search_next_async (self->client, self->page, cancellable, on_page_loaded_cb, g_steal_pointer (&task));
}

gboolean
fhir_search_model_load_more_finish (FhirSearchModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
