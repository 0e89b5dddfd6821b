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

PracticeStore *practice_store_open (const char *path, PracticeStoreRole role, GError **error);
void practice_store_close (PracticeStore *store);

gboolean practice_store_begin (PracticeStore *store, GError **error);
gboolean practice_store_commit (PracticeStore *store, GError **error);
void practice_store_rollback (PracticeStore *store);

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
gboolean practice_store_delete (PracticeStore *store, const char *type, const char *id, gint64 now, GError **error);

/* Bulk load for --import and --sample: index drops, prepared statements and batches are the store's business. */
void practice_store_set_bulk (PracticeStore *store, gboolean bulk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeStore, practice_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeVersion, practice_version_free)

G_END_DECLS
