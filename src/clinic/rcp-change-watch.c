/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-change-watch.h"

#include "clinic/rcp-change-source.h"

/* The history of the whole server tells all in one request, deletions as well. Without it each type is asked for: its
 * history, or else what was updated; what was deleted then shows in the number of visits of the day that is looked at.
 * Several questions go in one batch; a server that takes none is asked less often. A server that waits with its answer
 * until there is something to tell is asked again at once. */

/* A server that waits has a short rest, so that many changes at once are not told one by one. */
#define SHARE_OF_WAITING 3
#define MAX_INTERVAL 30000 /* milliseconds, while the server does not answer */

struct _RcpChangeWatch
{
  GObject parent_instance;

  FhirClient *client;
  guint interval;
  guint delay;     /* until the next questions; grows while the server does not answer */
  guint timeout_id;
  GCancellable *cancellable; /* of the questions under way; NULL while it does not watch */
  FhirCapabilities *capabilities;
  GPtrArray *sources;
  char *seen;            /* of the history of the whole server; NULL when it does not wait with its answers */
  gboolean cannot_batch; /* the server takes none, whatever it promised */
  RcpTimeRange range;
  gboolean is_online;

  /* of the round of questions under way */
  guint n_pending;
  GPtrArray *changed;
  gboolean is_too_much;
  gboolean has_failed;
};

/* A question under way; what comes back after the watch was stopped belongs to nobody. */
typedef struct
{
  RcpChangeWatch *watch;
  GCancellable *cancellable;
  RcpChangeSource *source; /* NULL for a batch */
  GPtrArray *sources;      /* of a batch, in its order; else NULL */
} Question;

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
  g_clear_object (&self->capabilities);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->changed);
  g_free (self->seen);
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

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_change_free);
}

static void
rcp_change_watch_init (RcpChangeWatch *self)
{
  self->is_online = TRUE;
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_change_source_free);
  self->changed = new_changes ();
}

static void
set_online (RcpChangeWatch *self, gboolean is_online)
{
  if (self->is_online == is_online)
    return;

  self->is_online = is_online;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

/* What a board shows; a search gives no more than is needed to know where. */
static const struct
{
  const char *type, *elements;
} types[] = {
  { "Appointment", "id,meta,status,start,end,participant" },
  { "Slot", "id,meta,schedule,status,start,end" },
  { "Encounter", "id,meta,status,appointment" },
  { "Flag", "id,meta,status,subject" },
  { "Task", "id,meta,identifier,status,code,focus,executionPeriod,restriction,requester" },
};

static void
add_source (RcpChangeWatch *self, RcpChangeSourceKind kind, const char *type, const char *elements)
{
  g_ptr_array_add (self->sources, rcp_change_source_new (kind, type, elements));
}

static gboolean
is_shown (const RcpChange *change)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].type, change->type))
      return TRUE;

  return FALSE;
}

/* Keeps what is on a board; takes the items of @changes. */
static void
keep_shown (RcpChangeWatch *self, GPtrArray *changes)
{
  while (changes->len > 0)
    {
      g_autoptr (RcpChange) change = g_ptr_array_steal_index (changes, 0);

      if (is_shown (change))
        g_ptr_array_add (self->changed, g_steal_pointer (&change));
    }
}

static void
add_types (RcpChangeWatch *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (fhir_capabilities_has_interaction (self->capabilities, types[i].type, "history-type"))
        add_source (self, RCP_CHANGE_SOURCE_TYPE_HISTORY, types[i].type, NULL);
      else if (i == 0 || fhir_capabilities_has_interaction (self->capabilities, types[i].type, "search-type"))
        add_source (self, RCP_CHANGE_SOURCE_TYPE_SEARCH, types[i].type, types[i].elements);
    }
  if (!fhir_capabilities_has_interaction (self->capabilities, "Appointment", "history-type"))
    add_source (self, RCP_CHANGE_SOURCE_COUNT, "Appointment", NULL);
}

