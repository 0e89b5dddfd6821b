/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The events of a calendar while it is watched, and what each UID of them keeps busy. Private to the calendars. */

#include <libecal/libecal.h>

#include "calendars/rcp-busy-reader.h"

G_BEGIN_DECLS

typedef struct _RcpEventStore RcpEventStore;

RcpEventStore *rcp_event_store_new (void);
void rcp_event_store_free (RcpEventStore *self);
/* A VEVENT that is new or changed; kept as long as it is needed. */
void rcp_event_store_put (RcpEventStore *self, ICalComponent *event);
/* Without a @recurrence_id all of that UID. */
void rcp_event_store_remove (RcpEventStore *self, const char *uid, const char *recurrence_id);
gboolean rcp_event_store_is_series (RcpEventStore *self, const char *uid);
/* Reads what has changed, for @time microseconds at most. FALSE when all is read. */
gboolean rcp_event_store_read (RcpEventStore *self, RcpBusyReader *reader, gint64 time);
GArray *rcp_event_store_collect (RcpEventStore *self); /* (transfer full), of RcpBusy, normalized */
guint rcp_event_store_get_n_unread (RcpEventStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpEventStore, rcp_event_store_free)

G_END_DECLS
