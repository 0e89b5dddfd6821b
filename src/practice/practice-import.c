/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-import"

#include "practice-import-private.h"

static gboolean
take_json (PracticeImport *import, const char *text, gsize length, GError **error)
{
  g_autoptr(PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr(PracticeJson) json = practice_json_parse (text, length, outcome);

  if (json == NULL || !json_object_is_type (json, json_type_object))
    {
      practice_import_report_add (import->report, TRUE, import->file, import->line, 0, "%s",
                                  json == NULL ? practice_outcome_get_first_text (outcome) : "no JSON object");
      return TRUE;
    }

  if (practice_import_takes_apart (json))
    return practice_import_bundle (import, json, error);
  return practice_import_resource (import, g_steal_pointer (&json));
}

static void
tell_progress (PracticeImport *import, PracticeImportSource *source, guint *told)
{
  guint percent = practice_import_source_get_percent (source);

  if (import->options->progress == NULL || percent == *told)
    return;

  *told = percent;
  import->options->progress (import->file, percent, import->options->user_data);
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;

  return TRUE;
}

static gboolean
take_lines (PracticeImport *import, PracticeImportSource *source, GError **error)
{
  gsize max = import->options->max_line > 0 ? import->options->max_line : PRACTICE_IMPORT_MAX_LINE;
  g_autoptr(GError) failure = NULL;
  guint told = G_MAXUINT;
  const char *text;
  gsize length;

  for (import->line = 1; practice_import_source_read_line (source, max, &text, &length, &failure); import->line++)
    {
      if (g_cancellable_set_error_if_cancelled (import->cancellable, error))
        return FALSE;
      if (text == NULL)
        practice_import_report_add (import->report, TRUE, import->file, import->line, 0,
                                    "line longer than %" G_GSIZE_FORMAT " bytes", max);
      else if (!is_blank (text, length) && !take_json (import, text, length, error))
        return FALSE;
      tell_progress (import, source, &told);
    }

  if (failure != NULL)
    practice_import_report_add (import->report, TRUE, import->file, import->line, 0, "%s", failure->message);
  return TRUE;
}

static gboolean
take_document (PracticeImport *import, PracticeImportSource *source, GError **error)
{
  gsize max = import->options->max_document > 0 ? import->options->max_document : PRACTICE_IMPORT_MAX_DOCUMENT;
  g_autoptr(GError) failure = NULL;
  guint told = G_MAXUINT;
  gsize length;
  const char *text = practice_import_source_read_all (source, max, &length, &failure);

  if (text == NULL)
    practice_import_report_add (import->report, TRUE, import->file, 0, 0, "%s", failure->message);
  else if (is_blank (text, length))
    practice_import_report_add (import->report, TRUE, import->file, 0, 0, "the file is empty");
  else if (!take_json (import, text, length, error))
    return FALSE;

  tell_progress (import, source, &told);
  return TRUE;
}

static gboolean
take_file (PracticeImport *import, const PracticeImportFile *file, GError **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(PracticeImportSource) source = NULL;
  gboolean ok;

  if (g_cancellable_set_error_if_cancelled (import->cancellable, error))
    return FALSE;

  import->file = file->path;
  import->line = 0;
  source = practice_import_source_open (file->path, &failure);
  if (source == NULL)
    {
      practice_import_report_add (import->report, TRUE, file->path, 0, 0, "%s", failure->message);
      return TRUE;
    }

  ok = file->kind == PRACTICE_IMPORT_LINES ? take_lines (import, source, error)
                                           : take_document (import, source, error);
  import->report->files++;
  import->report->bytes += practice_import_source_get_bytes (source);
  return ok;
}

/* What was taken before a stop is kept, for it is whole resource by resource; only a failing store undoes. */
static gboolean
take_files (PracticeImport *import, PracticeStore *store, GPtrArray *files, GError **error)
{
  g_autoptr(GError) stopped = NULL;
  gboolean ok = TRUE;

  if (!practice_store_begin (store, error))
    return FALSE;
  import->writer = practice_import_writer_start (store, import->options->now);
  for (guint i = 0; ok && i < files->len; i++)
    ok = take_file (import, g_ptr_array_index (files, i), &stopped);

  if (!practice_import_writer_stop (import->writer, import->report, error))
    {
      practice_store_rollback (store);
      return FALSE;
    }
  if (!practice_store_commit (store, error))
    return FALSE;
  if (stopped != NULL)
    g_propagate_error (error, g_steal_pointer (&stopped));
  return ok;
}

/**
 * practice_import_run:
 * @store: the record, as writer, outside of a transaction
 * @paths: (array zero-terminated=1): files and folders; of folders all that is inside, but names that begin with a dot
 * @options: the clock, bounds and who is told of the progress
 * @report: (out caller-allocates): initialized by the caller; what became of it all, also on error
 * @cancellable: (nullable): stops it; what was taken so far is kept
 *
 * Takes FHIR resources out of JSON documents and NDJSON, as they are or compressed by xz. Bundles of type
 * transaction, batch, collection and searchset are taken apart, with references by fullUrl resolved within the Bundle and
 * conditional references (http.html#trules) where one resource answers them; other Bundles are stored as they are. An import can be repeated: ids
 * are those of the files or made of the content, and content that is or was in the record is left as it is.
 *
 * Returns: FALSE when it was stopped or the store failed; what could not be taken is no error but stands in @report
 */
gboolean
practice_import_run (PracticeStore *store, const char *const *paths, const PracticeImportOptions *options,
                     PracticeImportReport *report, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GHashTable) matches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  PracticeImport import = { .options = options, .report = report, .cancellable = cancellable, .matches = matches };
  gboolean ok;

  g_return_val_if_fail (store != NULL && paths != NULL && options != NULL && report != NULL, FALSE);

  files = practice_import_list_files (paths, report);
  practice_store_set_bulk (store, TRUE);
  ok = take_files (&import, store, files, error);
  practice_store_set_bulk (store, FALSE);

  return ok;
}
