/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-wait-list-model"

#include "config.h"

#include "rcp-wait-list-model.h"

#include <glib/gi18n.h>

#include "clinic/rcp-change.h"
#include "clinic/rcp-language.h"
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-rooms.h"
#include "ui/waitlist/rcp-freed-times.h"
#include "ui/rcp-time-text.h"

struct _RcpWaitListModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpDayBook *followed;
  GListStore *list;
  RcpFreedTimes *freed;
  GCancellable *loading;
  gboolean again; /* something changed while the list was read */
  gboolean busy;
  char *error;
  gboolean is_read; /* at least once, of this record */
};

G_DEFINE_FINAL_TYPE (RcpWaitListModel, rcp_wait_list_model, G_TYPE_OBJECT)

enum
{
  PROP_COUNT = 1,
  PROP_BUSY,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint news_signal;

static void
rcp_wait_list_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RcpWaitListModel *self = RCP_WAIT_LIST_MODEL (object);

  if (id == PROP_COUNT)
    g_value_set_uint (value, rcp_wait_list_model_get_count (self));
  else if (id == PROP_BUSY)
    g_value_set_boolean (value, self->busy);
  else
    g_value_set_string (value, self->error);
}

static void
rcp_wait_list_model_dispose (GObject *object)
{
  RcpWaitListModel *self = RCP_WAIT_LIST_MODEL (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->followed);
  g_clear_object (&self->list);
  g_clear_object (&self->freed);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->error, g_free);
  G_OBJECT_CLASS (rcp_wait_list_model_parent_class)->dispose (object);
}

static void
rcp_wait_list_model_class_init (RcpWaitListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_wait_list_model_get_property;
  object_class->dispose = rcp_wait_list_model_dispose;
  properties[PROP_COUNT]
      = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  news_signal = g_signal_new ("news", RCP_TYPE_WAIT_LIST_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_STRING);
}

static void
rcp_wait_list_model_init (RcpWaitListModel *self)
{
  self->list = g_list_store_new (RCP_TYPE_WAITING);
  self->freed = rcp_freed_times_new ();
}

static void
set_error (RcpWaitListModel *self, const char *error)
{
  if (g_strcmp0 (self->error, error) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_busy (RcpWaitListModel *self, gboolean busy)
{
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
rank (RcpWaitListModel *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);

  if (roster != NULL)
    rcp_freed_times_rank (self->freed, G_LIST_MODEL (self->list), roster,
                          rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
}

static void
take_list (RcpWaitListModel *self, GListModel *fresh)
{
  guint n_old = rcp_wait_list_model_get_count (self);
  guint n_new = g_list_model_get_n_items (fresh);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_new; i++)
    g_ptr_array_add (items, g_list_model_get_item (fresh, i));
  g_list_store_splice (self->list, 0, n_old, items->pdata, n_new);
  if (n_old != n_new)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
  rank (self);
}

static void
on_list_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWaitListModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) fresh = rcp_wait_list_load_finish (result, &error);

  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  set_error (self, error != NULL ? _ ("The wait list could not be read. Check the connection.") : NULL);
  if (fresh != NULL)
    take_list (self, fresh);
  if (fresh != NULL && !self->is_read)
    {
      self->is_read = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  if (self->again)
    rcp_wait_list_model_reload (self);
}

void
rcp_wait_list_model_reload (RcpWaitListModel *self)
{
  g_return_if_fail (RCP_IS_WAIT_LIST_MODEL (self));

  self->again = self->loading != NULL;
  if (self->again || rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  self->loading = g_cancellable_new ();
  rcp_wait_list_load_async (rcp_desk_get_client (self->desk), rcp_clock_get_now (rcp_desk_get_clock (self->desk)), self->loading,
                            on_list_loaded_cb, g_object_ref (self));
}

void
rcp_wait_list_model_add_free (RcpWaitListModel *self, RcpProvider *provider, RcpTimeRange range)
{
  g_return_if_fail (RCP_IS_WAIT_LIST_MODEL (self));

  rcp_freed_times_add (self->freed, provider, range);
  rank (self);
}

/* A slot that is free now may be wanted; one that is not is no more to be had. */
static void
take_slot (RcpWaitListModel *self, const RcpChange *change)
{
  RcpProvider *provider;
  RcpSlot slot;

  if (change->resource == NULL || change->is_deleted || !rcp_slot_init_from_json (&slot, change->resource))
    return;
  provider = slot.schedule_id != NULL
                 ? rcp_roster_find_provider (rcp_desk_get_roster (self->desk), slot.schedule_id)
                 : NULL;
  if (provider != NULL && slot.status == RCP_SLOT_FREE)
    rcp_freed_times_add (self->freed, provider, slot.range);
  else if (provider != NULL)
    rcp_freed_times_remove (self->freed, provider, slot.range);
  rcp_slot_clear (&slot);
}

static void
on_record_changed_cb (RcpWaitListModel *self, GPtrArray *changes)
{
  gboolean has_visits = changes == NULL;

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const RcpChange *change = changes->pdata[i];

      if (g_strcmp0 (change->type, "Slot") == 0)
        take_slot (self, change);
      has_visits = has_visits || g_strcmp0 (change->type, "Appointment") == 0;
    }
  if (has_visits)
    rcp_wait_list_model_reload (self);
  else
    rank (self);
}

/* Another record may have been opened. */
static void
follow (RcpWaitListModel *self)
{
  RcpDayBook *book = rcp_desk_get_state (self->desk) == RCP_DESK_READY ? rcp_desk_get_day_book (self->desk) : NULL;

  if (book == NULL || book == self->followed)
    return;
  if (self->followed != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->followed, self);
      rcp_freed_times_clear (self->freed);
      self->is_read = FALSE;
    }
  g_set_object (&self->followed, book);
  g_signal_connect_object (book, "changed", G_CALLBACK (on_record_changed_cb), self, G_CONNECT_SWAPPED);
  rcp_wait_list_model_reload (self);
}

