/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-series-model"

#include "config.h"

#include "rcp-series-model.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-book-visit.h"
#include "ui/rcp-time-text.h"

/* How far from a wanted date the nearest other one may be. */
#define REACH (3 * G_TIME_SPAN_DAY)

struct _RcpSeriesRow
{
  GObject parent_instance;

  gint64 wanted;
  RcpSeriesFit fit;
  RcpOffer *offer;
  gboolean is_chosen;
};

G_DEFINE_FINAL_TYPE (RcpSeriesRow, rcp_series_row, G_TYPE_OBJECT)

static void
rcp_series_row_finalize (GObject *object)
{
  g_clear_object (&RCP_SERIES_ROW (object)->offer);
  G_OBJECT_CLASS (rcp_series_row_parent_class)->finalize (object);
}

static void
rcp_series_row_class_init (RcpSeriesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_series_row_finalize;
}

static void
rcp_series_row_init (RcpSeriesRow *self)
{
}

static RcpSeriesRow *
rcp_series_row_new (const RcpSeriesDate *date)
{
  RcpSeriesRow *self = g_object_new (RCP_TYPE_SERIES_ROW, NULL);

  self->wanted = date->wanted;
  self->fit = date->fit;
  g_set_object (&self->offer, date->offer);
  self->is_chosen = date->fit == RCP_SERIES_FITS;
  return self;
}

gint64
rcp_series_row_get_wanted (RcpSeriesRow *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_ROW (self), 0);
  return self->wanted;
}

RcpSeriesFit
rcp_series_row_get_fit (RcpSeriesRow *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_ROW (self), RCP_SERIES_NOTHING);
  return self->fit;
}

RcpOffer *
rcp_series_row_get_offer (RcpSeriesRow *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_ROW (self), NULL);
  return self->offer;
}

gboolean
rcp_series_row_is_chosen (RcpSeriesRow *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_ROW (self), FALSE);
  return self->is_chosen;
}

struct _RcpSeriesModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpPatient *patient;
  RcpOffer *offer;
  RcpVisitType *visit_type;
  RcpUrgency urgency;
  char *complaint;
  RcpSeriesRule rule;
  RcpSeriesState state;
  char *notice;
  GListStore *dates;
  RcpOwnVisits *own; /* when the patient is elsewhere; NULL for one who is not in the record yet */
  GCancellable *search;
  GPtrArray *results; /* of RcpRunAllResult, of the chosen ones in order; NULL before */
};

G_DEFINE_FINAL_TYPE (RcpSeriesModel, rcp_series_model, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_N_CHOSEN,
  PROP_NOTICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rcp_series_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RcpSeriesModel *self = RCP_SERIES_MODEL (object);

  if (id == PROP_STATE)
    g_value_set_int (value, self->state);
  else if (id == PROP_N_CHOSEN)
    g_value_set_uint (value, rcp_series_model_get_n_chosen (self));
  else
    g_value_set_string (value, self->notice);
}

static void
rcp_series_model_finalize (GObject *object)
{
  RcpSeriesModel *self = RCP_SERIES_MODEL (object);

  g_clear_object (&self->search);
  g_clear_object (&self->own);
  g_clear_object (&self->desk);
  g_clear_object (&self->patient);
  g_clear_object (&self->offer);
  g_clear_object (&self->visit_type);
  g_clear_object (&self->dates);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self->complaint);
  g_free (self->notice);
  G_OBJECT_CLASS (rcp_series_model_parent_class)->finalize (object);
}