/* Whether the server will never answer that question, whatever it promised. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND)
         || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN)
         || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED);
}

static void
take_error (RcpChangeWatch *self, RcpChangeSource *source, const GError *error)
{
  gboolean may_go = source->kind == RCP_CHANGE_SOURCE_SYSTEM_HISTORY || source->kind == RCP_CHANGE_SOURCE_COUNT
                    || !g_str_equal (source->type, "Appointment");

  if (source->kind == RCP_CHANGE_SOURCE_TYPE_SEARCH && source->latest == G_MININT64
      && g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED))
    {
      /* It cannot sort by it: our own clock has to do, with room for a wrong one. */
      source->latest = g_get_real_time () - 10 * G_TIME_SPAN_MINUTE;
      source->cannot_sort = TRUE;
    }
  else if (may_go && is_final (error))
    {
      source->is_dropped = TRUE;
    }
  else
    {
      self->has_failed = TRUE;
    }
}

static void schedule_round (RcpChangeWatch *self);

static void
take_failure (RcpChangeWatch *self)
{
  /* Whatever the reason, a sign-in that ran out no less than a cable: what is shown may be old from now on. */
  set_online (self, FALSE);
  self->delay = MIN (MAX (self->delay, 1) * 2, MAX_INTERVAL);
}

static void
drop_sources (RcpChangeWatch *self)
{
  gboolean needs_types = FALSE;

  for (guint i = self->sources->len; i-- > 0;)
    {
      RcpChangeSource *source = g_ptr_array_index (self->sources, i);

      if (!source->is_dropped)
        continue;
      needs_types |= source->kind == RCP_CHANGE_SOURCE_SYSTEM_HISTORY;
      g_ptr_array_remove_index (self->sources, i);
    }
  if (needs_types)
    add_types (self);
}

static gboolean
may_batch (RcpChangeWatch *self)
{
  return !self->cannot_batch && self->sources->len > 1
         && fhir_capabilities_has_interaction (self->capabilities, NULL, "batch");
}

/* Milliseconds between two rounds. A server that is asked each question by itself has a longer rest. */
static guint
get_rhythm (RcpChangeWatch *self)
{
  if (self->seen != NULL)
    return self->interval / SHARE_OF_WAITING;

  return may_batch (self) || self->sources->len < 3 ? self->interval : self->interval * self->sources->len / 2;
}

/* All questions are answered. */
static void
finish_round (RcpChangeWatch *self)
{
  g_autoptr (GPtrArray) changed = g_steal_pointer (&self->changed);
  gboolean is_too_much = self->is_too_much;

  self->changed = new_changes ();
  self->is_too_much = FALSE;
  drop_sources (self);
  if (self->has_failed)
    {
      take_failure (self);
    }
  else
    {
      self->delay = get_rhythm (self);
      set_online (self, TRUE);
    }
  if (is_too_much)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, NULL);
  else if (changed->len > 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changed);
  if (self->cancellable != NULL)
    schedule_round (self);
}

static Question *
new_question (RcpChangeWatch *self, RcpChangeSource *source)
{
  Question *question = g_new0 (Question, 1);

  question->watch = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  question->source = source;
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->watch);
  g_object_unref (question->cancellable);
  g_clear_pointer (&question->sources, g_ptr_array_unref);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* @bundle: NULL with @error */
static void
take_answer (RcpChangeWatch *self, RcpChangeSource *source, FhirResource *bundle, const GError *error)
{
  g_autoptr (GPtrArray) changes = new_changes ();

  if (bundle == NULL)
    {
      take_error (self, source, error);
      return;
    }
  self->is_too_much |= rcp_change_source_take (source, fhir_resource_get_json (bundle), changes);
  keep_shown (self, changes);
}

static void
on_polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  RcpChangeWatch *self = question->watch;
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = NULL;
  g_autoptr (FhirResource) bundle = fhir_client_poll_finish (FHIR_CLIENT (source), result, &seen, &error);

  if (question->cancellable != self->cancellable)
    return;

  g_free (self->seen);
  self->seen = g_steal_pointer (&seen);
  take_answer (self, question->source, bundle, error);
  if (--self->n_pending == 0)
    finish_round (self);
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  RcpChangeWatch *self = question->watch;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) bundle = fhir_client_operation_finish (FHIR_CLIENT (source), result, &error);

  if (question->cancellable != self->cancellable)
    return;

  take_answer (self, question->source, bundle, error);
  if (--self->n_pending == 0)
    finish_round (self);
}

