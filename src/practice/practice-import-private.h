/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-import.h"

G_BEGIN_DECLS

/* practice-import-files.c */
typedef enum
{
  PRACTICE_IMPORT_OTHER,    /* of a kind that is not taken */
  PRACTICE_IMPORT_DOCUMENT, /* one JSON document */
  PRACTICE_IMPORT_LINES,    /* NDJSON */
} PracticeImportKind;

typedef struct
{
  char *path;
  PracticeImportKind kind;
} PracticeImportFile;

/* (element-type PracticeImportFile) (transfer full): the files of @paths in the order in which they are to be read.
 * What cannot be listed goes to @report. */
GPtrArray *practice_import_list_files (const char *const *paths, PracticeImportReport *report);

/* practice-import-source.c */
typedef struct _PracticeImportSource PracticeImportSource;

PracticeImportSource *practice_import_source_open (const char *path, GError **error);
void practice_import_source_close (PracticeImportSource *source);
gssize practice_import_source_read (PracticeImportSource *source, char *buffer, gsize size, GError **error);
guint practice_import_source_get_percent (PracticeImportSource *source);
guint64 practice_import_source_get_bytes (PracticeImportSource *source);
/* One line without its end, borrowed until the next call. FALSE at the end, or on @error. A line over @max gets a @text of NULL. */
gboolean practice_import_source_read_line (PracticeImportSource *source, gsize max, const char **text, gsize *length,
                                           GError **error);
/* The rest of the source, borrowed; NULL on @error. */
const char *practice_import_source_read_all (PracticeImportSource *source, gsize max, gsize *length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeImportSource, practice_import_source_close)

/* practice-import-report.c */
void practice_import_report_add (PracticeImportReport *report, gboolean failed, const char *file, guint64 line,
                                 guint entry, const char *format, ...) G_GNUC_PRINTF (6, 7);

/* practice-import-writer.c */
typedef struct _PracticeImportWriter PracticeImportWriter;

PracticeImportWriter *practice_import_writer_start (PracticeStore *store, gint64 now);
gboolean practice_import_writer_push (PracticeImportWriter *writer, PracticeJson *resource);
PracticeStore *practice_import_writer_lock (PracticeImportWriter *writer);
void practice_import_writer_unlock (PracticeImportWriter *writer);
gboolean practice_import_writer_stop (PracticeImportWriter *writer, PracticeImportReport *report, GError **error);

/* practice-import-resource.c: where one is, and what it needs. */
typedef struct
{
  PracticeImportWriter *writer;
  const PracticeImportOptions *options;
  PracticeImportReport *report;
  GCancellable *cancellable;
  GHashTable *matches; /* conditional references that were resolved */
  const char *file;
  guint64 line;
  guint entry;
} PracticeImport;

/* A name for content that has none: always the same for the same content. (transfer full) */
char *practice_import_make_id (PracticeJson *resource);
gboolean practice_import_is_id (const char *id);
void practice_import_strip_meta (PracticeJson *resource);
/* Takes @resource, of which nobody else may hold a reference. FALSE only when the store fails, which the writer
 * tells at the end; a resource that cannot be taken is reported. */
gboolean practice_import_resource (PracticeImport *import, PracticeJson *resource);

/* practice-import-bundle.c */
gboolean practice_import_takes_apart (PracticeJson *bundle);
gboolean practice_import_bundle (PracticeImport *import, PracticeJson *bundle, GError **error);

G_END_DECLS
