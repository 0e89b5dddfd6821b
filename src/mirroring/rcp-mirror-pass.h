/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "calendars/rcp-mirror-calendar.h"
#include "fhir/fhir-client.h"
#include "mirroring/rcp-mirror-ledger.h"
#include "mirroring/rcp-mirror-seen.h"

G_BEGIN_DECLS

/* One look at the record and at the calendar, what follows from it, done. Private to the mirror. */

/**
 * RcpMirrorPass: what a pass needs, and what stays from one to the next.
 * @practitioner_id: of whose calendar
 * @zone: IANA name of the zone of the place, or NULL
 * @place: its name, or NULL
 * @invites: whether patients are invited
 * @is_just_on: whether that was switched on, and not all have been since
 * @window: which visits
 * @seen: the visits, as they were read last
 * @n_waiting: visits that the calendar's server was not seen to have as they are, by the last pass that did not go through
 * @has_clashed: whether an event was another one than the last pass had planned with
 * @suspects: when an event was first missed, by the id of its visit
 */
typedef struct
{
  FhirClient *client;
  RcpClock *clock;
  RcpMirrorCalendar *calendar;
  RcpMirrorLedger *ledger;
  RcpMirrorSeen *seen;
  char *practitioner_id;
  RcpMirrorPrivacy privacy;
  char *zone;
  char *place;
  gboolean invites;
  gboolean is_just_on;
  RcpTimeRange window;
  guint n_waiting;
  gboolean has_clashed;
  GHashTable *suspects;
} RcpMirrorPass;

RcpMirrorPass *rcp_mirror_pass_new (FhirClient *client, RcpClock *clock, RcpMirrorCalendar *calendar, const char *practitioner_id);
void rcp_mirror_pass_free (RcpMirrorPass *pass);

/**
 * RcpMirrorResult:
 * @requests: of RcpMirrorRequest: that wait for an answer, as they were before what the pass has written
 * @n_mirrored: visits that the calendar's server has as they are
 * @n_steps: how much was done in the calendar
 * @n_suspects: events that are missed and may be deleted
 * @has_written: whether the record was changed
 * @is_behind: whether the calendar's server may not have all yet
 */
typedef struct
{
  GPtrArray *requests;
  guint n_mirrored;
  guint n_steps;
  guint n_suspects;
  gboolean has_written;
  gboolean is_behind;
} RcpMirrorResult;

void rcp_mirror_result_free (RcpMirrorResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorResult, rcp_mirror_result_free)

/* @pass lives until the callback. */
void rcp_mirror_pass_run_async (RcpMirrorPass *pass, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpMirrorResult *rcp_mirror_pass_run_finish (GAsyncResult *result, GError **error); /* (transfer full) */

G_END_DECLS
