/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-mark"

#include "rcp-mirror-mark.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "rcp-visit-json.h"

#define CODE "clearing"

void
rcp_mirror_mark_free (RcpMirrorMark *self)
{
  g_free (self->name);
  g_free (self->key);
  g_free (self->practitioner_id);
  g_strfreev (self->visits);
  g_free (self);
}

/**
 * rcp_mirror_mark_add_to:
 * @transaction: that makes the record forget what it knew of the calendar
 * @key: of the calendar
 * @practitioner_id: whose visits were mirrored there
 * @visits: (array zero-terminated=1): ids of the visits
 *
 * Returns: (transfer full): the name of the mark
 */
char *
rcp_mirror_mark_add_to (FhirTransaction *transaction, const char *key, const char *practitioner_id, const char *const *visits)
{
  g_autoptr (JsonObject) json = json_object_new ();
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *subject = g_strconcat ("Practitioner/", practitioner_id, NULL);
  char *name = g_strdup_printf ("%s/%s/%s", key, practitioner_id, uuid);
  JsonArray *entries = json_array_new ();

  for (guint i = 0; visits[i] != NULL; i++)
    {
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "url", RCP_EXTENSION_MIRRORED);
      json_object_set_string_member (entry, "valueId", visits[i]);
      json_array_add_object_element (entries, entry);
    }
  json_object_set_string_member (json, "resourceType", "Basic");
  json_object_set_array_member (json, "identifier", rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_CALENDAR, name)));
  json_object_set_object_member (json, "code", rcp_json_concept (RCP_SYSTEM_CALENDAR, CODE, NULL));
  json_object_set_object_member (json, "subject", rcp_json_reference (subject, NULL));
  json_object_set_array_member (json, "extension", entries);
  fhir_transaction_create (transaction, json, NULL);
  return name;
}

/* (transfer full), or NULL where it is none. */
static RcpMirrorMark *
read_mark (FhirResource *resource)
{
  JsonObject *json = fhir_resource_get_json (resource);
  const char *name = fhir_json_get_identifier (json, RCP_SYSTEM_CALENDAR);
  g_auto (GStrv) parts = name != NULL ? g_strsplit (name, "/", -1) : NULL;
  g_autoptr (GStrvBuilder) visits = g_strv_builder_new ();
  JsonArray *entries = fhir_json_get_array (json, "extension");
  RcpMirrorMark *mark;

  if (parts == NULL || g_strv_length (parts) != 3)
    return NULL;
  for (guint i = 0; i < rcp_elements_get_length (entries); i++)
    {
      JsonObject *entry = rcp_elements_get_object (entries, i);
      const char *id = entry != NULL ? fhir_json_get_string (entry, "valueId") : NULL;

      if (id != NULL)
        g_strv_builder_add (visits, id);
    }
  mark = g_new0 (RcpMirrorMark, 1);
  mark->name = g_strdup (name);
  mark->key = g_strdup (parts[0]);
  mark->practitioner_id = g_strdup (parts[1]);
  mark->visits = g_strv_builder_end (visits);
  return mark;
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  GPtrArray *matches, *marks;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  matches = fhir_bundle_get_matches (bundle);
  marks = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_mirror_mark_free);
  for (guint i = 0; i < matches->len; i++)
    {
      RcpMirrorMark *mark = read_mark (matches->pdata[i]);

      if (mark != NULL)
        g_ptr_array_add (marks, mark);
    }
  g_task_return_pointer (task, marks, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rcp_mirror_marks_read_async:
 * @client: the record
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Which calendars are being cleared, or were when a desk ended.
 */
void
rcp_mirror_marks_read_async (FhirClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = fhir_search_new ("Basic");

  g_return_if_fail (FHIR_IS_CLIENT (client));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_marks_read_async);
  fhir_search_add (search, "code", RCP_SYSTEM_CALENDAR "|" CODE);
  fhir_client_search_all_async (client, search, 0, cancellable, on_read_cb, g_object_ref (task));
}

GPtrArray *
rcp_mirror_marks_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (FHIR_CLIENT (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  GPtrArray *matches = bundle != NULL ? fhir_bundle_get_matches (bundle) : NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < matches->len; i++)
    {
      g_autofree char *reference = g_strconcat ("Basic/", fhir_resource_get_id (matches->pdata[i]), NULL);

      if (g_strcmp0 (fhir_json_get_identifier (fhir_resource_get_json (matches->pdata[i]), RCP_SYSTEM_CALENDAR),
                     g_task_get_task_data (task)) == 0)
        fhir_transaction_delete (transaction, reference, NULL);
    }
  if (fhir_transaction_get_n_entries (transaction) == 0)
    g_task_return_boolean (task, TRUE);
  else
    fhir_client_transact_async (FHIR_CLIENT (source), transaction, g_task_get_cancellable (task), on_dropped_cb, g_object_ref (task));
}

/**
 * rcp_mirror_mark_drop_async:
 * @client: the record
 * @name: of a mark
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 */
void
rcp_mirror_mark_drop_async (FhirClient *client, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = fhir_search_new ("Basic");

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (name != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_mark_drop_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  fhir_search_add (search, "code", RCP_SYSTEM_CALENDAR "|" CODE);
  fhir_client_search_all_async (client, search, 0, cancellable, on_found_cb, g_object_ref (task));
}

gboolean
rcp_mirror_mark_drop_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
