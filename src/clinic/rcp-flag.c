/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-flag.h"

#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define MAX_FLAGS 200

struct _RcpFlag
{
  GObject parent_instance;

  FhirResource *resource;
};

G_DEFINE_FINAL_TYPE (RcpFlag, rcp_flag, G_TYPE_OBJECT)

/* The gravest first: this is the order in which they are shown. */
static const char *const categories[] = { "safety", "behavioral", "clinical", "drug", "contact", "admin", "diet", "lab", NULL };
static const char *const category_labels[] = {
  N_ ("Safety"), N_ ("Behavior"), N_ ("Clinical"), N_ ("Medication"), N_ ("Contact"), N_ ("Administrative"), N_ ("Diet"), N_ ("Laboratory"),
};

static void
rcp_flag_finalize (GObject *object)
{
  g_clear_object (&RCP_FLAG (object)->resource);
  G_OBJECT_CLASS (rcp_flag_parent_class)->finalize (object);
}

static void
rcp_flag_class_init (RcpFlagClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_flag_finalize;
}

static void
rcp_flag_init (RcpFlag *self)
{
}

/**
 * rcp_flag_new:
 * @resource: a Flag
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpFlag *
rcp_flag_new (FhirResource *resource)
{
  RcpFlag *self;

  g_return_val_if_fail (FHIR_IS_RESOURCE (resource), NULL);

  self = g_object_new (RCP_TYPE_FLAG, NULL);
  self->resource = g_object_ref (resource);
  return self;
}

FhirResource *
rcp_flag_get_resource (RcpFlag *self)
{
  g_return_val_if_fail (RCP_IS_FLAG (self), NULL);

  return self->resource;
}

const char *
rcp_flag_get_id (RcpFlag *self)
{
  g_return_val_if_fail (RCP_IS_FLAG (self), NULL);

  return fhir_resource_get_id (self->resource);
}

/**
 * rcp_flag_get_text:
 * @self: a flag
 *
 * Returns: what must be seen, in the words of whoever wrote it
 */
const char *
rcp_flag_get_text (RcpFlag *self)
{
  const char *text;

  g_return_val_if_fail (RCP_IS_FLAG (self), NULL);

  text = rcp_elements_get_concept_text (fhir_json_get_object (fhir_resource_get_json (self->resource), "code"));
  return text != NULL ? text : _ ("Flag without words");
}

const char *
rcp_flag_get_category (RcpFlag *self)
{
  g_return_val_if_fail (RCP_IS_FLAG (self), NULL);

  return rcp_elements_find_code (fhir_resource_get_json (self->resource), "category", RCP_SYSTEM_FLAG_CATEGORY);
}

gboolean
rcp_flag_is_in_force (RcpFlag *self, gint64 now)
{
  JsonObject *json;
  const char *start;
  const char *end;
  RcpIso8601 parsed;

  g_return_val_if_fail (RCP_IS_FLAG (self), FALSE);

  json = fhir_resource_get_json (self->resource);
  start = fhir_json_get_string (json, "period.start");
  end = fhir_json_get_string (json, "period.end");
  if (g_strcmp0 (fhir_json_get_string (json, "status"), "active") != 0)
    return FALSE;
  if (start != NULL && rcp_iso8601_parse (start, &parsed) && parsed.start > now)
    return FALSE;
  return end == NULL || !rcp_iso8601_parse (end, &parsed) || parsed.end > now;
}

const char *const *
rcp_flag_get_categories (void)
{
  return categories;
}

static guint
rank_category (const char *category)
{
  guint i = 0;

  while (categories[i] != NULL && g_strcmp0 (categories[i], category) != 0)
    i++;
  return i;
}

const char *
rcp_flag_category_to_label (const char *category)
{
  guint i = rank_category (category);

  return i < G_N_ELEMENTS (category_labels) ? _ (category_labels[i]) : _ ("Note");
}

static int
compare_flags (gconstpointer a, gconstpointer b, gpointer user_data)
{
  int difference = (int) rank_category (rcp_flag_get_category ((RcpFlag *) a)) - (int) rank_category (rcp_flag_get_category ((RcpFlag *) b));

  return difference != 0 ? difference : g_utf8_collate (rcp_flag_get_text ((RcpFlag *) a), rcp_flag_get_text ((RcpFlag *) b));
}

static void
on_flags_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gint64 now = *(gint64 *) g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GListStore) flags = NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  flags = g_list_store_new (RCP_TYPE_FLAG);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      g_autoptr (RcpFlag) flag = rcp_flag_new (g_ptr_array_index (fhir_bundle_get_matches (bundle), i));

      if (rcp_flag_is_in_force (flag, now))
        g_list_store_append (flags, flag);
    }
  g_list_store_sort (flags, compare_flags, NULL);
  g_task_return_pointer (task, g_steal_pointer (&flags), g_object_unref);
}

void
rcp_flags_load_async (FhirClient *client, const char *patient_id, gint64 now, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (FhirSearch) search = NULL;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (patient_id != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_flags_load_async);
  g_task_set_task_data (task, g_memdup2 (&now, sizeof now), g_free);
  search = fhir_search_new ("Flag");
  fhir_search_add_printf (search, "patient", "Patient/%s", patient_id);
  fhir_client_search_all_async (client, search, MAX_FLAGS, cancellable, on_flags_searched_cb, task);
}

GListModel *
rcp_flags_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_flags_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
