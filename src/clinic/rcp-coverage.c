/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-coverage.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_COVERAGES 200

struct _RcpCoverage
{
  GObject parent_instance;

  FhirResource *resource;
  RcpCoverageFields *fields;
};

G_DEFINE_FINAL_TYPE (RcpCoverage, rcp_coverage, G_TYPE_OBJECT)

static void
rcp_coverage_finalize (GObject *object)
{
  RcpCoverage *self = RCP_COVERAGE (object);

  g_clear_object (&self->resource);
  g_clear_pointer (&self->fields, rcp_coverage_fields_free);
  G_OBJECT_CLASS (rcp_coverage_parent_class)->finalize (object);
}

static void
rcp_coverage_class_init (RcpCoverageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_coverage_finalize;
}

static void
rcp_coverage_init (RcpCoverage *self)
{
}

static void
fill (RcpCoverageFields *fields, RcpCoverageField field, const char *value)
{
  if (*rcp_coverage_fields_get (fields, field) == '\0')
    rcp_coverage_fields_set (fields, field, value);
}

/**
 * rcp_coverage_new:
 * @coverage: a Coverage
 * @payor: (nullable): the Organization that it refers to: its name and number are taken where the Coverage has none
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpCoverage *
rcp_coverage_new (FhirResource *coverage, FhirResource *payor)
{
  RcpCoverage *self;

  g_return_val_if_fail (FHIR_IS_RESOURCE (coverage), NULL);

  self = g_object_new (RCP_TYPE_COVERAGE, NULL);
  self->resource = g_object_ref (coverage);
  self->fields = rcp_coverage_fields_new_from_json (fhir_resource_get_json (coverage));
  if (payor)
    {
      fill (self->fields, RCP_COVERAGE_PAYER_NAME, fhir_json_get_string (fhir_resource_get_json (payor), "name"));
      fill (self->fields, RCP_COVERAGE_PAYER_ID, fhir_json_get_identifier (fhir_resource_get_json (payor), NULL));
    }
  return self;
}

FhirResource *
rcp_coverage_get_resource (RcpCoverage *self)
{
  g_return_val_if_fail (RCP_IS_COVERAGE (self), NULL);

  return self->resource;
}

const char *
rcp_coverage_get_id (RcpCoverage *self)
{
  g_return_val_if_fail (RCP_IS_COVERAGE (self), NULL);

  return fhir_resource_get_id (self->resource);
}

const RcpCoverageFields *
rcp_coverage_get_fields (RcpCoverage *self)
{
  g_return_val_if_fail (RCP_IS_COVERAGE (self), NULL);

  return self->fields;
}

const char *
rcp_coverage_get (RcpCoverage *self, RcpCoverageField field)
{
  g_return_val_if_fail (RCP_IS_COVERAGE (self), "");

  return rcp_coverage_fields_get (self->fields, field);
}

guint
rcp_coverage_get_order (RcpCoverage *self)
{
  return (guint) g_ascii_strtoull (rcp_coverage_get (self, RCP_COVERAGE_ORDER), NULL, 10);
}

gboolean
rcp_coverage_is_self (RcpCoverage *self)
{
  const char *relationship = rcp_coverage_get (self, RCP_COVERAGE_RELATIONSHIP);

  return *relationship == '\0' || strcmp (relationship, "self") == 0;
}

/**
 * rcp_coverage_dup_payer_name:
 *
 * Returns: (transfer full): never empty
 */
char *
rcp_coverage_dup_payer_name (RcpCoverage *self)
{
  const char *name = rcp_coverage_get (self, RCP_COVERAGE_PAYER_NAME);

  return g_strdup (*name != '\0' ? name : _ ("Insurance without a name"));
}

gboolean
rcp_coverage_is_active (RcpCoverage *self)
{
  g_return_val_if_fail (RCP_IS_COVERAGE (self), FALSE);

  return g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (self->resource), "status"), "active") == 0;
}

/* The first ten characters of a date or dateTime compare as dates do; a year or a month alone covers all of itself. */
static gboolean
is_after (const char *text, const char *other)
{
  return strncmp (text, other, MIN (10, MIN (strlen (text), strlen (other)))) > 0;
}

/**
 * rcp_coverage_is_in_force:
 * @day: the day of a visit
 *
 * Whether the record says that it holds on that day; only the payer knows.
 */
gboolean
rcp_coverage_is_in_force (RcpCoverage *self, const GDate *day)
{
  char text[11];

  g_return_val_if_fail (RCP_IS_COVERAGE (self), FALSE);
  g_return_val_if_fail (day != NULL && g_date_valid (day), FALSE);

  g_date_strftime (text, sizeof text, "%Y-%m-%d", day);
  return rcp_coverage_is_active (self) && !is_after (rcp_coverage_get (self, RCP_COVERAGE_START), text)
         && !is_after (text, rcp_coverage_get (self, RCP_COVERAGE_END));
}

static int
compare (gconstpointer a, gconstpointer b, gpointer day)
{
  RcpCoverage *one = (RcpCoverage *) a, *other = (RcpCoverage *) b;
  guint order = rcp_coverage_get_order (one), other_order = rcp_coverage_get_order (other);
  int difference = rcp_coverage_is_in_force (other, day) - rcp_coverage_is_in_force (one, day);

  if (difference == 0 && order != other_order)
    difference = (order ? order : G_MAXUINT) < (other_order ? other_order : G_MAXUINT) ? -1 : 1;
  /* The newest first. */
  if (difference == 0)
    difference = strcmp (rcp_coverage_get (other, RCP_COVERAGE_START), rcp_coverage_get (one, RCP_COVERAGE_START));
  return difference != 0 ? difference : g_strcmp0 (rcp_coverage_get_id (one), rcp_coverage_get_id (other));
}

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GListStore) coverages = NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  coverages = g_list_store_new (RCP_TYPE_COVERAGE);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      FhirResource *resource = g_ptr_array_index (fhir_bundle_get_matches (bundle), i);
      JsonObject *json = fhir_resource_get_json (resource);
      const char *payor = fhir_json_get_string (json, "payor.0.reference");
      g_autofree char *relative = payor ? fhir_reference_dup_relative (payor) : NULL;
      g_autoptr (RcpCoverage) coverage = NULL;

      if (g_strcmp0 (fhir_json_get_string (json, "status"), "entered-in-error") == 0)
        continue;
      coverage = rcp_coverage_new (resource, relative ? fhir_bundle_lookup (bundle, relative) : NULL);
      g_list_store_append (coverages, coverage);
    }
  g_list_store_sort (coverages, compare, g_task_get_task_data (task));
  g_task_return_pointer (task, g_steal_pointer (&coverages), g_object_unref);
}

/**
 * rcp_coverages_load_async:
 * @client: the record
 * @patient_id: whose
 * @day: of the visit, or today
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 */
void
rcp_coverages_load_async (FhirClient *client, const char *patient_id, const GDate *day, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (FhirSearch) search = NULL;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (patient_id != NULL);
  g_return_if_fail (day != NULL && g_date_valid (day));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_coverages_load_async);
  g_task_set_task_data (task, g_date_copy (day), (GDestroyNotify) g_date_free);
  search = fhir_search_new ("Coverage");
  fhir_search_add_printf (search, "beneficiary", "Patient/%s", patient_id);
  fhir_search_add (search, "_include", "Coverage:payor");
  fhir_client_search_all_async (client, search, MAX_COVERAGES, cancellable, on_searched_cb, task);
}

GListModel *
rcp_coverages_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_coverages_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
