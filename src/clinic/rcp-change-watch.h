/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Asks a server again and again which visits, or which Encounters, changed. Private to the clinic. */

#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

#define RCP_TYPE_CHANGE_WATCH (rcp_change_watch_get_type ())
G_DECLARE_FINAL_TYPE (RcpChangeWatch, rcp_change_watch, RCP, CHANGE_WATCH, GObject)

/* @interval: milliseconds between a reply and the next question. */
RcpChangeWatch *rcp_change_watch_new (FhirClient *client, guint interval);
RcpChangeWatch *rcp_change_watch_new_for_encounters (FhirClient *client, guint interval);
void rcp_change_watch_start (RcpChangeWatch *self);
void rcp_change_watch_stop (RcpChangeWatch *self);
gboolean rcp_change_watch_is_online (RcpChangeWatch *self); /* "notify::online" */

/* Signal "changed" (GPtrArray of RcpVisit): what was not told before; with the elements of the first line of the board
 * only; of Encounters a GPtrArray of FhirResource. NULL when so much has changed that anything may have. */

G_END_DECLS
