/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-found-clinic"

#include "rcp-clinic-setup.h"

#include "rcp-clinic-json.h"

/* Enough to see who is busy; an import may hold a hundred thousand. */
#define MAX_ENCOUNTERS 4000
#define MAX_ROLES 2000
#define PROVIDERS_PER_PLACE 4
#define MAX_PLACES 6

/**
 * Reads who is named in the record, chooses, and makes the clinic in one transaction. All of it is made on condition
 * that founding has not made it before, so it may be repeated.
 */
typedef struct
{
  FhirClient *client;
  char *clinic_name;
  char *zone;
  guint max_providers;
  GHashTable *known; /* practitioner id to RcpFounder */
  GPtrArray *chosen; /* of RcpFounder */
  FhirTransaction *transaction;
  gboolean any_read;
} Found;

static void
found_free (Found *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->transaction);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  g_free (self->clinic_name);
  g_free (self->zone);
  g_free (self);
}

static void
on_steps_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Found *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!rcp_found_steps_finish (result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, self->chosen->len);
}

/* All at once is quicker, and nobody sees half a clinic. But each part is made on its own condition, so a server that
 * has no transactions, or none so large (Medplum: 8 entries when they carry conditions), gets it part by part. */
static gboolean
may_go_step_by_step (const GError *error)
{
  return g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED)
         || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED);
}

static void
on_founded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Found *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (self->client, result, &error);

  if (reply != NULL)
    g_task_return_int (task, self->chosen->len);
  else if (may_go_step_by_step (error))
    rcp_found_steps_async (self->client, self->transaction, g_task_get_cancellable (task), on_steps_done_cb,
                           g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
found (GTask *task, GPtrArray *organizations)
{
  Found *self = g_task_get_task_data (task);

  self->transaction = rcp_found_compose (self->clinic_name, self->zone, organizations, self->chosen);
  fhir_client_transact_async (self->client, self->transaction, g_task_get_cancellable (task), on_founded_cb,
                              g_object_ref (task));
}

static guint
get_n_places (Found *self)
{
  return CLAMP (self->max_providers / PROVIDERS_PER_PLACE, 1, MAX_PLACES);
}

/* Those of the record itself, not what an earlier founding made. */
static GPtrArray *
pick_organizations (FhirBundle *bundle, guint limit)
{
  GPtrArray *picked = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len && picked->len < limit; i++)
    if (fhir_json_get_identifier (fhir_resource_get_json (matches->pdata[i]), RCP_SYSTEM_FOUND) == NULL)
      g_ptr_array_add (picked, g_object_ref (matches->pdata[i]));
  return picked;
}

static void
on_organizations_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Found *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);
  g_autoptr (GPtrArray) organizations = NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  organizations = pick_organizations (bundle, get_n_places (self));
  found (task, organizations);
}

/* The organizations that the chosen practitioners work for; where the record does not tell, its first ones by name. */
static void
read_organizations (GTask *task)
{
  Found *self = g_task_get_task_data (task);
  guint n_places = get_n_places (self);
  g_autofree char *ids = rcp_founders_list_organizations (self->chosen, n_places);
  g_autoptr (FhirSearch) search = fhir_search_new ("Organization");
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (self->chosen->len == 0)
    {
      found (task, none);
      return;
    }
  if (*ids != '\0')
    fhir_search_add (search, "_id", ids);
  else
    fhir_search_add (search, "_sort", "name");
  fhir_search_add_printf (search, "_count", "%u", n_places + 1);
  fhir_client_search_all_async (self->client, search, n_places + 1, g_task_get_cancellable (task),
                                on_organizations_read_cb, g_object_ref (task));
}

static gboolean
is_chosen (Found *self, const char *id)
{
  for (guint i = 0; i < self->chosen->len; i++)
    if (g_strcmp0 (fhir_resource_get_id (((RcpFounder *)self->chosen->pdata[i])->practitioner), id) == 0)
      return TRUE;
  return FALSE;
}

static void
choose (Found *self, FhirResource *practitioner)
{
  const char *id = fhir_resource_get_id (practitioner);
  RcpFounder *known = g_hash_table_lookup (self->known, id);
  RcpFounder *founder;

  if (self->chosen->len >= self->max_providers || is_chosen (self, id)
      || !fhir_json_get_boolean (fhir_resource_get_json (practitioner), "active", TRUE)
      || fhir_json_get_length (fhir_resource_get_json (practitioner), "name") == 0)
    return;
  founder = g_new0 (RcpFounder, 1);
  founder->practitioner = g_object_ref (practitioner);
  founder->organization_id = known != NULL ? g_strdup (known->organization_id) : NULL;
  founder->weight = known != NULL ? known->weight : 1;
  g_ptr_array_add (self->chosen, founder);
}

