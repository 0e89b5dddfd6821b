/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "calendars/rcp-mirror-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpVisitExport:
 * @person: id of the Practitioner
 * @range: when the visits begin
 * @privacy: how much is said of each
 * @zone: (nullable): IANA name of the zone of the place
 * @place: (nullable): name of the place
 * @title: (nullable): of the calendar
 * @says_when: whether the calendar's description says as of when it is
 *
 * Which visits are written to a calendar file.
 */
typedef struct
{
  const char *person;
  RcpTimeRange range;
  RcpMirrorPrivacy privacy;
  const char *zone;
  const char *place;
  const char *title;
  gboolean says_when;
} RcpVisitExport;

/* The text of an .ics file; @what is copied. @ids: (out) (optional) (transfer full): of the visits that it holds; (transfer full). */
void rcp_visit_export_async (FhirClient *client, RcpClock *clock, const RcpVisitExport *what, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
char *rcp_visit_export_finish (GAsyncResult *result, GStrv *ids, GError **error);

/* As the program finds them in the module. */
typedef struct
{
  void (*begin) (FhirClient *client, RcpClock *clock, const RcpVisitExport *what, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data);
  char *(*finish) (GAsyncResult *result, GStrv *ids, GError **error);
} RcpVisitExporter;

#define RCP_VISIT_EXPORTER_SYMBOL "reception_visit_exporter"

G_END_DECLS
