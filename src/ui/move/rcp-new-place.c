/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-new-places"

#include "config.h"

#include "rcp-new-places-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-rooms.h"
#include "scheduling/rcp-waiting.h"
#include "ui/booking/rcp-booking-model.h"
#include "ui/rcp-time-text.h"

/* A day more is worse than all that follows, of all visits together; then who it is with, and how well it suits by the clinic's
 * weights; an hour earlier or later counts a little. */
#define COST_OF_DAY 1000000
#define COST_OF_OTHER_PROVIDER 2000
#define COST_OF_BAD_FIT 4000
/* Who is to come so soon is not asked to come sooner still. */
#define SHORT_NOTICE G_TIME_SPAN_DAY

G_DEFINE_FINAL_TYPE (RcpNewPlace, rcp_new_place, G_TYPE_OBJECT)

enum
{
  PROP_IS_CHOSEN = 1,
  PROP_OUTCOME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rcp_new_place_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RcpNewPlace *self = RCP_NEW_PLACE (object);

  if (id == PROP_IS_CHOSEN)
    g_value_set_boolean (value, self->is_chosen);
  else
    g_value_set_int (value, self->outcome);
}

static void
rcp_new_place_finalize (GObject *object)
{
  RcpNewPlace *self = RCP_NEW_PLACE (object);

  g_clear_object (&self->visit);
  g_clear_object (&self->provider);
  g_clear_object (&self->ranking);
  g_clear_object (&self->offer);
  g_clear_object (&self->room);
  rcp_wish_free (self->wish);
  rcp_wish_free (self->liked);
  g_free (self->before);
  g_free (self->after);
  g_free (self->reason);
  g_free (self->result);
  G_OBJECT_CLASS (rcp_new_place_parent_class)->finalize (object);
}