RcpWaitListModel *
rcp_wait_list_model_new (RcpDesk *desk)
{
  RcpWaitListModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_WAIT_LIST_MODEL, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_desk_get_busy_times (desk), "changed", G_CALLBACK (rank), self, G_CONNECT_SWAPPED);
  follow (self);
  return self;
}

GListModel *
rcp_wait_list_model_get_list (RcpWaitListModel *self)
{
  g_return_val_if_fail (RCP_IS_WAIT_LIST_MODEL (self), NULL);
  return G_LIST_MODEL (self->list);
}

GListModel *
rcp_wait_list_model_get_freed (RcpWaitListModel *self)
{
  g_return_val_if_fail (RCP_IS_WAIT_LIST_MODEL (self), NULL);
  return rcp_freed_times_get_list (self->freed);
}

guint
rcp_wait_list_model_get_count (RcpWaitListModel *self)
{
  g_return_val_if_fail (RCP_IS_WAIT_LIST_MODEL (self), 0);
  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

gboolean
rcp_wait_list_model_is_busy (RcpWaitListModel *self)
{
  g_return_val_if_fail (RCP_IS_WAIT_LIST_MODEL (self), FALSE);
  return self->busy;
}

gboolean
rcp_wait_list_model_is_read (RcpWaitListModel *self)
{
  g_return_val_if_fail (RCP_IS_WAIT_LIST_MODEL (self), FALSE);
  return self->is_read;
}

const char *
rcp_wait_list_model_get_error (RcpWaitListModel *self)
{
  g_return_val_if_fail (RCP_IS_WAIT_LIST_MODEL (self), NULL);
  return self->error;
}

/* The wishes in words: with whom, at what time of day. */
static void
append_wishes (GString *text, RcpWaiting *waiting)
{
  const char *const *names = rcp_waiting_get_practitioner_names (waiting);
  guint times = rcp_waiting_get_times (waiting);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? " · " : ", ", names[i]);
  for (guint i = RCP_TIME_OF_DAY_MORNING; i <= RCP_TIME_OF_DAY_EVENING; i++)
    if ((times & RCP_WISHED (i)) != 0)
      g_string_append_printf (text, " · %s", rcp_time_of_day_to_label (i));
}

/* What the patient cannot do without. */
static void
append_musts (GString *text, RcpWaiting *waiting)
{
  g_autofree char *codes = g_strjoinv (",", (char **) rcp_waiting_get_languages (waiting));
  g_autofree char *languages = *codes != '\0' ? rcp_language_list_to_names (codes) : NULL;
  RcpGender gender = rcp_waiting_get_gender (waiting);

  if (languages != NULL)
    {
      g_string_append (text, " · ");
      /* Translators: what a provider has to do; one language or several, with commas */
      g_string_append_printf (text, _ ("speaks %s"), languages);
    }
  if (gender != RCP_GENDER_ANY)
    g_string_append_printf (text, " · %s", gender == RCP_GENDER_FEMALE ? _ ("with a woman") : _ ("with a man"));
  if (rcp_waiting_get_network (waiting) != NULL)
    {
      g_string_append (text, " · ");
      /* Translators: the name of a network of an insurance */
      g_string_append_printf (text, _ ("in the network %s"), rcp_waiting_get_network (waiting));
    }
}

