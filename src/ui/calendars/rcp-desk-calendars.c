/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-desk-calendars"

#include "config.h"

#include "rcp-desk-calendars.h"

#include <glib/gi18n.h>

#include "base/rcp-busy-memory.h"
#include "rcp-calendar-choice.h"
#include "rcp-calendars-loader.h"
#include "scheduling/rcp-mirror-mark.h"

/* The first board is seen by then, and what it asked for has come. */
#define LOAD_DELAY_MS 1500
#define SAVE_DELAY_MS 2000
#define SECONDS_TO_TRY_AGAIN 300

struct _RcpDeskCalendars
{
  GObject parent_instance;

  RcpDesk *desk;
  GSettings *settings;
  char *record;
  char *memory; /* file */
  RcpBusyTimes *expected; /* what it holds of the record that is about to be opened, or NULL */
  char *expected_record;
  RcpCalendarService *service;
  RcpMirrorsNewFunc make_mirrors; /* NULL before the module is loaded */
  const RcpVisitExporter *exporter;
  RcpDeskMirrors *mirrors;
  RcpDeskFiles *files;
  RcpCalendarsState state;
  GError *error;
  gboolean is_remembering; /* what is told now is in the file already */
  GCancellable *cancellable;
  guint load_id;
  guint save_id;
  guint again_id;
};

