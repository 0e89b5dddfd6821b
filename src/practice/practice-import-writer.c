/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-import"

#include "practice-import-private.h"

/* Writes on a thread of its own, while the import reads and judges what comes next: about half of the work is
 * SQLite's. The store belongs to the writer's thread from start to stop, but while the import holds it between
 * lock and unlock. A resource belongs to one thread at a time, for the counts of references of json-c are not made for two. */

/* Enough to even out large and small resources, and the rows of the index that go in between. */
#define MAX_WAITING 1024
/* Resources between two commits: what a crash can cost at most. */
#define COMMIT_EVERY 10000

/* A resource with the version that it makes where the record has none of it: printed by the import, on its thread. */
typedef struct
{
  PracticeJson *resource;
  PracticeVersion *first;
} Item;

struct _PracticeImportWriter
{
  PracticeStore *store;
  gint64 now;
  GThread *thread;
  GMutex mutex;        /* of what follows */
  GCond changed;
  GQueue waiting;      /* of Item to write */
  GQueue written;      /* of Item that the import is to free */
  gboolean busy;
  gboolean stopping;
  GError *error;       /* the first; nothing is written after it */
  guint64 stored;
  guint64 unchanged;
  guint pending;       /* of the thread alone: written since the last commit */
};

static gboolean
version_equals (const PracticeVersion *version, const char *text)
{
  g_autoptr(PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr(PracticeJson) stored = NULL;
  g_autofree char *stored_text = NULL;
  gsize length;

  if (version == NULL || version->content == NULL)
    return FALSE;

  stored = practice_json_parse (version->content, version->length, outcome);
  if (stored == NULL)
    return FALSE;
  practice_import_strip_meta (stored);
  stored_text = practice_json_print (stored, &length);
  return g_str_equal (stored_text, text);
}

/* Whether this content is or was in the record. What the desk has changed or deleted since stays so when an import is
 * repeated, and two files that tell of one resource differently do not take turns. */
static gboolean
is_known (PracticeImportWriter *writer, PracticeJson *resource, const PracticeVersion *current)
{
  g_autofree char *text = NULL;
  gsize length;

  practice_import_strip_meta (resource);
  text = practice_json_print (resource, &length);
  if (version_equals (current, text))
    return TRUE;
  for (gint64 i = current->version - 1; i > 0; i--)
    {
      g_autoptr(PracticeVersion) version = practice_store_vread (writer->store, current->type, current->id, i);

      if (version_equals (version, text))
        return TRUE;
    }

  return FALSE;
}

static gboolean
commit_if_due (PracticeImportWriter *writer, GError **error)
{
  if (++writer->pending < COMMIT_EVERY)
    return TRUE;

  writer->pending = 0;
  return practice_store_commit (writer->store, error) && practice_store_begin (writer->store, error);
}

/* @known tells that there was nothing to write. */
static gboolean
write_item (PracticeImportWriter *writer, const Item *item, gboolean *known, GError **error)
{
  g_autoptr(PracticeVersion) current = practice_store_read (writer->store, item->first->type, item->first->id);
  g_autoptr(PracticeVersion) next = NULL;

  if (current == NULL)
    return practice_store_add (writer->store, item->resource, item->first, error) && commit_if_due (writer, error);

  *known = is_known (writer, item->resource, current);
  if (*known)
    return TRUE;

  next = practice_store_write (writer->store, item->resource, writer->now, error);
  return next != NULL && commit_if_due (writer, error);
}

/* Called and left with the mutex held. */
static void
write_next (PracticeImportWriter *writer, Item *item)
{
  gboolean known = FALSE;
  GError *error = NULL;

  if (writer->error == NULL)
    {
      writer->busy = TRUE;
      g_mutex_unlock (&writer->mutex);
      write_item (writer, item, &known, &error);
      g_mutex_lock (&writer->mutex);
      writer->busy = FALSE;
      writer->error = error;
      writer->stored += error == NULL && !known;
      writer->unchanged += error == NULL && known;
    }
  g_queue_push_tail (&writer->written, item);
  g_cond_broadcast (&writer->changed);
}

static gpointer
run_writer (gpointer data)
{
  PracticeImportWriter *writer = data;

  g_mutex_lock (&writer->mutex);
  for (;;)
    {
      Item *item = g_queue_pop_head (&writer->waiting);

      if (item != NULL)
        write_next (writer, item);
      else if (writer->stopping)
        break;
      else
        g_cond_wait (&writer->changed, &writer->mutex);
    }
  g_mutex_unlock (&writer->mutex);

  return NULL;
}

/* Begins to write, inside the caller's transaction. */
PracticeImportWriter *
practice_import_writer_start (PracticeStore *store, gint64 now)
{
  PracticeImportWriter *writer = g_new0 (PracticeImportWriter, 1);

  writer->store = store;
  writer->now = now;
  g_mutex_init (&writer->mutex);
  g_cond_init (&writer->changed);
  g_queue_init (&writer->waiting);
  g_queue_init (&writer->written);
  writer->thread = g_thread_new ("import-writer", run_writer, writer);
  return writer;
}

static void
free_items (GQueue *items)
{
  Item *item;

  while ((item = g_queue_pop_head (items)) != NULL)
    {
      practice_json_unref (item->resource);
      practice_version_free (item->first);
      g_free (item);
    }
}

/* Hands over @resource, (transfer full), of which nobody else may hold a reference. FALSE when writing has failed. */
gboolean
practice_import_writer_push (PracticeImportWriter *writer, PracticeJson *resource)
{
  Item *item = g_new0 (Item, 1);
  GQueue written;
  gboolean ok;

  item->resource = resource;
  item->first = practice_version_new_first (resource, writer->now);
  g_mutex_lock (&writer->mutex);
  while (writer->waiting.length >= MAX_WAITING)
    g_cond_wait (&writer->changed, &writer->mutex);
  g_queue_push_tail (&writer->waiting, item);
  written = writer->written;
  g_queue_init (&writer->written);
  ok = writer->error == NULL;
  g_cond_broadcast (&writer->changed);
  g_mutex_unlock (&writer->mutex);

  free_items (&written);
  return ok;
}

/* Waits until all is written; then the store is the caller's until it unlocks. */
PracticeStore *
practice_import_writer_lock (PracticeImportWriter *writer)
{
  g_mutex_lock (&writer->mutex);
  while (writer->busy || writer->waiting.length > 0)
    g_cond_wait (&writer->changed, &writer->mutex);

  return writer->store;
}

void
practice_import_writer_unlock (PracticeImportWriter *writer)
{
  g_mutex_unlock (&writer->mutex);
}

/* Writes what still waits, adds up in @report and frees the writer. The transaction is left open. */
gboolean
practice_import_writer_stop (PracticeImportWriter *writer, PracticeImportReport *report, GError **error)
{
  gboolean ok;

  g_mutex_lock (&writer->mutex);
  writer->stopping = TRUE;
  g_cond_broadcast (&writer->changed);
  g_mutex_unlock (&writer->mutex);
  g_thread_join (writer->thread);

  report->stored += writer->stored;
  report->unchanged += writer->unchanged;
  ok = writer->error == NULL;
  if (!ok)
    g_propagate_error (error, writer->error);
  free_items (&writer->written);
  g_mutex_clear (&writer->mutex);
  g_cond_clear (&writer->changed);
  g_free (writer);
  return ok;
}
