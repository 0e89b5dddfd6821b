/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-booking-model.h"

#include <glib/gi18n.h>

#include "ui/booking/rcp-booking-busy.h"

#define MAX_OFFERS 40
#define COMPARED_OFFERS 6 /* of each provider */

struct _RcpBookingModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpPatient *patient;
  RcpVisit *moving;
  RcpVisitType *visit_type;
  RcpWish *wish;
  char *complaint;

  GListStore *offers;
  RcpOfferRanking *ranking;
  GCancellable *search;   /* of the search under way */
  guint search_id;        /* idle source that starts the next one */
  RcpBookingState state;
  char *notice;
  char *detail;
  gboolean keep_notice;   /* of a failed booking: the search after it must not wipe it */
};

G_DEFINE_TYPE (RcpBookingModel, rcp_booking_model, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_NOTICE,
  PROP_PATIENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_notice (RcpBookingModel *self, const char *notice, const char *detail)
{
  if (g_strcmp0 (self->notice, notice) == 0 && g_strcmp0 (self->detail, detail) == 0)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_free (self->detail);
  self->detail = g_strdup (detail);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

static void
set_state (RcpBookingModel *self, RcpBookingState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
on_openings_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpBookingModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpOffers) offers = rcp_find_openings_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->search);
  rcp_offer_ranking_show (self->ranking, self->offers, (GListModel *) offers, self->wish, MAX_OFFERS);
  if (error != NULL)
    {
      /* Why a booking failed, and whether it is booked all the same, is more than that the openings are not there. */
      if (!self->keep_notice)
        set_notice (self, NULL, error->message);
      set_state (self, RCP_BOOKING_FAILED);
      return;
    }

  if (!self->keep_notice)
    {
      g_autofree char *told = rcp_booking_musts_tell (self, rcp_offers_get_explanation (offers));

      set_notice (self, told, NULL);
    }
  self->keep_notice = FALSE;
  set_state (self, g_list_model_get_n_items (G_LIST_MODEL (self->offers)) > 0 ? RCP_BOOKING_OFFERS : RCP_BOOKING_NOTHING);
}

static void
stop_search (RcpBookingModel *self)
{
  g_clear_handle_id (&self->search_id, g_source_remove);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}

static void
look_for_own_visits (RcpBookingModel *self)
{
  g_clear_object (&self->wish->own);
  self->wish->own = rcp_booking_own_visits_new (rcp_desk_get_client (self->desk), self->patient, self->moving);
}

