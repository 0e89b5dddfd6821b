/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-booking-marks"

#include "rcp-booking-marks.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-change.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "scheduling/rcp-visit-json.h"

#define CODE "booking"
#define LIFETIME (45 * G_TIME_SPAN_SECOND)
/* Put off so often in a lifetime that one of them may be lost. */
#define RENEWALS 2.25
/* What is lost is sent again: after one second, then two, four and eight. */
#define FIRST_PAUSE 1
#define MAX_RETRIES 4

/* A mark with what it takes to follow it. */
typedef struct
{
  RcpBookingMark mark;
  char *task_id;
  gint64 deadline; /* monotonic: the clocks of two desks differ, but not by much how long a minute is */
} Entry;

struct _RcpBookingMarks
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  RcpDayBook *book;
  GCancellable *cancellable;
  GPtrArray *entries; /* of Entry, other desks' */
  guint expiry_id;
  guint n_reads;     /* under way */
  gboolean has_news; /* a change was told since the last of them was sent */

  gint64 lifetime;
  char *identifier; /* of our Task */
  char *task_id;    /* ours, once it is made */
  RcpBookingMark wanted;
  gboolean is_sending;
  gboolean is_stale; /* what was sent is not what is wanted now */
  gboolean is_off;   /* the record keeps no Tasks */
  guint renew_id;
  guint n_failed; /* in a row */
};

G_DEFINE_FINAL_TYPE (RcpBookingMarks, rcp_booking_marks, G_TYPE_OBJECT)

static guint changed_signal;

static void send (RcpBookingMarks *self);
static void plan_expiry (RcpBookingMarks *self);

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->mark.schedule_id);
  g_free (entry->mark.desk);
  g_free (entry->task_id);
  g_free (entry);
}

static gboolean
is_ours (RcpBookingMarks *self, JsonObject *task)
{
  return g_strcmp0 (fhir_json_get_identifier (task, RCP_SYSTEM_MARK), self->identifier) == 0;
}

/* NULL when @task is no mark, or stands no more. */
static Entry *
make_entry (RcpBookingMarks *self, JsonObject *task)
{
  JsonObject *period = fhir_json_get_object (task, "executionPeriod");
  const char *code = rcp_elements_get_code (fhir_json_get_object (task, "code"), RCP_SYSTEM_MARK);
  const char *focus = fhir_json_get_string (task, "focus.reference");
  g_autofree char *schedule_id = focus != NULL ? fhir_reference_dup_id (focus, "Schedule") : NULL;
  RcpTimeRange range;
  gint64 until;
  Entry *entry;

  if (g_strcmp0 (code, CODE) != 0 || schedule_id == NULL
      || g_strcmp0 (fhir_json_get_string (task, "status"), "in-progress") != 0
      || !rcp_iso8601_parse_instant (fhir_json_get_string (period, "start"), &range.start)
      || !rcp_iso8601_parse_instant (fhir_json_get_string (period, "end"), &range.end)
      || !rcp_iso8601_parse_instant (fhir_json_get_string (task, "restriction.period.end"), &until))
    return NULL;
  until -= rcp_clock_get_now (self->clock);
  if (until <= 0)
    return NULL;
  entry = g_new0 (Entry, 1);
  entry->mark.schedule_id = g_steal_pointer (&schedule_id);
  entry->mark.range = range;
  entry->mark.desk = g_strdup (fhir_json_get_string (task, "requester.display"));
  entry->task_id = g_strdup (fhir_json_get_string (task, "id"));
  /* As a mark is put off all the time, none that is not stands for longer, whatever the clock of the other desk says. */
  entry->deadline = g_get_monotonic_time () + MIN (until, self->lifetime);
  return entry;
}

static gboolean
is_same_mark (const RcpBookingMark *a, const RcpBookingMark *b)
{
  return g_strcmp0 (a->schedule_id, b->schedule_id) == 0 && a->range.start == b->range.start
         && a->range.end == b->range.end && g_strcmp0 (a->desk, b->desk) == 0;
}

