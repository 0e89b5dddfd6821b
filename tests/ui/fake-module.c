/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program finds in the module of the calendars, without Evolution Data Server: the calendars of a sample clinic, which the test
 * brings. What is exported is empty. */

#include "mirroring/rcp-visit-export.h"
#include "sample-calendars.h"

static void
begin (FhirClient *client, RcpClock *clock, const RcpVisitExport *what, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_pointer (task, g_strdup ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"), g_free);
}

static char *
finish (GAsyncResult *result, GStrv *ids, GError **error)
{
  *ids = g_new0 (char *, 1);
  return g_task_propagate_pointer (G_TASK (result), error);
}

G_MODULE_EXPORT const RcpVisitExporter reception_visit_exporter = { begin, finish };
G_MODULE_EXPORT RcpCalendarService *reception_calendars_new (void);
G_MODULE_EXPORT RcpMirrorService *reception_mirrors_new (RcpCalendarService *service);

RcpCalendarService *
reception_calendars_new (void)
{
  return sample_calendars_new ();
}

RcpMirrorService *
reception_mirrors_new (RcpCalendarService *service)
{
  return sample_mirrors_new ();
}
