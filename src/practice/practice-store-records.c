/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-store"

#include "practice-store-private.h"

#include <string.h>

#include "base/rcp-iso8601.h"

/* What the resource row says of the newest version. */
typedef struct
{
  gint64 rid;
  gint64 version;
  gint64 updated;
  gboolean deleted;
} Head;

void
practice_version_free (PracticeVersion *version)
{
  if (version == NULL)
    return;

  g_free (version->type);
  g_free (version->id);
  g_free (version->content);
  g_free (version);
}

PracticeVersion *
practice_version_from_row (sqlite3_stmt *statement)
{
  PracticeVersion *version = g_new0 (PracticeVersion, 1);

  version->type = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  version->id = g_strdup ((const char *) sqlite3_column_text (statement, 1));
  version->version = sqlite3_column_int64 (statement, 2);
  version->last_updated = sqlite3_column_int64 (statement, 3);
  if (sqlite3_column_type (statement, 4) != SQLITE_NULL)
    {
      const void *text = sqlite3_column_text (statement, 4);

      version->length = sqlite3_column_bytes (statement, 4);
      version->content = g_malloc (version->length + 1);
      memcpy (version->content, text, version->length);
      version->content[version->length] = '\0';
    }

  return version;
}

/* One row or none from a bound statement. */
static PracticeVersion *
fetch_version (sqlite3_stmt *statement)
{
  PracticeVersion *version = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    version = practice_version_from_row (statement);
  sqlite3_reset (statement);

  return version;
}

PracticeVersion *
practice_store_read (PracticeStore *store, const char *type, const char *id)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store,
    "SELECT " PRACTICE_VERSION_COLUMNS " FROM resource r JOIN version v ON v.seq = r.seq"
    " WHERE r.type = ? AND r.id = ?");

  sqlite3_bind_text (statement, 1, type, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
  return fetch_version (statement);
}

PracticeVersion *
practice_store_vread (PracticeStore *store, const char *type, const char *id, gint64 version)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store,
    "SELECT " PRACTICE_VERSION_COLUMNS " FROM resource r JOIN version v ON v.rid = r.rid"
    " WHERE r.type = ? AND r.id = ? AND v.version = ?");

  sqlite3_bind_text (statement, 1, type, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, version);
  return fetch_version (statement);
}

PracticeVersion *
practice_store_load (PracticeStore *store, gint64 rid)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store,
    "SELECT " PRACTICE_VERSION_COLUMNS " FROM resource r JOIN version v ON v.seq = r.seq"
    " WHERE r.rid = ? AND r.deleted = 0");

  sqlite3_bind_int64 (statement, 1, rid);
  return fetch_version (statement);
}

static gboolean
find_head (PracticeStore *store, const char *type, const char *id, Head *head)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store,
    "SELECT rid, version, updated, deleted FROM resource WHERE type = ? AND id = ?");
  gboolean found;

  sqlite3_bind_text (statement, 1, type, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
  found = sqlite3_step (statement) == SQLITE_ROW;
  if (found)
    *head = (Head){ sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1),
                    sqlite3_column_int64 (statement, 2), sqlite3_column_int (statement, 3) != 0 };
  sqlite3_reset (statement);

  return found;
}

gint64
practice_store_find_rid (PracticeStore *store, const char *type, const char *id)
{
  Head head;

  return find_head (store, type, id, &head) && !head.deleted ? head.rid : 0;
}

static void
set_meta (PracticeJson *resource, gint64 version, gint64 updated)
{
  g_autofree char *instant = rcp_iso8601_format_utc (updated);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, version);
  PracticeJson *meta = practice_json_get_object (resource, "meta");

  if (meta == NULL)
    {
      meta = json_object_new_object ();
      json_object_object_add (resource, "meta", meta);
    }
  json_object_object_add (meta, "versionId", json_object_new_string (number));
  json_object_object_add (meta, "lastUpdated", json_object_new_string (instant));
}

