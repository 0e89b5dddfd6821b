/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-import.h"

G_BEGIN_DECLS

/* A fresh record and a folder of files to import into it, for the tests of the import. */

#define IMPORT_FIXTURE_NOW G_GINT64_CONSTANT (1772445600000000)

typedef struct
{
  char *folder; /* of the database */
  char *input;  /* what is imported */
  PracticeStore *store;
  PracticeImportReport report;
  PracticeImportOptions options;
} ImportFixture;

void import_fixture_set_up (ImportFixture *fixture, gconstpointer data);
void import_fixture_tear_down (ImportFixture *fixture, gconstpointer data);
void import_fixture_write_bytes (ImportFixture *fixture, const char *name, const void *bytes, gssize length);
void import_fixture_write_text (ImportFixture *fixture, const char *name, const char *text);
GBytes *import_fixture_compress (const char *text);
void import_fixture_run (ImportFixture *fixture, const char *path);
void import_fixture_run_data (ImportFixture *fixture, const char *name);
void import_fixture_run_input (ImportFixture *fixture);
void
import_fixture_assert_counts (ImportFixture *fixture, guint stored, guint unchanged, guint passed_over, guint failed);
const PracticeImportProblem *import_fixture_get_problem (ImportFixture *fixture, guint n);
void import_fixture_assert_reason (ImportFixture *fixture, guint n, const char *part);
PracticeJson *import_fixture_read_resource (ImportFixture *fixture, const char *type, const char *id);
gint64 import_fixture_get_version (ImportFixture *fixture, const char *type, const char *id);
const char *import_fixture_get_reference (PracticeJson *resource, const char *member);
char *import_fixture_make_lines (guint n);

#define IMPORT_FIXTURE_ADD(path, function)                                                                             \
  g_test_add (path, ImportFixture, NULL, import_fixture_set_up, function, import_fixture_tear_down)

G_END_DECLS
