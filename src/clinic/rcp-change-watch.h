/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Asks a server again and again what changed of what a board shows. Private to the clinic. */

#include "clinic/rcp-change.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

#define RCP_TYPE_CHANGE_WATCH (rcp_change_watch_get_type ())
G_DECLARE_FINAL_TYPE (RcpChangeWatch, rcp_change_watch, RCP, CHANGE_WATCH, GObject)

/* @interval: milliseconds between a reply and the next question. */
RcpChangeWatch *rcp_change_watch_new (FhirClient *client, guint interval);
/* Where deletions matter most: a server without histories tells them by the number of visits there. */
void rcp_change_watch_set_range (RcpChangeWatch *self, RcpTimeRange range);
void rcp_change_watch_start (RcpChangeWatch *self);
void rcp_change_watch_stop (RcpChangeWatch *self);
gboolean rcp_change_watch_is_online (RcpChangeWatch *self); /* "notify::online" */

/* Signal "changed" (GPtrArray of RcpChange): Appointments, Slots, Encounters and Flags that were not told before. NULL
 * when so much has changed that anything may have. */

G_END_DECLS
