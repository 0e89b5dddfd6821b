/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-request-model"

#include "config.h"

#include "rcp-request-model.h"

#include <glib/gi18n.h>

#include "clinic/rcp-change.h"

struct _RcpRequestModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpDayBook *book;
  GListStore *list;
  GHashTable *known; /* ids of the Tasks that were told */
  GCancellable *reading;
  gboolean reads_again; /* something changed while they were read */
  gboolean is_read;     /* at least once, of this record */
  gboolean has_failed;  /* the last time that they were read */
  GHashTable *answering; /* ids of the Tasks whose answer is on its way */
  GHashTable *accepted;  /* of RcpMirrorRequest, by the id of the visit: what was done last about it because a provider asked */
};

G_DEFINE_FINAL_TYPE (RcpRequestModel, rcp_request_model, G_TYPE_OBJECT)

enum
{
  PROP_COUNT = 1,
  N_PROPS
};

enum
{
  NEWS,
  FAILED,
  ANSWERING,
  READ,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
rcp_request_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, rcp_request_model_get_count (RCP_REQUEST_MODEL (object)));
}

static void
rcp_request_model_dispose (GObject *object)
{
  RcpRequestModel *self = RCP_REQUEST_MODEL (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->book);
  g_clear_object (&self->list);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->answering, g_hash_table_unref);
  g_clear_pointer (&self->accepted, g_hash_table_unref);
  G_OBJECT_CLASS (rcp_request_model_parent_class)->dispose (object);
}

static void
rcp_request_model_class_init (RcpRequestModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_request_model_get_property;
  object_class->dispose = rcp_request_model_dispose;
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[NEWS] = g_signal_new ("news", RCP_TYPE_REQUEST_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", RCP_TYPE_REQUEST_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[READ] = g_signal_new ("read", RCP_TYPE_REQUEST_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERING] = g_signal_new ("answering", RCP_TYPE_REQUEST_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_request_model_init (RcpRequestModel *self)
{
  self->list = g_list_store_new (RCP_TYPE_REQUEST);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->answering = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/* What is there already stays the same object: somebody may be about to answer it. */
static RcpRequest *
take_ask (RcpRequestModel *self, const RcpMirrorAsk *ask)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (RcpRequest) request = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (rcp_request_is_same (request, ask))
        return g_steal_pointer (&request);
    }
  return rcp_request_new (self->desk, ask);
}

static void
tell_news (RcpRequestModel *self, RcpRequest *request)
{
  const char *id = rcp_mirror_request_get_id (rcp_request_get_request (request));
  g_autofree char *what = NULL, *text = NULL;

  if (!g_hash_table_add (self->known, g_strdup (id)))
    return;
  what = rcp_request_describe (request);
  text = g_strdup_printf ("%s: %s", rcp_visit_get_patient_name (rcp_request_get_visit (request)), what);
  g_signal_emit (self, signals[NEWS], 0, text);
}

static gboolean
is_same_list (RcpRequestModel *self, GPtrArray *requests)
{
  gboolean is_same = requests->len == rcp_request_model_get_count (self);

  for (guint i = 0; is_same && i < requests->len; i++)
    {
      g_autoptr (GObject) own = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      is_same = own == requests->pdata[i];
    }
  return is_same;
}

static void
take_asks (RcpRequestModel *self, GPtrArray *asks)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_before = rcp_request_model_get_count (self);

  for (guint i = 0; i < asks->len; i++)
    g_ptr_array_add (requests, take_ask (self, asks->pdata[i]));
  if (is_same_list (self, requests))
    return;
  g_list_store_splice (self->list, 0, n_before, requests->pdata, requests->len);
  if (n_before != requests->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
  for (guint i = 0; i < requests->len; i++)
    tell_news (self, requests->pdata[i]);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpRequestModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) asks = rcp_mirror_asks_read_finish (result, &error);

  if (!self->desk)
    return;
  g_clear_object (&self->reading);
  /* Where the record is away they are read again with everything else, once it is back. */
  if (asks && rcp_desk_get_state (self->desk) == RCP_DESK_READY)
    {
      self->is_read = TRUE;
      take_asks (self, asks);
    }
  self->has_failed = asks == NULL;
  g_signal_emit (self, signals[READ], 0);
  if (self->reads_again)
    rcp_request_model_reload (self);
}

