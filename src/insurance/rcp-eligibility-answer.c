/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-eligibility-answer.h"

#include <string.h>

#include "base/rcp-time-range.h"

/* Returns: (transfer full): that cannot tell anything yet */
RcpEligibilityAnswer *
rcp_eligibility_answer_new (const char *trace, gint64 at)
{
  RcpEligibilityAnswer *self = g_rc_box_new0 (RcpEligibilityAnswer);

  self->status = RCP_ELIGIBILITY_CANNOT_TELL;
  self->trace = g_strdup (trace);
  self->at = at;
  self->benefits = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_benefit_free);
  self->rejections = g_array_new (FALSE, FALSE, sizeof (RcpRejection));
  self->dates = g_array_new (FALSE, FALSE, sizeof (RcpDatedFact));
  g_date_clear (&self->service_date, 1);
  return self;
}

RcpEligibilityAnswer *
rcp_eligibility_answer_ref (RcpEligibilityAnswer *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RcpEligibilityAnswer *self = data;

  g_free (self->words);
  g_ptr_array_unref (self->benefits);
  g_array_unref (self->rejections);
  g_array_unref (self->dates);
  g_free (self->source);
  g_free (self->trace);
  g_free (self->service_type);
  g_free (self->coverage);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_free (self->raw_type);
  g_free (self->raw_reference);
}

void
rcp_eligibility_answer_unref (RcpEligibilityAnswer *self)
{
  g_rc_box_release_full (self, clear);
}

void
rcp_eligibility_answer_set_words (RcpEligibilityAnswer *self, const char *words)
{
  char *copy = g_strdup (words);

  g_free (self->words);
  self->words = copy;
}

/**
 * rcp_eligibility_answer_is_stale:
 * @visit: the day of the visit
 * @service_type: (nullable): of the visit
 * @days: how many days the clinic trusts an answer; 0 asks again each day
 * @zone: the clinic's
 * @eve: (nullable): the last day before @visit on which the clinic works; %NULL: the day before
 *
 * Whether to ask again: it is for another day or service, another month has begun (coverage ends with months), it is older than the
 * clinic wants, or the eve has come and the answer is from before. One that was asked for on the eve holds however many days the
 * clinic rests then, unless it wants to know each day. What could not be told is asked again always.
 */
gboolean
rcp_eligibility_answer_is_stale (const RcpEligibilityAnswer *self, const GDate *visit, const char *service_type, gint64 now, guint days,
                                 GTimeZone *zone, const GDate *eve)
{
  GDate asked, today, last;

  if (self->status == RCP_ELIGIBILITY_CANNOT_TELL || !g_date_valid (&self->service_date) ||
      g_date_compare (&self->service_date, visit) != 0 || g_strcmp0 (self->service_type, service_type) != 0)
    return TRUE;
  rcp_time_get_day (self->at, zone, &asked);
  rcp_time_get_day (now, zone, &today);
  if (g_date_get_month (&asked) != g_date_get_month (&today) || g_date_get_year (&asked) != g_date_get_year (&today))
    return TRUE;
  last = eve ? *eve : *visit;
  if (!eve)
    g_date_subtract_days (&last, 1);
  if (g_date_compare (&asked, &last) >= 0 && g_date_compare (&today, visit) <= 0 && days > 0)
    return FALSE;
  return g_date_days_between (&asked, &today) > (int) days || (g_date_compare (&today, &last) >= 0 && g_date_compare (&asked, &last) < 0);
}

/**
 * rcp_eligibility_answer_forbids_asking:
 * @visit: the day of the visit
 * @now: the time
 *
 * What the payer says in AAA04 of X12 271: to wait for thirty days (W) or for ten (X), not to ask the same again (N), or to correct
 * something first (C), which a person does who then asks.
 *
 * Returns: whether the program must not ask again by itself
 */
gboolean
rcp_eligibility_answer_forbids_asking (const RcpEligibilityAnswer *self, const GDate *visit, gint64 now)
{
  gboolean is_same = g_date_valid (&self->service_date) && g_date_compare (&self->service_date, visit) == 0;

  for (guint i = 0; i < self->rejections->len; i++)
    {
      const char *follow_up = g_array_index (self->rejections, RcpRejection, i).follow_up;

      if ((strcmp (follow_up, "W") == 0 && now - self->at < 30 * G_TIME_SPAN_DAY) ||
          (strcmp (follow_up, "X") == 0 && now - self->at < 10 * G_TIME_SPAN_DAY) ||
          ((strcmp (follow_up, "N") == 0 || strcmp (follow_up, "C") == 0) && is_same))
        return TRUE;
    }
  return FALSE;
}
