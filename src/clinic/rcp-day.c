/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day.h"
#include "rcp-day-private.h"

struct _RcpDay
{
  GObject parent_instance;

  FhirClient *client;
  RcpRoster *roster;
  GDate date;
  RcpTimeRange range;

  GPtrArray *visits;     /* of RcpVisit, sorted */
  RcpDaySlots *slots;
  gboolean is_loaded;
  gint64 read_time;
  GError *error;

  GCancellable *cancellable; /* of what is under way */
  guint n_pending;           /* searches under way; while what they brought is read, 1 */
  FhirBundle *visit_bundle;
  FhirBundle *slot_bundle;
  FhirBundle *encounter_bundle; /* from a server that does not send them along with the visits */
  GPtrArray *fresh;          /* what was read of them */
  GArray *fresh_slots;
  GError *load_error;        /* the first of the load under way */
  GPtrArray *current;        /* tasks that the load under way answers */
  GPtrArray *waiting;        /* tasks that came after it began: it may not show what they are about */
};

static void rcp_day_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpDay, rcp_day, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rcp_day_list_model_init))

enum
{
  PROP_LOADED = 1,
  PROP_LOADING,
  N_PROPS
};

enum
{
  SIGNAL_SLOTS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
rcp_day_get_item_type (GListModel *model)
{
  return RCP_TYPE_VISIT;
}

static guint
rcp_day_get_n_items (GListModel *model)
{
  return RCP_DAY (model)->visits->len;
}

static gpointer
rcp_day_get_item (GListModel *model, guint position)
{
  RcpDay *self = RCP_DAY (model);

  return position < self->visits->len ? g_object_ref (g_ptr_array_index (self->visits, position)) : NULL;
}

static void
rcp_day_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rcp_day_get_item_type;
  iface->get_n_items = rcp_day_get_n_items;
  iface->get_item = rcp_day_get_item;
}

static void
rcp_day_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, rcp_day_is_loaded (RCP_DAY (object)));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, rcp_day_is_loading (RCP_DAY (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
drop_replies (RcpDay *self)
{
  g_clear_object (&self->visit_bundle);
  g_clear_object (&self->slot_bundle);
  g_clear_object (&self->encounter_bundle);
  g_clear_pointer (&self->fresh, rcp_day_drop_visits);
  g_clear_pointer (&self->fresh_slots, g_array_unref);
}

static void
rcp_day_finalize (GObject *object)
{
  RcpDay *self = RCP_DAY (object);

  g_clear_object (&self->client);
  g_clear_object (&self->roster);
  g_clear_object (&self->cancellable);
  drop_replies (self);
  rcp_day_drop_visits (self->visits);
  g_ptr_array_unref (self->current);
  g_ptr_array_unref (self->waiting);
  rcp_day_slots_free (self->slots);
  g_clear_error (&self->error);
  g_clear_error (&self->load_error);
  G_OBJECT_CLASS (rcp_day_parent_class)->finalize (object);
}

static void
rcp_day_class_init (RcpDayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_day_get_property;
  object_class->finalize = rcp_day_finalize;

  /**
   * RcpDay:loaded:
   *
   * Whether the day shows what the server held at some time; stays so when a refresh fails.
   */
  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * RcpDay:loading:
   *
   * Whether a load or refresh is under way. When it turns off, rcp_day_get_error() tells how that went.
   */
  properties[PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RcpDay::slots-changed:
   *
   * Slots, and so perhaps open ranges, are others than before.
   */
  signals[SIGNAL_SLOTS_CHANGED] =
      g_signal_new ("slots-changed", RCP_TYPE_DAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_day_init (RcpDay *self)
{
  self->visits = g_ptr_array_new_with_free_func (g_object_unref);
  self->current = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->slots = rcp_day_slots_new ();
}

static void
on_rows_changed_cb (guint position, guint removed, guint added, gpointer user_data)
{
  g_list_model_items_changed (G_LIST_MODEL (user_data), position, removed, added);
}

static void
take_fresh (RcpDay *self)
{
  gboolean was_loaded = self->is_loaded;

  self->is_loaded = TRUE;
  self->read_time = g_get_monotonic_time ();
  if (rcp_day_slots_take (self->slots, self->fresh_slots))
    g_signal_emit (self, signals[SIGNAL_SLOTS_CHANGED], 0);
  rcp_day_merge_visits (self->visits, self->fresh, on_rows_changed_cb, self);
  if (!was_loaded)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

static void start_load (RcpDay *self);

/* All searches are back, and what they brought is read. */
static void
finish_load (RcpDay *self)
{
  g_autoptr (GPtrArray) answered = g_steal_pointer (&self->current);
  g_autoptr (RcpDay) kept = g_object_ref (self); /* the tasks may hold the last reference */

  self->current = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&self->load_error);
  if (self->error == NULL)
    take_fresh (self);
  drop_replies (self);
  g_clear_object (&self->cancellable);

  for (guint i = 0; i < answered->len; i++)
    {
      GTask *task = g_ptr_array_index (answered, i);

      if (self->error != NULL)
        g_task_return_error (task, g_error_copy (self->error));
      else
        g_task_return_boolean (task, TRUE);
    }

  if (self->waiting->len > 0)
    start_load (self);
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDay) self = user_data;

  self->n_pending = 0;
  rcp_day_read_finish (result, &self->fresh, &self->fresh_slots, &self->load_error);
  finish_load (self);
}

static void
take_reply (RcpDay *self, FhirBundle **kept, FhirBundle *bundle, GError *error)
{
  if (kept != NULL)
    *kept = bundle;
  if (error != NULL && self->load_error == NULL)
    self->load_error = g_steal_pointer (&error);
  g_clear_error (&error);
  if (--self->n_pending > 0)
    return;
  if (self->load_error != NULL)
    {
      finish_load (self);
      return;
    }
  self->n_pending = 1;
  rcp_day_read_async (self->range, g_steal_pointer (&self->visit_bundle), g_steal_pointer (&self->slot_bundle),
                      g_steal_pointer (&self->encounter_bundle), self->cancellable, on_read_cb, g_object_ref (self));
}

static void
on_visits_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDay) self = user_data;
  GError *error = NULL;
  FhirBundle *bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  take_reply (self, &self->visit_bundle, bundle, error);
}

static void
on_slots_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDay) self = user_data;
  GError *error = NULL;
  FhirBundle *bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  take_reply (self, &self->slot_bundle, bundle, error);
}

