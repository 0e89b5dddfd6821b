/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-prior-auths.h"

#include "clinic/rcp-codes.h"
#include "identity/rcp-identity-write.h"

typedef struct
{
  gint64 now;
  char *desk;
  GPtrArray *auths; /* of RcpPriorAuth */
  GPtrArray *gone;  /* Tasks of visits that are no more */
} Read;

static void
read_free (gpointer data)
{
  Read *self = data;

  g_free (self->desk);
  g_ptr_array_unref (self->auths);
  g_ptr_array_unref (self->gone);
  g_free (self);
}

static void close_next (GTask *task, FhirClient *client);

/* Another desk may close it at the same time; it is off the list either way. */
static void
on_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *etag = rcp_identity_send_finish (result, &error);

  if (!etag && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    g_message ("A Task of a visit that is no more stays open: code %d", error->code);
  close_next (task, FHIR_CLIENT (g_task_get_source_object (task)));
}

static void
close_next (GTask *task, FhirClient *client)
{
  Read *self = g_task_get_task_data (task);
  g_autoptr (FhirResource) next = NULL;
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (RcpAct) act = NULL;
  g_autofree char *version = NULL;

  if (self->gone->len == 0)
    {
      g_task_return_pointer (task, g_ptr_array_ref (self->auths), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  next = g_ptr_array_steal_index (self->gone, self->gone->len - 1);
  json = rcp_prior_auth_compose_over (next, "settled", self->now);
  version = fhir_resource_dup_if_match (next);
  act = rcp_act_new ("close-authorization", self->desk, NULL, self->now);
  rcp_identity_send_async (client, json, version, act, on_closed_cb, g_object_ref (task));
}

/* Each of several who come to a visit has insurances of his own. */
static RcpVisit *
dup_visit (FhirBundle *bundle, FhirResource *task)
{
  g_autofree char *focus = fhir_reference_dup_relative (fhir_json_get_string (fhir_resource_get_json (task), "focus.reference"));
  FhirResource *appointment = focus ? fhir_bundle_lookup (bundle, focus) : NULL;
  g_autoptr (RcpVisit) whole = appointment ? rcp_visit_new_in_bundle (appointment, bundle) : NULL;
  g_autoptr (RcpPriorAuth) auth = rcp_prior_auth_new (task, NULL);

  for (guint i = 0; whole && i < rcp_visit_get_n_people (whole); i++)
    {
      g_autoptr (RcpVisit) part = rcp_visit_dup_part (whole, i);

      if (rcp_prior_auth_is_of_visit (auth, part))
        return g_steal_pointer (&part);
    }
  return NULL;
}

static void
take_task (Read *self, FhirBundle *bundle, FhirResource *task)
{
  g_autoptr (RcpVisit) visit = rcp_prior_auth_is_one (task) ? dup_visit (bundle, task) : NULL;

  if (!rcp_prior_auth_is_one (task))
    return;
  if (visit && rcp_visit_status_takes_time (rcp_visit_get_status (visit)) && rcp_visit_get_range (visit).end > self->now)
    g_ptr_array_add (self->auths, rcp_prior_auth_new (task, visit));
  else
    g_ptr_array_add (self->gone, g_object_ref (task));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  RcpPriorAuth *one = *(RcpPriorAuth *const *) a, *other = *(RcpPriorAuth *const *) b;
  const GDate *due = rcp_prior_auth_get_due (one), *other_due = rcp_prior_auth_get_due (other);
  int order = due && other_due ? g_date_compare (due, other_due) : (other_due != NULL) - (due != NULL);
  gint64 start = rcp_visit_get_range (rcp_prior_auth_get_visit (one)).start;
  gint64 other_start = rcp_visit_get_range (rcp_prior_auth_get_visit (other)).start;

  return order != 0 ? order : (start > other_start) - (start < other_start);
}

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (!bundle)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    take_task (self, bundle, fhir_bundle_get_matches (bundle)->pdata[i]);
  g_ptr_array_sort (self->auths, compare);
  close_next (task, FHIR_CLIENT (source));
}

void
rcp_prior_auths_read_async (FhirClient *client, RcpClock *clock, const char *desk, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (FhirSearch) search = NULL;
  GTask *task;
  Read *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_CLOCK (clock));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_prior_auths_read_async);
  self = g_new0 (Read, 1);
  self->now = rcp_clock_get_now (clock);
  self->desk = g_strdup (desk);
  self->auths = g_ptr_array_new_with_free_func (g_object_unref);
  self->gone = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, self, read_free);
  search = fhir_search_new ("Task");
  fhir_search_add (search, "code", RCP_SYSTEM_PRIOR_AUTH "|authorize");
  fhir_search_add (search, "status", "requested");
  fhir_search_add (search, "_include", "Task:focus");
  fhir_search_add (search, "_include:iterate", "Appointment:patient");
  fhir_search_add (search, "_count", "200");
  fhir_client_search_all_async (client, search, 0, cancellable, on_searched_cb, task);
}