static void read_any_practitioners (GTask *task);

static void
on_practitioners_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Found *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);
  GPtrArray *matches;

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  matches = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < matches->len; i++)
    choose (self, matches->pdata[i]);
  if (self->chosen->len < self->max_providers && !self->any_read)
    read_any_practitioners (task);
  else
    read_organizations (task);
}

/* Those whom nothing names fill the remaining columns, by name. */
static void
read_any_practitioners (GTask *task)
{
  Found *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("Practitioner");

  self->any_read = TRUE;
  fhir_search_add (search, "_sort", "family");
  fhir_search_add_printf (search, "_count", "%u", 2 * self->max_providers);
  fhir_client_search_all_async (self->client, search, 2 * self->max_providers, g_task_get_cancellable (task),
                                on_practitioners_read_cb, g_object_ref (task));
}

static void
read_busiest_practitioners (GTask *task)
{
  Found *self = g_task_get_task_data (task);
  g_autofree char *ids = rcp_founders_list_busiest (self->known, self->max_providers);
  g_autoptr (FhirSearch) search = fhir_search_new ("Practitioner");

  if (*ids == '\0')
    {
      read_any_practitioners (task);
      return;
    }
  fhir_search_add (search, "_id", ids);
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_practitioners_read_cb,
                                g_object_ref (task));
}

/* Counts what a search found; FALSE when it failed, and then the task is over. */
static gboolean
count_found (GTask *task, GAsyncResult *result, void (*count) (GHashTable *, JsonObject *))
{
  Found *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return FALSE;
    }
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    count (self->known, fhir_resource_get_json (fhir_bundle_get_matches (bundle)->pdata[i]));
  return TRUE;
}

static void
on_roles_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (count_found (task, result, rcp_founders_count_role))
    read_busiest_practitioners (task);
}

static void
read_roles (GTask *task)
{
  Found *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("PractitionerRole");

  fhir_search_add (search, "_count", "500");
  fhir_client_search_all_async (self->client, search, MAX_ROLES, g_task_get_cancellable (task), on_roles_read_cb,
                                g_object_ref (task));
}

static void
on_encounters_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (count_found (task, result, rcp_founders_count_encounter))
    read_roles (task);
}

/**
 * rcp_found_clinic_async:
 * @client: a record without a PractitionerRole that has a Schedule
 * @clock: the time
 * @clinic_name: for people
 * @zone: IANA name of the time zone of its places
 * @max_providers: how many columns at most
 * @cancellable: (nullable): to stop; either all of the clinic is made or nothing
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Makes a running clinic: those practitioners whom the encounters of the record name most get a role, usual hours and a
 * Schedule; the organizations they work most for become places, one for four providers; whoever worked elsewhere
 * works at one of these in turn. Publishing the hours comes after that, see rcp_publish_hours_async().
 */
void
rcp_found_clinic_async (FhirClient *client,
                        RcpClock *clock,
                        const char *clinic_name,
                        const char *zone,
                        guint max_providers,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = NULL;
  Found *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (clinic_name != NULL && zone != NULL);
  g_return_if_fail (max_providers > 0);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_found_clinic_async);
  self = g_new0 (Found, 1);
  self->client = g_object_ref (client);
  self->clinic_name = g_strdup (clinic_name);
  self->zone = g_strdup (zone);
  self->max_providers = max_providers;
  self->known = rcp_founders_new ();
  self->chosen = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_founder_free);
  g_task_set_task_data (task, self, (GDestroyNotify)found_free);

  search = fhir_search_new ("Encounter");
  fhir_search_add (search, "_elements", "participant,serviceProvider");
  fhir_search_add (search, "_count", "500");
  fhir_client_search_all_async (self->client, search, MAX_ENCOUNTERS, cancellable, on_encounters_read_cb,
                                g_object_ref (task));
}

/**
 * rcp_found_clinic_finish:
 * @result: what the callback got
 * @n_providers: (out) (optional): how many columns the clinic has
 * @error: a FhirError; then nothing was made
 */
gboolean
rcp_found_clinic_finish (GAsyncResult *result, guint *n_providers, GError **error)
{
  gssize n;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_found_clinic_async), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_providers != NULL)
    *n_providers = MAX (n, 0);
  return n >= 0;
}
