/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-change-watch.h"

#include "base/rcp-iso8601.h"

/* Changes are told by the server's clock: the first question is for the latest change that it knows, and each
 * further one reaches back a little behind the latest seen, as a long transaction may show late what it wrote early.
 * What comes twice is known by id and version. */

#define OVERLAP (30 * G_TIME_SPAN_SECOND)
#define MAX_INTERVAL 30000 /* milliseconds, while the server does not answer */
#define MAX_CHANGES 2000

struct _RcpChangeWatch
{
  GObject parent_instance;

  FhirClient *client;
  const char *type;     /* "Appointment" or "Encounter" */
  const char *elements; /* all that is read of one */
  guint interval;
  guint delay;     /* until the next question; grows while the server does not answer */
  guint timeout_id;
  GCancellable *cancellable; /* of the question under way; NULL while it does not watch */
  gint64 latest;             /* lastUpdated of the latest change seen; G_MININT64 before the first reply */
  GHashTable *seen;          /* "id/version" of the last reply */
  gboolean is_online;
};

G_DEFINE_FINAL_TYPE (RcpChangeWatch, rcp_change_watch, G_TYPE_OBJECT)

enum
{
  PROP_ONLINE = 1,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
rcp_change_watch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ONLINE)
    g_value_set_boolean (value, RCP_CHANGE_WATCH (object)->is_online);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_change_watch_dispose (GObject *object)
{
  rcp_change_watch_stop (RCP_CHANGE_WATCH (object));
  G_OBJECT_CLASS (rcp_change_watch_parent_class)->dispose (object);
}

static void
rcp_change_watch_finalize (GObject *object)
{
  RcpChangeWatch *self = RCP_CHANGE_WATCH (object);

  g_clear_object (&self->client);
  g_hash_table_unref (self->seen);
  G_OBJECT_CLASS (rcp_change_watch_parent_class)->finalize (object);
}

static void
rcp_change_watch_class_init (RcpChangeWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_change_watch_get_property;
  object_class->dispose = rcp_change_watch_dispose;
  object_class->finalize = rcp_change_watch_finalize;

  properties[PROP_ONLINE] =
      g_param_spec_boolean ("online", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RCP_TYPE_CHANGE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static GHashTable *
new_seen (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
rcp_change_watch_init (RcpChangeWatch *self)
{
  self->is_online = TRUE;
  self->latest = G_MININT64;
  self->seen = new_seen ();
}

static void
set_online (RcpChangeWatch *self, gboolean is_online)
{
  if (self->is_online == is_online)
    return;

  self->is_online = is_online;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

static void
advance (RcpChangeWatch *self, FhirResource *resource)
{
  const char *text = fhir_json_get_string (fhir_resource_get_json (resource), "meta.lastUpdated");
  gint64 updated;

  if (rcp_iso8601_parse_instant (text, &updated))
    self->latest = MAX (self->latest, updated);
}

static gpointer
make_item (RcpChangeWatch *self, FhirResource *resource)
{
  if (g_str_equal (self->type, "Appointment"))
    return rcp_visit_new (resource, NULL);
  return g_object_ref (resource);
}

/* Notes what came; (transfer full): what had not come before. */
static GPtrArray *
sort_out (RcpChangeWatch *self, GPtrArray *matches)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTable *seen = new_seen ();

  for (guint i = 0; i < matches->len; i++)
    {
      FhirResource *resource = g_ptr_array_index (matches, i);
      const char *version = fhir_resource_get_version_id (resource);
      char *key;

      if (fhir_resource_get_id (resource) == NULL)
        continue;
      key = g_strdup_printf ("%s/%s", fhir_resource_get_id (resource), version != NULL ? version : "");
      /* A server that tells no version is believed to have changed it: a refresh too much does no harm. */
      if (version == NULL || !g_hash_table_contains (self->seen, key))
        g_ptr_array_add (changed, make_item (self, resource));
      g_hash_table_add (seen, key);
      advance (self, resource);
    }
  g_hash_table_unref (self->seen);
  self->seen = seen;

  return changed;
}

static void schedule_question (RcpChangeWatch *self);

static void
take_failure (RcpChangeWatch *self)
{
  /* Whatever the reason, a sign-in that ran out no less than a cable: what is shown may be old from now on. */
  set_online (self, FALSE);
  self->delay = MIN (MAX (self->delay, 1) * 2, MAX_INTERVAL);
}

static void
take_changes (RcpChangeWatch *self, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);
  g_autoptr (GPtrArray) changed = sort_out (self, matches);

  self->delay = self->interval;
  set_online (self, TRUE);
  /* The server gives them in its own order, so those that were not read may lie before the latest that was. */
  if (matches->len >= MAX_CHANGES)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, NULL);
  else if (changed->len > 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changed);
}

static void
on_changes_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpChangeWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL)
    return;

  if (bundle != NULL)
    take_changes (self, bundle);
  else
    take_failure (self);
  if (self->cancellable != NULL)
    schedule_question (self);
}