static gboolean
on_search_due_cb (gpointer user_data)
{
  RcpBookingModel *self = user_data;
  gint64 now = rcp_clock_get_now (rcp_desk_get_clock (self->desk));

  self->search_id = 0;
  self->wish->not_before = MAX (self->wish->not_before, now);
  self->wish->per_provider = rcp_offer_ranking_compares (self->ranking) && self->wish->schedule_id == NULL ? COMPARED_OFFERS : 0;
  rcp_booking_musts_leave_out (self, self->wish);
  self->search = g_cancellable_new ();
  rcp_find_openings_async (rcp_desk_get_client (self->desk), rcp_desk_get_roster (self->desk), self->wish, MAX_OFFERS,
                           self->search, on_openings_found_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/**
 * rcp_booking_model_search:
 *
 * Searches in the next round of the main loop, so that several changes at once cost one search.
 */
void
rcp_booking_model_search (RcpBookingModel *self)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  if (self->state == RCP_BOOKING_BUSY || self->state == RCP_BOOKING_DONE)
    return;

  stop_search (self);
  set_state (self, RCP_BOOKING_SEARCHING);
  self->search_id = g_idle_add (on_search_due_cb, self);
}

static void
rcp_booking_model_dispose (GObject *object)
{
  RcpBookingModel *self = RCP_BOOKING_MODEL (object);

  stop_search (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->patient);
  g_clear_object (&self->moving);
  g_clear_object (&self->visit_type);
  g_clear_object (&self->offers);
  g_clear_object (&self->ranking);
  G_OBJECT_CLASS (rcp_booking_model_parent_class)->dispose (object);
}

static void
rcp_booking_model_finalize (GObject *object)
{
  RcpBookingModel *self = RCP_BOOKING_MODEL (object);

  rcp_wish_free (self->wish);
  g_free (self->complaint);
  g_free (self->notice);
  g_free (self->detail);
  G_OBJECT_CLASS (rcp_booking_model_parent_class)->finalize (object);
}

static void
rcp_booking_model_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RcpBookingModel *self = RCP_BOOKING_MODEL (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    case PROP_PATIENT:
      g_value_set_object (value, self->patient);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rcp_booking_model_class_init (RcpBookingModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_booking_model_dispose;
  object_class->finalize = rcp_booking_model_finalize;
  object_class->get_property = rcp_booking_model_get_property;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, RCP_BOOKING_SEARCHING, RCP_BOOKING_DONE,
                                             RCP_BOOKING_SEARCHING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PATIENT] = g_param_spec_object ("patient", NULL, NULL, RCP_TYPE_PATIENT,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_booking_model_init (RcpBookingModel *self)
{
  self->wish = rcp_wish_new ();
  self->offers = g_list_store_new (RCP_TYPE_OFFER);
}

/* What stood first may stand elsewhere now: that is said, as somebody may be about to press Enter. */
static void
on_ranking_changed_cb (RcpBookingModel *self)
{
  if (rcp_booking_musts_changed (self))
    rcp_booking_model_search (self);
  else if (rcp_offer_ranking_rearrange (self->ranking, self->offers, self->wish) && self->state == RCP_BOOKING_OFFERS)
    set_notice (self, _("The order has changed: more is known of the patient now."), NULL);
}

/**
 * rcp_booking_model_new:
 * @desk: an open desk
 *
 * Returns: (transfer full): a model that wishes for the usual visit type, from today, with anybody
 */
RcpBookingModel *
rcp_booking_model_new (RcpDesk *desk)
{
  RcpBookingModel *self;
  g_autoptr (RcpVisitType) first = NULL;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_BOOKING_MODEL, NULL);
  self->desk = g_object_ref (desk);
  self->ranking = rcp_offer_ranking_new (desk);
  g_signal_connect_object (self->ranking, "changed", G_CALLBACK (on_ranking_changed_cb), self, G_CONNECT_SWAPPED);
  rcp_desk_get_today (desk, &self->wish->from);
  first = rcp_booking_dup_usual_visit_type (rcp_desk_get_roster (desk));
  rcp_booking_model_set_visit_type (self, first);
  rcp_booking_busy_follow (self, rcp_desk_get_busy_times (desk));
  return self;
}

void
rcp_booking_model_set_moving (RcpBookingModel *self, RcpVisit *visit)
{
  RcpRoster *roster;
  RcpProvider *provider;
  RcpTimeRange range;

  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));
  g_return_if_fail (RCP_IS_VISIT (visit));

  roster = rcp_desk_get_roster (self->desk);
  range = rcp_visit_get_range (visit);
  g_set_object (&self->moving, visit);
  if (rcp_visit_get_type_code (visit) != NULL)
    rcp_booking_model_set_visit_type (self, rcp_roster_find_visit_type (roster, rcp_visit_get_type_code (visit)));
  /* The visit keeps its length, whatever its type says. */
  self->wish->duration = MAX (1, (range.end - range.start) / G_TIME_SPAN_MINUTE);
  self->wish->urgency = rcp_visit_get_urgency (visit);
  provider = rcp_roster_find_provider_of_visit (roster, visit);
  if (provider != NULL)
    rcp_booking_model_set_provider (self, provider);
  look_for_own_visits (self);
  rcp_booking_model_set_patient (self, rcp_visit_get_patient (visit));
}

RcpVisit *
rcp_booking_model_get_moving (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return self->moving;
}

void
rcp_booking_model_set_patient (RcpBookingModel *self, RcpPatient *patient)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  if (!g_set_object (&self->patient, patient))
    return;
  look_for_own_visits (self);
  rcp_offer_ranking_set_patient (self->ranking, patient);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATIENT]);
  rcp_booking_model_search (self);
}

RcpPatient *
rcp_booking_model_get_patient (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return self->patient;
}

static void
set_wish_text (RcpBookingModel *self, char **field, const char *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  rcp_booking_model_search (self);
}

void
rcp_booking_model_set_visit_type (RcpBookingModel *self, RcpVisitType *visit_type)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  if (!g_set_object (&self->visit_type, visit_type))
    return;
  self->wish->duration = visit_type != NULL ? rcp_visit_type_get_duration (visit_type) : 15;
  set_wish_text (self, &self->wish->visit_type, visit_type != NULL ? rcp_visit_type_get_code (visit_type) : NULL);
}

void
rcp_booking_model_set_specialty (RcpBookingModel *self, const char *specialty)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  set_wish_text (self, &self->wish->specialty, specialty);
}

void
rcp_booking_model_set_provider (RcpBookingModel *self, RcpProvider *provider)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  set_wish_text (self, &self->wish->schedule_id, provider != NULL ? rcp_provider_get_schedule_id (provider) : NULL);
}

void
rcp_booking_model_set_urgency (RcpBookingModel *self, RcpUrgency urgency)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  if (self->wish->urgency == urgency)
    return;
  self->wish->urgency = urgency;
  rcp_booking_model_search (self);
}

void
rcp_booking_model_set_time_of_day (RcpBookingModel *self, RcpTimeOfDay time_of_day)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  if (self->wish->time_of_day == time_of_day)
    return;
  self->wish->time_of_day = time_of_day;
  rcp_booking_model_search (self);
}

