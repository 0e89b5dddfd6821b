/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-calendar.h"
#include "calendars/rcp-mirror-plan.h"

G_BEGIN_DECLS

/**
 * RcpMirrorCalendar:
 *
 * The calendar that visits are mirrored to, through Evolution Data Server: reads what it holds of ours, and carries out the steps of a
 * plan. Every call comes back within some seconds, whatever the server does; a step whose call was given up may have been done or not,
 * which the next reading tells. "changed" tells that an event of ours may be another one.
 */
#define RCP_TYPE_MIRROR_CALENDAR (rcp_mirror_calendar_get_type ())
G_DECLARE_FINAL_TYPE (RcpMirrorCalendar, rcp_mirror_calendar, RCP, MIRROR_CALENDAR, GObject)

/* @place: the zone of the place, for events without one. */
RcpMirrorCalendar *rcp_mirror_calendar_new (RcpCalendar *calendar, GTimeZone *place);
void rcp_mirror_calendar_set_realm (RcpMirrorCalendar *self, const char *realm); /* before the first reading */
/* How long one call may take: five seconds if not told. */
void rcp_mirror_calendar_set_patience (RcpMirrorCalendar *self, guint milliseconds);
RcpCalendar *rcp_mirror_calendar_get_calendar (RcpMirrorCalendar *self);
/* What the calendar is called at every desk that has it, without its address: (transfer full). One of this computer is another one at
 * each desk. */
char *rcp_mirror_calendar_dup_key (RcpMirrorCalendar *self);
/* Whether a call has failed because the calendar may not be written. */
gboolean rcp_mirror_calendar_is_refusal (const GError *error);
/* Its own e-mail address, in which patients can be invited; NULL where it has none, and before it was opened. */
const char *rcp_mirror_calendar_get_address (RcpMirrorCalendar *self);
gboolean rcp_mirror_calendar_knows_address (RcpMirrorCalendar *self); /* whether it was opened: then NULL means none */
gboolean rcp_mirror_calendar_has_server (RcpMirrorCalendar *self); /* other than this computer */
/* How often the server has failed so far, told by any call or by Evolution Data Server itself. */
guint rcp_mirror_calendar_get_n_troubles (RcpMirrorCalendar *self);

/* Our events of the visits @ids, and any others of ours that touch @window. Fails while the calendar's server is away. */
void rcp_mirror_calendar_read_async (RcpMirrorCalendar *self,
                                     const char *const *ids,
                                     RcpTimeRange window,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* (element-type utf8 RcpMirrorHeld) (transfer full): by the id of the visit */
GHashTable *rcp_mirror_calendar_read_finish (RcpMirrorCalendar *self, GAsyncResult *result, GError **error);

/* Carries out @steps (element-type RcpMirrorStep), which live until the callback. */
void rcp_mirror_calendar_run_async (RcpMirrorCalendar *self,
                                    GArray *steps,
                                    gint64 now,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* @n_conflicts: (out) (optional): of steps that were not done since the event is another one now. FALSE where one failed. */
gboolean rcp_mirror_calendar_run_finish (RcpMirrorCalendar *self, GAsyncResult *result, guint *n_conflicts, GError **error);

/* Asks the server itself for the events of the visits @ids, one by one. */
void rcp_mirror_calendar_check_async (RcpMirrorCalendar *self,
                                      const char *const *ids,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full): those that are not found. A server that is just gone looks the same: look at the troubles after a refresh. */
GStrv rcp_mirror_calendar_check_finish (RcpMirrorCalendar *self, GAsyncResult *result, GError **error);

/* Has Evolution Data Server send what waits and ask for news; it does so after the callback. */
void rcp_mirror_calendar_refresh_async (RcpMirrorCalendar *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean rcp_mirror_calendar_refresh_finish (RcpMirrorCalendar *self, GAsyncResult *result, GError **error);

G_END_DECLS
