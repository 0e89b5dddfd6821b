/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a server tells of a change. Private to the clinic. */

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpChange:
 * @type: "Appointment", "Slot", "Encounter", "Flag", "Task" or another
 * @id: NULL when the server does not tell which
 * @version: (nullable): the version that it has now
 * @updated: when, by the server's clock; G_MININT64 when it does not tell
 * @is_deleted: whether it is no more
 * @resource: (nullable): what it is now; perhaps not with all elements
 * @range: where it was, when @id is NULL
 */
typedef struct
{
  char *type;
  char *id;
  char *version;
  gint64 updated;
  gboolean is_deleted;
  FhirResource *resource;
  RcpTimeRange range;
} RcpChange;

void rcp_change_free (RcpChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpChange, rcp_change_free)

/* (transfer full) (element-type RcpChange): the entries of a history or a search, in the order of the server. */
GPtrArray *rcp_changes_from_bundle (JsonObject *bundle);
/* (transfer full): the same for the same version of the same resource. */
char *rcp_change_dup_key (const RcpChange *self);

G_END_DECLS
