/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-series.h"

G_BEGIN_DECLS

/**
 * RcpShiftPart: what becomes of one of several visits that go with another.
 * @visit: which one
 * @wanted: where it would start, by the clock on the wall
 * @fit: whether that can be had
 * @offer: that time, or for RCP_SERIES_SHIFTED the nearest that can be had; NULL for RCP_SERIES_NOTHING
 */
typedef struct
{
  RcpVisit *visit;
  gint64 wanted;
  RcpSeriesFit fit;
  RcpOffer *offer;
} RcpShiftPart;

void rcp_shift_part_free (RcpShiftPart *part);

/* Pure: as many days and as much later (or earlier) on the clock as from @from to @to: where a visit that starts at @start
 * goes. */
gint64 rcp_shift_get_start (gint64 start, gint64 from, gint64 to, GTimeZone *zone);

/* Reads where each of @visits (element-type RcpVisit) goes when @moved, one of them, goes to @offer: with the same provider as
 * @moved where it was with the same, else with its own. What the visits hold now counts as free. A time that cannot be
 * had is at most @reach (microseconds) away. (element-type RcpShiftPart), in the order of @visits. */
void rcp_shift_find_async (FhirClient *client,
                           RcpRoster *roster,
                           GPtrArray *visits,
                           RcpVisit *moved,
                           RcpOffer *offer,
                           gint64 reach,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GPtrArray *rcp_shift_find_finish (GAsyncResult *result, GError **error); /* (transfer full) */

G_END_DECLS
