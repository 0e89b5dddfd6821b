/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-request"

#include "rcp-mirror-request.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "rcp-visit-json.h"

#define LIVE "requested,rejected"

struct _RcpMirrorRequest
{
  GObject parent_instance;

  FhirResource *task;
  char *visit_id;
  char *practitioner_id;
  RcpMirrorDeed deed;
  RcpTimeRange range;
  gint64 seen;
};

G_DEFINE_FINAL_TYPE (RcpMirrorRequest, rcp_mirror_request, G_TYPE_OBJECT)

static void
rcp_mirror_request_finalize (GObject *object)
{
  RcpMirrorRequest *self = RCP_MIRROR_REQUEST (object);

  g_clear_object (&self->task);
  g_free (self->visit_id);
  g_free (self->practitioner_id);
  G_OBJECT_CLASS (rcp_mirror_request_parent_class)->finalize (object);
}

static void
rcp_mirror_request_class_init (RcpMirrorRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_mirror_request_finalize;
}

static void
rcp_mirror_request_init (RcpMirrorRequest *self)
{
}

static const char *
deed_to_code (RcpMirrorDeed deed)
{
  return deed == RCP_MIRROR_MOVED ? "moved" : "deleted";
}

static gboolean
read_instant (JsonObject *json, const char *path, gint64 *instant)
{
  const char *text = fhir_json_get_string (json, path);

  return text != NULL && rcp_iso8601_parse_instant (text, instant);
}

static gboolean
read_deed (RcpMirrorRequest *self, JsonObject *json)
{
  const char *code = rcp_elements_get_code (fhir_json_get_object (json, "code"), RCP_SYSTEM_CALENDAR);

  self->deed = g_strcmp0 (code, deed_to_code (RCP_MIRROR_MOVED)) == 0 ? RCP_MIRROR_MOVED : RCP_MIRROR_DELETED;
  if (g_strcmp0 (code, deed_to_code (self->deed)) != 0)
    return FALSE;
  return self->deed == RCP_MIRROR_DELETED
         || (read_instant (json, "executionPeriod.start", &self->range.start)
             && read_instant (json, "executionPeriod.end", &self->range.end));
}

static char *
dup_id (JsonObject *json, const char *path, const char *type)
{
  const char *reference = fhir_json_get_string (json, path);

  return reference != NULL ? fhir_reference_dup_id (reference, type) : NULL;
}

/**
 * rcp_mirror_request_new:
 * @task: a Task of the record
 *
 * Returns: (transfer full) (nullable): the request; %NULL when the Task is about something else
 */
RcpMirrorRequest *
rcp_mirror_request_new (FhirResource *task)
{
  g_autoptr (RcpMirrorRequest) self = NULL;
  JsonObject *json;

  g_return_val_if_fail (FHIR_IS_RESOURCE (task), NULL);

  json = fhir_resource_get_json (task);
  self = g_object_new (RCP_TYPE_MIRROR_REQUEST, NULL);
  self->task = g_object_ref (task);
  self->visit_id = dup_id (json, "focus.reference", "Appointment");
  self->practitioner_id = dup_id (json, "requester.reference", "Practitioner");
  if (!read_instant (json, "authoredOn", &self->seen))
    self->seen = 0;
  return self->visit_id != NULL && read_deed (self, json) ? g_steal_pointer (&self) : NULL;
}

const char *
rcp_mirror_request_get_id (RcpMirrorRequest *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (self), NULL);

  return fhir_resource_get_id (self->task);
}

const char *
rcp_mirror_request_get_visit_id (RcpMirrorRequest *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (self), NULL);

  return self->visit_id;
}

const char *
rcp_mirror_request_get_practitioner_id (RcpMirrorRequest *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (self), NULL);

  return self->practitioner_id;
}

RcpMirrorDeed
rcp_mirror_request_get_deed (RcpMirrorRequest *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (self), RCP_MIRROR_MOVED);

  return self->deed;
}

RcpTimeRange
rcp_mirror_request_get_range (RcpMirrorRequest *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (self), ((RcpTimeRange){ 0, 0 }));

  return self->range;
}

