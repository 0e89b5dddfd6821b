/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-request"

#include "config.h"

#include "rcp-request.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-conflicts.h"
#include "scheduling/rcp-openings.h"
#include "scheduling/rcp-overbook.h"
#include "scheduling/rcp-rooms.h"
#include "ui/rcp-time-text.h"

struct _RcpRequest
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpMirrorRequest *request;
  RcpVisit *visit;
  RcpProvider *provider; /* or NULL */
  RcpDay *day;           /* where it is to go; NULL for one that is deleted */
};

G_DEFINE_FINAL_TYPE (RcpRequest, rcp_request, G_TYPE_OBJECT)

static guint changed_signal;

static void
rcp_request_finalize (GObject *object)
{
  RcpRequest *self = RCP_REQUEST (object);

  g_clear_object (&self->day);
  g_clear_object (&self->provider);
  g_clear_object (&self->visit);
  g_clear_object (&self->request);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_request_parent_class)->finalize (object);
}

static void
rcp_request_class_init (RcpRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_request_finalize;
  changed_signal = g_signal_new ("changed", RCP_TYPE_REQUEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_request_init (RcpRequest *self)
{
}

static void
on_changed_cb (RcpRequest *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static GTimeZone *
get_zone (RcpRequest *self)
{
  return self->provider ? rcp_provider_get_zone (self->provider) : rcp_desk_get_zone (self->desk);
}

static gboolean
is_deleted (RcpRequest *self)
{
  return rcp_mirror_request_get_deed (self->request) == RCP_MIRROR_DELETED;
}

static void
follow_day (RcpRequest *self)
{
  GDate date;

  if (is_deleted (self))
    return;
  rcp_time_get_day (rcp_mirror_request_get_range (self->request).start, rcp_desk_get_zone (self->desk), &date);
  self->day = rcp_day_book_get (rcp_desk_get_day_book (self->desk), &date);
  g_signal_connect_object (self->day, "notify::loading", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "items-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "slots-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rcp_request_new:
 * @desk: an open desk
 * @ask: what is asked
 *
 * Returns: (transfer full): the request, whose day is read if it was not yet
 */
RcpRequest *
rcp_request_new (RcpDesk *desk, const RcpMirrorAsk *ask)
{
  RcpRequest *self = g_object_new (RCP_TYPE_REQUEST, NULL);

  self->desk = g_object_ref (desk);
  self->request = g_object_ref (ask->request);
  self->visit = g_object_ref (ask->visit);
  g_set_object (&self->provider, rcp_roster_find_provider_of_visit (rcp_desk_get_roster (desk), ask->visit));
  follow_day (self);
  return self;
}

RcpMirrorRequest *
rcp_request_get_request (RcpRequest *self)
{
  g_return_val_if_fail (RCP_IS_REQUEST (self), NULL);

  return self->request;
}

RcpVisit *
rcp_request_get_visit (RcpRequest *self)
{
  g_return_val_if_fail (RCP_IS_REQUEST (self), NULL);

  return self->visit;
}

gboolean
rcp_request_is_same (RcpRequest *self, const RcpMirrorAsk *ask)
{
  g_return_val_if_fail (RCP_IS_REQUEST (self), FALSE);

  return g_strcmp0 (rcp_mirror_request_get_id (self->request), rcp_mirror_request_get_id (ask->request)) == 0
         && g_strcmp0 (fhir_resource_get_version_id (rcp_visit_get_resource (self->visit)),
                       fhir_resource_get_version_id (rcp_visit_get_resource (ask->visit)))
              == 0;
}

static RcpConflicts *
make_conflicts (RcpRequest *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  RcpTimeRange range = rcp_mirror_request_get_range (self->request);
  g_autoptr (GPtrArray) rooms
    = rcp_rooms_list_fitting (roster, rcp_rooms_get_needs (roster, rcp_visit_get_type_code (self->visit)), self->provider);
  RcpConflicts *conflicts = rcp_conflicts_new_for_column (self->day, self->provider, self->visit, NULL, NULL, range.end - range.start,
                                                          rcp_clock_get_now (rcp_desk_get_clock (self->desk)));

  if (rooms->len > 0)
    rcp_conflicts_add_rooms (conflicts, self->day, rooms, self->visit);
  return conflicts;
}

static gboolean
is_known (RcpRequest *self)
{
  return self->provider && self->day && rcp_day_is_loaded (self->day);
}

/* NULL: there is no such time, though nothing is in the way: it begins between two times that are open for visits. */
static RcpOffer *
find_offer (RcpRequest *self)
{
  RcpTimeRange range = rcp_mirror_request_get_range (self->request);
  GArray *slots = rcp_day_get_slots (self->day, rcp_provider_get_schedule_id (self->provider));
  RcpOpening opening;

  if (!slots
      || !rcp_openings_find_at ((const RcpSlot *) (gpointer) slots->data, slots->len, range.start,
                                (guint) ((range.end - range.start) / G_TIME_SPAN_MINUTE), rcp_visit_get_slot_ids (self->visit), &opening))
    return NULL;
  return rcp_offer_new (self->provider, opening.first, opening.n_slots);
}

RcpRequestWay
rcp_request_get_way (RcpRequest *self)
{
  g_autoptr (RcpConflicts) conflicts = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  guint kinds;

  g_return_val_if_fail (RCP_IS_REQUEST (self), RCP_REQUEST_CLOSED);

  if (is_deleted (self))
    return RCP_REQUEST_FREE;
  if (!self->provider)
    return RCP_REQUEST_CLOSED;
  if (!is_known (self))
    return RCP_REQUEST_READING;
  conflicts = make_conflicts (self);
  kinds = rcp_conflicts_kinds_at (conflicts, rcp_mirror_request_get_range (self->request).start);
  if (kinds != 0)
    return rcp_overbook_is_possible (kinds) ? RCP_REQUEST_CROWDED : RCP_REQUEST_CLOSED;
  offer = find_offer (self);
  return offer ? RCP_REQUEST_FREE : RCP_REQUEST_CROWDED;
}

char *
rcp_request_describe_conflicts (RcpRequest *self)
{
  g_autoptr (RcpConflicts) conflicts = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (RCP_IS_REQUEST (self), NULL);

  if (is_deleted (self) || rcp_request_get_way (self) == RCP_REQUEST_FREE)
    return NULL;
  if (!self->provider)
    return g_strdup (_("Its provider is not on the board."));
  if (!is_known (self))
    return g_strdup (_("The day is still being read."));
  conflicts = make_conflicts (self);
  list = rcp_conflicts_at (conflicts, rcp_mirror_request_get_range (self->request).start);
  if (list->len == 0)
    return g_strdup (_("No visit can begin at this time without a reason."));
  text = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *line = rcp_conflict_describe (list->pdata[i], self->provider, NULL);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_time (RcpRequest *self, RcpTimeRange range)
{
  g_autofree char *day = rcp_time_text_short_day (range.start, get_zone (self));
  g_autofree char *time = rcp_time_text_range (range, get_zone (self));

  return g_strdup_printf ("%s, %s", day, time);
}

char *
rcp_request_describe (RcpRequest *self)
{
  g_autofree char *from = NULL, *to = NULL;
  const char *who;

  g_return_val_if_fail (RCP_IS_REQUEST (self), NULL);

  who = self->provider ? rcp_provider_get_name (self->provider) : _("The provider");
  from = describe_time (self, rcp_visit_get_range (self->visit));
  if (is_deleted (self))
    /* Translators: a provider, and a day and a time. */
    return g_strdup_printf (_("%s deleted it in the calendar: %s"), who, from);
  to = describe_time (self, rcp_mirror_request_get_range (self->request));
  /* Translators: a provider, and two days and times. */
  return g_strdup_printf (_("%s moved it in the calendar: from %s to %s"), who, from, to);
}

static RcpVisitOperation *
make_move (RcpRequest *self, const char *reason)
{
  FhirClient *client = rcp_desk_get_client (self->desk);
  g_autoptr (RcpOffer) offer = NULL;
  RcpMoveVisit *move;

  if (rcp_request_get_way (self) == RCP_REQUEST_FREE)
    offer = find_offer (self);
  else if (rcp_request_get_way (self) == RCP_REQUEST_CROWDED && reason)
    offer = rcp_overbook_make_offer (self->day, self->provider, rcp_mirror_request_get_range (self->request));
  if (!offer)
    return NULL;
  rcp_rooms_require (offer, rcp_desk_get_roster (self->desk), rcp_visit_get_type_code (self->visit));
  move = rcp_move_visit_new (client, rcp_desk_get_clock (self->desk), self->visit, offer);
  rcp_move_visit_set_overbook (move, rcp_request_get_way (self) == RCP_REQUEST_CROWDED ? reason : NULL);
  return RCP_VISIT_OPERATION (move);
}

/**
 * rcp_request_make_operation:
 * @self: a request
 * @reason: (nullable): why it may stand where something is in the way
 *
 * Returns: (transfer full) (nullable): the ordinary move or cancellation, not run yet
 */
RcpVisitOperation *
rcp_request_make_operation (RcpRequest *self, const char *reason)
{
  RcpVisitOperation *operation;

  g_return_val_if_fail (RCP_IS_REQUEST (self), NULL);

  if (is_deleted (self))
    operation = RCP_VISIT_OPERATION (
      rcp_cancel_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->visit, "prov", NULL));
  else
    operation = make_move (self, reason);
  if (operation)
    rcp_desk_equip (self->desk, operation);
  return operation;
}
