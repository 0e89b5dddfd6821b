/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "calendars/rcp-calendar.h"
#include "calendars/rcp-mirror-values.h"
#include "fhir/fhir-client.h"
#include "mirroring/rcp-mirror-service.h"

G_BEGIN_DECLS

/**
 * RcpMirrorStanding:
 *
 * @RCP_MIRROR_STOPPED: it does not run
 * @RCP_MIRROR_WORKING: something is to be done, or to be looked at again in a moment
 * @RCP_MIRROR_CURRENT: the calendar shows the visits as they are
 * @RCP_MIRROR_BEHIND: the record or the calendar cannot be reached; it goes on trying
 */
typedef enum
{
  RCP_MIRROR_STOPPED,
  RCP_MIRROR_WORKING,
  RCP_MIRROR_CURRENT,
  RCP_MIRROR_BEHIND,
} RcpMirrorStanding;

/**
 * RcpMirror:
 *
 * Keeps one provider's calendar as the visits of the record are, and makes requests of what the provider changes there
 * (scheduling/rcp-mirror-request.h). All it knows is in the record and in the calendar: it may end at any time. "notify::standing" tells of
 * another standing, "requests-changed" of other requests.
 */
#define RCP_TYPE_MIRROR (rcp_mirror_get_type ())
G_DECLARE_FINAL_TYPE (RcpMirror, rcp_mirror, RCP, MIRROR, GObject)

/* @zone: IANA name of the zone of the place. */
RcpMirror *rcp_mirror_new (FhirClient *client, RcpClock *clock, const char *practitioner_id, RcpCalendar *calendar, const char *zone);
/* How much it may say, only that there is a visit if not told; and the name of the place, or NULL. Before it starts. */
void rcp_mirror_set_privacy (RcpMirror *self, RcpMirrorPrivacy privacy, const char *place);
/* Whether patients are invited by e-mail, where the calendar has an address of its own; not if not told. Also while it runs. */
void rcp_mirror_set_invites (RcpMirror *self, gboolean invites);
RcpMirrorInviting rcp_mirror_get_inviting (RcpMirror *self);
/* For tests: how long a call to the calendar may take, and the first pause after a failure, in milliseconds. */
void rcp_mirror_set_pace (RcpMirror *self, guint patience, guint pause);
/* For tests: how often the calendar's server is asked for news. Before it starts. */
void rcp_mirror_set_news_pause (RcpMirror *self, guint seconds);
void rcp_mirror_start (RcpMirror *self);
void rcp_mirror_stop (RcpMirror *self);
/* The record may have changed: of visits of this provider, or requests. */
void rcp_mirror_look (RcpMirror *self);
/* Anything may have: a visit that was deleted for good is seen by reading all. */
void rcp_mirror_look_again (RcpMirror *self);
/* Has the calendar's server asked for news now, not at the interval of Evolution Data Server. */
void rcp_mirror_refresh (RcpMirror *self);
RcpMirrorStanding rcp_mirror_get_standing (RcpMirror *self);
const GError *rcp_mirror_get_error (RcpMirror *self); /* why it is behind, or NULL */
gboolean rcp_mirror_has_shown (RcpMirror *self, const char *visit_id); /* the calendar was seen to have it */
gint64 rcp_mirror_get_as_of (RcpMirror *self);         /* when the calendar last showed the visits as they are, or 0 */
guint rcp_mirror_get_n_waiting (RcpMirror *self);      /* visits that wait for the calendar's server, as far as known */
guint rcp_mirror_get_n_passes (RcpMirror *self);      /* that went through */
/* That wait for an answer: borrowed, of RcpMirrorRequest, the oldest first. */
GPtrArray *rcp_mirror_get_requests (RcpMirror *self);

G_END_DECLS
