/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-spec.h"

G_BEGIN_DECLS

/**
 * PracticeStore:
 *
 * One connection to the SQLite database of a practice (WAL, synchronous FULL), used by one thread at a time. The writer
 * and each reader have their own. Every function works inside the caller's transaction.
 */
typedef struct _PracticeStore PracticeStore;

typedef enum
{
  PRACTICE_STORE_READER,
  PRACTICE_STORE_WRITER,
} PracticeStoreRole;

#define PRACTICE_STORE_ERROR (practice_store_error_quark ())

typedef enum
{
  PRACTICE_STORE_ERROR_FAILED,
  PRACTICE_STORE_ERROR_BUSY,
  PRACTICE_STORE_ERROR_LOCKED,
  PRACTICE_STORE_ERROR_NEWER,
} PracticeStoreError;

GQuark practice_store_error_quark (void);

PracticeStore *practice_store_open (const char *path, PracticeStoreRole role, GError **error);
/* Makes the database when there is none, or brings the index of an older one up to date, which can take a while: @progress
 * is called when the per cent figure changes. Opening the writer does the same in silence. */
typedef void (*PracticeStoreProgressFunc) (guint percent, gpointer user_data);
gboolean practice_store_upgrade (const char *path, PracticeStoreProgressFunc progress, gpointer user_data, GError **error);
void practice_store_close (PracticeStore *store);
/* Keeps a second server away from the same database for as long as the returned descriptor is open; -1 on error. */
int practice_store_lock (const char *path, GError **error);

gboolean practice_store_begin (PracticeStore *store, GError **error);
gboolean practice_store_commit (PracticeStore *store, GError **error);
void practice_store_rollback (PracticeStore *store);
/* Whether a transaction is open: a full disk or a read error may have ended it. */
gboolean practice_store_in_transaction (PracticeStore *store);

/* Savepoints nest; each begin is paired with one end, which undoes everything since when @keep is FALSE. */
gboolean practice_store_savepoint_begin (PracticeStore *store, GError **error);
gboolean practice_store_savepoint_end (PracticeStore *store, gboolean keep, GError **error);

/* A version as stored: @content is the JSON text with meta.versionId and meta.lastUpdated in it; NULL when deleted. */
typedef struct
{
  char *type;
  char *id;
  gint64 version;
  gint64 last_updated; /* microseconds UTC */
  char *content;
  gsize length;
} PracticeVersion;

void practice_version_free (PracticeVersion *version);

/* Current version (also of a deleted one), or NULL. */
PracticeVersion *practice_store_read (PracticeStore *store, const char *type, const char *id);
PracticeVersion *practice_store_vread (PracticeStore *store, const char *type, const char *id, gint64 version);
/* Writes the next version of @resource (its id and resourceType are inside), sets meta, updates the indexes.
 * @now: microseconds UTC. Returns the version that was written, (transfer full). */
PracticeVersion *practice_store_write (PracticeStore *store, PracticeJson *resource, gint64 now, GError **error);
/* In two steps, for a resource that the store does not have: the first is safe on any thread. */
PracticeVersion *practice_version_new_first (PracticeJson *resource, gint64 now);
gboolean practice_store_add (PracticeStore *store, PracticeJson *resource, const PracticeVersion *version, GError **error);
gboolean practice_store_delete (PracticeStore *store, const char *type, const char *id, gint64 now, GError **error);

/* The versions of a resource, of a type (@id NULL) or of all (@type NULL), newest first, written at or after @since, and
 * with a sequence number below @before (0: from the newest). @next gets the number to go on with, 0 at the end. */
GPtrArray *practice_store_history (PracticeStore *store, const char *type, const char *id, gint64 since, gint64 before,
                                   guint count, gint64 *next);
/* Number of resources of a type, or of all, that are not deleted. */
gint64 practice_store_count (PracticeStore *store, const char *type);

/* Bulk load for --import and --sample, outside of a transaction: commits no longer wait for the disk each, until it is
 * turned off again, which makes all of it durable. */
void practice_store_set_bulk (PracticeStore *store, gboolean bulk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeStore, practice_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeVersion, practice_version_free)

G_END_DECLS