/* Takes @entry, which may be NULL: then that Task marks nothing. Returns whether anything is to be seen of it. */
static gboolean
replace_entry (RcpBookingMarks *self, const char *task_id, Entry *entry)
{
  gboolean is_news = entry != NULL;

  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *old = self->entries->pdata[i - 1];

      if (g_strcmp0 (old->task_id, task_id) != 0)
        continue;
      is_news = entry == NULL || !is_same_mark (&old->mark, &entry->mark);
      g_ptr_array_remove_index (self->entries, i - 1);
    }
  if (entry != NULL)
    g_ptr_array_add (self->entries, entry);
  return is_news;
}

static void
tell (RcpBookingMarks *self)
{
  plan_expiry (self);
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
on_expired_cb (gpointer user_data)
{
  RcpBookingMarks *self = user_data;
  gint64 now = g_get_monotonic_time ();

  self->expiry_id = 0;
  for (guint i = self->entries->len; i > 0; i--)
    if (((Entry *)self->entries->pdata[i - 1])->deadline <= now)
      g_ptr_array_remove_index (self->entries, i - 1);
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
plan_expiry (RcpBookingMarks *self)
{
  gint64 next = G_MAXINT64;

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  for (guint i = 0; i < self->entries->len; i++)
    next = MIN (next, ((Entry *)self->entries->pdata[i])->deadline);
  if (next == G_MAXINT64)
    return;
  next = MAX (next - g_get_monotonic_time (), 0) / G_TIME_SPAN_MILLISECOND + 1;
  self->expiry_id = g_timeout_add ((guint)next, on_expired_cb, self);
}

static void read_all (RcpBookingMarks *self);

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpBookingMarks) self = user_data;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, NULL);
  GPtrArray *tasks = bundle != NULL ? fhir_bundle_get_matches (bundle) : NULL;

  self->n_reads--;
  if (tasks == NULL || self->client == NULL || self->n_reads > 0)
    return;
  /* What was told meanwhile may be later than what was read. */
  if (self->has_news)
    {
      read_all (self);
      return;
    }
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < tasks->len; i++)
    {
      JsonObject *task = fhir_resource_get_json (tasks->pdata[i]);

      if (!is_ours (self, task))
        replace_entry (self, fhir_resource_get_id (tasks->pdata[i]), make_entry (self, task));
    }
  tell (self);
}

static void
read_all (RcpBookingMarks *self)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Task");

  self->n_reads++;
  self->has_news = FALSE;
  fhir_search_add_printf (search, "code", "%s|%s", RCP_SYSTEM_MARK, CODE);
  fhir_search_add (search, "status", "in-progress");
  fhir_client_search_all_async (self->client, search, 200, self->cancellable, on_read_cb, g_object_ref (self));
}

static void
on_record_changed_cb (RcpBookingMarks *self, GPtrArray *changes)
{
  gboolean is_news = FALSE;

  if (changes == NULL)
    {
      read_all (self);
      return;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const RcpChange *change = changes->pdata[i];
      JsonObject *task = change->resource != NULL ? fhir_resource_get_json (change->resource) : NULL;

      if (g_strcmp0 (change->type, "Task") != 0 || change->id == NULL || (task != NULL && is_ours (self, task)))
        continue;
      self->has_news = TRUE;
      is_news |= replace_entry (self, change->id, task != NULL && !change->is_deleted ? make_entry (self, task) : NULL);
    }
  if (is_news)
    tell (self);
}

/* The last that a desk says of its mark; it outlives it. */
typedef struct
{
  FhirClient *client;
  char *reference;
  guint n_failed;
} Farewell;

static void send_farewell (Farewell *farewell);

static void
farewell_free (Farewell *farewell)
{
  g_object_unref (farewell->client);
  g_free (farewell->reference);
  g_free (farewell);
}

/* Whether the same may go through at another time. */
static gboolean
may_retry (const GError *error)
{
  return error != NULL && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND)
         && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN)
         && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED)
         && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED);
}

