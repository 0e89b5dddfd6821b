/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine.h"

G_BEGIN_DECLS

/**
 * PracticePool:
 *
 * The threads that have connections to the database: one that writes and a few that read. Requests are handed in and
 * answered on the main context of the thread that made the pool.
 */
typedef struct _PracticePool PracticePool;

/* One request with everything it needs, and its answer. */
typedef struct _PracticeJob PracticeJob;
typedef void (*PracticeJobFunc) (PracticeJob *job, gpointer user_data);

struct _PracticeJob
{
  PracticeRequest request; /* its strings belong to the job; "now" is set when it runs */
  GBytes *body;
  PracticeResponse response;
  PracticeJobFunc func;
  gpointer user_data;
};

PracticePool *practice_pool_new (const char *database, guint readers, gint64 clock_offset, GError **error);
/* Finishes what was handed in, without answering it. */
void practice_pool_free (PracticePool *pool);
/* Takes @job; its func is called when the answer is there and, for a write, is on the disk. */
void practice_pool_submit (PracticePool *pool, PracticeJob *job);

PracticeJob *practice_job_new (const char *method, const char *path, const char *query, GBytes *body);
/* A job that was not submitted. */
void practice_job_free (PracticeJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticePool, practice_pool_free)

G_END_DECLS
