/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

/* Rules; pure, no I/O, no clock. */

typedef struct
{
  const RcpSlot *first; /* into the caller's array */
  guint n_slots;
} RcpOpening;

RcpTimeRange rcp_opening_get_range (const RcpOpening *opening);

/* A local day, and the part of it in which a visit may start. */
typedef struct
{
  RcpTimeRange day;
  RcpTimeRange starts;
} RcpOpeningDay;

/* The days that @window touches: (transfer full) (element-type RcpOpeningDay). */
GArray *rcp_openings_get_days (RcpTimeRange window, RcpTimeOfDay time_of_day, GTimeZone *zone);

/* Every start on @days at which @duration minutes of consecutive free slots of one schedule lie in @window; the slots
 * are those of one schedule, sorted by start. Appends to @openings (element-type RcpOpening). */
void rcp_openings_collect (const RcpSlot *slots,
                           guint n_slots,
                           guint duration,
                           RcpTimeRange window,
                           GArray *days,
                           GArray *openings);

/* Drops those of @openings, sorted by start, that overlap one of @taken (element-type RcpTimeRange, normalized), in place.
 * @dropped: (inout): becomes the first of them, when it is earlier or empty so far. */
void rcp_openings_drop_taken (GArray *openings, GArray *taken, RcpTimeRange *dropped);

/* Whether @duration minutes can be had from exactly @start on, where @own_slot_ids (nullable, NULL-terminated) count as
 * free because the visit to be moved holds them. */
gboolean rcp_openings_find_at (const RcpSlot *slots,
                               guint n_slots,
                               gint64 start,
                               guint duration,
                               const char *const *own_slot_ids,
                               RcpOpening *opening);

/* Whether @provider may see a visit of the wish at all: column, place, specialty, and the visit type's specialties. */
gboolean rcp_openings_suits (RcpProvider *provider, const RcpWish *wish, RcpVisitType *visit_type);

/* The window of a wish: from MAX (from, not_before) to the end that its urgency allows (emergency today, urgent
 * @urgent_days, routine @horizon_days). */
RcpTimeRange rcp_openings_get_window (const RcpWish *wish, guint urgent_days, guint horizon_days, GTimeZone *zone);

G_END_DECLS