G_DEFINE_FINAL_TYPE (RcpDeskCalendars, rcp_desk_calendars, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_state (RcpDeskCalendars *self, RcpCalendarsState state, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static GVariant *
copy_times (RcpDeskCalendars *self)
{
  return rcp_busy_memory_copy (rcp_desk_get_busy_times (self->desk), rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
}

typedef struct
{
  char *file;
  char *record;
  GVariant *times;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->file);
  g_free (writing->record);
  g_variant_unref (writing->times);
  g_free (writing);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  g_autoptr (GError) error = NULL;

  if (!rcp_busy_memory_save (writing->file, writing->record, writing->times, &error))
    g_message ("Busy times are not kept over a restart: code %d", error->code);
  g_task_return_boolean (task, TRUE);
}

static void
save (RcpDeskCalendars *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Writing *writing = g_new0 (Writing, 1);

  writing->file = g_strdup (self->memory);
  writing->record = g_strdup (self->record);
  writing->times = copy_times (self);
  g_task_set_source_tag (task, save);
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_in_thread);
}

static gboolean
on_save_time_cb (gpointer data)
{
  RcpDeskCalendars *self = data;

  self->save_id = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
on_times_changed_cb (RcpDeskCalendars *self)
{
  if (self->record && !self->is_remembering && self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_DELAY_MS, on_save_time_cb, self);
}

/* The program ends: nobody would wait for a thread. */
static void
save_now (RcpDeskCalendars *self)
{
  g_autoptr (GVariant) times = NULL;

  if (self->save_id == 0)
    return;
  g_clear_handle_id (&self->save_id, g_source_remove);
  times = copy_times (self);
  rcp_busy_memory_save (self->memory, self->record, times, NULL);
}

static void
rcp_desk_calendars_dispose (GObject *object)
{
  RcpDeskCalendars *self = RCP_DESK_CALENDARS (object);

  if (self->desk)
    save_now (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->mirrors);
  g_clear_object (&self->files);
  g_clear_object (&self->expected);
  g_clear_object (&self->service);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_desk_calendars_parent_class)->dispose (object);
}

static void
rcp_desk_calendars_finalize (GObject *object)
{
  RcpDeskCalendars *self = RCP_DESK_CALENDARS (object);

  g_clear_error (&self->error);
  g_free (self->record);
  g_free (self->memory);
  g_free (self->expected_record);
  G_OBJECT_CLASS (rcp_desk_calendars_parent_class)->finalize (object);
}

static void
rcp_desk_calendars_class_init (RcpDeskCalendarsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_desk_calendars_dispose;
  object_class->finalize = rcp_desk_calendars_finalize;
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_DESK_CALENDARS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_desk_calendars_init (RcpDeskCalendars *self)
{
  self->cancellable = g_cancellable_new ();
  self->memory = rcp_busy_memory_dup_default_file ();
}

/* Who has no calendar any more is not busy by one, also where nobody reads them. */
static void
forget_others (RcpDeskCalendars *self, GVariant *chosen)
{
  RcpBusyTimes *times = rcp_desk_get_busy_times (self->desk);
  g_auto (GStrv) people = rcp_busy_times_list_people (times);

  for (guint i = 0; people[i]; i++)
    {
      g_autoptr (GVariant) uids = g_variant_lookup_value (chosen, people[i], G_VARIANT_TYPE_STRING_ARRAY);

      if (!uids)
        rcp_busy_times_remove (times, people[i]);
    }
}

static gboolean
has_mirrors (RcpDeskCalendars *self)
{
  g_autoptr (GVariant) mirrors = rcp_calendar_choice_list_mirrors (self->settings, self->record);

  return g_variant_n_children (mirrors) > 0;
}

static void
apply (RcpDeskCalendars *self)
{
  g_autoptr (GVariant) chosen = NULL;

  if (!self->record)
    return;
  chosen = rcp_calendar_choice_list_busy (self->settings, self->record);
  forget_others (self, chosen);
  if (self->state == RCP_CALENDARS_READY)
    rcp_calendar_service_keep (self->service, chosen, rcp_desk_get_busy_times (self->desk), rcp_desk_get_zone (self->desk),
                               rcp_desk_get_clock (self->desk));
  else if (self->state == RCP_CALENDARS_OFF && self->load_id == 0
           && (g_variant_n_children (chosen) > 0 || has_mirrors (self) || rcp_desk_files_has_any (self->files)))
    rcp_desk_calendars_want (self);
}

static gboolean
on_try_again_cb (gpointer data)
{
  RcpDeskCalendars *self = data;

  self->again_id = 0;
  rcp_desk_calendars_want (self);
  return G_SOURCE_REMOVE;
}

static void
on_opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDeskCalendars) self = user_data;
  GError *error = NULL;
  gboolean is_open = rcp_calendar_service_open_finish (RCP_CALENDAR_SERVICE (object), result, &error);

  if (!self->desk)
    {
      g_clear_error (&error);
      return;
    }
  set_state (self, is_open ? RCP_CALENDARS_READY : RCP_CALENDARS_FAILED, error);
  if (is_open)
    {
      g_autoptr (RcpMirrorService) mirrors = self->make_mirrors (self->service);

      apply (self);
      rcp_desk_mirrors_set_service (self->mirrors, mirrors);
    }
  else
    self->again_id = g_timeout_add_seconds (SECONDS_TO_TRY_AGAIN, on_try_again_cb, self);
}

static void
open_service (RcpDeskCalendars *self)
{
  rcp_calendar_service_open_async (self->service, self->cancellable, on_opened_cb, g_object_ref (self));
}

#ifdef HAVE_CALENDARS

static void
on_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RcpDeskCalendars *self = RCP_DESK_CALENDARS (object);
  GError *error = NULL;
  GModule *module = rcp_calendars_loader_load_finish (result, &error);
  RcpCalendarsNewFunc make = NULL;

  if (!self->desk)
    {
      g_clear_error (&error);
      return;
    }
  if (module
      && (!g_module_symbol (module, RCP_CALENDARS_MODULE_SYMBOL, (gpointer *) &make)
          || !g_module_symbol (module, RCP_MIRRORS_MODULE_SYMBOL, (gpointer *) &self->make_mirrors)
          || !g_module_symbol (module, RCP_VISIT_EXPORTER_SYMBOL, (gpointer *) &self->exporter)))
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, g_module_error ());
  if (!make || !self->make_mirrors || !self->exporter)
    {
      set_state (self, RCP_CALENDARS_FAILED, error);
      return;
    }
  rcp_desk_files_set_exporter (self->files, self->exporter);
  self->service = make ();
  open_service (self);
}

