/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-file"

#include "rcp-visit-file.h"

#include "rcp-visit-folder.h"

#define DAYS_BACK 28
#define DAYS_AHEAD 91
#define SOON 2000              /* milliseconds from the last change */
#define LATEST 10              /* times that, from the first */
#define PAUSE 30000            /* after a failure */
#define INTERVAL (60 * 60000)  /* when nobody tells of anything: the days go on */

struct _RcpVisitFile
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  const RcpVisitExporter *exporter;
  char *path;
  char *person;
  char *zone;
  char *place;
  char *title;
  RcpMirrorPrivacy privacy;
  GCancellable *cancellable; /* NULL while it does not run; of one round */
  GStrv ids;                 /* of the visits in the file, as far as known */
  guint soon;
  guint pause;
  guint timer_id;
  gint64 latest;             /* by when it is to be written, whatever changes until then; 0: nothing has changed */
  gboolean is_at_work;
  gint64 as_of;
  gint64 begun;              /* of the round */
  GError *error;
};

G_DEFINE_FINAL_TYPE (RcpVisitFile, rcp_visit_file, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rcp_visit_file_dispose (GObject *object)
{
  rcp_visit_file_stop (RCP_VISIT_FILE (object));
  G_OBJECT_CLASS (rcp_visit_file_parent_class)->dispose (object);
}

static void
rcp_visit_file_finalize (GObject *object)
{
  RcpVisitFile *self = RCP_VISIT_FILE (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_error (&self->error);
  g_strfreev (self->ids);
  g_free (self->path);
  g_free (self->person);
  g_free (self->zone);
  g_free (self->place);
  g_free (self->title);
  G_OBJECT_CLASS (rcp_visit_file_parent_class)->finalize (object);
}

static void
rcp_visit_file_class_init (RcpVisitFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_visit_file_dispose;
  object_class->finalize = rcp_visit_file_finalize;
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_VISIT_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_visit_file_init (RcpVisitFile *self)
{
  self->soon = SOON;
  self->pause = PAUSE;
}

static void begin (RcpVisitFile *self);

static gboolean
on_due_cb (gpointer data)
{
  RcpVisitFile *self = data;

  self->timer_id = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (RcpVisitFile *self, gint64 milliseconds)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add ((guint) MAX (milliseconds, 0), on_due_cb, self);
}

/* Several changes come at once; but a desk where something changes all the time is seen too. */
static void
schedule_soon (RcpVisitFile *self)
{
  gint64 now = g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND;

  if (self->latest == 0)
    self->latest = now + (gint64) self->soon * LATEST;
  if (!self->is_at_work)
    schedule (self, MIN (self->soon, self->latest - now));
}

static void
end_round (RcpVisitFile *self, GError *error)
{
  self->is_at_work = FALSE;
  g_clear_error (&self->error);
  self->error = error;
  if (error == NULL)
    self->as_of = self->begun;
  else
    g_debug ("A calendar file is not fresh: %s %d", g_quark_to_string (error->domain), error->code);
  if (self->latest != 0)
    schedule_soon (self);
  else
    schedule (self, error != NULL ? self->pause : INTERVAL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A round that was given up is nobody's any more: another may be on its way. Takes @error then. */
static gboolean
is_given_up (RcpVisitFile *self, GCancellable *cancellable, GError *error)
{
  gboolean is_given_up = cancellable != self->cancellable;

  if (is_given_up)
    g_clear_error (&error);
  return is_given_up;
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpVisitFile) self = data;
  GError *error = NULL;

  rcp_visit_folder_write_finish (result, &error);
  if (!is_given_up (self, g_task_get_cancellable (G_TASK (result)), error))
    end_round (self, error);
}

static void
on_exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpVisitFile) self = data;
  GError *error = NULL;
  g_auto (GStrv) ids = NULL;
  char *text = self->exporter->finish (result, &ids, &error);

  if (is_given_up (self, g_task_get_cancellable (G_TASK (result)), error))
    {
      g_free (text);
      return;
    }
  if (text == NULL)
    {
      end_round (self, error);
      return;
    }
  g_strfreev (self->ids);
  self->ids = g_steal_pointer (&ids);
  rcp_visit_folder_write_async (self->path, text, self->cancellable, on_written_cb, g_object_ref (self));
}

static void
begin (RcpVisitFile *self)
{
  gint64 now = rcp_clock_get_now (self->clock);
  RcpVisitExport what = {
    .person = self->person,
    .range = { now - DAYS_BACK * G_TIME_SPAN_DAY, now + DAYS_AHEAD * G_TIME_SPAN_DAY },
    .privacy = self->privacy,
    .zone = self->zone,
    .place = self->place,
    .title = self->title,
    .says_when = TRUE,
  };

  self->is_at_work = TRUE;
  self->latest = 0;
  self->begun = now;
  self->exporter->begin (self->client, self->clock, &what, self->cancellable, on_exported_cb, g_object_ref (self));
}

/* What is on its way is given up, and the next begins. */
static void
begin_anew (RcpVisitFile *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->timer_id, g_source_remove);
  begin (self);
}

/* What is being read may hold the visit as it was. */
static gboolean
may_hold (RcpVisitFile *self, const char *visit_id)
{
  return self->is_at_work || self->ids == NULL || g_strv_contains ((const char *const *) self->ids, visit_id);
}

/**
 * rcp_visit_file_look:
 * @self: a file
 * @person: (nullable): whose visit has changed; %NULL: anybody's may have
 * @visit_id: (nullable): which one
 *
 * Also a visit of somebody else is looked at that the file holds: it was given away.
 */
void
rcp_visit_file_look (RcpVisitFile *self, const char *person, const char *visit_id)
{
  g_return_if_fail (RCP_IS_VISIT_FILE (self));

  if (self->cancellable == NULL)
    return;
  if (person == NULL || g_strcmp0 (person, self->person) == 0 || (visit_id != NULL && may_hold (self, visit_id)))
    schedule_soon (self);
}

void
rcp_visit_file_set_privacy (RcpVisitFile *self, RcpMirrorPrivacy privacy)
{
  gboolean is_less;

  g_return_if_fail (RCP_IS_VISIT_FILE (self));

  if (privacy == self->privacy)
    return;
  is_less = privacy < self->privacy;
  self->privacy = privacy;
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  if (is_less)
    rcp_visit_folder_remove (self->path);
  begin_anew (self);
}

void
rcp_visit_file_start (RcpVisitFile *self)
{
  g_return_if_fail (RCP_IS_VISIT_FILE (self));

  if (self->cancellable == NULL)
    begin_anew (self);
}

void
rcp_visit_file_stop (RcpVisitFile *self)
{
  g_return_if_fail (RCP_IS_VISIT_FILE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->is_at_work = FALSE;
  self->latest = 0;
}

void
rcp_visit_file_set_pace (RcpVisitFile *self, guint soon, guint pause)
{
  g_return_if_fail (RCP_IS_VISIT_FILE (self));

  self->soon = soon;
  self->pause = pause;
}

gint64
rcp_visit_file_get_as_of (RcpVisitFile *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_FILE (self), 0);

  return self->as_of;
}

const GError *
rcp_visit_file_get_error (RcpVisitFile *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_FILE (self), NULL);

  return self->error;
}

/**
 * rcp_visit_file_new:
 * @client: the record
 * @clock: the time
 * @exporter: what writes a calendar; lives for as long as the program
 * @path: of rcp_visit_folder_dup_path()
 * @what: whose visits, and how they are shown; copied
 *
 * Returns: (transfer full): a file that is not written yet
 */
RcpVisitFile *
rcp_visit_file_new (FhirClient *client, RcpClock *clock, const RcpVisitExporter *exporter, const char *path, const RcpVisitExport *what)
{
  RcpVisitFile *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (exporter != NULL && path != NULL, NULL);
  g_return_val_if_fail (what != NULL && what->person != NULL, NULL);

  self = g_object_new (RCP_TYPE_VISIT_FILE, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->exporter = exporter;
  self->path = g_strdup (path);
  self->person = g_strdup (what->person);
  self->privacy = what->privacy;
  self->zone = g_strdup (what->zone);
  self->place = g_strdup (what->place);
  self->title = g_strdup (what->title);
  return self;
}
