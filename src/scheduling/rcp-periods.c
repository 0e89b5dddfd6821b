/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-periods"

#include "rcp-periods.h"

#include <stdio.h>
#include <string.h>

#include "fhir/fhir-resource.h"

#define DAY_LENGTH 10 /* "2026-12-24" */

RcpPeriod *
rcp_period_new (const GDate *first, const GDate *last, const char *words)
{
  RcpPeriod *period = g_new0 (RcpPeriod, 1);

  period->first = *first;
  period->last = *last;
  period->words = g_strdup (words != NULL ? words : "");
  g_strdelimit (period->words, "\n\r\t", ' ');
  g_strstrip (period->words);
  return period;
}

void
rcp_period_free (RcpPeriod *period)
{
  g_free (period->words);
  g_free (period);
}

/* A whole day, with nothing behind its ten characters but @end. */
static gboolean
read_day (const char *text, char end, GDate *day)
{
  guint year, month, number;

  if (text == NULL || strlen (text) < DAY_LENGTH || text[DAY_LENGTH] != end
      || sscanf (text, "%4u-%2u-%2u", &year, &month, &number) != 3 || month > 12
      || !g_date_valid_dmy ((GDateDay)number, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

static char *
format_day (const GDate *day)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (day), g_date_get_month (day), g_date_get_day (day));
}

static int
compare_periods (gconstpointer a, gconstpointer b)
{
  const RcpPeriod *left = *(RcpPeriod *const *)a;
  const RcpPeriod *right = *(RcpPeriod *const *)b;
  int order = g_date_compare (&left->first, &right->first);

  if (order == 0)
    order = g_date_compare (&left->last, &right->last);
  return order != 0 ? order : strcmp (left->words, right->words);
}

GPtrArray *
rcp_periods_parse (const char *text)
{
  GPtrArray *periods = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_period_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean has_words = strlen (lines[i]) > 2 * DAY_LENGTH + 1;
      GDate first, last;

      if (read_day (lines[i], '/', &first)
          && read_day (lines[i] + DAY_LENGTH + 1, has_words ? ' ' : '\0', &last))
        g_ptr_array_add (periods,
                         rcp_period_new (&first, &last, has_words ? lines[i] + 2 * DAY_LENGTH + 2 : NULL));
    }
  g_ptr_array_sort (periods, compare_periods);
  return periods;
}

char *
rcp_periods_format (GPtrArray *periods)
{
  GString *text = g_string_new (NULL);

  g_ptr_array_sort (periods, compare_periods);
  for (guint i = 0; i < periods->len; i++)
    {
      const RcpPeriod *period = periods->pdata[i];
      g_autofree char *first = format_day (&period->first);
      g_autofree char *last = format_day (&period->last);

      g_string_append_printf (text, "%s%s/%s%s%s", i > 0 ? "\n" : "", first, last, *period->words != '\0' ? " " : "",
                              period->words);
    }
  return g_string_free (text, FALSE);
}

RcpPeriod *
rcp_period_from_json (JsonObject *json, const char *words)
{
  GDate first, last;

  if (!read_day (fhir_json_get_string (json, "start"), '\0', &first)
      || !read_day (fhir_json_get_string (json, "end"), '\0', &last))
    return NULL;
  return rcp_period_new (&first, &last, words);
}

JsonObject *
rcp_period_to_json (const RcpPeriod *period)
{
  JsonObject *json = json_object_new ();
  g_autofree char *first = format_day (&period->first);
  g_autofree char *last = format_day (&period->last);

  json_object_set_string_member (json, "start", first);
  json_object_set_string_member (json, "end", last);
  return json;
}
