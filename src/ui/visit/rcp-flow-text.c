/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-flow-text"

#include "config.h"

#include "rcp-flow-text.h"

#include <glib/gi18n.h>

static const RcpFlowKey keys[] = {
  { "confirm", RCP_VISIT_CONFIRMED, 'c', N_ ("Confirmed") },
  { "arrive", RCP_VISIT_ARRIVED, 'a', N_ ("Arrived") },
  /* Translators: the patient was led to an examination room. */
  { "room", RCP_VISIT_ROOMED, 'r', N_ ("In Room") },
  { "with-provider", RCP_VISIT_WITH_PROVIDER, 'p', N_ ("With Provider") },
  { "done", RCP_VISIT_FULFILLED, 'd', N_ ("Done") },
  { "no-show", RCP_VISIT_NOSHOW, 'x', N_ ("No-Show") },
  /* Translators: the patient went away without being seen. */
  { "left", RCP_VISIT_LEFT, 'l', N_ ("Left") },
};

const RcpFlowKey *
rcp_flow_get_keys (guint *n_keys)
{
  *n_keys = G_N_ELEMENTS (keys);
  return keys;
}

const RcpFlowKey *
rcp_flow_find_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (keys[i].name, name) == 0)
      return &keys[i];
  return NULL;
}

const RcpFlowKey *
rcp_flow_find_status (RcpVisitStatus status)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].status == status)
      return &keys[i];
  return NULL;
}

static guint
get_minutes (gint64 from, gint64 now)
{
  return from > 0 && now > from ? (guint) ((now - from) / G_TIME_SPAN_MINUTE) : 0;
}

guint
rcp_flow_get_late_minutes (RcpVisit *visit, gint64 now)
{
  RcpVisitStatus status = rcp_visit_get_status (visit);

  if (status != RCP_VISIT_BOOKED && status != RCP_VISIT_CONFIRMED)
    return 0;
  return get_minutes (rcp_visit_get_range (visit).start, now);
}

guint
rcp_flow_get_waiting_minutes (RcpVisit *visit, gint64 now)
{
  gint64 arrived = rcp_visit_get_arrived_at (visit);
  RcpVisitStatus status = rcp_visit_get_status (visit);

  if (status != RCP_VISIT_ARRIVED && status != RCP_VISIT_CHECKED_IN && status != RCP_VISIT_ROOMED)
    return 0;
  return get_minutes (arrived > 0 ? arrived : rcp_visit_get_since (visit), now);
}

/**
 * rcp_flow_text_status:
 * @visit: a visit
 * @now: the time; 0 on another day than today, where no timer runs
 *
 * Returns: (transfer full): how far the visit is and for how long, in few words
 */
char *
rcp_flow_text_status (RcpVisit *visit, gint64 now)
{
  RcpVisitStatus status;
  guint minutes, late;
  gboolean is_timed;

  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);

  status = rcp_visit_get_status (visit);
  late = rcp_flow_get_late_minutes (visit, now);
  is_timed = now > 0 && rcp_visit_get_since (visit) > 0 && rcp_visit_get_since (visit) <= now;
  minutes = get_minutes (rcp_visit_get_since (visit), now);
  if (late > 0)
    return g_strdup_printf (_("Late %u min"), late);
  if (is_timed && status == RCP_VISIT_ARRIVED)
    return g_strdup_printf (_("Arrived, waits %u min"), minutes);
  if (is_timed && status == RCP_VISIT_CHECKED_IN)
    return g_strdup_printf (_("Checked in, waits %u min"), minutes);
  if (is_timed && status == RCP_VISIT_ROOMED)
    /* Translators: the name of a room, and for how many minutes the patient has been there. */
    return g_strdup_printf (_("%s for %u min"), rcp_visit_get_room_name (visit) ? rcp_visit_get_room_name (visit) : _("In a room"), minutes);
  if (is_timed && status == RCP_VISIT_WITH_PROVIDER)
    return g_strdup_printf (_("With the provider for %u min"), minutes);
  return g_strdup (rcp_visit_status_to_label (status));
}
