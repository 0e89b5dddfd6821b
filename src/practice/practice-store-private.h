/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "practice/practice-store.h"

G_BEGIN_DECLS

/* What is known of the values of a date parameter over all resources; lets a search bound the index range. */
typedef struct
{
  gint64 max_length; /* longest range, in microseconds */
  gboolean multiple; /* whether some resource has more than one value */
} PracticeDateShape;

/* practice-store-stage.c: index rows that wait to be written together. */
typedef struct _PracticeStage PracticeStage;

typedef enum
{
  PRACTICE_STAGED_STRING,    /* param, folded, rid, exact */
  PRACTICE_STAGED_TOKEN,     /* param, code, rid, system */
  PRACTICE_STAGED_REFERENCE, /* param, target_id, target_type, rid */
  PRACTICE_STAGED_DATE,      /* param, low, high, rid */
  PRACTICE_STAGED_QUANTITY,  /* param, value, low, high, system, code, unit, rid */
  PRACTICE_STAGED_URI,       /* param, uri, rid */
  PRACTICE_N_STAGED,
} PracticeStaged;

PracticeStage *practice_stage_new (sqlite3 *db);
void practice_stage_free (PracticeStage *stage);
void practice_stage_clear (PracticeStage *stage);
void practice_stage_add (PracticeStage *stage, PracticeStaged table, ...);
gboolean practice_stage_is_empty (PracticeStage *stage);
gboolean practice_stage_is_full (PracticeStage *stage);
gboolean practice_store_flush (PracticeStore *store, GError **error);

struct _PracticeStore
{
  sqlite3 *db;
  PracticeStoreRole role;
  GHashTable *statements;  /* SQL -> sqlite3_stmt */
  GHashTable *date_shapes; /* param -> PracticeDateShape; the writer's, forgotten by each rollback */
  GHashTable *texts;       /* text -> folded: known to be in the table "text"; forgotten by each rollback as well */
  PracticeStage *stage;    /* writer only */
  gint64 next_seq;         /* of the next version; writer only */
  PracticeStoreProgressFunc progress; /* of making the index anew; or NULL */
  gpointer progress_data;
  guint savepoints;
  gboolean bulk;
};

/* A cached statement, reset and without bindings; borrowed. NULL when the SQL is wrong or the database broken. */
sqlite3_stmt *practice_store_prepare (PracticeStore *store, const char *sql);
/* The same for a statement that reads no index table: rows that wait for those go on waiting. */
sqlite3_stmt *practice_store_prepare_record (PracticeStore *store, const char *sql);
/* Runs a statement that gives no rows, then resets it. */
gboolean practice_store_run (PracticeStore *store, sqlite3_stmt *statement, GError **error);
gboolean practice_store_exec (PracticeStore *store, const char *sql, GError **error);
void practice_store_set_error (PracticeStore *store, GError **error);

char *practice_store_get_setting (PracticeStore *store, const char *key);
gboolean practice_store_set_setting (PracticeStore *store, const char *key, const char *value, GError **error);

gboolean practice_store_create_schema (PracticeStore *store, GError **error);

/* practice-store-index.c */
gboolean practice_store_index (PracticeStore *store, gint64 rid, PracticeJson *resource, GError **error);
gboolean practice_store_unindex (PracticeStore *store, gint64 rid, GError **error);
gboolean practice_store_reindex (PracticeStore *store, GError **error);
void practice_store_get_date_shape (PracticeStore *store, guint param, PracticeDateShape *shape);
/* Whether values of this parameter are ContactPoints, which are found by their digits as well. */
gboolean practice_store_param_is_contact (const PracticeSearchParam *param);
/* The form in which a ContactPoint is compared: digits of a number, lower case of an address; NULL when as written. */
char *practice_store_fold_contact (const char *value);

/* practice-store-records.c */
gint64 practice_store_find_rid (PracticeStore *store, const char *type, const char *id);
/* The current version of a resource, or NULL when deleted. */
PracticeVersion *practice_store_load (PracticeStore *store, gint64 rid);
PracticeVersion *practice_version_from_row (sqlite3_stmt *statement);
#define PRACTICE_VERSION_COLUMNS "r.type, r.id, v.version, v.updated, v.content"

G_END_DECLS
