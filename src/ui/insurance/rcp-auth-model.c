/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-auth-model"

#include "config.h"

#include "rcp-auth-model.h"

#include "clinic/rcp-change.h"

struct _RcpAuthModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpDayBook *book;
  GListStore *list;
  GCancellable *reading;
  GHashTable *receiving; /* ids of the Tasks whose number is on its way */
  gboolean reads_again;  /* something changed while they were read */
  gboolean is_read;
  gboolean has_failed;
};

G_DEFINE_FINAL_TYPE (RcpAuthModel, rcp_auth_model, G_TYPE_OBJECT)

enum
{
  PROP_COUNT = 1,
  N_PROPS
};

enum
{
  READ,
  RECEIVING,
  RECEIVED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
rcp_auth_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, rcp_auth_model_get_count (RCP_AUTH_MODEL (object)));
}

static void
rcp_auth_model_dispose (GObject *object)
{
  RcpAuthModel *self = RCP_AUTH_MODEL (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->book);
  g_clear_object (&self->list);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->receiving, g_hash_table_unref);
  G_OBJECT_CLASS (rcp_auth_model_parent_class)->dispose (object);
}

static void
rcp_auth_model_class_init (RcpAuthModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_auth_model_get_property;
  object_class->dispose = rcp_auth_model_dispose;
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[READ] = g_signal_new ("read", RCP_TYPE_AUTH_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RECEIVING] = g_signal_new ("receiving", RCP_TYPE_AUTH_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RECEIVED] = g_signal_new ("received", RCP_TYPE_AUTH_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_PRIOR_AUTH);
  signals[FAILED] = g_signal_new ("failed", RCP_TYPE_AUTH_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rcp_auth_model_init (RcpAuthModel *self)
{
  self->list = g_list_store_new (RCP_TYPE_PRIOR_AUTH);
  self->receiving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
is_same (FhirResource *one, FhirResource *other)
{
  return g_strcmp0 (fhir_resource_get_id (one), fhir_resource_get_id (other)) == 0 &&
         g_strcmp0 (fhir_resource_get_version_id (one), fhir_resource_get_version_id (other)) == 0;
}

static gboolean
is_same_auth (RcpPriorAuth *one, RcpPriorAuth *other)
{
  return is_same (rcp_prior_auth_get_task (one), rcp_prior_auth_get_task (other)) &&
         is_same (rcp_visit_get_resource (rcp_prior_auth_get_visit (one)), rcp_visit_get_resource (rcp_prior_auth_get_visit (other)));
}

static gboolean
is_same_list (RcpAuthModel *self, GPtrArray *auths)
{
  gboolean same = auths->len == rcp_auth_model_get_count (self);

  for (guint i = 0; same && i < auths->len; i++)
    {
      g_autoptr (RcpPriorAuth) own = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      same = is_same_auth (own, auths->pdata[i]);
    }
  return same;
}

static void
take (RcpAuthModel *self, GPtrArray *auths)
{
  guint n_before = rcp_auth_model_get_count (self);

  if (is_same_list (self, auths))
    return;
  g_list_store_splice (self->list, 0, n_before, auths->pdata, auths->len);
  if (n_before != auths->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpAuthModel) self = user_data;
  g_autoptr (GPtrArray) auths = rcp_prior_auths_read_finish (result, NULL);

  if (!self->desk)
    return;
  g_clear_object (&self->reading);
  /* Where the record is away they are read again with everything else, once it is back. */
  if (auths && rcp_desk_get_state (self->desk) == RCP_DESK_READY)
    {
      self->is_read = TRUE;
      take (self, auths);
    }
  self->has_failed = auths == NULL;
  g_signal_emit (self, signals[READ], 0);
  if (self->reads_again)
    rcp_auth_model_reload (self);
}

void
rcp_auth_model_reload (RcpAuthModel *self)
{
  g_return_if_fail (RCP_IS_AUTH_MODEL (self));

  self->reads_again = self->reading != NULL;
  if (self->reads_again || rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  self->reading = g_cancellable_new ();
  rcp_prior_auths_read_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), rcp_desk_get_name (self->desk),
                              self->reading, on_read_cb, g_object_ref (self));
}

static gboolean
has_visit (RcpAuthModel *self, const char *id)
{
  for (guint i = 0; i < rcp_auth_model_get_count (self); i++)
    {
      g_autoptr (RcpPriorAuth) auth = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (!id || g_strcmp0 (id, rcp_visit_get_id (rcp_prior_auth_get_visit (auth))) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_of_list (RcpAuthModel *self, const RcpChange *change)
{
  if (g_strcmp0 (change->type, "Task") == 0)
    return !change->resource || change->is_deleted || rcp_prior_auth_is_one (change->resource);
  return g_strcmp0 (change->type, "Appointment") == 0 && has_visit (self, change->id);
}

static void
on_record_changed_cb (RcpAuthModel *self, GPtrArray *changes)
{
  gboolean is_touched = changes == NULL;

  for (guint i = 0; changes && !is_touched && i < changes->len; i++)
    is_touched = is_of_list (self, changes->pdata[i]);
  if (is_touched)
    rcp_auth_model_reload (self);
}

static void
clear (RcpAuthModel *self)
{
  guint n = rcp_auth_model_get_count (self);

  self->is_read = self->has_failed = FALSE;
  g_list_store_remove_all (self->list);
  g_signal_emit (self, signals[READ], 0);
  if (n > 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/* Another record may have been opened, or hours were changed: then there is another day book. */
static void
follow (RcpAuthModel *self)
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
  rcp_auth_model_reload (self);
}

/**
 * rcp_auth_model_new:
 * @desk: the session
 *
 * Returns: (transfer full): what payers have to authorize
 */
RcpAuthModel *
rcp_auth_model_new (RcpDesk *desk)
{
  RcpAuthModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_AUTH_MODEL, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);
  return self;
}

RcpDesk *
rcp_auth_model_get_desk (RcpAuthModel *self)
{
  g_return_val_if_fail (RCP_IS_AUTH_MODEL (self), NULL);

  return self->desk;
}

GListModel *
rcp_auth_model_get_list (RcpAuthModel *self)
{
  g_return_val_if_fail (RCP_IS_AUTH_MODEL (self), NULL);

  return G_LIST_MODEL (self->list);
}

guint
rcp_auth_model_get_count (RcpAuthModel *self)
{
  g_return_val_if_fail (RCP_IS_AUTH_MODEL (self), 0);

  return self->list ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

gboolean
rcp_auth_model_is_read (RcpAuthModel *self)
{
  g_return_val_if_fail (RCP_IS_AUTH_MODEL (self), FALSE);

  return self->is_read;
}

gboolean
rcp_auth_model_has_failed (RcpAuthModel *self)
{
  g_return_val_if_fail (RCP_IS_AUTH_MODEL (self), FALSE);

  return self->has_failed;
}

/* A number that is on its way. */
typedef struct
{
  RcpAuthModel *model;
  char *id;
} Receive;

static void
on_received_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Receive *receive = user_data;
  g_autoptr (RcpAuthModel) self = receive->model;
  g_autofree char *id = receive->id;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpPriorAuth) auth = rcp_prior_auth_receive_finish (result, &error);

  g_free (receive);
  if (!self->desk)
    return;
  g_hash_table_remove (self->receiving, id);
  g_signal_emit (self, signals[RECEIVING], 0);
  if (auth)
    g_signal_emit (self, signals[RECEIVED], 0, auth);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
  rcp_auth_model_reload (self);
}

/**
 * rcp_auth_model_receive:
 * @auth: one of the list, or of a visit that is shown
 * @number: what the payer gave
 *
 * Returns: %FALSE when there is no number, or one of @auth is on its way
 */
gboolean
rcp_auth_model_receive (RcpAuthModel *self, RcpPriorAuth *auth, const char *number)
{
  Receive *receive;

  g_return_val_if_fail (RCP_IS_AUTH_MODEL (self), FALSE);
  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (auth), FALSE);

  if (*number == '\0' || rcp_auth_model_is_receiving (self, auth) || !rcp_desk_get_client (self->desk))
    return FALSE;
  receive = g_new0 (Receive, 1);
  receive->model = g_object_ref (self);
  receive->id = g_strdup (fhir_resource_get_id (rcp_prior_auth_get_task (auth)));
  g_hash_table_add (self->receiving, g_strdup (receive->id));
  g_signal_emit (self, signals[RECEIVING], 0);
  rcp_prior_auth_receive_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), auth, number, rcp_desk_get_name (self->desk),
                                NULL, on_received_cb, receive);
  return TRUE;
}

gboolean
rcp_auth_model_is_receiving (RcpAuthModel *self, RcpPriorAuth *auth)
{
  g_return_val_if_fail (RCP_IS_AUTH_MODEL (self), FALSE);
  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (auth), FALSE);

  return g_hash_table_contains (self->receiving, fhir_resource_get_id (rcp_prior_auth_get_task (auth)));
}
