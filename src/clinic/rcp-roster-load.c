/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-roster.h"
#include "rcp-roster-private.h"

#include <string.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

/* Reads the roster: the searches of the first round at once, then what they refer to and did not bring, until nothing
 * is missing. A server that follows _include needs one round. */

#define MAX_ROUNDS 4
#define MAX_LOCATIONS 1000
#define IDS_PER_SEARCH 50

typedef struct
{
  FhirClient *client;
  GHashTable *resources; /* reference -> FhirResource */
  GHashTable *asked;     /* references that were asked for, whether they came or not */
  guint n_pending;
  guint round;
  GError *error; /* the first that matters */
} Load;

static void
load_free (gpointer data)
{
  Load *self = data;

  g_object_unref (self->client);
  g_hash_table_unref (self->resources);
  g_hash_table_unref (self->asked);
  g_clear_error (&self->error);
  g_free (self);
}

static void start_round (GTask *task);

static void
keep_all (Load *self, GPtrArray *resources)
{
  for (guint i = 0; i < resources->len; i++)
    {
      FhirResource *resource = g_ptr_array_index (resources, i);

      if (fhir_resource_get_reference (resource) != NULL)
        g_hash_table_insert (self->resources, g_strdup (fhir_resource_get_reference (resource)), g_object_ref (resource));
    }
}

/* Whether a roster can do without what was not given: a server need not know visit types or tags. */
static gboolean
is_bearable (const GError *error)
{
  return g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED) ||
         g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND) ||
         g_error_matches (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN) ||
         g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED);
}

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (bundle != NULL)
    {
      keep_all (self, fhir_bundle_get_matches (bundle));
      keep_all (self, fhir_bundle_get_includes (bundle));
    }
  else if (!is_bearable (error) && self->error == NULL)
    {
      self->error = g_steal_pointer (&error);
    }

  if (--self->n_pending > 0)
    return;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    start_round (task);
}

static void
search (GTask *task, FhirSearch *query, guint limit)
{
  Load *self = g_task_get_task_data (task);

  self->n_pending++;
  fhir_client_search_all_async (self->client, query, limit, g_task_get_cancellable (task), on_searched_cb,
                                g_object_ref (task));
}

static void on_schedules_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
search_schedules (GTask *task, gboolean with_includes)
{
  Load *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) query = fhir_search_new ("Schedule");

  fhir_search_add (query, "_count", "500");
  if (with_includes)
    {
      fhir_search_add (query, "_include", "Schedule:actor");
      fhir_search_add (query, "_include:iterate", "PractitionerRole:practitioner");
      fhir_search_add (query, "_include:iterate", "PractitionerRole:location");
    }
  self->n_pending++;
  fhir_client_search_all_async (self->client, query, 0, g_task_get_cancellable (task),
                                with_includes ? on_schedules_searched_cb : on_searched_cb, g_object_ref (task));
}