static void
rcp_series_model_class_init (RcpSeriesModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_series_model_get_property;
  object_class->finalize = rcp_series_model_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, RCP_SERIES_SEARCHING, RCP_SERIES_DONE,
                                             RCP_SERIES_SEARCHING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_CHOSEN]
      = g_param_spec_uint ("n-chosen", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTICE]
      = g_param_spec_string ("notice", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_series_model_init (RcpSeriesModel *self)
{
  self->dates = g_list_store_new (RCP_TYPE_SERIES_ROW);
  self->rule = (RcpSeriesRule){ .every = 2, .unit = RCP_SERIES_WEEKS, .count = 6 };
}

static void
set_notice (RcpSeriesModel *self, const char *notice)
{
  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

static void
set_state (RcpSeriesModel *self, RcpSeriesState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
on_dates_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpSeriesModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dates = rcp_series_find_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->search);
  set_notice (self, error != NULL ? _ ("The dates could not be read. Nothing was booked. Check the connection and try again.")
                                  : NULL);
  g_list_store_remove_all (self->dates);
  for (guint i = 0; dates != NULL && i < dates->len; i++)
    {
      g_autoptr (RcpSeriesRow) row = rcp_series_row_new (dates->pdata[i]);

      g_list_store_append (self->dates, row);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHOSEN]);
  set_state (self, error != NULL ? RCP_SERIES_FAILED : RCP_SERIES_READY);
}

static void
search (RcpSeriesModel *self)
{
  RcpProvider *provider = rcp_offer_get_provider (self->offer);
  RcpTimeRange range = rcp_offer_get_range (self->offer);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  set_state (self, RCP_SERIES_SEARCHING);
  rcp_series_find_async (rcp_desk_get_client (self->desk), rcp_desk_get_roster (self->desk), provider,
                         self->visit_type != NULL ? rcp_visit_type_get_code (self->visit_type) : NULL, &self->rule, self->own,
                         (range.end - range.start) / G_TIME_SPAN_MINUTE, REACH, self->search, on_dates_found_cb,
                         g_object_ref (self));
}

RcpSeriesModel *
rcp_series_model_new (RcpDesk *desk,
                      RcpPatient *patient,
                      RcpOffer *offer,
                      RcpVisitType *visit_type,
                      RcpUrgency urgency,
                      const char *complaint)
{
  RcpSeriesModel *self;
  const char *patient_id;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);
  g_return_val_if_fail (RCP_IS_OFFER (offer), NULL);

  patient_id = rcp_patient_get_id (patient);
  self = g_object_new (RCP_TYPE_SERIES_MODEL, NULL);
  self->desk = g_object_ref (desk);
  self->patient = g_object_ref (patient);
  self->offer = g_object_ref (offer);
  g_set_object (&self->visit_type, visit_type);
  self->urgency = urgency;
  self->complaint = g_strdup (complaint);
  self->rule.first = rcp_offer_get_range (offer).start;
  if (patient_id != NULL)
    self->own = rcp_own_visits_new (rcp_desk_get_client (desk), (const char *const[]){ patient_id, NULL }, NULL);
  search (self);
  return self;
}

void
rcp_series_model_set_rule (RcpSeriesModel *self, RcpSeriesUnit unit, guint every, guint count)
{
  g_return_if_fail (RCP_IS_SERIES_MODEL (self));

  if (self->state == RCP_SERIES_BUSY || self->state == RCP_SERIES_DONE)
    return;
  if (self->rule.unit == unit && self->rule.every == every && self->rule.count == count)
    return;
  self->rule.unit = unit;
  self->rule.every = MAX (every, 1);
  self->rule.count = CLAMP (count, 1, RCP_SERIES_MOST);
  search (self);
}

const RcpSeriesRule *
rcp_series_model_get_rule (RcpSeriesModel *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), NULL);
  return &self->rule;
}

RcpPatient *
rcp_series_model_get_patient (RcpSeriesModel *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), NULL);
  return self->patient;
}

RcpSeriesState
rcp_series_model_get_state (RcpSeriesModel *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), RCP_SERIES_FAILED);
  return self->state;
}

const char *
rcp_series_model_get_notice (RcpSeriesModel *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), NULL);
  return self->notice;
}

guint
rcp_series_model_get_n_chosen (RcpSeriesModel *self)
{
  guint n_chosen = 0;

  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), 0);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->dates)); i++)
    {
      g_autoptr (RcpSeriesRow) row = g_list_model_get_item (G_LIST_MODEL (self->dates), i);

      n_chosen += row->is_chosen;
    }
  return n_chosen;
}

