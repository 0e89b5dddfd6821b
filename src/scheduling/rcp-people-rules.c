/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-people-rules"

#include "rcp-book-visit.h"

/* Steps of a visit to which several come: with one key for all who may take it, or for one of them alone. */

static gboolean
is_for_those_here (RcpVisitStatus to)
{
  return to == RCP_VISIT_ROOMED || to == RCP_VISIT_WITH_PROVIDER || to == RCP_VISIT_FULFILLED;
}

/* Keeps the steps of one kind; with @only_here those of people in the house alone. How many are left. */
static guint
keep (RcpVisitStep *steps, RcpVisitStep kind, const RcpVisitStatus *from, guint n_people, gboolean only_here)
{
  guint n_kept = 0;

  for (guint i = 0; i < n_people; i++)
    {
      if (steps[i] != kind || (only_here && !rcp_visit_status_is_present (from[i])))
        steps[i] = RCP_STEP_NONE;
      n_kept += steps[i] != RCP_STEP_NONE;
    }
  return n_kept;
}

static gboolean
is_any (const RcpVisitStatus *from, guint n_people, RcpVisitStatus status)
{
  for (guint i = 0; i < n_people; i++)
    if (from[i] == status)
      return TRUE;
  return FALSE;
}

/* Nobody may have been seen, or be with the provider: who did not come, or left, is no obstacle. */
static gboolean
may_all_be_cancelled (const RcpVisitStatus *from, guint n_people)
{
  return !is_any (from, n_people, RCP_VISIT_WITH_PROVIDER) && !is_any (from, n_people, RCP_VISIT_FULFILLED);
}

/**
 * rcp_people_plan_steps:
 * @from: (array length=n_people): how far each is
 * @n_people: how many, two at least
 * @to: where they would be
 * @steps: (out caller-allocates) (array length=n_people): the step that each takes; %RCP_STEP_NONE for who stays
 *
 * The rule of the one key for all: who may go forward does, and the others stay. To a room, to the provider and away from there
 * go those who are in the house, where anybody is; the key is not about who has yet to come. A step back is made by all who may
 * only where nobody goes forward and nobody is there already: else the key is as good as pressed, and what is wrong of one is
 * corrected for that one. To cancel takes that nobody was seen.
 *
 * Returns: what kind of step it is for the visit; %RCP_STEP_NONE when nobody may take it
 */
RcpVisitStep
rcp_people_plan_steps (const RcpVisitStatus *from, guint n_people, RcpVisitStatus to, RcpVisitStep *steps)
{
  gboolean is_forward = FALSE, is_of_those_here = FALSE;

  for (guint i = 0; i < n_people; i++)
    {
      steps[i] = rcp_visit_status_get_step (from[i], to);
      is_forward = is_forward || steps[i] == RCP_STEP_FORWARD;
      is_of_those_here = is_of_those_here || (steps[i] == RCP_STEP_FORWARD && rcp_visit_status_is_present (from[i]));
    }
  if (is_forward && (to != RCP_VISIT_CANCELLED || may_all_be_cancelled (from, n_people)))
    {
      keep (steps, RCP_STEP_FORWARD, from, n_people, is_for_those_here (to) && is_of_those_here);
      return RCP_STEP_FORWARD;
    }
  if (!is_forward && !is_any (from, n_people, to) && keep (steps, RCP_STEP_CORRECTION, from, n_people, FALSE) > 0)
    return RCP_STEP_CORRECTION;
  for (guint i = 0; i < n_people; i++)
    steps[i] = RCP_STEP_NONE;
  return RCP_STEP_NONE;
}

/**
 * rcp_visit_get_step:
 * @visit: a visit, perhaps as it is for one of several
 * @to: what it would be
 *
 * Returns: what kind of step that is for all who come, or for the one
 */
RcpVisitStep
rcp_visit_get_step (RcpVisit *visit, RcpVisitStatus to)
{
  guint n_people;
  g_autofree RcpVisitStatus *from = NULL;
  g_autofree RcpVisitStep *steps = NULL;

  g_return_val_if_fail (RCP_IS_VISIT (visit), RCP_STEP_NONE);

  n_people = rcp_visit_get_n_people (visit);
  if (n_people == 1)
    return rcp_visit_get_whole (visit) != visit && to == RCP_VISIT_CANCELLED ? RCP_STEP_NONE
                                                                             : rcp_visit_status_get_step (rcp_visit_get_status (visit), to);
  from = g_new (RcpVisitStatus, n_people);
  steps = g_new (RcpVisitStep, n_people);
  for (guint i = 0; i < n_people; i++)
    from[i] = rcp_visit_get_person_status (visit, i);
  return rcp_people_plan_steps (from, n_people, to, steps);
}

/**
 * rcp_visit_may_become:
 * @visit: a visit, perhaps as it is for one of several
 * @to: what it would be
 *
 * Returns: whether a desk may make this step
 */
gboolean
rcp_visit_may_become (RcpVisit *visit, RcpVisitStatus to)
{
  return rcp_visit_get_step (visit, to) != RCP_STEP_NONE;
}

/**
 * rcp_visit_may_move:
 * @visit: a visit, perhaps as it is for one of several
 *
 * Returns: whether it may be put at another time: when each who comes may, as they go together
 */
gboolean
rcp_visit_may_move (RcpVisit *visit)
{
  RcpVisit *whole;

  g_return_val_if_fail (RCP_IS_VISIT (visit), FALSE);

  whole = rcp_visit_get_whole (visit);
  for (guint i = 0; i < rcp_visit_get_n_people (whole); i++)
    if (!rcp_visit_status_may_move (rcp_visit_get_person_status (whole, i)))
      return FALSE;
  return TRUE;
}