/* A server that refuses the includes gets the plain question; what is missing is asked for in the next rounds. */
static void
on_schedules_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Load *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (bundle == NULL && g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED))
    search_schedules (task, FALSE);
  else if (bundle == NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  if (bundle != NULL)
    {
      keep_all (self, fhir_bundle_get_matches (bundle));
      keep_all (self, fhir_bundle_get_includes (bundle));
    }

  self->n_pending--;
  if (self->n_pending == 0 && self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else if (self->n_pending == 0)
    start_round (task);
  g_object_unref (task);
}

static void
search_simple (GTask *task, const char *type, guint limit)
{
  g_autoptr (FhirSearch) query = fhir_search_new (type);

  fhir_search_add (query, "_count", "500");
  search (task, query, limit);
}

static void
search_clinic (GTask *task)
{
  g_autoptr (FhirSearch) query = fhir_search_new ("Organization");

  fhir_search_add (query, "_tag", RCP_TAG_SYSTEM "|clinic");
  fhir_search_add (query, "_count", "10");
  search (task, query, 10);
}

/* Adds to the set of a type what @reference names, unless it is here or was asked for. */
static void
want (Load *self, GHashTable *wanted, const char *reference)
{
  g_autofree char *relative = fhir_reference_dup_relative (reference);
  g_autofree char *type = NULL;
  GPtrArray *ids;
  char *slash;

  if (relative == NULL || g_hash_table_contains (self->resources, relative) ||
      !g_hash_table_add (self->asked, g_strdup (relative)))
    return;

  slash = strchr (relative, '/');
  type = g_strndup (relative, (gsize) (slash - relative));
  if (!g_str_equal (type, "PractitionerRole") && !g_str_equal (type, "Practitioner") && !g_str_equal (type, "Location") &&
      !g_str_equal (type, "Device"))
    return;
  ids = g_hash_table_lookup (wanted, type);
  if (ids == NULL)
    {
      ids = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (wanted, g_steal_pointer (&type), ids);
    }
  g_ptr_array_add (ids, g_strdup (slash + 1));
}

static void
want_list (Load *self, GHashTable *wanted, FhirResource *resource, const char *member)
{
  JsonArray *references = fhir_json_get_array (fhir_resource_get_json (resource), member);

  for (guint i = 0; i < rcp_elements_get_length (references); i++)
    want (self, wanted, fhir_json_get_string (rcp_elements_get_object (references, i), "reference"));
}

/* Asks for @ids in searches of bounded length. */
static void
search_values (GTask *task, const char *type, const char *parameter, GPtrArray *values)
{
  for (guint start = 0; start < values->len; start += IDS_PER_SEARCH)
    {
      g_autoptr (FhirSearch) query = fhir_search_new (type);
      g_autoptr (GString) list = g_string_new (NULL);

      for (guint i = start; i < MIN (start + IDS_PER_SEARCH, values->len); i++)
        g_string_append_printf (list, "%s%s", i > start ? "," : "", (char *) g_ptr_array_index (values, i));
      fhir_search_add (query, parameter, list->str);
      fhir_search_add (query, "_count", "500");
      search (task, query, 0);
    }
}

static gboolean
has_actor (FhirResource *schedule, const char *type)
{
  JsonArray *actors = fhir_json_get_array (fhir_resource_get_json (schedule), "actor");

  for (guint i = 0; i < rcp_elements_get_length (actors); i++)
    {
      JsonObject *actor = rcp_elements_get_object (actors, i);
      g_autofree char *id = fhir_reference_dup_id (fhir_json_get_string (actor, "reference"), type);

      if (id != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Schedules that name the person alone: hours and specialty are in the person's roles. */
static void
search_roles (GTask *task, Load *self)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer schedule;

  g_hash_table_iter_init (&iter, self->resources);
  while (g_hash_table_iter_next (&iter, NULL, &schedule))
    {
      JsonArray *actors = fhir_json_get_array (fhir_resource_get_json (schedule), "actor");

      if (g_strcmp0 (fhir_resource_get_resource_type (schedule), "Schedule") != 0 ||
          has_actor (schedule, "PractitionerRole"))
        continue;
      for (guint i = 0; i < rcp_elements_get_length (actors); i++)
        {
          const char *reference = fhir_json_get_string (rcp_elements_get_object (actors, i), "reference");
          g_autofree char *id = fhir_reference_dup_id (reference, "Practitioner");

          if (id != NULL && !g_hash_table_contains (seen, id))
            {
              g_ptr_array_add (people, g_strconcat ("Practitioner/", id, NULL));
              g_hash_table_add (seen, (char *) g_ptr_array_index (people, people->len - 1) + strlen ("Practitioner/"));
            }
        }
    }

  search_values (task, "PractitionerRole", "practitioner", people);
}

static void
search_missing (GTask *task, Load *self)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer type, value;

  g_hash_table_iter_init (&iter, self->resources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const char *kind = fhir_resource_get_resource_type (value);

      if (g_strcmp0 (kind, "Schedule") == 0)
        want_list (self, wanted, value, "actor");
      else if (g_strcmp0 (kind, "Device") == 0)
        want (self, wanted, fhir_json_get_string (fhir_resource_get_json (value), "location.reference"));
      else if (g_strcmp0 (kind, "PractitionerRole") == 0)
        {
          want (self, wanted, fhir_json_get_string (fhir_resource_get_json (value), "practitioner.reference"));
          want_list (self, wanted, value, "location");
        }
    }

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &type, &value))
    search_values (task, type, "_id", value);
}

static void
start_round (GTask *task)
{
  Load *self = g_task_get_task_data (task);

  /* One more, so that a search that ends at once does not end the round before the others are sent. */
  self->n_pending++;
  switch (self->round++)
    {
    case 0:
      search_schedules (task, TRUE);
      search_simple (task, "HealthcareService", 0);
      search_simple (task, "Location", MAX_LOCATIONS);
      search_clinic (task);
      break;
    case 1:
      search_roles (task, self);
      search_missing (task, self);
      break;
    default:
      if (self->round <= MAX_ROUNDS)
        search_missing (task, self);
      break;
    }
  if (--self->n_pending == 0)
    g_task_return_pointer (task, rcp_roster_new (self->resources), g_object_unref);
}

/**
 * rcp_roster_load_async:
 * @client: the record
 * @cancellable: (nullable): a cancellable
 * @callback: called when the roster is here
 * @user_data: data for @callback
 *
 * Reads who works where and what can be booked.
 */
void
rcp_roster_load_async (FhirClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (FHIR_IS_CLIENT (client));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_roster_load_async);
  load = g_new0 (Load, 1);
  load->client = g_object_ref (client);
  load->resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  load->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, load, load_free);
  start_round (task);
}

/**
 * rcp_roster_load_finish:
 * @result: the result
 * @error: return location for a #FhirError
 *
 * Returns: (transfer full): the roster; %NULL on error
 */
RcpRoster *
rcp_roster_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
