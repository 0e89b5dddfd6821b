/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done, in a sentence for a toast. */

#define G_LOG_DOMAIN "rcp-undo-text"

#include "config.h"

#include "rcp-undo-model.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-block-time.h"
#include "scheduling/rcp-visit-operation.h"
#include "ui/rcp-time-text.h"

static const char *
get_name (RcpVisit *visit)
{
  RcpPatient *patient = rcp_visit_get_patient (visit);

  return patient ? rcp_patient_get_name (patient) : rcp_visit_get_patient_name (visit);
}

/* @format: patient, day, time of day and provider */
static char *
describe_time (RcpVisit *visit, RcpRoster *roster, GTimeZone *zone, const char *format)
{
  RcpProvider *provider = roster ? rcp_roster_find_provider_of_visit (roster, visit) : NULL;
  g_autofree char *day = rcp_time_text_short_day (rcp_visit_get_range (visit).start, zone);
  g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visit).start, zone);
  const char *who = provider ? rcp_provider_get_name (provider) : "–";

  return g_strdup_printf (format, get_name (visit), day, time, who);
}

static char *
describe_block (RcpBlockTime *operation, GTimeZone *zone)
{
  g_autofree char *time = rcp_time_text_range (rcp_block_time_get_range (operation), zone);

  /* Translators: a range of time. */
  return g_strdup_printf (rcp_block_time_get_deed (operation) == RCP_DEED_BLOCK ? _("%s is blocked") : _("%s is free again"), time);
}

static gboolean
was_waiting (RcpVisitOperation *operation)
{
  RcpVisit *before = rcp_visit_operation_get_before (operation);

  return before && rcp_visit_get_status (before) == RCP_VISIT_WAITLIST;
}

/* The one of several whose step it was, or all: (transfer full). */
static RcpVisit *
dup_stepped (RcpVisitOperation *operation)
{
  RcpVisit *before = rcp_visit_operation_get_before (operation), *after = rcp_visit_operation_get_after (operation);
  guint n_people = rcp_visit_get_n_people (after), n_stepped = 0, stepped = 0;

  for (guint i = 0; before && rcp_visit_get_n_people (before) == n_people && i < n_people; i++)
    if (rcp_visit_get_person_status (before, i) != rcp_visit_get_person_status (after, i))
      {
        stepped = i;
        n_stepped++;
      }
  return n_stepped == 1 ? rcp_visit_dup_part (after, stepped) : g_object_ref (after);
}

/* "Rossi, Luca: Arrived" */
static char *
describe_step (RcpVisitOperation *operation)
{
  g_autoptr (RcpVisit) stepped = dup_stepped (operation);

  /* Translators: a patient and how far his or her visit is: "Rossi, Luca: Arrived". */
  return g_strdup_printf (_("%s: %s"), rcp_visit_get_patient_name (stepped), rcp_visit_status_to_label (rcp_visit_get_status (stepped)));
}

static char *
describe_visit (RcpVisitOperation *operation, RcpRoster *roster, GTimeZone *zone)
{
  RcpVisit *after = rcp_visit_operation_get_after (operation);

  switch (rcp_visit_operation_get_deed (operation))
    {
    case RCP_DEED_BOOK:
      /* Translators: patient, day, time of day and provider. */
      return describe_time (after, roster, zone, _("%s booked for %s, %s with %s"));
    case RCP_DEED_MOVE:
      /* Translators: patient, day, time of day and provider. */
      return describe_time (after, roster, zone, _("%s moved to %s, %s with %s"));
    case RCP_DEED_WAIT:
      /* Translators: %s is the name of a patient. */
      return g_strdup_printf (_("%s is on the wait list"), get_name (after));
    case RCP_DEED_CANCEL:
      if (was_waiting (operation))
        /* Translators: %s is the name of a patient. */
        return g_strdup_printf (_("%s is off the wait list"), get_name (after));
      /* Translators: %s is the name of a patient. */
      return g_strdup_printf (_("The visit of %s is cancelled"), rcp_visit_get_patient_name (after));
    default:
      return describe_step (operation);
    }
}

/**
 * rcp_undo_text_describe:
 * @operation: a RcpVisitOperation or RcpBlockTime that has succeeded
 * @roster: (nullable): for the names of providers
 * @zone: of the clinic
 *
 * Returns: (transfer full): what it did, in words
 */
char *
rcp_undo_text_describe (GObject *operation, RcpRoster *roster, GTimeZone *zone)
{
  if (RCP_IS_BLOCK_TIME (operation))
    return describe_block (RCP_BLOCK_TIME (operation), zone);
  return describe_visit (RCP_VISIT_OPERATION (operation), roster, zone);
}

static gboolean
is_of_one_patient (GPtrArray *operations)
{
  const char *first = rcp_visit_get_patient_id (rcp_visit_operation_get_after (operations->pdata[0]));

  for (guint i = 1; i < operations->len; i++)
    if (g_strcmp0 (first, rcp_visit_get_patient_id (rcp_visit_operation_get_after (operations->pdata[i]))) != 0)
      return FALSE;
  return first != NULL;
}

/**
 * rcp_undo_text_describe_all:
 * @operations: (element-type RcpVisitOperation): one or more of one kind, all of which have succeeded
 *
 * Returns: (transfer full): what they did, in words
 */
char *
rcp_undo_text_describe_all (GPtrArray *operations)
{
  RcpVisitOperation *first = operations->pdata[0];
  gboolean is_cancelled = rcp_visit_operation_get_deed (first) == RCP_DEED_CANCEL;

  if (!is_of_one_patient (operations))
    return g_strdup_printf (is_cancelled ? g_dngettext (NULL, "%u visit cancelled", "%u visits cancelled", operations->len)
                                         : g_dngettext (NULL, "%u visit booked", "%u visits booked", operations->len),
                            operations->len);
  return g_strdup_printf (is_cancelled
                              /* Translators: how many visits, and of which patient. */
                              ? g_dngettext (NULL, "%u visit of %s cancelled", "%u visits of %s cancelled", operations->len)
                              : g_dngettext (NULL, "%u visit of %s booked", "%u visits of %s booked", operations->len),
                          operations->len, get_name (rcp_visit_operation_get_after (first)));
}