static void
on_encounters_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDay) self = user_data;
  GError *error = NULL;
  FhirBundle *bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  take_reply (self, &self->encounter_bundle, bundle, error);
}

/* For a server that cannot send the Encounters along: those that have to do with the day. */
static void
search_encounters (RcpDay *self)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Encounter");

  self->n_pending++;
  fhir_search_add_instant (search, "date", "ge", self->range.start);
  fhir_search_add_instant (search, "date", "lt", self->range.end);
  fhir_client_search_all_async (self->client, search, 0, self->cancellable, on_encounters_searched_cb,
                                g_object_ref (self));
}

static void
search_visits (RcpDay *self, FhirCapabilities *capabilities)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");

  self->n_pending++;
  fhir_search_add_instant (search, "date", "ge", self->range.start);
  fhir_search_add_instant (search, "date", "lt", self->range.end);
  fhir_search_add (search, "_include", "Appointment:patient");
  if (fhir_capabilities_has_revinclude (capabilities, "Appointment", "Encounter", "appointment"))
    fhir_search_add (search, "_revinclude", "Encounter:appointment");
  else if (fhir_capabilities_has_search_param (capabilities, "Encounter", "date"))
    search_encounters (self);
  fhir_search_add (search, "_count", "2000");
  fhir_client_search_all_async (self->client, search, 0, self->cancellable, on_visits_searched_cb, g_object_ref (self));
}

static void
search_slots (RcpDay *self)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");

  self->n_pending++;
  fhir_search_add_instant (search, "start", "ge", self->range.start);
  fhir_search_add_instant (search, "start", "lt", self->range.end);
  fhir_search_add (search, "_count", "5000");
  fhir_client_search_all_async (self->client, search, 0, self->cancellable, on_slots_searched_cb, g_object_ref (self));
}

/* What the server can do is asked once and kept by the client: it costs a day nothing but the first time. */
static void
on_capabilities_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDay) self = user_data;
  GError *error = NULL;
  g_autoptr (FhirCapabilities) capabilities = fhir_client_load_capabilities_finish (FHIR_CLIENT (source), result, &error);

  if (capabilities != NULL)
    {
      search_visits (self, capabilities);
      search_slots (self);
    }
  take_reply (self, NULL, NULL, error);
}

static void
start_load (RcpDay *self)
{
  GPtrArray *answered = self->current;

  self->current = self->waiting;
  self->waiting = answered;
  self->cancellable = g_cancellable_new ();
  self->n_pending = 1;
  fhir_client_load_capabilities_async (self->client, self->cancellable, on_capabilities_loaded_cb, g_object_ref (self));
}

/**
 * rcp_day_new:
 * @client: the record
 * @roster: who works where
 * @date: a local day of the clinic
 *
 * Returns: (transfer full): the day, empty until it is loaded
 */
RcpDay *
rcp_day_new (FhirClient *client, RcpRoster *roster, const GDate *date)
{
  RcpDay *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_ROSTER (roster), NULL);
  g_return_val_if_fail (date != NULL && g_date_valid (date), NULL);

  self = g_object_new (RCP_TYPE_DAY, NULL);
  self->client = g_object_ref (client);
  self->roster = g_object_ref (roster);
  self->date = *date;
  self->range = rcp_time_range_of_day (date, rcp_roster_get_zone (roster));
  return self;
}

/**
 * rcp_day_get_date:
 * @self: a day
 *
 * Returns: (transfer none): its date
 */
const GDate *
rcp_day_get_date (RcpDay *self)
{
  g_return_val_if_fail (RCP_IS_DAY (self), NULL);

  return &self->date;
}

/**
 * rcp_day_get_range:
 * @self: a day
 *
 * Returns: from its first instant to the next day's, in the zone of the clinic
 */
