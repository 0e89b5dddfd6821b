/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"

G_BEGIN_DECLS

struct _RcpRoster
{
  GObject parent_instance;

  char *clinic_name;
  GListStore *providers;
  GListStore *places;
  GListStore *visit_types;
  GListStore *rooms;
  GTimeZone *zone;
  RcpBusyTimes *busy_times;    /* or NULL */
  guint grain;                 /* minutes */
  GHashTable *resources;       /* reference -> FhirResource: all that was read */
  GHashTable *by_schedule;     /* utf8 -> RcpProvider; both borrowed of @providers */
  GHashTable *by_practitioner; /* utf8 -> GPtrArray of RcpProvider */
};

/* Makes a roster of what was read. @resources: (element-type utf8 FhirResource) by reference, "Schedule/12".
 * Roles are found by the Schedule's actor or by their practitioner. The table is
 * kept: it must not change any more. */
RcpRoster *rcp_roster_new (GHashTable *resources);

G_END_DECLS
