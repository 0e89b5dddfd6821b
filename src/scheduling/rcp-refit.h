/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-roster.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_schedules; /* whose slots follow their hours again */
  guint n_added;     /* slots */
  guint n_removed;
  guint n_visits;    /* that fit no more and were not on the list yet */
} RcpRefitReport;

/* Whether a Schedule of @roster says that its slots do not follow its hours yet: somebody changed them, or was
 * interrupted while they were changed. */
gboolean rcp_refit_is_needed (RcpRoster *roster);

/* Makes the slots of those Schedules follow their hours: free ones outside are removed, new ones added; busy and blocked
 * ones stay, and booked visits that fit no more become work to do, a Task for each. May be stopped or killed anywhere
 * and done again; beside bookings of other desks. */
void rcp_refit_hours_async (FhirClient *client,
                            RcpRoster *roster,
                            RcpClock *clock,
                            guint horizon_days,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* @report: (out) (optional) */
gboolean rcp_refit_hours_finish (GAsyncResult *result, RcpRefitReport *report, GError **error);

/**
 * RcpRefit:
 *
 * A booked visit that fits the hours no more, and nobody has moved, cancelled or kept it yet.
 */
typedef struct
{
  RcpVisit *visit;
  FhirResource *task;
  const char *why; /* translated */
} RcpRefit;

void rcp_refit_free (RcpRefit *refit);

/* Reads them, by time: (element-type RcpRefit). What was moved, cancelled or is over meanwhile is ticked off. */
void rcp_refit_list_async (
    FhirClient *client, RcpClock *clock, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rcp_refit_list_finish (GAsyncResult *result, GError **error);

/* Ticks one off: the visit stays where it is. */
void rcp_refit_keep_async (FhirClient *client,
                           RcpClock *clock,
                           RcpRefit *refit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean rcp_refit_keep_finish (GAsyncResult *result, GError **error);

G_END_DECLS