RcpTimeRange
rcp_day_get_range (RcpDay *self)
{
  g_return_val_if_fail (RCP_IS_DAY (self), ((RcpTimeRange){ 0, 0 }));

  return self->range;
}

/**
 * rcp_day_get_roster:
 * @self: a day
 *
 * Returns: (transfer none): with which it is read
 */
RcpRoster *
rcp_day_get_roster (RcpDay *self)
{
  g_return_val_if_fail (RCP_IS_DAY (self), NULL);

  return self->roster;
}

/**
 * rcp_day_load_async:
 * @self: a day
 * @cancellable: (nullable): to stop waiting; the load goes on for others
 * @callback: called when the day shows what the server held after this call
 * @user_data: data for @callback
 *
 * Reads the day, or reads it again and changes what differs.
 */
void
rcp_day_load_async (RcpDay *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_DAY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_day_load_async);
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (rcp_day_is_loading (self))
    return;

  start_load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/**
 * rcp_day_load_finish:
 * @self: a day
 * @result: the result
 * @error: return location for a #FhirError
 *
 * Returns: whether the day was read
 */
gboolean
rcp_day_load_finish (RcpDay *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rcp_day_set_client (RcpDay *self, FhirClient *client)
{
  g_return_if_fail (RCP_IS_DAY (self));
  g_return_if_fail (!rcp_day_is_loading (self));

  g_set_object (&self->client, client);
}

void
rcp_day_cancel (RcpDay *self)
{
  g_return_if_fail (RCP_IS_DAY (self));

  for (guint i = 0; i < self->waiting->len; i++)
    g_ptr_array_add (self->current, g_object_ref (g_ptr_array_index (self->waiting, i)));
  g_ptr_array_set_size (self->waiting, 0);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/**
 * rcp_day_is_loading:
 * @self: a day
 *
 * Returns: whether a load or refresh is under way
 */
gboolean
rcp_day_is_loading (RcpDay *self)
{
  g_return_val_if_fail (RCP_IS_DAY (self), FALSE);

  return self->n_pending > 0;
}

/**
 * rcp_day_is_loaded:
 * @self: a day
 *
 * Returns: whether the day was read at least once
 */
gboolean
rcp_day_is_loaded (RcpDay *self)
{
  g_return_val_if_fail (RCP_IS_DAY (self), FALSE);

  return self->is_loaded;
}

gint64
rcp_day_get_read_time (RcpDay *self)
{
  g_return_val_if_fail (RCP_IS_DAY (self), 0);

  return self->read_time;
}

/**
 * rcp_day_get_error:
 * @self: a day
 *
 * Returns: (transfer none) (nullable): why the last load failed; %NULL when it did not
 */
const GError *
rcp_day_get_error (RcpDay *self)
{
  g_return_val_if_fail (RCP_IS_DAY (self), NULL);

  return self->error;
}

/**
 * rcp_day_get_slots:
 * @self: a day
 * @schedule_id: the id of a Schedule
 *
 * Returns: (transfer none) (nullable) (element-type RcpSlot): its slots by start; %NULL when it has none that day. Valid
 *   until "slots-changed"
 */
GArray *
rcp_day_get_slots (RcpDay *self, const char *schedule_id)
{
  g_return_val_if_fail (RCP_IS_DAY (self), NULL);
  g_return_val_if_fail (schedule_id != NULL, NULL);

  return rcp_day_slots_get (self->slots, schedule_id);
}

/**
 * rcp_day_get_open_ranges:
 * @self: a day
 * @schedule_id: the id of a Schedule
 *
 * Returns: (transfer none) (element-type RcpTimeRange): when the provider works, normalized; valid until "slots-changed"
 */
GArray *
rcp_day_get_open_ranges (RcpDay *self, const char *schedule_id)
{
  g_return_val_if_fail (RCP_IS_DAY (self), NULL);
  g_return_val_if_fail (schedule_id != NULL, NULL);

  return rcp_day_slots_get_open (self->slots, schedule_id);
}

/**
 * rcp_day_get_blocks:
 * @self: a day
 * @schedule_id: the id of a Schedule
 *
 * Returns: (transfer none) (element-type RcpBlock): the time that is kept for something else, by start; valid until
 *   "slots-changed"
 */
GArray *
rcp_day_get_blocks (RcpDay *self, const char *schedule_id)
{
  g_return_val_if_fail (RCP_IS_DAY (self), NULL);
  g_return_val_if_fail (schedule_id != NULL, NULL);

  return rcp_day_slots_get_blocks (self->slots, schedule_id);
}

/**
 * rcp_day_find_visit:
 * @self: a day
 * @id: the id of an Appointment
 *
 * Returns: (transfer none) (nullable): that visit, when it is on this day
 */
RcpVisit *
rcp_day_find_visit (RcpDay *self, const char *id)
{
  g_return_val_if_fail (RCP_IS_DAY (self), NULL);

  for (guint i = 0; i < self->visits->len; i++)
    if (g_strcmp0 (rcp_visit_get_id (g_ptr_array_index (self->visits, i)), id) == 0)
      return g_ptr_array_index (self->visits, i);

  return NULL;
}