static void
rcp_new_place_class_init (RcpNewPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_new_place_get_property;
  object_class->finalize = rcp_new_place_finalize;
  properties[PROP_IS_CHOSEN]
      = g_param_spec_boolean ("is-chosen", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_OUTCOME] = g_param_spec_int ("outcome", NULL, NULL, RCP_NEW_PLACE_WAITING, RCP_NEW_PLACE_REFUSED,
                                               RCP_NEW_PLACE_WAITING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_new_place_init (RcpNewPlace *self)
{
}

static char *
describe_place (RcpTimeRange range, RcpProvider *provider, GTimeZone *zone)
{
  g_autofree char *day = rcp_time_text_short_day (range.start, zone);
  g_autofree char *time = rcp_time_text_range (range, zone);

  if (provider == NULL)
    return g_strdup_printf ("%s, %s", day, time);
  return g_strdup_printf ("%s, %s, %s", day, time, rcp_provider_get_name (provider));
}

static GTimeZone *
get_zone (RcpNewPlace *self, RcpDesk *desk)
{
  return self->provider != NULL ? rcp_provider_get_zone (self->provider) : rcp_desk_get_zone (desk);
}

/* What the visit keeps comes along, and so has to be free as the patient has to be. */
static void
add_kept_rooms (RcpNewPlace *self, RcpRoster *roster)
{
  g_autoptr (GPtrArray) kept = rcp_rooms_list_kept (roster, self->visit, self->provider);

  for (guint i = 0; i < kept->len; i++)
    rcp_own_visits_add_room (self->wish->own, rcp_room_get_reference (kept->pdata[i]));
}

/* The visit is as long as it was, for whom it was, with somebody who gives such visits. */
static void
make_wish (RcpNewPlace *self, RcpDesk *desk)
{
  RcpTimeRange range = rcp_visit_get_range (self->visit);
  gint64 now = rcp_clock_get_now (rcp_desk_get_clock (desk));

  self->wish = rcp_wish_new ();
  self->wish->visit_type = g_strdup (rcp_visit_get_type_code (self->visit));
  self->wish->specialty = self->provider != NULL ? g_strdup (rcp_provider_get_specialty (self->provider)) : NULL;
  self->wish->duration = MAX (1, (range.end - range.start) / G_TIME_SPAN_MINUTE);
  self->wish->urgency = rcp_visit_get_urgency (self->visit);
  self->wish->not_before = range.start < now + SHORT_NOTICE ? MAX (range.start, now) : now;
  rcp_time_get_day (MAX (range.start, now), get_zone (self, desk), &self->wish->from);
  self->wish->own = rcp_booking_own_visits_new (rcp_desk_get_client (desk), rcp_visit_get_patient (self->visit), self->visit);
  if (self->wish->own != NULL && self->provider != NULL)
    add_kept_rooms (self, rcp_desk_get_roster (desk));
  self->liked = rcp_wish_copy (self->wish);
  self->liked->time_of_day = rcp_time_of_day_of (range.start, get_zone (self, desk));
}

RcpNewPlace *
rcp_new_place_new (RcpDesk *desk, RcpVisit *visit)
{
  RcpNewPlace *self = g_object_new (RCP_TYPE_NEW_PLACE, NULL);

  self->visit = g_object_ref (visit);
  g_set_object (&self->provider, rcp_roster_find_provider_of_visit (rcp_desk_get_roster (desk), visit));
  self->before = describe_place (rcp_visit_get_range (visit), self->provider, get_zone (self, desk));
  self->ranking = rcp_offer_ranking_new (desk);
  /* Who comes to several visits in a row keeps them in a row: that is for the desk to arrange. */
  if (rcp_visit_get_together_id (visit) != NULL)
    self->reason = g_strdup (_ ("Booked as one with other visits: move all of it by hand."));
  else if (!rcp_visit_may_move (visit))
    self->reason = g_strdup (_ ("It cannot be moved any more, as the patient is here or was here."));
  else
    make_wish (self, desk);
  if (self->wish != NULL)
    rcp_offer_ranking_set_patient (self->ranking, rcp_visit_get_patient (visit));
  return self;
}

static guint
count_days (RcpNewPlace *self, RcpOffer *offer)
{
  GTimeZone *zone = rcp_provider_get_zone (rcp_offer_get_provider (offer));
  GDate before, after;

  rcp_time_get_day (rcp_visit_get_range (self->visit).start, zone, &before);
  rcp_time_get_day (rcp_offer_get_range (offer).start, zone, &after);
  return MAX (g_date_days_between (&before, &after), 0);
}

gboolean
rcp_new_place_is_same_day (RcpNewPlace *self)
{
  return self->offer != NULL && count_days (self, self->offer) == 0;
}

static gboolean
is_same_provider (RcpNewPlace *self, RcpOffer *offer)
{
  const char *person = rcp_provider_get_practitioner_id (rcp_offer_get_provider (offer));

  return self->provider != NULL && person != NULL && g_strcmp0 (person, rcp_provider_get_practitioner_id (self->provider)) == 0;
}

gint64
rcp_new_place_get_cost (RcpNewPlace *self, RcpOffer *offer)
{
  GTimeZone *zone = rcp_provider_get_zone (rcp_offer_get_provider (offer));
  int minute = rcp_time_get_minute (rcp_offer_get_range (offer).start, zone);
  int wanted = rcp_time_get_minute (rcp_visit_get_range (self->visit).start, zone);
  gboolean is_same = is_same_provider (self, offer), is_barred = FALSE;
  double score = rcp_offer_ranking_get_score (self->ranking, offer, &is_barred);

  /* Whoever sees the patient already may go on. */
  if (is_barred && !is_same)
    return -1;
  return (gint64)count_days (self, offer) * COST_OF_DAY + (is_same ? 0 : COST_OF_OTHER_PROVIDER)
         + lround (COST_OF_BAD_FIT * (1 - (isnan (score) ? 0.5 : score))) + ABS (minute - wanted);
}

static void
append_reason (GArray *reasons, guint index, char *text)
{
  RcpMatchReason reason = { .text = text };

  g_array_insert_val (reasons, index, reason);
}

/* "Same day; same provider; in network" */
static char *
describe_reason (RcpNewPlace *self, RcpOffer *offer)
{
  guint n_days = count_days (self, offer);
  g_autoptr (GArray) reasons = rcp_offer_ranking_explain (self->ranking, offer);

  if (reasons == NULL)
    {
      reasons = g_array_new (FALSE, FALSE, sizeof (RcpMatchReason));
      g_array_set_clear_func (reasons, (GDestroyNotify)rcp_match_reason_clear);
    }
  append_reason (reasons, 0,
                 n_days == 0 ? g_strdup (_ ("same day"))
                             : g_strdup_printf (g_dngettext (NULL, "%u day later", "%u days later", n_days), n_days));
  append_reason (reasons, 1, g_strdup (is_same_provider (self, offer) ? _ ("same provider") : _ ("another provider")));
  return rcp_match_explain_beside_time (reasons, 0);
}

void
rcp_new_place_set_offer (RcpNewPlace *self, RcpOffer *offer, RcpRoom *room, guint days)
{
  g_set_object (&self->offer, offer);
  g_set_object (&self->room, room);
  g_clear_pointer (&self->after, g_free);
  g_clear_pointer (&self->reason, g_free);
  self->is_chosen = offer != NULL;
  if (offer == NULL)
    {
      /* Translators: of a visit that has to move; how many days from its day on were looked at. */
      self->reason = g_strdup_printf (g_dngettext (NULL, "No free place within %u day. It stays where it is.",
                                                   "No free place within %u days. It stays where it is.", days),
                                      days);
      return;
    }
  self->after = describe_place (rcp_offer_get_range (offer), rcp_offer_get_provider (offer),
                                rcp_provider_get_zone (rcp_offer_get_provider (offer)));
  self->reason = describe_reason (self, offer);
}

void
rcp_new_place_choose (RcpNewPlace *self, gboolean is_chosen)
{
  self->is_chosen = is_chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CHOSEN]);
}

void
rcp_new_place_set_outcome (RcpNewPlace *self, RcpNewPlaceOutcome outcome, const char *result)
{
  self->outcome = outcome;
  g_free (self->result);
  self->result = g_strdup (result);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
}

RcpVisit *
rcp_new_place_get_visit (RcpNewPlace *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACE (self), NULL);
  return self->visit;
}

RcpOffer *
rcp_new_place_get_offer (RcpNewPlace *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACE (self), NULL);
  return self->offer;
}

const char *
rcp_new_place_get_before (RcpNewPlace *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACE (self), NULL);
  return self->before;
}

const char *
rcp_new_place_get_after (RcpNewPlace *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACE (self), NULL);
  return self->after;
}

const char *
rcp_new_place_get_reason (RcpNewPlace *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACE (self), NULL);
  return self->reason;
}

gboolean
rcp_new_place_is_chosen (RcpNewPlace *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACE (self), FALSE);
  return self->is_chosen;
}

RcpNewPlaceOutcome
rcp_new_place_get_outcome (RcpNewPlace *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACE (self), RCP_NEW_PLACE_WAITING);
  return self->outcome;
}

const char *
rcp_new_place_get_result (RcpNewPlace *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACE (self), NULL);
  return self->result;
}