static void
load (RcpDeskCalendars *self)
{
  rcp_calendars_loader_load_async (self, self->cancellable, on_loaded_cb, NULL);
}

#else

static void
load (RcpDeskCalendars *self)
{
  set_state (self, RCP_CALENDARS_FAILED,
             g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Built without calendars"));
}

#endif

/**
 * rcp_desk_calendars_want:
 * @self: the calendars of a desk
 *
 * Loads what reads calendars, and finds their server; does nothing while that goes on, or is done.
 */
void
rcp_desk_calendars_want (RcpDeskCalendars *self)
{
  g_return_if_fail (RCP_IS_DESK_CALENDARS (self));

  if (self->state == RCP_CALENDARS_OPENING || self->state == RCP_CALENDARS_READY)
    return;
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->again_id, g_source_remove);
  set_state (self, RCP_CALENDARS_OPENING, NULL);
  if (self->service)
    open_service (self);
  else
    load (self);
}

static void
on_marks_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDeskCalendars) self = user_data;
  g_autoptr (GPtrArray) marks = rcp_mirror_marks_read_finish (result, NULL);

  if (marks && marks->len > 0 && self->desk && self->state == RCP_CALENDARS_OFF)
    rcp_desk_calendars_want (self);
}

/* Without a calendar of its own a desk may still be the one that clears what another has left in one. */
static gboolean
on_load_time_cb (gpointer data)
{
  RcpDeskCalendars *self = data;

  self->load_id = 0;
  apply (self);
  if (self->state == RCP_CALENDARS_OFF && rcp_desk_get_client (self->desk))
    rcp_mirror_marks_read_async (rcp_desk_get_client (self->desk), self->cancellable, on_marks_read_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Somebody's calendar was never read here: until it is, the board offers time that is taken. */
static gboolean
lacks (RcpBusyTimes *times, GVariant *chosen)
{
  g_auto (GStrv) people = rcp_busy_times_list_people (times);
  GVariantIter iter;
  const char *person;
  gboolean lacks = FALSE;

  g_variant_iter_init (&iter, chosen);
  while (!lacks && g_variant_iter_next (&iter, "{&s@as}", &person, NULL))
    lacks = !g_strv_contains ((const char *const *) people, person);
  return lacks;
}

/**
 * rcp_desk_calendars_expect:
 * @self: the calendars of a desk
 * @record: which record is about to be opened
 *
 * Where its calendars were never read, they are found while the record is: Evolution Data Server takes a second to start.
 */
void
rcp_desk_calendars_expect (RcpDeskCalendars *self, const char *record)
{
  g_autoptr (GVariant) chosen = NULL;

  g_return_if_fail (RCP_IS_DESK_CALENDARS (self));
  g_return_if_fail (record != NULL);

  g_clear_object (&self->expected);
  chosen = rcp_calendar_choice_list_busy (self->settings, record);
  if (self->state != RCP_CALENDARS_OFF || g_variant_n_children (chosen) == 0)
    return;
  self->expected = rcp_busy_times_new ();
  g_free (self->expected_record);
  self->expected_record = g_strdup (record);
  rcp_busy_memory_load (self->memory, record, self->expected, NULL);
  if (lacks (self->expected, chosen))
    rcp_desk_calendars_want (self);
}

/* The file is read once for a record that is opened. */
static void
recall (RcpDeskCalendars *self, const char *record, RcpBusyTimes *times)
{
  g_autoptr (RcpBusyTimes) expected = g_steal_pointer (&self->expected);
  g_auto (GStrv) people = NULL;

  if (!expected || g_strcmp0 (self->expected_record, record) != 0)
    {
      rcp_busy_memory_load (self->memory, record, times, NULL);
      return;
    }
  people = rcp_busy_times_list_people (expected);
  for (guint i = 0; people[i]; i++)
    rcp_busy_times_set (times, people[i], rcp_busy_times_get (expected, people[i]), rcp_busy_times_get_as_of (expected, people[i]));
}

/**
 * rcp_desk_calendars_set_record:
 * @self: the calendars of a desk
 * @record: which record is open now
 *
 * What its calendars kept last is told at once.
 */
void
rcp_desk_calendars_set_record (RcpDeskCalendars *self, const char *record)
{
  RcpBusyTimes *times;
  g_autoptr (GVariant) chosen = NULL;

  g_return_if_fail (RCP_IS_DESK_CALENDARS (self));
  g_return_if_fail (record != NULL);

  rcp_desk_mirrors_set_record (self->mirrors, record);
  rcp_desk_files_set_record (self->files, record);
  if (g_strcmp0 (self->record, record) == 0)
    return;
  save_now (self);
  times = rcp_desk_get_busy_times (self->desk);
  self->is_remembering = TRUE;
  rcp_busy_times_clear (times);
  g_free (self->record);
  self->record = g_strdup (record);
  chosen = rcp_calendar_choice_list_busy (self->settings, record);
  if (g_variant_n_children (chosen) > 0)
    recall (self, record, times);
  forget_others (self, chosen);
  self->is_remembering = FALSE;
  g_clear_handle_id (&self->load_id, g_source_remove);
  self->load_id = g_timeout_add (lacks (times, chosen) ? 0 : LOAD_DELAY_MS, on_load_time_cb, self);
}

/**
 * rcp_desk_calendars_new:
 * @desk: the session
 * @settings: of the program
 *
 * Returns: (transfer full): what joins it and the calendars, once a record is open
 */
RcpDeskCalendars *
rcp_desk_calendars_new (RcpDesk *desk, GSettings *settings)
{
  RcpDeskCalendars *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RCP_TYPE_DESK_CALENDARS, NULL);
  self->desk = g_object_ref (desk);
  self->settings = g_object_ref (settings);
  self->mirrors = rcp_desk_mirrors_new (desk, settings);
  self->files = rcp_desk_files_new (desk, settings);
  g_signal_connect_object (settings, "changed::calendars", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_desk_get_busy_times (desk), "changed", G_CALLBACK (on_times_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

const char *
rcp_desk_calendars_get_record (RcpDeskCalendars *self)
{
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (self), NULL);

  return self->record;
}

GSettings *
rcp_desk_calendars_get_settings (RcpDeskCalendars *self)
{
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (self), NULL);

  return self->settings;
}

RcpCalendarsState
rcp_desk_calendars_get_state (RcpDeskCalendars *self)
{
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (self), RCP_CALENDARS_OFF);

  return self->state;
}

RcpCalendarService *
rcp_desk_calendars_get_service (RcpDeskCalendars *self)
{
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (self), NULL);

  return self->state == RCP_CALENDARS_READY ? self->service : NULL;
}

RcpDeskMirrors *
rcp_desk_calendars_get_mirrors (RcpDeskCalendars *self)
{
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (self), NULL);

  return self->mirrors;
}

RcpDeskFiles *
rcp_desk_calendars_get_files (RcpDeskCalendars *self)
{
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (self), NULL);

  return self->files;
}

/**
 * rcp_desk_calendars_dup_problem:
 * @self: the calendars of a desk
 *
 * Returns: (transfer full) (nullable): why there are none, for people
 */
char *
rcp_desk_calendars_dup_problem (RcpDeskCalendars *self)
{
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (self), NULL);

  if (self->state != RCP_CALENDARS_FAILED)
    return NULL;
#ifndef HAVE_CALENDARS
  return g_strdup (_("This Reception was built without calendars."));
#else
  if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    return g_strdup (_("The part of Reception that reads calendars is not installed, or Evolution Data Server’s libraries are missing."));
  return g_strdup (_("Evolution Data Server, which keeps the calendars of this computer, does not answer."));
#endif
}

const RcpVisitExporter *
rcp_desk_calendars_get_exporter (RcpDeskCalendars *self)
{
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (self), NULL);

  return self->exporter;
}