GPtrArray *
rcp_prior_auths_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_prior_auths_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  RcpPriorAuth *known;
  char *number;
  gint64 now;
} Receive;

static void
receive_free (gpointer data)
{
  Receive *self = data;

  g_object_unref (self->known);
  g_free (self->number);
  g_free (self);
}

/* Another number that another desk has written since is not written over, and nothing is received that nobody wants any more. */
static JsonObject *
prepare (FhirResource *current, gpointer user_data, GError **error)
{
  Receive *self = user_data;
  g_autoptr (RcpPriorAuth) auth = rcp_prior_auth_new (current, NULL);
  const char *number = rcp_prior_auth_get_number (auth);

  if (g_strcmp0 (number, self->number) == 0)
    return NULL;
  if (rcp_prior_auth_get_state (auth) == RCP_PRIOR_AUTH_OVER || g_strcmp0 (number, rcp_prior_auth_get_number (self->known)) != 0)
    {
      g_propagate_error (error, rcp_identity_error_new (RCP_IDENTITY_ERROR_DISPUTED, NULL));
      return NULL;
    }
  return rcp_prior_auth_compose_received (current, self->number, self->now);
}

static void
on_received_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Receive *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirResource) stored = rcp_identity_update_finish (result, &error);

  if (stored)
    g_task_return_pointer (task, rcp_prior_auth_new (stored, rcp_prior_auth_get_visit (self->known)), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * rcp_prior_auth_receive_async:
 * @client: the record
 * @clock: the time
 * @auth: as it was shown: open, or received with another number
 * @number: what the payer gave, not empty
 * @desk: (nullable): the name of the desk
 * @cancellable: (nullable): heeded until it is sent
 * @callback: called when it is over
 * @user_data: data for @callback
 *
 * Writes it once, whatever becomes of the replies, together with its Provenance.
 */
void
rcp_prior_auth_receive_async (FhirClient *client, RcpClock *clock, RcpPriorAuth *auth, const char *number, const char *desk,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RcpAct) act = NULL;
  GTask *task;
  Receive *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_PRIOR_AUTH (auth));
  g_return_if_fail (number != NULL && *number != '\0');

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_prior_auth_receive_async);
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Receive, 1);
  self->known = g_object_ref (auth);
  self->number = g_strdup (number);
  self->now = rcp_clock_get_now (clock);
  g_task_set_task_data (task, self, receive_free);
  act = rcp_act_new ("receive-authorization", desk, NULL, self->now);
  rcp_identity_update_async (client, rcp_prior_auth_get_task (auth), prepare, self, act, cancellable, on_received_cb, task);
}

/* Returns: (transfer full): as the record holds it; %NULL with an RcpIdentityError */
RcpPriorAuth *
rcp_prior_auth_receive_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_prior_auth_receive_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