static gboolean
on_farewell_due_cb (gpointer user_data)
{
  send_farewell (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Farewell *farewell = user_data;
  g_autoptr (GError) error = NULL;

  fhir_client_delete_finish (FHIR_CLIENT (source), result, &error);
  if (may_retry (error) && farewell->n_failed < MAX_RETRIES)
    g_timeout_add_seconds (FIRST_PAUSE << farewell->n_failed++, on_farewell_due_cb, farewell);
  else
    farewell_free (farewell);
}

static void
send_farewell (Farewell *farewell)
{
  fhir_client_delete_async (farewell->client, farewell->reference, NULL, NULL, on_deleted_cb, farewell);
}

static void
rcp_booking_marks_dispose (GObject *object)
{
  RcpBookingMarks *self = RCP_BOOKING_MARKS (object);

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  g_clear_handle_id (&self->renew_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->client != NULL && self->task_id != NULL)
    {
      Farewell *farewell = g_new0 (Farewell, 1);

      /* Nobody waits for it: where the program ends before it has gone, the mark expires. */
      farewell->client = g_object_ref (self->client);
      farewell->reference = g_strconcat ("Task/", self->task_id, NULL);
      send_farewell (farewell);
      g_clear_pointer (&self->task_id, g_free);
    }
  g_clear_object (&self->cancellable);
  g_clear_object (&self->book);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rcp_booking_marks_parent_class)->dispose (object);
}

static void
rcp_booking_marks_finalize (GObject *object)
{
  RcpBookingMarks *self = RCP_BOOKING_MARKS (object);

  g_ptr_array_unref (self->entries);
  g_free (self->identifier);
  g_free (self->task_id);
  g_free (self->wanted.schedule_id);
  g_free (self->wanted.desk);
  G_OBJECT_CLASS (rcp_booking_marks_parent_class)->finalize (object);
}

static void
rcp_booking_marks_class_init (RcpBookingMarksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_booking_marks_dispose;
  object_class->finalize = rcp_booking_marks_finalize;
  changed_signal
      = g_signal_new ("changed", RCP_TYPE_BOOKING_MARKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_booking_marks_init (RcpBookingMarks *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->identifier = g_uuid_string_random ();
  self->cancellable = g_cancellable_new ();
  self->lifetime = LIFETIME;
}

/**
 * rcp_booking_marks_new:
 * @client: the record
 * @clock: the time
 *
 * Returns: (transfer full): no marks yet
 */
RcpBookingMarks *
rcp_booking_marks_new (FhirClient *client, RcpClock *clock)
{
  RcpBookingMarks *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  self = g_object_new (RCP_TYPE_BOOKING_MARKS, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  return self;
}

void
rcp_booking_marks_follow (RcpBookingMarks *self, RcpDayBook *book)
{
  g_return_if_fail (RCP_IS_BOOKING_MARKS (self));
  g_return_if_fail (RCP_IS_DAY_BOOK (book));

  if (self->book != NULL)
    g_signal_handlers_disconnect_by_func (self->book, on_record_changed_cb, self);
  g_set_object (&self->book, book);
  g_signal_connect_object (book, "changed", G_CALLBACK (on_record_changed_cb), self, G_CONNECT_SWAPPED);
  read_all (self);
}

void
rcp_booking_marks_set_lifetime (RcpBookingMarks *self, gint64 microseconds)
{
  g_return_if_fail (RCP_IS_BOOKING_MARKS (self));

  self->lifetime = microseconds;
}

GPtrArray *
rcp_booking_marks_get (RcpBookingMarks *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MARKS (self), NULL);

  /* A mark is the beginning of its entry. */
  return self->entries;
}

static JsonObject *
make_task (RcpBookingMarks *self)
{
  JsonObject *task = json_object_new ();
  JsonObject *restriction = json_object_new ();
  JsonObject *until = json_object_new ();
  JsonObject *period = json_object_new ();
  g_autofree char *focus = g_strconcat ("Schedule/", self->wanted.schedule_id, NULL);
  gint64 now = rcp_clock_get_now (self->clock);

  json_object_set_string_member (task, "resourceType", "Task");
  if (self->task_id != NULL)
    json_object_set_string_member (task, "id", self->task_id);
  json_object_set_array_member (task, "identifier",
                                rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_MARK, self->identifier)));
  json_object_set_string_member (task, "status", self->wanted.schedule_id != NULL ? "in-progress" : "completed");
  json_object_set_string_member (task, "intent", "order");
  json_object_set_object_member (task, "code", rcp_json_concept (RCP_SYSTEM_MARK, CODE, NULL));
  if (self->wanted.schedule_id != NULL)
    {
      json_object_set_object_member (task, "focus", rcp_json_reference (focus, NULL));
      rcp_json_set_instant (period, "start", self->wanted.range.start);
      rcp_json_set_instant (period, "end", self->wanted.range.end);
      json_object_set_object_member (task, "executionPeriod", json_object_ref (period));
    }
  rcp_json_set_instant (until, "end", now + self->lifetime);
  json_object_set_object_member (restriction, "period", until);
  json_object_set_object_member (task, "restriction", restriction);
  if (self->wanted.desk != NULL)
    {
      JsonObject *requester = json_object_new ();

      json_object_set_string_member (requester, "display", self->wanted.desk);
      json_object_set_object_member (task, "requester", requester);
    }
  json_object_unref (period);
  return task;
}

