/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program finds in the module of the calendars, without Evolution Data Server: the calendars of a sample clinic, which the test
 * brings. Nothing is exported. */

#include "mirroring/rcp-visit-export.h"
#include "sample-calendars.h"

static void
begin (FhirClient *client, RcpClock *clock, const RcpVisitExport *what, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_assert_not_reached ();
}

static char *
finish (GAsyncResult *result, guint *n_visits, GError **error)
{
  g_assert_not_reached ();
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