void
rcp_request_model_reload (RcpRequestModel *self)
{
  g_return_if_fail (RCP_IS_REQUEST_MODEL (self));

  self->reads_again = self->reading != NULL;
  if (self->reads_again || rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  self->reading = g_cancellable_new ();
  rcp_mirror_asks_read_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->reading, on_read_cb,
                              g_object_ref (self));
}

static gboolean
is_of_list (RcpRequestModel *self, const RcpChange *change)
{
  const char *id = change->resource ? fhir_resource_get_id (change->resource) : NULL;
  g_autoptr (RcpMirrorRequest) request = NULL;

  if (g_strcmp0 (change->type, "Task") == 0)
    {
      request = change->resource && !change->is_deleted ? rcp_mirror_request_new (change->resource) : NULL;
      return request || !change->resource || change->is_deleted;
    }
  if (g_strcmp0 (change->type, "Appointment") != 0)
    return FALSE;
  for (guint i = 0; i < rcp_request_model_get_count (self); i++)
    {
      g_autoptr (RcpRequest) own = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (!id || g_strcmp0 (id, rcp_visit_get_id (rcp_request_get_visit (own))) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
on_record_changed_cb (RcpRequestModel *self, GPtrArray *changes)
{
  gboolean is_touched = changes == NULL;

  for (guint i = 0; changes && !is_touched && i < changes->len; i++)
    is_touched = is_of_list (self, changes->pdata[i]);
  if (is_touched)
    rcp_request_model_reload (self);
}

static void
clear (RcpRequestModel *self)
{
  guint n = rcp_request_model_get_count (self);

  g_hash_table_remove_all (self->known);
  g_hash_table_remove_all (self->accepted);
  self->is_read = self->has_failed = FALSE;
  g_list_store_remove_all (self->list);
  g_signal_emit (self, signals[READ], 0);
  if (n > 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/* Another record may have been opened, or hours were changed: then there is another day book. */
static void
follow (RcpRequestModel *self)
{
  RcpDayBook *book = rcp_desk_get_state (self->desk) == RCP_DESK_READY ? rcp_desk_get_day_book (self->desk) : NULL;

  if (rcp_desk_get_state (self->desk) == RCP_DESK_CONNECTING)
    clear (self);
  if (!book || book == self->book)
    return;
  if (self->book)
    g_signal_handlers_disconnect_by_data (self->book, self);
  g_set_object (&self->book, book);
  g_signal_connect_object (book, "changed", G_CALLBACK (on_record_changed_cb), self, G_CONNECT_SWAPPED);
  rcp_request_model_reload (self);
}

/**
 * rcp_request_model_new:
 * @desk: the session
 *
 * Returns: (transfer full): what providers have asked for
 */
RcpRequestModel *
rcp_request_model_new (RcpDesk *desk)
{
  RcpRequestModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_REQUEST_MODEL, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);
  return self;
}

RcpDesk *
rcp_request_model_get_desk (RcpRequestModel *self)
{
  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (self), NULL);

  return self->desk;
}

GListModel *
rcp_request_model_get_list (RcpRequestModel *self)
{
  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (self), NULL);

  return G_LIST_MODEL (self->list);
}

guint
rcp_request_model_get_count (RcpRequestModel *self)
{
  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (self), 0);

  return self->list ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

gboolean
rcp_request_model_is_read (RcpRequestModel *self)
{
  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (self), FALSE);

  return self->is_read;
}

gboolean
rcp_request_model_has_failed (RcpRequestModel *self)
{
  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (self), FALSE);

  return self->has_failed;
}

/* An answer to @request that is on its way. */
typedef struct
{
  RcpRequestModel *model;
  RcpMirrorRequest *request;
} Answer;