gint64
rcp_mirror_request_get_seen (RcpMirrorRequest *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (self), 0);

  return self->seen;
}

static gboolean
has_status (RcpMirrorRequest *self, const char *status)
{
  return g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (self->task), "status"), status) == 0;
}

gboolean
rcp_mirror_request_is_refused (RcpMirrorRequest *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (self), FALSE);

  return has_status (self, "rejected");
}

gboolean
rcp_mirror_request_is_live (RcpMirrorRequest *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (self), FALSE);

  return has_status (self, "requested") || has_status (self, "rejected");
}

static int
compare_requests (gconstpointer a, gconstpointer b)
{
  RcpMirrorRequest *left = *(RcpMirrorRequest *const *)a, *right = *(RcpMirrorRequest *const *)b;

  if (left->seen != right->seen)
    return left->seen < right->seen ? -1 : 1;
  return g_strcmp0 (rcp_mirror_request_get_id (left), rcp_mirror_request_get_id (right));
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) requests = NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  requests = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      g_autoptr (RcpMirrorRequest) request = rcp_mirror_request_new (fhir_bundle_get_matches (bundle)->pdata[i]);

      /* A search may answer with what has changed since it began. */
      if (request != NULL && rcp_mirror_request_is_live (request))
        g_ptr_array_add (requests, g_steal_pointer (&request));
    }
  g_ptr_array_sort (requests, compare_requests);
  g_task_return_pointer (task, g_steal_pointer (&requests), (GDestroyNotify)g_ptr_array_unref);
}

/**
 * rcp_mirror_requests_read_async:
 * @client: the record
 * @practitioner_id: (nullable): of whose calendar; %NULL for all
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 */
void
rcp_mirror_requests_read_async (FhirClient *client,
                                const char *practitioner_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = fhir_search_new ("Task");

  g_return_if_fail (FHIR_IS_CLIENT (client));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_requests_read_async);
  fhir_search_add (search, "code", RCP_SYSTEM_CALENDAR "|moved," RCP_SYSTEM_CALENDAR "|deleted");
  fhir_search_add (search, "status", LIVE);
  if (practitioner_id != NULL)
    fhir_search_add_printf (search, "requester", "Practitioner/%s", practitioner_id);
  fhir_client_search_all_async (client, search, 0, cancellable, on_read_cb, g_object_ref (task));
}

/**
 * rcp_mirror_requests_read_finish:
 * @result: what the callback got
 * @error: a FhirError
 *
 * Returns: (transfer full) (element-type RcpMirrorRequest): the oldest first
 */
GPtrArray *
rcp_mirror_requests_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* FHIR R4, Task, inv-1: no Task is changed before it was authored. The clock of the desk that saw the event may be ahead of that which
 * answers. */
static JsonObject *
make_answer (RcpMirrorRequest *self, const char *status, const char *outcome, gint64 now)
{
  JsonObject *json = fhir_resource_dup_json (self->task);

  json_object_set_string_member (json, "status", status);
  json_object_set_object_member (json, "businessStatus", rcp_json_concept (RCP_SYSTEM_CALENDAR, outcome, NULL));
  rcp_json_set_instant (json, "lastModified", MAX (now, self->seen));
  return json;
}

static void
on_refused_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirResource) updated = fhir_client_update_finish (FHIR_CLIENT (source), result, &error);

  if (updated == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * rcp_mirror_request_refuse_async:
 * @self: a request
 * @client: the record
 * @clock: the time
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 */
void
rcp_mirror_request_refuse_async (RcpMirrorRequest *self,
                                 FhirClient *client,
                                 RcpClock *clock,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *if_match = NULL;

  g_return_if_fail (RCP_IS_MIRROR_REQUEST (self));
  g_return_if_fail (FHIR_IS_CLIENT (client));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_request_refuse_async);
  json = make_answer (self, "rejected", "refused", rcp_clock_get_now (clock));
  if_match = fhir_resource_dup_if_match (self->task);
  fhir_client_update_async (client, json, if_match, cancellable, on_refused_cb, g_object_ref (task));
}

