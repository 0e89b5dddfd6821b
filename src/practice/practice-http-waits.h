/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PracticeWaits:
 *
 * Requests that are answered once something was written, or when they have waited long enough: "Prefer: wait" (RFC 7240,
 * section 4.3) together with "If-None-Match". The record as a whole has an entity tag for it, which each write changes.
 */
typedef struct _PracticeWaits PracticeWaits;

typedef void (*PracticeWaitFunc) (gpointer user_data);

PracticeWaits *practice_waits_new (void);
/* Forgets who waits: none is called any more. */
void practice_waits_free (PracticeWaits *waits);

/* The tag of the record as it is now: (transfer full). What is read afterwards is at least as new. */
char *practice_waits_dup_etag (PracticeWaits *waits);
/* The seconds that @prefer (nullable) asks for, 0 when it asks for none; no more than PRACTICE_WAITS_MAX_SECONDS. */
guint practice_waits_get_seconds (const char *prefer);

/* Calls @func when the tag is another than @if_none_match (nullable), at the latest after @seconds. FALSE when there is nothing to
 * wait for: the tag is another already, or too many wait. @destroy frees @user_data when it is forgotten. */
gboolean practice_waits_add (PracticeWaits *waits, const char *if_none_match, guint seconds, PracticeWaitFunc func,
                             gpointer user_data, GDestroyNotify destroy);
/* Whoever waits with @user_data does not any more; it is not freed. */
void practice_waits_remove (PracticeWaits *waits, gpointer user_data);
guint practice_waits_get_length (PracticeWaits *waits);

/* Something was written. */
void practice_waits_change (PracticeWaits *waits);

#define PRACTICE_WAITS_MAX_SECONDS 60
#define PRACTICE_WAITS_MAX_LENGTH 256

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeWaits, practice_waits_free)

G_END_DECLS
