/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-find-model.h"

#include <glib/gi18n.h>

#define MAX_RESULTS 30
#define DEBOUNCE_MS 40

/**
 * RcpFindModel:
 *
 * See the header.
 */
struct _RcpFindModel
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  GListStore *results;
  GCancellable *cancellable; /* of the search under way */
  char *text;
  char *error_text;
  guint debounce_id;
  RcpFindState state;
};

G_DEFINE_TYPE (RcpFindModel, rcp_find_model, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ERROR_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_state (RcpFindModel *self, RcpFindState state, const char *error_text)
{
  g_free (self->error_text);
  self->error_text = g_strdup (error_text);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
replace_results (RcpFindModel *self, GListModel *found)
{
  guint n_found = found != NULL ? g_list_model_get_n_items (found) : 0;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_found; i++)
    g_ptr_array_add (items, g_list_model_get_item (found, i));
  g_list_store_splice (self->results, 0, g_list_model_get_n_items (G_LIST_MODEL (self->results)), items->pdata, n_found);
}

static void
on_find_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpFindModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = rcp_patient_finder_find_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  replace_results (self, found);
  if (error != NULL)
    set_state (self, RCP_FIND_FAILED, _("The record could not be searched. Check the connection and type again."));
  else
    set_state (self, g_list_model_get_n_items (found) > 0 ? RCP_FIND_RESULTS : RCP_FIND_NOTHING, NULL);
}

static gboolean
on_debounce_elapsed_cb (gpointer user_data)
{
  RcpFindModel *self = user_data;

  self->debounce_id = 0;
  self->cancellable = g_cancellable_new ();
  rcp_patient_finder_find_async (self->client, self->clock, self->text, MAX_RESULTS, self->cancellable,
                                 on_find_finished_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_search (RcpFindModel *self)
{
  g_clear_handle_id (&self->debounce_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
rcp_find_model_dispose (GObject *object)
{
  RcpFindModel *self = RCP_FIND_MODEL (object);

  stop_search (self);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->results);
  G_OBJECT_CLASS (rcp_find_model_parent_class)->dispose (object);
}

static void
rcp_find_model_finalize (GObject *object)
{
  RcpFindModel *self = RCP_FIND_MODEL (object);

  g_free (self->text);
  g_free (self->error_text);
  G_OBJECT_CLASS (rcp_find_model_parent_class)->finalize (object);
}

static void
rcp_find_model_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RcpFindModel *self = RCP_FIND_MODEL (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_ERROR_TEXT:
      g_value_set_string (value, self->error_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rcp_find_model_class_init (RcpFindModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_find_model_dispose;
  object_class->finalize = rcp_find_model_finalize;
  object_class->get_property = rcp_find_model_get_property;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, RCP_FIND_EMPTY, RCP_FIND_FAILED, RCP_FIND_EMPTY,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR_TEXT] = g_param_spec_string ("error-text", NULL, NULL, NULL,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_find_model_init (RcpFindModel *self)
{
  self->results = g_list_store_new (RCP_TYPE_FOUND);
}

/**
 * rcp_find_model_new:
 * @client: the record to search
 * @clock: tells today, for birth dates
 *
 * Returns: (transfer full): a model with nothing typed
 */
RcpFindModel *
rcp_find_model_new (FhirClient *client, RcpClock *clock)
{
  RcpFindModel *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  self = g_object_new (RCP_TYPE_FIND_MODEL, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  return self;
}

/**
 * rcp_find_model_set_text:
 * @text: what stands in the entry now
 *
 * Searches a moment later, unless another text comes before.
 */
void
rcp_find_model_set_text (RcpFindModel *self, const char *text)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (RCP_IS_FIND_MODEL (self));
  g_return_if_fail (text != NULL);

  stripped = g_strstrip (g_strdup (text));
  if (g_strcmp0 (stripped, self->text) == 0)
    return;

  stop_search (self);
  g_free (self->text);
  self->text = g_steal_pointer (&stripped);
  if (*self->text == '\0')
    {
      replace_results (self, NULL);
      set_state (self, RCP_FIND_EMPTY, NULL);
      return;
    }

  set_state (self, RCP_FIND_SEARCHING, NULL);
  self->debounce_id = g_timeout_add (DEBOUNCE_MS, on_debounce_elapsed_cb, self);
}

RcpFindState
rcp_find_model_get_state (RcpFindModel *self)
{
  g_return_val_if_fail (RCP_IS_FIND_MODEL (self), RCP_FIND_EMPTY);

  return self->state;
}

const char *
rcp_find_model_get_error_text (RcpFindModel *self)
{
  g_return_val_if_fail (RCP_IS_FIND_MODEL (self), NULL);

  return self->error_text;
}

GListModel *
rcp_find_model_get_results (RcpFindModel *self)
{
  g_return_val_if_fail (RCP_IS_FIND_MODEL (self), NULL);

  return G_LIST_MODEL (self->results);
}
