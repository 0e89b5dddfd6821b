/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-periods-model"

#include "config.h"

#include "rcp-periods-model.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rcp-query.h"
#include "ui/rcp-time-text.h"

/* Leave is planned that far ahead. */
#define YEARS_AHEAD 10

static gboolean
has_year (const char *text)
{
  guint n_digits = 0, n_groups = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      n_groups += g_ascii_isdigit (*c) && (c == text || !g_ascii_isdigit (c[-1]));
      n_digits += g_ascii_isdigit (*c) != 0;
    }
  return n_groups >= 3 || n_digits >= 6 || (n_groups == 2 && n_digits > 4);
}

/* A date in any order that people write; without a year it is the next one. */
static gboolean
read_date (const char *text, const GDate *today, GDate *date)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GString) full = g_string_new (stripped);
  g_autoptr (GPtrArray) dates = NULL;
  gboolean is_next = !has_year (stripped);
  GDate latest = *today;

  if (full->len == 0)
    return FALSE;
  if (is_next)
    g_string_append_printf (full, "%s%d", g_str_has_suffix (full->str, ".") || g_str_has_suffix (full->str, "/") ? "" : " ",
                            g_date_get_year (today));
  g_date_add_years (&latest, YEARS_AHEAD);
  dates = rcp_query_parse_dates (full->str, rcp_query_locale_is_day_first (), &latest);
  if (dates == NULL || dates->len == 0)
    return FALSE;
  *date = *(GDate *) dates->pdata[0];
  if (is_next && g_date_compare (date, today) < 0)
    g_date_add_years (date, 1);
  return TRUE;
}

char *
rcp_periods_model_add (const char *text, const char *first, const char *last, const char *words, const GDate *today,
                       RcpPeriodsFault *fault)
{
  g_autoptr (GPtrArray) periods = rcp_periods_parse (text);
  g_autofree char *stripped = g_strstrip (g_strdup (last));
  GDate from, to;

  *fault = RCP_PERIODS_FINE;
  if (!read_date (first, today, &from))
    *fault = RCP_PERIODS_NO_FIRST;
  else if (*stripped == '\0')
    to = from;
  else if (!read_date (stripped, &from, &to))
    *fault = RCP_PERIODS_NO_LAST;
  else if (g_date_compare (&to, &from) < 0)
    *fault = RCP_PERIODS_BACKWARDS;
  if (*fault != RCP_PERIODS_FINE)
    return NULL;
  g_ptr_array_add (periods, rcp_period_new (&from, &to, words));
  return rcp_periods_format (periods);
}

char *
rcp_periods_model_remove (const char *text, guint index)
{
  g_autoptr (GPtrArray) periods = rcp_periods_parse (text);

  if (index < periods->len)
    g_ptr_array_remove_index (periods, index);
  return rcp_periods_format (periods);
}

const char *
rcp_periods_model_describe_fault (RcpPeriodsFault fault)
{
  switch (fault)
    {
    case RCP_PERIODS_NO_FIRST:
      return _("Write the first day, such as 24 Dec 2026");
    case RCP_PERIODS_NO_LAST:
      return _("Write the last day, or leave it empty for one day");
    case RCP_PERIODS_BACKWARDS:
      return _("The last day is before the first");
    case RCP_PERIODS_FINE:
    default:
      return NULL;
    }
}

char *
rcp_periods_model_describe (const RcpPeriod *period)
{
  g_autofree char *first = rcp_time_text_birth_date (&period->first);
  g_autofree char *last = rcp_time_text_birth_date (&period->last);

  if (g_date_compare (&period->first, &period->last) == 0)
    return g_steal_pointer (&first);
  /* Translators: the first and the last day of a leave. */
  return g_strdup_printf (_("%s – %s"), first, last);
}
