/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-rules"

#include "rcp-book-visit.h"

#include <glib/gi18n.h>

#define BIT(status) (1u << (status))

#define WAITING (BIT (RCP_VISIT_BOOKED) | BIT (RCP_VISIT_CONFIRMED))
#define SEEN_SOON (BIT (RCP_VISIT_CHECKED_IN) | BIT (RCP_VISIT_ROOMED) | BIT (RCP_VISIT_WITH_PROVIDER) | BIT (RCP_VISIT_FULFILLED))

/* R4 gives the codes a meaning but no table of transitions; this one is what a front desk does. "entered-in-error" may
 * follow anything. What holds no slot cannot come to one by a status, nor give one back: that takes a booking, a move
 * or a cancellation. The room may be skipped where a clinic does not note it. */
static const guint forward[] = {
  [RCP_VISIT_PROPOSED] = BIT (RCP_VISIT_WAITLIST) | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_WAITLIST] = BIT (RCP_VISIT_PROPOSED) | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_PENDING] = WAITING | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_BOOKED] = BIT (RCP_VISIT_CONFIRMED) | BIT (RCP_VISIT_ARRIVED) | SEEN_SOON | BIT (RCP_VISIT_NOSHOW)
                       | BIT (RCP_VISIT_CANCELLED) | BIT (RCP_VISIT_PENDING),
  [RCP_VISIT_CONFIRMED] = BIT (RCP_VISIT_ARRIVED) | SEEN_SOON | BIT (RCP_VISIT_NOSHOW) | BIT (RCP_VISIT_CANCELLED)
                          | BIT (RCP_VISIT_PENDING),
  [RCP_VISIT_ARRIVED] = SEEN_SOON | BIT (RCP_VISIT_LEFT) | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_CHECKED_IN] = BIT (RCP_VISIT_ROOMED) | BIT (RCP_VISIT_WITH_PROVIDER) | BIT (RCP_VISIT_FULFILLED)
                           | BIT (RCP_VISIT_LEFT) | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_ROOMED] = BIT (RCP_VISIT_WITH_PROVIDER) | BIT (RCP_VISIT_FULFILLED) | BIT (RCP_VISIT_LEFT)
                       | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_WITH_PROVIDER] = BIT (RCP_VISIT_FULFILLED),
  [RCP_VISIT_ERROR] = 0,
};

/* Steps back: a wrong key was pressed, or a no-show came after all. */
static const guint corrections[] = {
  [RCP_VISIT_CONFIRMED] = BIT (RCP_VISIT_BOOKED),
  [RCP_VISIT_ARRIVED] = WAITING | BIT (RCP_VISIT_NOSHOW),
  [RCP_VISIT_CHECKED_IN] = WAITING | BIT (RCP_VISIT_ARRIVED),
  [RCP_VISIT_ROOMED] = WAITING | BIT (RCP_VISIT_ARRIVED) | BIT (RCP_VISIT_CHECKED_IN),
  [RCP_VISIT_WITH_PROVIDER] = BIT (RCP_VISIT_ARRIVED) | BIT (RCP_VISIT_CHECKED_IN) | BIT (RCP_VISIT_ROOMED)
                              | BIT (RCP_VISIT_LEFT),
  [RCP_VISIT_FULFILLED] = WAITING | BIT (RCP_VISIT_ARRIVED) | BIT (RCP_VISIT_CHECKED_IN) | BIT (RCP_VISIT_ROOMED)
                          | BIT (RCP_VISIT_WITH_PROVIDER) | BIT (RCP_VISIT_NOSHOW) | BIT (RCP_VISIT_LEFT),
  [RCP_VISIT_NOSHOW] = WAITING | BIT (RCP_VISIT_ARRIVED) | BIT (RCP_VISIT_LEFT),
  [RCP_VISIT_LEFT] = BIT (RCP_VISIT_ARRIVED) | BIT (RCP_VISIT_CHECKED_IN) | BIT (RCP_VISIT_ROOMED)
                     | BIT (RCP_VISIT_NOSHOW),
  [RCP_VISIT_ERROR] = 0,
};

