/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-rules"

#include "rcp-book-visit.h"

#include <glib/gi18n.h>

#define BIT(status) (1u << (status))

/* R4 gives the codes a meaning but no table of transitions; this one is what a front desk does. Corrections by staff
 * (a no-show who came after all) are in it; "entered-in-error" may follow anything. What holds no slot cannot come to
 * one by a status, nor give one back: that takes a booking, a move or a cancellation. */
static const guint successors[] = {
  [RCP_VISIT_PROPOSED] = BIT (RCP_VISIT_WAITLIST) | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_WAITLIST] = BIT (RCP_VISIT_PROPOSED) | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_PENDING] = BIT (RCP_VISIT_BOOKED) | BIT (RCP_VISIT_CANCELLED),
  [RCP_VISIT_BOOKED] = BIT (RCP_VISIT_ARRIVED) | BIT (RCP_VISIT_CHECKED_IN) | BIT (RCP_VISIT_FULFILLED)
                       | BIT (RCP_VISIT_NOSHOW) | BIT (RCP_VISIT_CANCELLED) | BIT (RCP_VISIT_PENDING),
  [RCP_VISIT_ARRIVED] = BIT (RCP_VISIT_CHECKED_IN) | BIT (RCP_VISIT_FULFILLED) | BIT (RCP_VISIT_CANCELLED)
                        | BIT (RCP_VISIT_NOSHOW) | BIT (RCP_VISIT_BOOKED),
  [RCP_VISIT_CHECKED_IN] = BIT (RCP_VISIT_FULFILLED) | BIT (RCP_VISIT_CANCELLED) | BIT (RCP_VISIT_ARRIVED),
  [RCP_VISIT_NOSHOW] = BIT (RCP_VISIT_ARRIVED) | BIT (RCP_VISIT_BOOKED),
  [RCP_VISIT_FULFILLED] = 0,
  [RCP_VISIT_CANCELLED] = 0,
  [RCP_VISIT_ERROR] = 0,
};

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
  g_return_val_if_fail ((guint)from < G_N_ELEMENTS (successors), FALSE);

  if (to == RCP_VISIT_ERROR)
    return from != RCP_VISIT_ERROR;
  return (successors[from] & BIT (to)) != 0;
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
