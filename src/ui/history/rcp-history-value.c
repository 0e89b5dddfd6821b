/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-history-text.h"

#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-flag.h"
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-waiting.h"
#include "ui/patient/rcp-compare-view.h"
#include "ui/rcp-time-text.h"

static const char *const labels[] = {
  [RCP_HISTORY_STATUS - RCP_N_FIELDS] = N_("Status"),
  [RCP_HISTORY_START - RCP_N_FIELDS] = N_("Time"),
  [RCP_HISTORY_DURATION - RCP_N_FIELDS] = N_("Duration"),
  [RCP_HISTORY_PATIENT - RCP_N_FIELDS] = N_("Patient"),
  [RCP_HISTORY_PROVIDER - RCP_N_FIELDS] = N_("Provider"),
  [RCP_HISTORY_PLACE - RCP_N_FIELDS] = N_("Place"),
  [RCP_HISTORY_ROOM - RCP_N_FIELDS] = N_("Room"),
  [RCP_HISTORY_TYPE - RCP_N_FIELDS] = N_("Visit type"),
  [RCP_HISTORY_URGENCY - RCP_N_FIELDS] = N_("Urgency"),
  [RCP_HISTORY_COMPLAINT - RCP_N_FIELDS] = N_("Complaint"),
  [RCP_HISTORY_INSTRUCTION - RCP_N_FIELDS] = N_("Preparation"),
  [RCP_HISTORY_REASON - RCP_N_FIELDS] = N_("Reason"),
  [RCP_HISTORY_COMMENT - RCP_N_FIELDS] = N_("Comment"),
  [RCP_HISTORY_OVERBOOKED - RCP_N_FIELDS] = N_("Overbooked"),
  [RCP_HISTORY_WISHED - RCP_N_FIELDS] = N_("Wished days"),
  [RCP_HISTORY_WISHED_TIMES - RCP_N_FIELDS] = N_("Wished time of day"),
  [RCP_HISTORY_FLAG - RCP_N_FIELDS] = N_("Words"),
  [RCP_HISTORY_FLAG_CATEGORY - RCP_N_FIELDS] = N_("Kind"),
  [RCP_HISTORY_FLAG_STATUS - RCP_N_FIELDS] = N_("Status"),
  [RCP_HISTORY_PERSON - RCP_N_FIELDS] = N_("Status"),
};

const char *
rcp_history_value_get_label (RcpHistoryField field)
{
  g_return_val_if_fail ((guint) field < RCP_N_FIELDS + G_N_ELEMENTS (labels), NULL);

  return (guint) field < RCP_N_FIELDS ? rcp_patient_field_get_label ((RcpPatientField) field) : _(labels[field - RCP_N_FIELDS]);
}

static gboolean
is_this_year (gint64 instant, GTimeZone *zone, RcpDesk *desk)
{
  GDate today, day;

  rcp_desk_get_today (desk, &today);
  rcp_time_get_day (instant, zone, &day);
  return g_date_get_year (&today) == g_date_get_year (&day);
}

static char *
describe_day (gint64 instant, GTimeZone *zone, RcpDesk *desk)
{
  GDate day;

  rcp_time_get_day (instant, zone, &day);
  return is_this_year (instant, zone, desk) ? rcp_time_text_short_date (&day) : rcp_time_text_birth_date (&day);
}

/**
 * rcp_history_value_describe_time:
 * @instant: microseconds UTC
 * @zone: where it is
 * @desk: tells this year
 *
 * Returns: (transfer full): "Mon, 23 Nov, 9:00"; with its year when that is another than this
 */
char *
rcp_history_value_describe_time (gint64 instant, GTimeZone *zone, RcpDesk *desk)
{
  g_autofree char *day = describe_day (instant, zone, desk);
  g_autofree char *clock = rcp_time_text_clock (instant, zone);

  /* Translators: a day and a time of day: "Mon, 23 Nov, 9:00". */
  return g_strdup_printf (_("%s, %s"), day, clock);
}

static char *
describe_instant (const char *stored, GTimeZone *zone, RcpDesk *desk)
{
  gint64 instant;

  return rcp_iso8601_parse_instant (stored, &instant) ? rcp_history_value_describe_time (instant, zone, desk) : g_strdup (stored);
}

static char *
describe_end_of_period (const char *stored, GTimeZone *zone, RcpDesk *desk)
{
  RcpIso8601 moment;

  return rcp_iso8601_parse (stored, &moment) ? describe_day (moment.start, zone, desk) : g_strdup (stored);
}

static char *
describe_period (const char *stored, GTimeZone *zone, RcpDesk *desk)
{
  g_auto (GStrv) ends = g_strsplit (stored, "/", 2);
  g_autofree char *from = describe_end_of_period (ends[0], zone, desk);
  g_autofree char *until = describe_end_of_period (ends[1] != NULL ? ends[1] : "", zone, desk);

  /* Translators: from one day to another. */
  return g_strdup_printf (_("%s – %s"), from, until);
}

static char *
describe_times_of_day (const char *stored)
{
  g_auto (GStrv) codes = g_strsplit (stored, ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; codes[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", rcp_time_of_day_to_label (rcp_time_of_day_from_code (codes[i])));
  return g_string_free (text, FALSE);
}

static const char *
describe_reason (const char *code)
{
  guint n_reasons;
  const RcpCancelReason *reasons = rcp_cancel_reasons (&n_reasons);

  for (guint i = 0; i < n_reasons; i++)
    if (g_str_equal (reasons[i].code, code))
      return _(reasons[i].label);
  return code;
}

static char *
describe_patient_field (RcpPatientField field, const char *stored, RcpDesk *desk)
{
  RcpDeskPlace place;

  rcp_patient_text_init_place (&place, desk);
  return rcp_patient_text_describe (field, stored, &place);
}

/**
 * rcp_history_value_describe:
 * @field: what it is of
 * @stored: as it is stored
 * @zone: of the place of the visit
 * @desk: tells this year, and where people are
 *
 * Returns: (transfer full): the value in words of the desk's language and forms
 */
char *
rcp_history_value_describe (RcpHistoryField field, const char *stored, GTimeZone *zone, RcpDesk *desk)
{
  g_return_val_if_fail (stored != NULL, NULL);

  if ((guint) field < RCP_N_FIELDS)
    return describe_patient_field ((RcpPatientField) field, stored, desk);
  switch (field)
    {
    case RCP_HISTORY_STATUS:
    case RCP_HISTORY_PERSON:
      return g_strdup (rcp_visit_status_to_label (rcp_visit_status_from_name (stored)));
    case RCP_HISTORY_START:
      return describe_instant (stored, zone, desk);
    case RCP_HISTORY_DURATION:
      /* Translators: minutes. */
      return g_strdup_printf (_("%d min"), atoi (stored));
    case RCP_HISTORY_URGENCY:
      return g_strdup (g_str_equal (stored, "emergency") ? _("Emergency") : _("Urgent"));
    case RCP_HISTORY_REASON:
      return g_strdup (describe_reason (stored));
    case RCP_HISTORY_WISHED:
      return describe_period (stored, zone, desk);
    case RCP_HISTORY_WISHED_TIMES:
      return describe_times_of_day (stored);
    case RCP_HISTORY_FLAG_CATEGORY:
      return g_strdup (rcp_flag_category_to_label (stored));
    case RCP_HISTORY_FLAG_STATUS:
      /* Translators: of a flag that must be seen, or need not be seen any more. */
      return g_strdup (g_str_equal (stored, "active") ? _("In force") : _("Ended"));
    default:
      return g_strdup (stored);
    }
}