static gboolean
insert_version (PracticeStore *store, gint64 seq, gint64 rid, const PracticeVersion *version, GError **error)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store,
    "INSERT INTO version (seq, rid, version, type, updated, content) VALUES (?, ?, ?, ?, ?, ?)");

  sqlite3_bind_int64 (statement, 1, seq);
  sqlite3_bind_int64 (statement, 2, rid);
  sqlite3_bind_int64 (statement, 3, version->version);
  sqlite3_bind_text (statement, 4, version->type, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, version->last_updated);
  if (version->content != NULL)
    sqlite3_bind_text64 (statement, 6, version->content, version->length, SQLITE_STATIC, SQLITE_UTF8);
  return practice_store_run (store, statement, error);
}

static gboolean
put_head (PracticeStore *store, gint64 seq, gint64 rid, const PracticeVersion *version, GError **error)
{
  sqlite3_stmt *statement;

  if (seq == rid)
    {
      statement = practice_store_prepare_record (store,
        "INSERT INTO resource (version, updated, deleted, seq, rid, type, id) VALUES (?, ?, ?, ?, ?, ?, ?)");
      sqlite3_bind_text (statement, 6, version->type, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 7, version->id, -1, SQLITE_STATIC);
    }
  else
    {
      statement = practice_store_prepare_record (store,
        "UPDATE resource SET version = ?, updated = ?, deleted = ?, seq = ? WHERE rid = ?");
    }

  sqlite3_bind_int64 (statement, 1, version->version);
  sqlite3_bind_int64 (statement, 2, version->last_updated);
  sqlite3_bind_int (statement, 3, version->content == NULL);
  sqlite3_bind_int64 (statement, 4, seq);
  sqlite3_bind_int64 (statement, 5, rid);
  return practice_store_run (store, statement, error);
}

/* Instants are shown to the millisecond; a clock that was set back must not make history run backwards. */
static gint64
next_updated (const Head *head, gint64 now)
{
  gint64 updated = now - now % 1000;

  return head != NULL ? MAX (updated, head->updated) : updated;
}

static PracticeVersion *
make_version (PracticeJson *resource, gint64 number, gint64 updated)
{
  PracticeVersion *version;
  const char *type = practice_json_get_string (resource, "resourceType");
  const char *id = practice_json_get_string (resource, "id");

  g_return_val_if_fail (type != NULL && id != NULL, NULL);

  version = g_new0 (PracticeVersion, 1);
  version->type = g_strdup (type);
  version->id = g_strdup (id);
  version->version = number;
  version->last_updated = updated;
  set_meta (resource, number, updated);
  version->content = practice_json_print (resource, &version->length);
  return version;
}

/**
 * practice_version_new_first:
 * @resource: a resource with resourceType and id; its meta is set
 * @now: microseconds UTC
 *
 * Returns: (transfer full): its first version
 */
PracticeVersion *
practice_version_new_first (PracticeJson *resource, gint64 now)
{
  return make_version (resource, 1, next_updated (NULL, now));
}

/**
 * practice_store_add:
 * @store: the writer
 * @resource: a resource that the store does not have, nor had
 * @version: its first version, of practice_version_new_first()
 * @error: return location
 *
 * Returns: whether the store did what it should
 */
gboolean
practice_store_add (PracticeStore *store, PracticeJson *resource, const PracticeVersion *version, GError **error)
{
  gint64 seq = store->next_seq++;

  return insert_version (store, seq, seq, version, error)
         && put_head (store, seq, seq, version, error)
         && practice_store_index (store, seq, resource, error);
}

static gboolean
put_next (PracticeStore *store, PracticeJson *resource, const Head *head, const PracticeVersion *version, GError **error)
{
  gint64 seq = store->next_seq++;

  return insert_version (store, seq, head->rid, version, error)
         && put_head (store, seq, head->rid, version, error)
         && (head->deleted || practice_store_unindex (store, head->rid, error))
         && practice_store_index (store, head->rid, resource, error);
}

/**
 * practice_store_write:
 * @store: the writer
 * @resource: a resource with resourceType and id; its meta is set
 * @now: microseconds UTC
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the version that was written
 */
