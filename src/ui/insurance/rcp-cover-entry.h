/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-cover-state.h"
#include "ui/insurance/rcp-insurance-model.h"

G_BEGIN_DECLS

/**
 * RcpCoverEntry:
 *
 * One visit of the insurance list, with the insurances of its patient that are in force. By the one that pays first it is judged; their
 * payers are asked one after the other, in the order in which they pay.
 *
 * Signals: "changed" whenever what is known of it has.
 */
#define RCP_TYPE_COVER_ENTRY (rcp_cover_entry_get_type ())
G_DECLARE_FINAL_TYPE (RcpCoverEntry, rcp_cover_entry, RCP, COVER_ENTRY, GObject)

RcpCoverEntry *rcp_cover_entry_new (RcpDesk *desk, RcpVisit *visit, const GDate *day);
RcpVisit *rcp_cover_entry_get_visit (RcpCoverEntry *self);
gboolean rcp_cover_entry_is_for (RcpCoverEntry *self, RcpVisit *visit); /* nothing that matters here has changed of it */
const char *rcp_cover_entry_get_service_type (RcpCoverEntry *self);     /* X12 code of what is asked about */
RcpCoverage *rcp_cover_entry_get_coverage (RcpCoverEntry *self);        /* that pays first, or NULL */
RcpCoverage *rcp_cover_entry_get_nth (RcpCoverEntry *self, guint nth);  /* in their order; NULL behind the last */

void rcp_cover_entry_read (RcpCoverEntry *self);
gboolean rcp_cover_entry_is_read (RcpCoverEntry *self); /* or could not be */
RcpCoverState rcp_cover_entry_get_state (RcpCoverEntry *self);
gboolean rcp_cover_entry_wants_asking (RcpCoverEntry *self);
gboolean rcp_cover_entry_is_due (RcpCoverEntry *self, guint nth); /* to be asked about by no person */

void rcp_cover_entry_set_waiting (RcpCoverEntry *self, gboolean is_waiting); /* for its turn to be asked about */
gboolean rcp_cover_entry_ask (RcpCoverEntry *self, gboolean asks_anyway);
gboolean rcp_cover_entry_ask_about (RcpCoverEntry *self, RcpCoverage *coverage);
gboolean rcp_cover_entry_is_asking (RcpCoverEntry *self);
gboolean rcp_cover_entry_is_busy (RcpCoverEntry *self); /* asking, or waiting for it */

char *rcp_cover_entry_describe (RcpCoverEntry *self);
char *rcp_cover_entry_describe_further (RcpCoverEntry *self);
int rcp_cover_entry_compare (RcpCoverEntry *self, RcpCoverEntry *other);

G_END_DECLS