GListModel *
rcp_series_model_get_dates (RcpSeriesModel *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), NULL);
  return G_LIST_MODEL (self->dates);
}

void
rcp_series_model_choose (RcpSeriesModel *self, RcpSeriesRow *row, gboolean is_chosen)
{
  g_return_if_fail (RCP_IS_SERIES_MODEL (self));
  g_return_if_fail (RCP_IS_SERIES_ROW (row));

  if (self->state != RCP_SERIES_READY || row->offer == NULL || row->is_chosen == is_chosen)
    return;
  row->is_chosen = is_chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHOSEN]);
}

char *
rcp_series_model_describe_time (RcpSeriesModel *self, gint64 instant)
{
  GTimeZone *zone;
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), NULL);

  zone = rcp_provider_get_zone (rcp_offer_get_provider (self->offer));
  day = rcp_time_text_short_day (instant, zone);
  time = rcp_time_text_clock (instant, zone);
  /* Translators: a day and a time of day */
  return g_strdup_printf (_ ("%s, %s"), day, time);
}

char *
rcp_series_model_describe_exception (RcpSeriesModel *self, RcpSeriesRow *row)
{
  RcpTimeRange range = rcp_offer_get_range (self->offer);
  RcpTimeRange wanted = { row->wanted, row->wanted + (range.end - range.start) };
  g_autofree char *reason = NULL;
  g_autofree char *nearest = NULL;

  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), NULL);

  if (row->fit == RCP_SERIES_FITS)
    return NULL;
  reason = rcp_series_explain (rcp_offer_get_provider (self->offer), wanted, self->own, rcp_desk_get_roster (self->desk),
                               rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
  if (row->offer == NULL)
    /* Translators: why a date cannot be had: "This time is taken" */
    return g_strdup_printf (_ ("%s. No other time is near."), reason);
  nearest = rcp_series_model_describe_time (self, rcp_offer_get_range (row->offer).start);
  /* Translators: why a date cannot be had; a day and a time of day */
  return g_strdup_printf (_ ("%s. The nearest is %s."), reason, nearest);
}

/* The place of @row among those that were to be booked; G_MAXUINT when it was left out. */
static guint
find_place (RcpSeriesModel *self, RcpSeriesRow *row)
{
  guint place = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->dates)); i++)
    {
      g_autoptr (RcpSeriesRow) other = g_list_model_get_item (G_LIST_MODEL (self->dates), i);

      if (!other->is_chosen)
        continue;
      if (other == row)
        return place;
      place++;
    }
  return G_MAXUINT;
}

char *
rcp_series_model_describe_outcome (RcpSeriesModel *self, RcpSeriesRow *row, gboolean *is_booked)
{
  RcpRunAllResult *result;
  guint place;

  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), NULL);

  *is_booked = FALSE;
  if (self->state != RCP_SERIES_DONE || self->results == NULL)
    return NULL;
  place = find_place (self, row);
  if (place >= self->results->len)
    return g_strdup (_ ("Left out"));
  result = self->results->pdata[place];
  if (result->visit == NULL)
    return g_strdup (result->error->message);
  *is_booked = TRUE;
  /* Translators: of a visit; what follows is its confirmation code. */
  return g_strdup_printf (_ ("Booked, code %s"), rcp_visit_get_code (result->visit));
}

static guint
count_done (GPtrArray *results)
{
  guint n_done = 0;

  for (guint i = 0; i < results->len; i++)
    n_done += ((RcpRunAllResult *)results->pdata[i])->visit != NULL;
  return n_done;
}

static void
invalidate (RcpSeriesModel *self, GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      RcpRunAllResult *result = results->pdata[i];

      if (result->visit != NULL)
        rcp_desk_invalidate (self->desk, rcp_visit_get_range (result->visit));
    }
}

static RcpVisit *
find_first (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      RcpRunAllResult *result = results->pdata[i];

      if (result->visit != NULL)
        return g_object_ref (result->visit);
    }
  return NULL;
}

