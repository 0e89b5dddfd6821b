/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-busy-times.h"

G_BEGIN_DECLS

/* What calendars kept when they were read last, in a file that only the user can read: ranges, how much they are kept and by whose
 * Practitioner's id, no word of an event. It is used until the calendars are read again. */

/* In the user's data folder. (transfer full) */
char *rcp_busy_memory_dup_default_file (void);
/* Tells @times what @file holds of @record. Reads a small file. */
gboolean rcp_busy_memory_load (const char *file, const char *record, RcpBusyTimes *times, GError **error);
/* A copy of @times, to be written from any thread. @now: what is live is of now. (transfer full) */
GVariant *rcp_busy_memory_copy (RcpBusyTimes *times, gint64 now);
/* Replaces what @file holds of @record, and leaves the other records. */
gboolean rcp_busy_memory_save (const char *file, const char *record, GVariant *copy, GError **error);

G_END_DECLS
