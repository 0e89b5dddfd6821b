/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-history.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/* An entry of a history in words of the desk's language and forms. All (transfer full). */

char *rcp_history_text_deed (RcpHistoryEntry *entry, RcpDesk *desk);  /* "Moved from Mon, 23 Nov, 9:00 to Wed, 25 Nov, 10:00" */
GStrv rcp_history_text_details (RcpHistoryEntry *entry, RcpDesk *desk); /* "Complaint: cough → fever": what the deed does not say */
char *rcp_history_text_about (RcpHistoryEntry *entry, RcpDesk *desk); /* "Visit on Mon, 23 Nov, 9:00 with Dr. Ruiz"; "" when the deed says so */
char *rcp_history_text_who (RcpHistoryEntry *entry, gboolean may_know); /* "Window 2" */
char *rcp_history_text_clock (RcpHistoryEntry *entry, RcpDesk *desk); /* "9:26", where the clinic is */
char *rcp_history_text_day (RcpHistoryEntry *entry, RcpDesk *desk);   /* "Monday, 23 November 2026" */

/* rcp-history-value.c: a value as it is stored, to be read; the zone is that of the place of the visit. */
char *rcp_history_value_describe (RcpHistoryField field, const char *stored, GTimeZone *zone, RcpDesk *desk);
char *rcp_history_value_describe_time (gint64 instant, GTimeZone *zone, RcpDesk *desk);
const char *rcp_history_value_get_label (RcpHistoryField field); /* "Complaint": translated */

G_END_DECLS