static void
on_batch_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  RcpChangeWatch *self = question->watch;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_batch_get_finish (FHIR_CLIENT (source), result, &error);

  if (question->cancellable != self->cancellable)
    return;

  for (guint i = 0; reply != NULL && i < question->sources->len; i++)
    {
      g_autoptr (GError) why = fhir_bundle_dup_response_error (reply, i);

      take_answer (self, question->sources->pdata[i],
                   why == NULL ? fhir_bundle_get_response_resource (reply, i) : NULL, why);
    }
  if (reply == NULL)
    {
      self->cannot_batch = is_final (error) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
      self->has_failed = !self->cannot_batch;
    }
  finish_round (self);
}

/* Takes @paths. */
static void
ask_all (RcpChangeWatch *self, GPtrArray *sources, GStrv paths)
{
  Question *question = new_question (self, NULL);

  question->sources = g_ptr_array_ref (sources);
  fhir_client_batch_get_async (self->client, (const char *const *) paths, self->cancellable, on_batch_answered_cb,
                               question);
  g_strfreev (paths);
}

/* Takes @paths. */
static void
ask_each (RcpChangeWatch *self, GPtrArray *sources, GStrv paths)
{
  self->n_pending = sources->len;
  for (guint i = 0; i < sources->len; i++)
    {
      RcpChangeSource *source = sources->pdata[i];

      if (source->kind == RCP_CHANGE_SOURCE_SYSTEM_HISTORY)
        fhir_client_poll_async (self->client, paths[i], self->seen, self->cancellable, on_polled_cb,
                                new_question (self, source));
      else
        fhir_client_operation_get_async (self->client, paths[i], self->cancellable, on_answered_cb,
                                         new_question (self, source));
    }
  g_strfreev (paths);
}

static void
start_round (RcpChangeWatch *self)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();

  self->has_failed = FALSE;
  self->n_pending = 0;
  for (guint i = 0; i < self->sources->len; i++)
    {
      RcpChangeSource *source = g_ptr_array_index (self->sources, i);
      g_autofree char *path = NULL;

      if (source->kind == RCP_CHANGE_SOURCE_COUNT && self->range.start == self->range.end)
        continue;
      path = rcp_change_source_dup_path (source, self->range);
      g_strv_builder_add (paths, path);
      g_ptr_array_add (asked, source);
    }
  if (may_batch (self))
    {
      ask_all (self, asked, g_strv_builder_end (paths));
      return;
    }
  ask_each (self, asked, g_strv_builder_end (paths));
}

static void
on_capabilities_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  RcpChangeWatch *self = question->watch;
  g_autoptr (FhirCapabilities) capabilities = fhir_client_load_capabilities_finish (FHIR_CLIENT (source), result, NULL);

  if (question->cancellable != self->cancellable)
    return;

  if (capabilities == NULL)
    {
      take_failure (self);
      schedule_round (self);
      return;
    }
  self->capabilities = g_steal_pointer (&capabilities);
  if (fhir_capabilities_has_interaction (self->capabilities, NULL, "history-system"))
    add_source (self, RCP_CHANGE_SOURCE_SYSTEM_HISTORY, NULL, NULL);
  else
    add_types (self);
  start_round (self);
}

static void
ask (RcpChangeWatch *self)
{
  if (self->capabilities != NULL)
    start_round (self);
  else
    fhir_client_load_capabilities_async (self->client, self->cancellable, on_capabilities_loaded_cb,
                                         new_question (self, NULL));
}

static gboolean
on_time_up_cb (gpointer user_data)
{
  RcpChangeWatch *self = user_data;

  self->timeout_id = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_round (RcpChangeWatch *self)
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
  self->interval = interval;
  self->delay = interval;
  return self;
}

void
rcp_change_watch_set_range (RcpChangeWatch *self, RcpTimeRange range)
{
  g_return_if_fail (RCP_IS_CHANGE_WATCH (self));

  self->range = range;
}

void
rcp_change_watch_start (RcpChangeWatch *self)
{
  g_return_if_fail (RCP_IS_CHANGE_WATCH (self));

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->delay = self->interval;
  ask (self);
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