static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpSeriesModel *self = g_task_get_source_object (task);
  g_autofree char *notice = NULL;
  guint n_done;

  self->results = rcp_run_all_finish (result);
  n_done = count_done (self->results);
  if (n_done < self->results->len)
    /* Translators: how many visits are booked, of how many that were to be. */
    notice = g_strdup_printf (_ ("%u of %u visits are booked. The others are named below."), n_done,
                              self->results->len);
  invalidate (self, self->results);
  set_notice (self, notice);
  set_state (self, RCP_SERIES_DONE);
  g_task_return_pointer (task, find_first (self->results), g_object_unref);
}

/* One booking for each chosen date, all of one series: (transfer full). */
static GPtrArray *
make_bookings (RcpSeriesModel *self)
{
  GPtrArray *bookings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *series_id = g_uuid_string_random ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->dates)); i++)
    {
      g_autoptr (RcpSeriesRow) row = g_list_model_get_item (G_LIST_MODEL (self->dates), i);
      RcpBookVisit *book;

      if (!row->is_chosen)
        continue;
      book = rcp_book_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->patient,
                                 row->offer, self->visit_type, self->urgency, self->complaint);
      rcp_book_visit_set_series (book, series_id);
      rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (book));
      g_ptr_array_add (bookings, book);
    }
  return bookings;
}

void
rcp_series_model_book_async (RcpSeriesModel *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) bookings = NULL;

  g_return_if_fail (RCP_IS_SERIES_MODEL (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_series_model_book_async);
  if (self->state != RCP_SERIES_READY || rcp_series_model_get_n_chosen (self) == 0)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  bookings = make_bookings (self);
  set_state (self, RCP_SERIES_BUSY);
  rcp_run_all_async (bookings, NULL, on_booked_cb, g_object_ref (task));
}

RcpVisit *
rcp_series_model_book_finish (RcpSeriesModel *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

gboolean
rcp_series_model_can_undo (RcpSeriesModel *self)
{
  g_return_val_if_fail (RCP_IS_SERIES_MODEL (self), FALSE);
  return self->state == RCP_SERIES_DONE && self->results != NULL && count_done (self->results) > 0;
}

/* What could be taken back is; what could not is named, and stays. */
static void
on_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpSeriesModel *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) undone = rcp_run_all_finish (result);
  const GError *first = NULL;

  for (guint i = 0; first == NULL && i < undone->len; i++)
    first = ((RcpRunAllResult *)undone->pdata[i])->error;
  invalidate (self, undone);
  set_notice (self, first != NULL ? first->message : NULL);
  if (first == NULL)
    g_clear_pointer (&self->results, g_ptr_array_unref);
  if (first == NULL)
    search (self);
  else
    set_state (self, RCP_SERIES_DONE);
  g_task_return_boolean (task, first == NULL);
}

/* The last first. */
void
rcp_series_model_undo_async (RcpSeriesModel *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) undos = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (rcp_series_model_can_undo (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_series_model_undo_async);
  for (guint i = self->results->len; i > 0; i--)
    {
      RcpRunAllResult *result = self->results->pdata[i - 1];

      if (result->visit != NULL)
        g_ptr_array_add (undos, rcp_undo_new (result->operation, rcp_desk_get_roster (self->desk),
                                              rcp_desk_get_undo_grace (self->desk)));
    }
  set_state (self, RCP_SERIES_BUSY);
  rcp_run_all_async (undos, NULL, on_undone_cb, g_object_ref (task));
}

gboolean
rcp_series_model_undo_finish (RcpSeriesModel *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
rcp_series_model_tell_done (RcpSeriesModel *self)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();

  g_return_if_fail (RCP_IS_SERIES_MODEL (self));

  if (!rcp_series_model_can_undo (self))
    return;
  for (guint i = 0; i < self->results->len; i++)
    {
      RcpRunAllResult *result = self->results->pdata[i];

      if (result->visit != NULL)
        g_ptr_array_add (operations, result->operation);
    }
  rcp_desk_tell_all_done (self->desk, operations);
}