/* The latest change that the server has tells where its clock is. */
static void
on_latest_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpChangeWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL)
    return;

  if (bundle != NULL)
    {
      GPtrArray *matches = fhir_bundle_get_matches (bundle);

      self->latest = 0;
      for (guint i = 0; i < matches->len; i++)
        advance (self, g_ptr_array_index (matches, i));
      set_online (self, TRUE);
      self->delay = self->interval;
    }
  else if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED))
    {
      /* It cannot sort by it: our own clock has to do, with room for a wrong one. */
      self->latest = g_get_real_time () - 10 * G_TIME_SPAN_MINUTE;
    }
  else
    {
      take_failure (self);
    }
  schedule_question (self);
}

static void
ask_latest (RcpChangeWatch *self)
{
  g_autoptr (FhirSearch) search = fhir_search_new (self->type);

  fhir_search_add (search, "_sort", "-_lastUpdated");
  fhir_search_add (search, "_count", "1");
  fhir_search_add (search, "_elements", "id,meta");
  fhir_client_search_async (self->client, search, self->cancellable, on_latest_searched_cb, g_object_ref (self));
}

static void
ask_changes (RcpChangeWatch *self)
{
  g_autoptr (FhirSearch) search = fhir_search_new (self->type);

  fhir_search_add_instant (search, "_lastUpdated", "ge", MAX (self->latest - OVERLAP, 0));
  fhir_search_add (search, "_count", "200");
  fhir_search_add (search, "_elements", self->elements);
  fhir_client_search_all_async (self->client, search, MAX_CHANGES, self->cancellable, on_changes_searched_cb,
                                g_object_ref (self));
}

static gboolean
on_time_up_cb (gpointer user_data)
{
  RcpChangeWatch *self = user_data;

  self->timeout_id = 0;
  if (self->latest == G_MININT64)
    ask_latest (self);
  else
    ask_changes (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_question (RcpChangeWatch *self)
{
  self->timeout_id = g_timeout_add (self->delay, on_time_up_cb, self);
}

RcpChangeWatch *
rcp_change_watch_new (FhirClient *client, guint interval)
{
  RcpChangeWatch *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);

  self = g_object_new (RCP_TYPE_CHANGE_WATCH, NULL);
  self->client = g_object_ref (client);
  self->type = "Appointment";
  self->elements = "id,meta,status,start,end,participant";
  self->interval = interval;
  self->delay = interval;
  return self;
}

RcpChangeWatch *
rcp_change_watch_new_for_encounters (FhirClient *client, guint interval)
{
  RcpChangeWatch *self = rcp_change_watch_new (client, interval);

  g_return_val_if_fail (self != NULL, NULL);

  self->type = "Encounter";
  self->elements = "id,meta,status,appointment";
  return self;
}

void
rcp_change_watch_start (RcpChangeWatch *self)
{
  g_return_if_fail (RCP_IS_CHANGE_WATCH (self));

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->delay = self->interval;
  if (self->latest == G_MININT64)
    ask_latest (self);
  else
    ask_changes (self);
}

void
rcp_change_watch_stop (RcpChangeWatch *self)
{
  g_return_if_fail (RCP_IS_CHANGE_WATCH (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

gboolean
rcp_change_watch_is_online (RcpChangeWatch *self)
{
  g_return_val_if_fail (RCP_IS_CHANGE_WATCH (self), FALSE);

  return self->is_online;
}