void
rcp_booking_model_set_from (RcpBookingModel *self, const GDate *from)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));
  g_return_if_fail (from != NULL && g_date_valid (from));

  if (g_date_compare (&self->wish->from, from) == 0)
    return;
  self->wish->from = *from;
  self->wish->not_before = 0;
  rcp_booking_model_search (self);
}

void
rcp_booking_model_set_not_before (RcpBookingModel *self, gint64 start)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  self->wish->not_before = start;
  rcp_booking_model_search (self);
}

void
rcp_booking_model_set_room (RcpBookingModel *self, RcpRoom *room)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  set_wish_text (self, &self->wish->room_id, room != NULL ? rcp_room_get_schedule_id (room) : NULL);
}

void
rcp_booking_model_set_complaint (RcpBookingModel *self, const char *complaint)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  g_free (self->complaint);
  self->complaint = complaint != NULL ? g_strstrip (g_strdup (complaint)) : NULL;
  if (self->complaint != NULL && *self->complaint == '\0')
    g_clear_pointer (&self->complaint, g_free);
}

const char *
rcp_booking_model_get_complaint (RcpBookingModel *self)
{
  return self->complaint;
}

void
rcp_booking_model_tell (RcpBookingModel *self, const char *notice, const char *detail)
{
  set_notice (self, notice, detail);
}

RcpRoster *
rcp_booking_model_get_roster (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return rcp_desk_get_roster (self->desk);
}

const RcpWish *
rcp_booking_model_get_wish (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return self->wish;
}

RcpVisitType *
rcp_booking_model_get_visit_type (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return self->visit_type;
}

RcpBookingState
rcp_booking_model_get_state (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), RCP_BOOKING_FAILED);

  return self->state;
}

const char *
rcp_booking_model_get_notice (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return self->notice;
}

const char *
rcp_booking_model_get_detail (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return self->detail;
}

RcpOfferRanking *
rcp_booking_model_get_ranking (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return self->ranking;
}

void
rcp_booking_model_set_order (RcpBookingModel *self, RcpOfferOrder order)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  if (rcp_offer_ranking_get_order (self->ranking) == order)
    return;
  rcp_offer_ranking_set_order (self->ranking, order);
  rcp_booking_model_search (self);
}

GListModel *
rcp_booking_model_get_offers (RcpBookingModel *self)
{
  g_return_val_if_fail (RCP_IS_BOOKING_MODEL (self), NULL);

  return G_LIST_MODEL (self->offers);
}

/* The one place where a booking or a move ends, well or not. */
static void
complete_booking (GTask *task, RcpVisit *visit, GError *error)
{
  RcpBookingModel *self = g_task_get_source_object (task);

  if (visit != NULL)
    {
      rcp_desk_invalidate (self->desk, rcp_visit_get_range (visit));
      if (self->moving != NULL)
        rcp_desk_invalidate (self->desk, rcp_visit_get_range (self->moving));
      set_notice (self, NULL, NULL);
      set_state (self, RCP_BOOKING_DONE);
      g_task_return_pointer (task, g_object_ref (visit), g_object_unref);
      return;
    }

  set_notice (self, error->message, rcp_scheduling_error_get_detail (error));
  self->keep_notice = TRUE;
  self->state = RCP_BOOKING_FAILED;
  look_for_own_visits (self);
  rcp_booking_model_search (self);
  g_task_return_error (task, g_error_copy (error));
}

static void
on_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (source), result, &error);

  complete_booking (task, visit, error);
  if (visit != NULL)
    rcp_desk_tell_done (RCP_BOOKING_MODEL (g_task_get_source_object (task))->desk, source);
}

/**
 * rcp_booking_model_book_async:
 * @offer: one of the offers
 * @cancellable: (nullable): stops waiting
 * @callback: called when the record holds the visit, or does not
 *
 * Only one booking comes of a model: a second call before the end, or after success, is refused.
 */
void
rcp_booking_model_book_async (RcpBookingModel *self, RcpOffer *offer, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RcpVisitOperation) operation = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));
  g_return_if_fail (RCP_IS_OFFER (offer));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_booking_model_book_async);
  if (self->state == RCP_BOOKING_BUSY || self->state == RCP_BOOKING_DONE)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s", _("This visit is being booked already."));
      return;
    }
  if (self->patient == NULL && self->moving == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", _("Choose a patient first."));
      return;
    }

  stop_search (self);
  set_notice (self, NULL, NULL);
  set_state (self, RCP_BOOKING_BUSY);
  operation = rcp_booking_make_operation (self, self->desk, offer);
  rcp_visit_operation_run_async (operation, cancellable, on_finished_cb, g_steal_pointer (&task));
}

RcpVisit *
rcp_booking_model_book_finish (RcpBookingModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
