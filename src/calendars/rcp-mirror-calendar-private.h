/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libecal/libecal.h>

#include "calendars/rcp-mirror-calendar.h"
#include "calendars/rcp-mirror-deadline.h"

G_BEGIN_DECLS

/* One call to Evolution Data Server on behalf of @task, with its time limit. */
typedef struct
{
  RcpMirrorCalendar *self;
  GTask *task;
  RcpMirrorDeadline *deadline;
} RcpMirrorCall;

RcpMirrorCall *rcp_mirror_call_new (RcpMirrorCalendar *self, GTask *task);
GCancellable *rcp_mirror_call_get_cancellable (RcpMirrorCall *call);
/* Ends it: says in @error when its time was over, counts the trouble, and gives its task back: (transfer full). */
GTask *rcp_mirror_call_end (RcpMirrorCall *call, GError **error);
/* Whether the event itself is another one than was thought, which the next reading settles. */
gboolean rcp_mirror_error_is_conflict (const GError *error);

typedef void (*RcpMirrorReady) (GTask *task);
/* Calls @ready once there is a client that is connected; else @task returns an error. Takes @task. */
void rcp_mirror_calendar_open (RcpMirrorCalendar *self, GTask *task, RcpMirrorReady ready);
ECalClient *rcp_mirror_calendar_get_client (RcpMirrorCalendar *self); /* borrowed; NULL when it has ended */
GTimeZone *rcp_mirror_calendar_get_place (RcpMirrorCalendar *self);
/* Whether its events tell that the server has them. */
gboolean rcp_mirror_calendar_tells_server (RcpMirrorCalendar *self);
const char *rcp_mirror_calendar_get_realm (RcpMirrorCalendar *self);
/* Whether the server can be written now: else an edit would wait in the cache, and be dropped where it conflicts. */
gboolean rcp_mirror_calendar_is_connected (RcpMirrorCalendar *self);
/* The event itself, of what may come with its instances: (transfer full), or NULL. */
icalcomponent *rcp_mirror_find_master (ICalComponent *component);

G_END_DECLS
