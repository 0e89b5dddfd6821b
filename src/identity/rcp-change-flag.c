/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-register-patient.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "identity/rcp-identity-write.h"

static void
add_to_list (JsonObject *object, const char *member, JsonObject *item)
{
  JsonArray *list = json_array_new ();

  json_array_add_object_element (list, item);
  json_object_set_array_member (object, member, list);
}

static JsonObject *
make_two (const char *first, const char *first_value, const char *second, const char *second_value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, first, first_value);
  if (second != NULL)
    json_object_set_string_member (object, second, second_value);
  return object;
}

static JsonObject *
make_flag (const char *patient_id, const char *category, const char *text, gint64 now)
{
  JsonObject *flag = make_two ("resourceType", "Flag", "status", "active");
  JsonObject *concept = json_object_new ();
  g_autofree char *registration = g_uuid_string_random ();
  g_autofree char *subject = g_strconcat ("Patient/", patient_id, NULL);
  g_autofree char *start = rcp_iso8601_format_utc (now);

  add_to_list (flag, "identifier", make_two ("system", RCP_SYSTEM_REGISTRATION, "value", registration));
  add_to_list (concept, "coding", make_two ("system", RCP_SYSTEM_FLAG_CATEGORY, "code", category));
  add_to_list (flag, "category", concept);
  json_object_set_object_member (flag, "code", make_two ("text", text, NULL, NULL));
  json_object_set_object_member (flag, "subject", make_two ("reference", subject, NULL, NULL));
  json_object_set_object_member (flag, "period", make_two ("start", start, NULL, NULL));
  return flag;
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirResource *stored = rcp_identity_create_finish (result, &error);

  rcp_identity_return (task, stored, error, (RcpIdentityMake) rcp_flag_new);
}

/**
 * rcp_flag_add_async:
 * @client: the record
 * @clock: the time
 * @patient_id: of whom it is true
 * @category: a code of rcp_flag_get_categories()
 * @text: what must be seen
 * @desk: (nullable): the name of the desk
 * @cancellable: (nullable): heeded until it is sent
 * @callback: called when it is over
 * @user_data: data for @callback
 */
void
rcp_flag_add_async (FhirClient *client, RcpClock *clock, const char *patient_id, const char *category, const char *text, const char *desk,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RcpAct) act = NULL;
  g_autoptr (JsonObject) flag = NULL;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_CLOCK (clock));
  g_return_if_fail (patient_id != NULL && category != NULL && text != NULL && *text != '\0');

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_flag_add_async);
  g_task_set_check_cancellable (task, FALSE);
  act = rcp_act_new ("flag", desk, NULL, rcp_clock_get_now (clock));
  flag = make_flag (patient_id, category, text, act->now);
  rcp_identity_create_async (client, flag, act, cancellable, on_created_cb, task);
}

RcpFlag *
rcp_flag_add_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_flag_add_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static JsonObject *
prepare_end (FhirResource *current, gpointer user_data, GError **error)
{
  const char *end = user_data;
  JsonObject *wanted;

  /* Another desk may have ended it. */
  if (g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (current), "status"), "active") != 0)
    return NULL;
  wanted = fhir_resource_dup_json (current);
  json_object_set_string_member (wanted, "status", "inactive");
  if (fhir_json_get_object (wanted, "period") == NULL)
    json_object_set_object_member (wanted, "period", json_object_new ());
  json_object_set_string_member (json_object_get_object_member (wanted, "period"), "end", end);
  return wanted;
}

static void
on_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirResource *stored = rcp_identity_update_finish (result, &error);

  rcp_identity_return (task, stored, error, (RcpIdentityMake) rcp_flag_new);
}

/**
 * rcp_flag_end_async:
 * @client: the record
 * @clock: the time
 * @flag: what need not be seen any more
 * @desk: (nullable): the name of the desk
 * @cancellable: (nullable): heeded until it is sent
 * @callback: called when it is over
 * @user_data: data for @callback
 */
void
rcp_flag_end_async (FhirClient *client, RcpClock *clock, RcpFlag *flag, const char *desk, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RcpAct) act = NULL;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_FLAG (flag));

  act = rcp_act_new ("unflag", desk, NULL, rcp_clock_get_now (clock));
  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_flag_end_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, rcp_iso8601_format_utc (act->now), g_free);
  rcp_identity_update_async (client, rcp_flag_get_resource (flag), prepare_end, g_task_get_task_data (task), act, cancellable, on_ended_cb, task);
}

gboolean
rcp_flag_end_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (RcpFlag) ended = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_flag_end_async), FALSE);

  ended = g_task_propagate_pointer (G_TASK (result), error);
  return ended != NULL;
}