/**
 * rcp_mirror_request_refuse_finish:
 * @self: a request
 * @result: what the callback got
 * @error: a FhirError; FHIR_ERROR_CONFLICT when another desk was faster
 *
 * Returns: whether the record has it as refused now
 */
gboolean
rcp_mirror_request_refuse_finish (RcpMirrorRequest *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
make_name (const RcpMirrorClaim *claim)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (claim->deed == RCP_MIRROR_DELETED)
    return g_strconcat (claim->id, "/deleted", NULL);
  start = rcp_iso8601_format_utc (claim->range.start);
  end = rcp_iso8601_format_utc (claim->range.end);
  return g_strconcat (claim->id, "/moved/", start, "/", end, NULL);
}

static void
set_people (JsonObject *task, const char *practitioner_id, const char *patient_id)
{
  g_autofree char *requester = g_strconcat ("Practitioner/", practitioner_id, NULL);

  json_object_set_object_member (task, "requester", rcp_json_reference (requester, NULL));
  if (patient_id != NULL)
    {
      g_autofree char *patient = g_strconcat ("Patient/", patient_id, NULL);

      json_object_set_object_member (task, "for", rcp_json_reference (patient, NULL));
    }
}

/**
 * rcp_mirror_request_add_to:
 * @transaction: what the mirror writes
 * @claim: what was done in the calendar
 * @practitioner_id: of whose it is
 * @patient_id: (nullable): of whom the visit is
 * @now: when it was seen
 *
 * Two desks that see the same make one request; the same again after it was settled is another one.
 */
void
rcp_mirror_request_add_to (FhirTransaction *transaction,
                           const RcpMirrorClaim *claim,
                           const char *practitioner_id,
                           const char *patient_id,
                           gint64 now)
{
  g_autoptr (JsonObject) task = NULL;
  g_autofree char *name = NULL;
  g_autofree char *focus = NULL;
  g_autofree char *condition = NULL;

  g_return_if_fail (FHIR_IS_TRANSACTION (transaction));
  g_return_if_fail (claim != NULL);
  g_return_if_fail (practitioner_id != NULL);

  task = json_object_new ();
  name = make_name (claim);
  focus = g_strconcat ("Appointment/", claim->id, NULL);
  json_object_set_string_member (task, "resourceType", "Task");
  json_object_set_array_member (task, "identifier", rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_CALENDAR, name)));
  json_object_set_string_member (task, "status", "requested");
  json_object_set_string_member (task, "intent", "proposal");
  json_object_set_object_member (task, "code", rcp_json_concept (RCP_SYSTEM_CALENDAR, deed_to_code (claim->deed), NULL));
  json_object_set_object_member (task, "focus", rcp_json_reference (focus, NULL));
  set_people (task, practitioner_id, patient_id);
  if (claim->deed == RCP_MIRROR_MOVED)
    {
      JsonObject *period = json_object_new ();

      rcp_json_set_instant (period, "start", claim->range.start);
      rcp_json_set_instant (period, "end", claim->range.end);
      json_object_set_object_member (task, "executionPeriod", period);
    }
  rcp_json_set_instant (task, "authoredOn", now);
  rcp_json_set_instant (task, "lastModified", now);
  condition = g_strdup_printf ("identifier=%s|%s&status=" LIVE, RCP_SYSTEM_CALENDAR, name);
  fhir_transaction_create (transaction, task, condition);
}

/**
 * rcp_mirror_request_end_in:
 * @transaction: what the mirror writes
 * @self: a request
 * @end: how it ended
 * @now: when
 */
void
rcp_mirror_request_end_in (FhirTransaction *transaction, RcpMirrorRequest *self, RcpMirrorEnd end, gint64 now)
{
  static const char *const outcomes[] = { "done", "put-back", "withdrawn" };
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *if_match = NULL;

  g_return_if_fail (FHIR_IS_TRANSACTION (transaction));
  g_return_if_fail (RCP_IS_MIRROR_REQUEST (self));

  json = make_answer (self, end == RCP_MIRROR_END_WITHDRAWN ? "cancelled" : "completed", outcomes[end], now);
  if_match = fhir_resource_dup_if_match (self->task);
  fhir_transaction_update (transaction, json, if_match);
}
