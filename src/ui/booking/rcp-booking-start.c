/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A booking that begins with a time on the board, or with nothing. */

#define G_LOG_DOMAIN "rcp-booking-start"

#include "config.h"

#include "rcp-booking-model.h"

#include "scheduling/rcp-openings.h"
#include "scheduling/rcp-rooms.h"

typedef gboolean (*Suits) (gpointer owner, const RcpWish *wish, RcpVisitType *visit_type);

static gboolean
suits_provider (gpointer provider, const RcpWish *wish, RcpVisitType *visit_type)
{
  return rcp_openings_suits (provider, wish, visit_type);
}

static gboolean
suits_room (gpointer room, const RcpWish *wish, RcpVisitType *visit_type)
{
  return g_strcmp0 (rcp_visit_type_get_needs (visit_type), rcp_room_get_kind (room)) == 0;
}

/* Nobody asks the heart specialist for a skin check: a click on somebody's empty time means a visit that he or she gives; and in a
 * room one that needs it. */
static void
ensure_visit_type (RcpBookingModel *model, RcpRoster *roster, Suits suits, gpointer owner)
{
  GListModel *visit_types = rcp_roster_get_visit_types (roster);
  RcpVisitType *chosen = rcp_booking_model_get_visit_type (model);
  const RcpWish *wish = rcp_booking_model_get_wish (model);

  if (chosen != NULL && suits (owner, wish, chosen))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (visit_types); i++)
    {
      g_autoptr (RcpVisitType) visit_type = g_list_model_get_item (visit_types, i);

      if (!suits (owner, wish, visit_type))
        continue;
      rcp_booking_model_set_visit_type (model, visit_type);
      return;
    }
}

static GTimeZone *
get_zone (RcpRoster *roster, gpointer owner)
{
  RcpPlace *place = RCP_IS_ROOM (owner) ? rcp_room_get_place (owner) : NULL;

  if (RCP_IS_PROVIDER (owner))
    return rcp_provider_get_zone (owner);
  return place != NULL ? rcp_place_get_zone (place) : rcp_roster_get_zone (roster);
}

/**
 * rcp_booking_model_set_start:
 * @self: a booking
 * @owner: a #RcpProvider, or a #RcpRoom, where the time is free
 * @start: the instant
 *
 * A room that no visit type needs is only where one pointed: the visit is then with anybody, at that time.
 */
void
rcp_booking_model_set_start (RcpBookingModel *self, gpointer owner, gint64 start)
{
  RcpRoster *roster;
  GDate day;

  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));
  g_return_if_fail (RCP_IS_PROVIDER (owner) || RCP_IS_ROOM (owner));

  roster = rcp_booking_model_get_roster (self);
  rcp_time_get_day (start, get_zone (roster, owner), &day);
  rcp_booking_model_set_from (self, &day);
  rcp_booking_model_set_provider (self, RCP_IS_PROVIDER (owner) ? owner : NULL);
  rcp_booking_model_set_room (self, RCP_IS_ROOM (owner) && rcp_roster_is_room_needed (roster, owner) ? owner : NULL);
  ensure_visit_type (self, roster, RCP_IS_ROOM (owner) ? suits_room : suits_provider, owner);
  rcp_booking_model_set_not_before (self, start);
}

void
rcp_booking_model_set_gender (RcpBookingModel *self, RcpGender gender)
{
  RcpOfferRanking *ranking;

  g_return_if_fail (RCP_IS_BOOKING_MODEL (self));

  ranking = rcp_booking_model_get_ranking (self);
  if (rcp_offer_ranking_get_gender (ranking) == gender)
    return;
  rcp_offer_ranking_set_gender (ranking, gender);
  rcp_booking_model_search (self);
}

/**
 * rcp_booking_dup_usual_visit_type:
 *
 * Returns: (transfer full) (nullable): the first visit type that every provider gives, as nothing is known yet; else the first
 */
RcpVisitType *
rcp_booking_dup_usual_visit_type (RcpRoster *roster)
{
  GListModel *visit_types = rcp_roster_get_visit_types (roster);

  for (guint i = 0; i < g_list_model_get_n_items (visit_types); i++)
    {
      g_autoptr (RcpVisitType) visit_type = g_list_model_get_item (visit_types, i);
      const char *const *specialties = rcp_visit_type_get_specialties (visit_type);

      if (specialties == NULL || *specialties == NULL)
        return g_steal_pointer (&visit_type);
    }

  return g_list_model_get_item (visit_types, 0);
}

/**
 * rcp_booking_own_visits_new:
 * @client: the record
 * @patient: (nullable): who is to come
 * @moving: (nullable): the visit that is moved
 *
 * Who is to come may be elsewhere: that is asked once for each patient, and anew after a booking that failed.
 *
 * Returns: (transfer full) (nullable): %NULL when nobody is known yet
 */
RcpOwnVisits *
rcp_booking_own_visits_new (FhirClient *client, RcpPatient *patient, RcpVisit *moving)
{
  g_auto (GStrv) patients = NULL;

  if (moving != NULL)
    patients = rcp_visit_dup_patient_ids (moving);
  else if (patient != NULL && rcp_patient_get_id (patient) != NULL)
    patients = g_strdupv ((char *[]){ (char *)rcp_patient_get_id (patient), NULL });
  if (patients == NULL || patients[0] == NULL)
    return NULL;
  return rcp_own_visits_new (client, (const char *const *)patients, moving != NULL ? rcp_visit_get_id (moving) : NULL);
}

/**
 * rcp_booking_make_operation:
 * @self: a booking, or a move
 * @desk: its desk
 * @offer: what is to be taken
 *
 * Returns: (transfer full): what books or moves it; not run yet
 */
RcpVisitOperation *
rcp_booking_make_operation (RcpBookingModel *self, RcpDesk *desk, RcpOffer *offer)
{
  FhirClient *client = rcp_desk_get_client (desk);
  RcpClock *clock = rcp_desk_get_clock (desk);
  RcpVisit *moving = rcp_booking_model_get_moving (self);
  RcpVisitOperation *operation;

  if (moving != NULL)
    {
      rcp_rooms_bring (offer, rcp_desk_get_roster (desk), moving);
      operation = RCP_VISIT_OPERATION (rcp_move_visit_new (client, clock, moving, offer));
    }
  else
    {
      operation = RCP_VISIT_OPERATION (rcp_book_visit_new (client, clock, rcp_booking_model_get_patient (self), offer,
                                                           rcp_booking_model_get_visit_type (self), rcp_booking_model_get_wish (self)->urgency,
                                                           rcp_booking_model_get_complaint (self)));
    }
  rcp_desk_equip (desk, operation);
  return operation;
}
