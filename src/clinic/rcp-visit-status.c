/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"

#include <glib/gi18n.h>

/* In the order of RcpVisitStatus. */
static const struct
{
  const char *code;
  const char *name;
  const char *label;
  gboolean takes_time;
} statuses[] = {
  { "proposed", "proposed", N_ ("Proposed"), FALSE },
  { "pending", "pending", N_ ("Pending"), TRUE },
  { "booked", "booked", N_ ("Booked"), TRUE },
  { "booked", "confirmed", N_ ("Confirmed"), TRUE },
  { "arrived", "arrived", N_ ("Arrived"), TRUE },
  { "checked-in", "checked-in", N_ ("Checked in"), TRUE },
  /* Translators: the patient waits in an examination room */
  { "checked-in", "roomed", N_ ("In a room"), TRUE },
  { "checked-in", "with-provider", N_ ("With the provider"), TRUE },
  { "fulfilled", "done", N_ ("Seen"), TRUE },
  { "cancelled", "cancelled", N_ ("Cancelled"), FALSE },
  { "noshow", "no-show", N_ ("Did not come"), FALSE },
  /* Translators: the patient came and went away before anybody saw him or her */
  { "noshow", "left", N_ ("Left without being seen"), FALSE },
  { "waitlist", "waitlist", N_ ("On the wait list"), FALSE },
  { "entered-in-error", "error", N_ ("Entered in error"), FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (statuses) == RCP_VISIT_ERROR + 1);

/**
 * rcp_visit_status_to_code:
 * @status: a status
 *
 * Returns: the code of Appointment.status
 */
const char *
rcp_visit_status_to_code (RcpVisitStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), NULL);

  return statuses[status].code;
}

/**
 * rcp_visit_status_to_name:
 * @status: a status
 *
 * Returns: a name of our own that no other status shares; kept in the record, never shown
 */
const char *
rcp_visit_status_to_name (RcpVisitStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), NULL);

  return statuses[status].name;
}

/**
 * rcp_visit_status_from_name:
 * @name: (nullable): what rcp_visit_status_to_name() gave
 *
 * Returns: the status; %RCP_VISIT_ERROR for what is none
 */
RcpVisitStatus
rcp_visit_status_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (statuses[i].name, name) == 0)
      return i;

  return RCP_VISIT_ERROR;
}

/**
 * rcp_visit_status_is_present:
 * @status: a status
 *
 * Returns: whether such a patient is in the house
 */
gboolean
rcp_visit_status_is_present (RcpVisitStatus status)
{
  return status == RCP_VISIT_ARRIVED || status == RCP_VISIT_CHECKED_IN || status == RCP_VISIT_ROOMED ||
         status == RCP_VISIT_WITH_PROVIDER;
}

/**
 * rcp_visit_status_to_label:
 * @status: a status
 *
 * Returns: the status for people, translated
 */
const char *
rcp_visit_status_to_label (RcpVisitStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), NULL);

  return _(statuses[status].label);
}

/**
 * rcp_visit_status_from_code:
 * @code: (nullable): a code of Appointment.status
 *
 * Returns: the first status with that code; %RCP_VISIT_ERROR for what R4 does not know, so that it is never taken for a visit
 */
RcpVisitStatus
rcp_visit_status_from_code (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (statuses[i].code, code) == 0)
      return i;

  return RCP_VISIT_ERROR;
}

/**
 * rcp_visit_status_takes_time:
 * @status: a status
 *
 * Returns: whether the provider's time is taken by such a visit
 */
gboolean
rcp_visit_status_takes_time (RcpVisitStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), FALSE);

  return statuses[status].takes_time;
}

/**
 * rcp_urgency_to_priority:
 * @urgency: how urgent
 *
 * Returns: the value of Appointment.priority, on the scale of iCalendar (RFC 5545, 3.8.1.9): 1 is the highest
 */
guint
rcp_urgency_to_priority (RcpUrgency urgency)
{
  switch (urgency)
    {
    case RCP_URGENCY_EMERGENCY:
      return 1;
    case RCP_URGENCY_URGENT:
      return 3;
    case RCP_URGENCY_ROUTINE:
    default:
      return 5;
    }
}

/**
 * rcp_urgency_from_priority:
 * @priority: Appointment.priority, 0 when absent
 *
 * Returns: how urgent that is
 */
RcpUrgency
rcp_urgency_from_priority (gint64 priority)
{
  if (priority == 1)
    return RCP_URGENCY_EMERGENCY;

  return priority >= 2 && priority <= 4 ? RCP_URGENCY_URGENT : RCP_URGENCY_ROUTINE;
}
