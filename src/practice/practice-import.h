/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "practice/practice-store.h"

G_BEGIN_DECLS

/* Bounds of memory: what is longer is reported, not read. */
#define PRACTICE_IMPORT_MAX_LINE (64 * 1024 * 1024)
#define PRACTICE_IMPORT_MAX_DOCUMENT (128 * 1024 * 1024)
/* Problems that are kept with file and reason; those beyond are only counted. */
#define PRACTICE_IMPORT_MAX_PROBLEMS 1000

/**
 * PracticeImportProblem:
 * @file: name of the file
 * @line: line of an NDJSON file, from 1; 0 where the file is one document or could not be read at all
 * @entry: entry of a Bundle, from 1; 0 where it concerns the whole
 * @failed: FALSE when it was passed over by rule (a file of another kind, an entry that asks to delete)
 * @reason: why; carries no values of the resource
 */
typedef struct
{
  char *file;
  guint64 line;
  guint entry;
  gboolean failed;
  char *reason;
} PracticeImportProblem;

/**
 * PracticeImportReport:
 * @files: files that were opened
 * @bytes: read from them, after decompression
 * @stored: resources of which a version was written
 * @unchanged: resources that the record has as they are, now or in their history
 * @passed_over: what is not taken by rule
 * @failed: what should have been taken and could not be
 * @problems: (element-type PracticeImportProblem): both, in order
 */
typedef struct
{
  guint files;
  guint64 bytes;
  guint64 stored;
  guint64 unchanged;
  guint64 passed_over;
  guint64 failed;
  GPtrArray *problems;
} PracticeImportReport;

typedef void (*PracticeImportProgressFunc) (const char *file, guint percent, gpointer user_data);

/**
 * PracticeImportOptions:
 * @now: microseconds UTC, for meta.lastUpdated
 * @max_line: bytes of a line; 0: %PRACTICE_IMPORT_MAX_LINE
 * @max_document: bytes of a document; 0: %PRACTICE_IMPORT_MAX_DOCUMENT
 * @progress: (nullable): called on the thread of the import when the per cent figure of a file changes
 */
typedef struct
{
  gint64 now;
  gsize max_line;
  gsize max_document;
  PracticeImportProgressFunc progress;
  gpointer user_data;
} PracticeImportOptions;

void practice_import_report_init (PracticeImportReport *report);
void practice_import_report_clear (PracticeImportReport *report);
char *practice_import_report_to_text (const PracticeImportReport *report);

gboolean practice_import_run (PracticeStore *store, const char *const *paths, const PracticeImportOptions *options,
                              PracticeImportReport *report, GCancellable *cancellable, GError **error);
gboolean practice_import_from_command_line (PracticeStore *store, const char *const *paths, gint64 now,
                                            GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PracticeImportReport, practice_import_report_clear)

G_END_DECLS