char *
rcp_wait_list_model_describe (RcpWaitListModel *self, RcpWaiting *waiting)
{
  RcpVisit *booked = rcp_waiting_get_booked (waiting);
  GTimeZone *zone = rcp_desk_get_zone (self->desk);
  g_autofree char *since = rcp_time_text_short_day (rcp_waiting_get_since (waiting), zone);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: a kind of visit and how long it takes. */
  g_string_append_printf (text, _ ("%s, %u min"), rcp_visit_get_type_name (rcp_waiting_get_visit (waiting)),
                          rcp_waiting_get_duration (waiting));
  append_wishes (text, waiting);
  append_musts (text, waiting);
  /* Translators: the day since which somebody is on the wait list. */
  g_string_append_printf (text, _ (" · since %s"), since);
  if (booked != NULL)
    {
      g_autofree char *day = rcp_time_text_short_day (rcp_visit_get_range (booked).start, zone);

      /* Translators: the day of the visit that somebody has who wants an earlier one. */
      g_string_append_printf (text, _ (" · has a visit on %s"), day);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The days of what was changed are read anew, and it can be undone: what is said then is said by the desk. */
static void
tell_done (RcpWaitListModel *self, RcpVisitOperation *operation)
{
  RcpVisit *before = rcp_visit_operation_get_before (operation);
  RcpVisit *after = rcp_visit_operation_get_after (operation);

  if (before != NULL && rcp_visit_status_takes_time (rcp_visit_get_status (before)))
    rcp_desk_invalidate (self->desk, rcp_visit_get_range (before));
  if (rcp_visit_status_takes_time (rcp_visit_get_status (after)))
    rcp_desk_invalidate (self->desk, rcp_visit_get_range (after));
  rcp_desk_tell_done (self->desk, G_OBJECT (operation));
}

/* The one place where a change ends, well or not: the list is read anew in any case. @operation: NULL when nothing was
 * run. */
static void
finish_change (GTask *task, RcpVisitOperation *operation, RcpVisit *visit, GError *error)
{
  RcpWaitListModel *self = g_task_get_source_object (task);

  set_busy (self, FALSE);
  rcp_wait_list_model_reload (self);
  if (visit == NULL)
    {
      g_signal_emit (self, news_signal, 0, error->message);
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  tell_done (self, operation);
  g_task_return_pointer (task, g_object_ref (visit), g_object_unref);
}

static void
on_operation_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (source), result, &error);

  finish_change (task, RCP_VISIT_OPERATION (source), visit, error);
}

static void
on_offer_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpWaitListModel *self = g_task_get_source_object (task);
  RcpWaiting *waiting = g_object_get_data (G_OBJECT (task), "waiting");
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpOffer) offer = rcp_free_offer_read_finish (result, &error);
  g_autoptr (RcpBookWaiting) book = NULL;

  if (offer == NULL)
    {
      finish_change (task, NULL, NULL, error);
      return;
    }
  rcp_rooms_require (offer, rcp_desk_get_roster (self->desk), rcp_visit_get_type_code (rcp_waiting_get_visit (waiting)));
  book = rcp_book_waiting_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), waiting, offer);
  rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (book));
  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (book), NULL, on_operation_run_cb, g_object_ref (task));
}

static GTask *
begin_change (RcpWaitListModel *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, begin_change);
  if (!self->busy && rcp_desk_get_state (self->desk) == RCP_DESK_READY)
    {
      set_busy (self, TRUE);
      return task;
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s", _ ("Another change is still on its way."));
  g_object_unref (task);
  return NULL;
}

void
rcp_wait_list_model_book_async (RcpWaitListModel *self,
                                RcpFreed *freed,
                                RcpCandidate *candidate,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_WAIT_LIST_MODEL (self));
  g_return_if_fail (RCP_IS_FREED (freed));
  g_return_if_fail (RCP_IS_CANDIDATE (candidate));

  task = begin_change (self, callback, user_data);
  if (task == NULL)
    return;
  g_object_set_data_full (G_OBJECT (task), "waiting", g_object_ref (rcp_candidate_get_waiting (candidate)),
                          g_object_unref);
  rcp_free_offer_read_async (rcp_desk_get_client (self->desk), rcp_desk_get_busy_times (self->desk), rcp_freed_get_provider (freed),
                             rcp_candidate_get_range (candidate), NULL, on_offer_read_cb, g_object_ref (task));
}

void
rcp_wait_list_model_remove_async (RcpWaitListModel *self,
                                  RcpWaiting *waiting,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RcpCancelVisit) cancel = NULL;

  g_return_if_fail (RCP_IS_WAIT_LIST_MODEL (self));
  g_return_if_fail (RCP_IS_WAITING (waiting));

  task = begin_change (self, callback, user_data);
  if (task == NULL)
    return;
  cancel = rcp_cancel_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk),
                                 rcp_waiting_get_visit (waiting), "pat", NULL);
  rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (cancel));
  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (cancel), NULL, on_operation_run_cb, g_object_ref (task));
}

RcpVisit *
rcp_wait_list_model_change_finish (RcpWaitListModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