/**
 * rcp_visit_status_get_step:
 * @from: what the visit is
 * @to: what it would be
 *
 * Returns: what kind of step that is; %RCP_STEP_NONE for no step at all
 */
RcpVisitStep
rcp_visit_status_get_step (RcpVisitStatus from, RcpVisitStatus to)
{
  g_return_val_if_fail ((guint)from < G_N_ELEMENTS (forward), RCP_STEP_NONE);

  if (from != RCP_VISIT_ERROR && (to == RCP_VISIT_ERROR || (forward[from] & BIT (to)) != 0))
    return RCP_STEP_FORWARD;
  return (corrections[from] & BIT (to)) != 0 ? RCP_STEP_CORRECTION : RCP_STEP_NONE;
}

/**
 * rcp_visit_status_may_become:
 * @from: what the visit is
 * @to: what it would be
 *
 * Returns: whether a desk may make this step; %FALSE for no step at all
 */
gboolean
rcp_visit_status_may_become (RcpVisitStatus from, RcpVisitStatus to)
{
  return rcp_visit_status_get_step (from, to) != RCP_STEP_NONE;
}

/**
 * rcp_visit_status_get_next:
 * @status: what a visit is
 *
 * Returns: what it becomes when the day takes its usual course; %RCP_VISIT_ERROR when nothing follows
 */
RcpVisitStatus
rcp_visit_status_get_next (RcpVisitStatus status)
{
  switch (status)
    {
    case RCP_VISIT_BOOKED:
    case RCP_VISIT_CONFIRMED:
      return RCP_VISIT_ARRIVED;
    case RCP_VISIT_ARRIVED:
    case RCP_VISIT_CHECKED_IN:
      return RCP_VISIT_ROOMED;
    case RCP_VISIT_ROOMED:
      return RCP_VISIT_WITH_PROVIDER;
    case RCP_VISIT_WITH_PROVIDER:
      return RCP_VISIT_FULFILLED;
    default:
      return RCP_VISIT_ERROR;
    }
}

/**
 * rcp_visit_status_may_move:
 * @status: what a visit is
 *
 * Who was let in, has gone, stayed away or called off keeps the time under which that is noted; who waits may be given
 * another.
 *
 * Returns: whether the visit may be put at another time
 */
gboolean
rcp_visit_status_may_move (RcpVisitStatus status)
{
  return status == RCP_VISIT_BOOKED || status == RCP_VISIT_CONFIRMED || status == RCP_VISIT_PENDING
         || status == RCP_VISIT_ARRIVED;
}

/* HL7's appointment-cancellation-reason, less what no front desk hears. */
static const RcpCancelReason cancel_reasons[] = {
  { "pat", N_ ("Patient asked for it") },
  { "pat-fb", N_ ("Patient feels better") },
  { "pat-lt", N_ ("Patient has no transport") },
  { "pat-mt", N_ ("Patient did not know of it in time") },
  { "pat-cpp", N_ ("Patient prefers another provider") },
  { "pat-dec", N_ ("Patient died") },
  { "prov", N_ ("Provider is not available") },
  { "prov-pers", N_ ("Provider has personal reasons") },
  { "maint", N_ ("Equipment is out of order") },
  { "meds-inc", N_ ("Preparation was not complete") },
  { "oth-weath", N_ ("Weather") },
  { "oth-err", N_ ("Booked by mistake") },
  { "other", N_ ("Another reason") },
};

/**
 * rcp_cancel_reasons:
 * @n_reasons: (out): how many
 *
 * Returns: (array length=n_reasons): the reasons a desk needs most, in order of use
 */
const RcpCancelReason *
rcp_cancel_reasons (guint *n_reasons)
{
  *n_reasons = G_N_ELEMENTS (cancel_reasons);
  return cancel_reasons;
}