gboolean
rcp_request_model_is_answering (RcpRequestModel *self, RcpRequest *request)
{
  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (self), FALSE);
  g_return_val_if_fail (RCP_IS_REQUEST (request), FALSE);

  return g_hash_table_contains (self->answering, rcp_mirror_request_get_id (rcp_request_get_request (request)));
}

/* The visit may be another version before its answer is through: a request is known by its id. */
static Answer *
begin_answer (RcpRequestModel *self, RcpMirrorRequest *request)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->model = g_object_ref (self);
  answer->request = g_object_ref (request);
  g_hash_table_add (self->answering, g_strdup (rcp_mirror_request_get_id (request)));
  g_signal_emit (self, signals[ANSWERING], 0);
  return answer;
}

/* Takes @answer. */
static void
end_answer (Answer *answer, const GError *error)
{
  RcpRequestModel *self = answer->model;

  if (self->desk)
    {
      g_hash_table_remove (self->answering, rcp_mirror_request_get_id (answer->request));
      g_signal_emit (self, signals[ANSWERING], 0);
      if (error)
        g_signal_emit (self, signals[FAILED], 0, error);
      rcp_request_model_reload (self);
    }
  g_object_unref (answer->request);
  g_object_unref (answer->model);
  g_free (answer);
}

static void
on_operation_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  RcpRequestModel *self = answer->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (source), result, &error);

  if (visit && self->desk)
    {
      g_hash_table_replace (self->accepted, g_strdup (rcp_visit_get_id (visit)), g_object_ref (answer->request));
      rcp_desk_invalidate (self->desk, rcp_visit_get_range (rcp_visit_operation_get_before (RCP_VISIT_OPERATION (source))));
      rcp_desk_invalidate (self->desk, rcp_visit_get_range (visit));
      rcp_desk_tell_done (self->desk, source);
    }
  end_answer (answer, error);
}

gboolean
rcp_request_model_accept (RcpRequestModel *self, RcpRequest *request, const char *reason)
{
  g_autoptr (RcpVisitOperation) operation = NULL;

  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (self), FALSE);
  g_return_val_if_fail (RCP_IS_REQUEST (request), FALSE);

  operation = rcp_request_model_is_answering (self, request) ? NULL : rcp_request_make_operation (request, reason);
  if (!operation)
    return FALSE;
  rcp_visit_operation_run_async (operation, NULL, on_operation_run_cb, begin_answer (self, rcp_request_get_request (request)));
  return TRUE;
}

/* Another desk was faster: its answer counts. */
static void
on_refused_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  rcp_mirror_request_refuse_finish (RCP_MIRROR_REQUEST (source), result, &error);
  end_answer (user_data, g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT) ? NULL : error);
}

static void
refuse (RcpRequestModel *self, RcpMirrorRequest *request)
{
  rcp_mirror_request_refuse_async (request, rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), NULL, on_refused_cb,
                                   begin_answer (self, request));
}

gboolean
rcp_request_model_refuse (RcpRequestModel *self, RcpRequest *request)
{
  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (self), FALSE);
  g_return_val_if_fail (RCP_IS_REQUEST (request), FALSE);

  if (rcp_request_model_is_answering (self, request))
    return FALSE;
  refuse (self, rcp_request_get_request (request));
  return TRUE;
}

/**
 * rcp_request_model_take_undone:
 * @self: the requests
 * @was: a visit as it was before something done to it was undone
 *
 * Where a mirror has seen what was accepted, the request is over, and the event follows the visit back. Where none has yet, the
 * request would be asked once more: it is refused, so that the event comes back then as well.
 */
void
rcp_request_model_take_undone (RcpRequestModel *self, RcpVisit *was)
{
  g_autoptr (RcpMirrorRequest) request = NULL;
  g_autofree char *visit_id = NULL;

  g_return_if_fail (RCP_IS_REQUEST_MODEL (self));
  g_return_if_fail (RCP_IS_VISIT (was));

  if (g_hash_table_steal_extended (self->accepted, rcp_visit_get_id (was), (gpointer *) &visit_id, (gpointer *) &request))
    refuse (self, request);
}