static gboolean
on_renew_cb (gpointer user_data)
{
  RcpBookingMarks *self = user_data;

  self->renew_id = 0;
  send (self);
  return G_SOURCE_REMOVE;
}

/* A mark is put off as long as it is wanted; and what was lost is sent again, above all that there is none any more. */
static void
plan_next (RcpBookingMarks *self, const GError *error)
{
  gboolean is_retry = may_retry (error) && self->n_failed < MAX_RETRIES;

  if (is_retry)
    self->renew_id = g_timeout_add_seconds (FIRST_PAUSE << self->n_failed++, on_renew_cb, self);
  else if (self->wanted.schedule_id != NULL && !self->is_off)
    self->renew_id = g_timeout_add ((guint)(self->lifetime / RENEWALS / G_TIME_SPAN_MILLISECOND), on_renew_cb, self);
}

static void
finish_sending (RcpBookingMarks *self, FhirResource *task, const GError *error)
{
  self->is_sending = FALSE;
  if (error != NULL)
    g_debug ("A mark was not sent: %s, code %d", g_quark_to_string (error->domain), error->code);
  if (self->client == NULL)
    return;
  if (task != NULL && self->task_id == NULL)
    self->task_id = g_strdup (fhir_resource_get_id (task));
  if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND))
    g_clear_pointer (&self->task_id, g_free);
  else if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED)
           || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED))
    self->is_off = TRUE;
  if (error == NULL)
    self->n_failed = 0;
  if (self->is_stale)
    send (self);
  else
    plan_next (self, error);
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpBookingMarks) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) task = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);

  finish_sending (self, task, error);
}

static void
on_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpBookingMarks) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) task = fhir_client_update_finish (FHIR_CLIENT (source), result, &error);

  finish_sending (self, task, error);
}

static void
send (RcpBookingMarks *self)
{
  g_autoptr (JsonObject) task = NULL;

  g_clear_handle_id (&self->renew_id, g_source_remove);
  self->is_stale = self->is_sending;
  if (self->is_sending || self->is_off || (self->wanted.schedule_id == NULL && self->task_id == NULL))
    return;
  self->is_sending = TRUE;
  task = make_task (self);
  if (self->task_id == NULL)
    {
      g_autofree char *condition = g_strdup_printf ("identifier=%s|%s", RCP_SYSTEM_MARK, self->identifier);

      fhir_client_create_async (self->client, task, condition, NULL, on_created_cb, g_object_ref (self));
    }
  else
    {
      fhir_client_update_async (self->client, task, NULL, NULL, on_updated_cb, g_object_ref (self));
    }
}

void
rcp_booking_marks_set (RcpBookingMarks *self, const char *schedule_id, RcpTimeRange range, const char *desk)
{
  RcpBookingMark wanted = { (char *)schedule_id, range, (char *)(desk != NULL && *desk != '\0' ? desk : NULL) };

  g_return_if_fail (RCP_IS_BOOKING_MARKS (self));

  if (schedule_id == NULL)
    wanted = (RcpBookingMark){ NULL, { 0, 0 }, NULL };
  if (is_same_mark (&self->wanted, &wanted))
    return;
  g_free (self->wanted.schedule_id);
  g_free (self->wanted.desk);
  self->wanted
      = (RcpBookingMark){ g_strdup (wanted.schedule_id), wanted.range, g_strdup (wanted.desk) };
  send (self);
}