PracticeVersion *
practice_store_write (PracticeStore *store, PracticeJson *resource, gint64 now, GError **error)
{
  g_autoptr (PracticeVersion) version = NULL;
  const char *type = practice_json_get_string (resource, "resourceType");
  const char *id = practice_json_get_string (resource, "id");
  Head head = { 0, };
  gboolean exists;

  g_return_val_if_fail (type != NULL && id != NULL, NULL);

  exists = find_head (store, type, id, &head);
  version = make_version (resource, head.version + 1, next_updated (exists ? &head : NULL, now));
  if (!(exists ? put_next (store, resource, &head, version, error)
               : practice_store_add (store, resource, version, error)))
    return NULL;

  return g_steal_pointer (&version);
}

/**
 * practice_store_delete:
 *
 * Leaves a version without content behind; its history stays. To delete what is absent or deleted is no error.
 *
 * Returns: whether the store did what it should
 */
gboolean
practice_store_delete (PracticeStore *store, const char *type, const char *id, gint64 now, GError **error)
{
  Head head;
  PracticeVersion version = { .type = (char *) type, .id = (char *) id };
  gint64 seq;

  if (!find_head (store, type, id, &head) || head.deleted)
    return TRUE;

  seq = store->next_seq++;
  version.version = head.version + 1;
  version.last_updated = next_updated (&head, now);
  return insert_version (store, seq, head.rid, &version, error)
         && put_head (store, seq, head.rid, &version, error)
         && practice_store_unindex (store, head.rid, error);
}

GPtrArray *
practice_store_history (PracticeStore *store, const char *type, const char *id, gint64 since, gint64 before,
                        guint count, gint64 *next)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_version_free);
  sqlite3_stmt *statement;
  gint64 seq = 0;

  *next = 0;
  statement = practice_store_prepare_record (store,
    id != NULL ? "SELECT " PRACTICE_VERSION_COLUMNS ", v.seq FROM resource r JOIN version v ON v.rid = r.rid"
                 " WHERE v.seq < ?1 AND v.updated >= ?2 AND r.type = ?4 AND r.id = ?5"
                 " ORDER BY v.version DESC LIMIT ?3"
    : since != G_MININT64 ? "SELECT " PRACTICE_VERSION_COLUMNS ", v.seq FROM version v CROSS JOIN resource r"
                            " WHERE r.rid = v.rid AND v.seq IN (SELECT seq FROM version INDEXED BY version_updated"
                            "  WHERE updated >= ?2 AND seq < ?1 AND (?4 IS NULL OR type = ?4) ORDER BY seq DESC LIMIT ?3)"
                            " ORDER BY v.seq DESC"
    : type != NULL ? "SELECT " PRACTICE_VERSION_COLUMNS ", v.seq FROM version v CROSS JOIN resource r"
                     " WHERE r.rid = v.rid AND v.seq < ?1 AND v.updated >= ?2 AND v.type = ?4"
                     " ORDER BY v.seq DESC LIMIT ?3"
                   : "SELECT " PRACTICE_VERSION_COLUMNS ", v.seq FROM version v CROSS JOIN resource r"
                     " WHERE r.rid = v.rid AND v.seq < ?1 AND v.updated >= ?2 ORDER BY v.seq DESC LIMIT ?3");
  sqlite3_bind_int64 (statement, 1, before > 0 ? before : G_MAXINT64);
  sqlite3_bind_int64 (statement, 2, since);
  sqlite3_bind_int64 (statement, 3, (gint64) count + 1);
  if (type != NULL)
    sqlite3_bind_text (statement, 4, type, -1, SQLITE_STATIC);
  else if (since != G_MININT64)
    sqlite3_bind_null (statement, 4);
  if (id != NULL)
    sqlite3_bind_text (statement, 5, id, -1, SQLITE_STATIC);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (versions->len == count)
        {
          *next = seq;
          break;
        }
      seq = sqlite3_column_int64 (statement, 5);
      g_ptr_array_add (versions, practice_version_from_row (statement));
    }
  sqlite3_reset (statement);

  return versions;
}

gint64
practice_store_count (PracticeStore *store, const char *type)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store,
    type != NULL ? "SELECT count(*) FROM resource WHERE type = ? AND deleted = 0"
                 : "SELECT count(*) FROM resource WHERE deleted = 0");
  gint64 count = 0;

  if (type != NULL)
    sqlite3_bind_text (statement, 1, type, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    count = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  return count;
}
