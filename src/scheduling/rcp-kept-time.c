/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-kept-time"

#include "rcp-kept-time.h"

#include "rcp-conflicts.h"
#include "rcp-scheduling-error-private.h"

gboolean
rcp_kept_time_check (RcpBusyTimes *times, RcpProvider *provider, RcpTimeRange range, RcpDeed deed, GError **error)
{
  RcpConflict conflict = { .kind = RCP_CONFLICT_BUSY };
  g_autofree char *what = NULL;
  RcpBusy busy;

  if (!rcp_busy_times_find_taken (times, rcp_provider_get_practitioner_id (provider), range, &busy))
    return TRUE;
  conflict.range = busy.range;
  conflict.busy = busy.kind;
  what = rcp_conflict_describe (&conflict, provider, NULL);
  g_propagate_error (error, rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_KEPT, deed, what,
                                                              "a calendar of the Practitioner keeps the time"));
  return FALSE;
}
