/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-engine-pool.h"

/* A commit waits for the disk. Writes that came in meanwhile go into the next one together, so that many desks share the
 * wait; the bound keeps the first of them from waiting long. */
#define MAX_GROUP 64

struct _PracticePool
{
  GMainContext *context;
  PracticeStore *writer;
  GPtrArray *readers; /* PracticeStore */
  GAsyncQueue *writes;
  GAsyncQueue *reads;
  GThread *write_thread;
  GPtrArray *read_threads;
  gint64 clock_offset;
};

typedef struct
{
  PracticePool *pool;
  PracticeStore *store;
} ReaderData;

/* Ends a thread when it is taken from the queue. */
static PracticeJob end_of_work;

PracticeJob *
practice_job_new (const char *method, const char *path, const char *query, GBytes *body)
{
  PracticeJob *job = g_new0 (PracticeJob, 1);

  job->request.method = g_strdup (method);
  job->request.path = g_strdup (path);
  job->request.query = g_strdup (query);
  if (body != NULL)
    {
      job->body = g_bytes_ref (body);
      job->request.body = g_bytes_get_data (body, &job->request.body_length);
    }

  return job;
}

void
practice_job_free (PracticeJob *job)
{
  const char *const owned[] = {
    job->request.method, job->request.path, job->request.query, job->request.content_type, job->request.if_match,
    job->request.if_none_match, job->request.if_modified_since, job->request.if_none_exist, job->request.prefer,
    job->request.base_url,
  };

  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    g_free ((char *) owned[i]);
  g_clear_pointer (&job->body, g_bytes_unref);
  practice_response_clear (&job->response);
  g_free (job);
}

static gboolean
on_jobs_done_cb (gpointer user_data)
{
  GPtrArray *jobs = user_data;

  for (guint i = 0; i < jobs->len; i++)
    {
      PracticeJob *job = jobs->pdata[i];

      if (job->func != NULL)
        job->func (job, job->user_data);
    }

  return G_SOURCE_REMOVE;
}

/* Takes @jobs to the thread of the pool. Never calls from here, as g_main_context_invoke() would once that thread has left its
 * loop to end the server: what the answer belongs to is being freed there. */
static void
deliver (PracticePool *pool, GPtrArray *jobs)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_jobs_done_cb, jobs, (GDestroyNotify) g_ptr_array_unref);
  g_source_attach (source, pool->context);
}

static void
fail_job (PracticeJob *job, const GError *error)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = NULL;

  practice_outcome_error (outcome, 503, "transient", NULL, "Nothing was stored: %s", error->message);
  json = practice_outcome_to_json (outcome);
  practice_response_clear (&job->response);
  job->response.status = 503;
  job->response.body = practice_json_print (json, &job->response.body_length);
}

static void
run_job (PracticePool *pool, PracticeStore *store, PracticeJob *job)
{
  job->request.now = g_get_real_time () + pool->clock_offset;
  practice_engine_handle (store, &job->request, &job->response);
}

/* One transaction for @first and what waits behind it. Returns FALSE when the end of work was among it. */
static gboolean
write_group (PracticePool *pool, PracticeJob *first)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_job_free);
  g_autoptr (GError) error = NULL;
  gboolean goes_on = TRUE;
  gboolean begun = practice_store_begin (pool->writer, &error);

  for (PracticeJob *job = first; job != NULL;)
    {
      g_ptr_array_add (jobs, job);
      if (begun)
        run_job (pool, pool->writer, job);
      job = begun && jobs->len < MAX_GROUP ? g_async_queue_try_pop (pool->writes) : NULL;
      if (job == &end_of_work)
        {
          goes_on = FALSE;
          job = NULL;
        }
    }

  if (!begun || !practice_store_commit (pool->writer, &error))
    for (guint i = 0; i < jobs->len; i++)
      fail_job (jobs->pdata[i], error);

  deliver (pool, jobs);
  return goes_on;
}

static gpointer
write_thread_main (gpointer data)
{
  PracticePool *pool = data;
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      PracticeJob *job = g_async_queue_pop (pool->writes);

      goes_on = job != &end_of_work && write_group (pool, job);
    }

  return NULL;
}

static gpointer
read_thread_main (gpointer data)
{
  g_autofree ReaderData *reader = data;
  PracticePool *pool = reader->pool;

  for (PracticeJob *job = g_async_queue_pop (pool->reads); job != &end_of_work; job = g_async_queue_pop (pool->reads))
    {
      GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_job_free);
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (jobs, job);
      if (practice_store_begin (reader->store, &error))
        {
          run_job (pool, reader->store, job);
          practice_store_commit (reader->store, NULL);
        }
      else
        {
          fail_job (job, error);
        }
      deliver (pool, jobs);
    }

  return NULL;
}

/**
 * practice_pool_new:
 * @database: file name
 * @readers: number of threads that read
 * @clock_offset: what to add to the time of day, in microseconds
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the pool, at work
 */
PracticePool *
practice_pool_new (const char *database, guint readers, gint64 clock_offset, GError **error)
{
  g_autoptr (PracticePool) pool = g_new0 (PracticePool, 1);

  pool->context = g_main_context_ref_thread_default ();
  pool->clock_offset = clock_offset;
  pool->writes = g_async_queue_new ();
  pool->reads = g_async_queue_new ();
  pool->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_store_close);
  pool->read_threads = g_ptr_array_new ();
  pool->writer = practice_store_open (database, PRACTICE_STORE_WRITER, error);
  if (pool->writer == NULL)
    return NULL;

  for (guint i = 0; i < readers; i++)
    {
      PracticeStore *store = practice_store_open (database, PRACTICE_STORE_READER, error);

      if (store == NULL)
        return NULL;
      g_ptr_array_add (pool->readers, store);
    }

  pool->write_thread = g_thread_new ("practice-write", write_thread_main, pool);
  for (guint i = 0; i < readers; i++)
    {
      ReaderData *data = g_new0 (ReaderData, 1);

      *data = (ReaderData){ pool, pool->readers->pdata[i] };
      g_ptr_array_add (pool->read_threads, g_thread_new ("practice-read", read_thread_main, data));
    }

  return g_steal_pointer (&pool);
}

void
practice_pool_free (PracticePool *pool)
{
  if (pool->write_thread != NULL)
    {
      g_async_queue_push (pool->writes, &end_of_work);
      g_thread_join (pool->write_thread);
    }
  for (guint i = 0; i < pool->read_threads->len; i++)
    g_async_queue_push (pool->reads, &end_of_work);
  for (guint i = 0; i < pool->read_threads->len; i++)
    g_thread_join (pool->read_threads->pdata[i]);

  g_ptr_array_unref (pool->read_threads);
  g_ptr_array_unref (pool->readers);
  practice_store_close (pool->writer);
  g_async_queue_unref (pool->writes);
  g_async_queue_unref (pool->reads);
  g_main_context_unref (pool->context);
  g_free (pool);
}

void
practice_pool_submit (PracticePool *pool, PracticeJob *job)
{
  g_async_queue_push (practice_request_is_read_only (&job->request) ? pool->reads : pool->writes, job);
}
