/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-mirror-plan.h"

/* The facts of one visit, and what is made of them. */
typedef struct
{
  const RcpMirrorFacts *facts;
  RcpMirrorPlan *plan;
  const RcpMirrorVisit *visit;
  const RcpMirrorBase *base;
  const RcpMirrorHeld *held;
} Case;

/**
 * rcp_mirror_asked_new:
 * @claim: what is wanted; copied
 * @is_refused: whether the desk said no
 * @tag: (nullable): for who reads the plan
 *
 * Returns: (transfer full): the request
 */
RcpMirrorAsked *
rcp_mirror_asked_new (const RcpMirrorClaim *claim, gboolean is_refused, gpointer tag)
{
  RcpMirrorAsked *asked;

  g_return_val_if_fail (claim != NULL, NULL);

  asked = g_new0 (RcpMirrorAsked, 1);
  asked->claim = rcp_mirror_claim_new (claim->id, claim->deed, claim->range);
  asked->is_refused = is_refused;
  asked->tag = tag;
  return asked;
}

void
rcp_mirror_asked_free (RcpMirrorAsked *asked)
{
  rcp_mirror_claim_free (asked->claim);
  g_free (asked);
}

RcpMirrorFacts *
rcp_mirror_facts_new (void)
{
  RcpMirrorFacts *facts = g_new0 (RcpMirrorFacts, 1);

  facts->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rcp_mirror_visit_free);
  facts->bases = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rcp_mirror_base_free);
  facts->held = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rcp_mirror_held_free);
  facts->asked = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_mirror_asked_free);
  facts->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return facts;
}

void
rcp_mirror_facts_free (RcpMirrorFacts *facts)
{
  g_hash_table_unref (facts->wanted);
  g_hash_table_unref (facts->bases);
  g_hash_table_unref (facts->held);
  g_ptr_array_unref (facts->asked);
  g_hash_table_unref (facts->missing);
  g_free (facts->host);
  g_free (facts);
}

void
rcp_mirror_plan_free (RcpMirrorPlan *plan)
{
  g_array_unref (plan->steps);
  g_ptr_array_unref (plan->seen);
  g_ptr_array_unref (plan->forgotten);
  g_ptr_array_unref (plan->claims);
  g_array_unref (plan->closes);
  g_ptr_array_unref (plan->suspects);
  g_free (plan);
}

static gboolean
is_same_time (RcpTimeRange a, RcpTimeRange b)
{
  return a.start == b.start && a.end == b.end;
}

static gboolean
is_attendee (const RcpMirrorVisit *visit, const RcpMirrorHeld *held)
{
  return visit->guest != NULL && held->attendees != NULL && g_strv_contains ((const char *const *)held->attendees, visit->guest);
}

/* Not by the provider. A server that drops our marks does not tell. */
static gboolean
is_invited_by_us (const RcpMirrorVisit *visit, const RcpMirrorHeld *held)
{
  return held->guest != NULL || (!held->has_marks && is_attendee (visit, held));
}

/* Whether one who is not in the event is to be invited to it. Where the provider has taken a patient out that stays so. Of desks of which one
 * invites and the other does not, the second is heard: the first tries again when the visit is another one, else patients would get letter
 * upon letter. Where our marks are dropped, who is not invited at the beginning is not later. */
static gboolean
is_to_be_invited (Case *at)
{
  const RcpMirrorHeld *held = at->held;

  if (held == NULL || (held->invited == RCP_MIRROR_INVITED_UNTOLD && held->has_marks))
    return TRUE;
  return held->invited == RCP_MIRROR_INVITED_NO && (at->facts->is_just_on || g_strcmp0 (held->version, at->visit->version) != 0);
}

/* Another address is taken with the next change of the visit: a desk that has not read it yet would write the old one. */
static gboolean
has_other_address (const RcpMirrorVisit *visit, const RcpMirrorHeld *held)
{
  return held->guest != NULL && g_strcmp0 (held->guest, visit->guest) != 0 && g_strcmp0 (held->version, visit->version) != 0;
}

/* Of a visit that is cancelled who is invited stays so, as that has to be told; and of one that has begun, as there is nothing to tell. */
static RcpMirrorGuestDeed
decide_guest (Case *at)
{
  const RcpMirrorVisit *visit = at->visit;
  const RcpMirrorHeld *held = at->held;
  gboolean is_invited;

  if (visit->state >= RCP_MIRROR_CANCELLED || visit->range.start <= at->facts->now || !visit->knows_guest)
    return RCP_MIRROR_GUEST_STAYS;
  if (!at->facts->invites || visit->guest == NULL)
    return held != NULL && is_invited_by_us (visit, held) ? RCP_MIRROR_GUEST_IS_TAKEN_OUT : RCP_MIRROR_GUEST_STAYS;
  if (at->facts->host == NULL)
    return RCP_MIRROR_GUEST_STAYS;
  if (held == NULL || (held->guest == NULL && !is_attendee (visit, held)))
    is_invited = is_to_be_invited (at);
  else
    is_invited = has_other_address (visit, held);
  return is_invited ? RCP_MIRROR_GUEST_IS_INVITED : RCP_MIRROR_GUEST_STAYS;
}

static void
add_step (Case *at, RcpMirrorStepKind kind, gboolean puts_words)
{
  RcpMirrorStep step = { .kind = kind, .visit = at->visit, .held = at->held, .puts_words = puts_words, .guest = decide_guest (at),
                         .host = at->facts->host };

  /* RFC 5546, 2.1.4: a higher number where the time or the status is another; so also where an event comes again. */
  if (at->held != NULL)
    step.sequence = at->held->sequence
                    + (!is_same_time (at->held->range, at->visit->range) || at->held->state != at->visit->state);
  else
    step.sequence = at->base != NULL ? at->base->sequence + 1 : 0;
  step.tells_guests = at->facts->invites && step.guest != RCP_MIRROR_GUEST_IS_TAKEN_OUT;
  g_array_append_val (at->plan->steps, step);
}

/* All requests of the visit but the one that says @except (nullable). */
static void
close_asked (Case *at, RcpMirrorEnd end, const RcpMirrorClaim *except)
{
  for (guint i = 0; i < at->facts->asked->len; i++)
    {
      const RcpMirrorAsked *asked = at->facts->asked->pdata[i];
      RcpMirrorClose close = { .asked = asked, .end = end };

      if (g_strcmp0 (asked->claim->id, at->visit->id) != 0
          || (except != NULL && rcp_mirror_claim_equal (asked->claim, except)))
        continue;
      if (end == RCP_MIRROR_END_DONE && asked->is_refused)
        close.end = RCP_MIRROR_END_PUT_BACK;
      g_array_append_val (at->plan->closes, close);
    }
}

static const RcpMirrorAsked *
find_asked (Case *at, const RcpMirrorClaim *claim)
{
  for (guint i = 0; i < at->facts->asked->len; i++)
    {
      const RcpMirrorAsked *asked = at->facts->asked->pdata[i];

      if (rcp_mirror_claim_equal (asked->claim, claim))
        return asked;
    }
  return NULL;
}

/* The event is as the visit is: from here on what differs from it is the provider's doing. */
static void
settle (Case *at)
{
  close_asked (at, RCP_MIRROR_END_DONE, NULL);
  if (at->base == NULL || !is_same_time (at->base->range, at->held->range) || at->base->sequence != at->held->sequence)
    g_ptr_array_add (at->plan->seen, rcp_mirror_base_new (at->visit->id, at->held->range, at->held->sequence));
}

static void
forget (Case *at)
{
  close_asked (at, RCP_MIRROR_END_DONE, NULL);
  if (at->base != NULL)
    g_ptr_array_add (at->plan->forgotten, g_strdup (at->visit->id));
}

/* Puts the event back where the desk refused, waits where it has not answered, asks where nobody did. */
static void
claim (Case *at, RcpMirrorDeed deed, RcpTimeRange range)
{
  g_autoptr (RcpMirrorClaim) claim = rcp_mirror_claim_new (at->visit->id, deed, range);
  const RcpMirrorAsked *asked = find_asked (at, claim);

  close_asked (at, RCP_MIRROR_END_WITHDRAWN, claim);
  if (asked == NULL)
    g_ptr_array_add (at->plan->claims, g_steal_pointer (&claim));
  else if (asked->is_refused)
    add_step (at, at->held != NULL ? RCP_MIRROR_CHANGE : RCP_MIRROR_CREATE, at->held == NULL);
}

static void
decide_absent (Case *at)
{
  if (at->visit->state >= RCP_MIRROR_CANCELLED)
    forget (at);
  else if (at->base == NULL)
    add_step (at, RCP_MIRROR_CREATE, TRUE);
  else if (g_hash_table_contains (at->facts->missing, at->visit->id))
    claim (at, RCP_MIRROR_DELETED, (RcpTimeRange){ 0, 0 });
  else
    g_ptr_array_add (at->plan->suspects, g_strdup (at->visit->id));
}

/* A title is the provider's own once it was changed there, but for a privacy that says less. Desks of two languages write the same
 * visit differently: what one has written at this version, no other writes again. */
static gboolean
needs_words (const RcpMirrorVisit *visit, const RcpMirrorHeld *held)
{
  if (g_strcmp0 (visit->words, held->words) == 0)
    return FALSE;
  if (!held->has_marks)
    return visit->privacy == RCP_MIRROR_BUSY_ONLY;
  if (visit->privacy < held->privacy)
    return TRUE;
  return held->has_own_words && g_strcmp0 (visit->version, held->version) != 0;
}

/* Whether the event is where Reception left it: then a difference is a news of the record's. */
static gboolean
is_where_left (Case *at)
{
  if (at->held->has_marks)
    return is_same_time (at->held->range, at->held->own_range);
  return at->base != NULL && is_same_time (at->held->range, at->base->range);
}

/* By the provider: some programs strike an event out rather than take it away. */
static gboolean
is_struck_out (Case *at)
{
  if (at->held->state != RCP_MIRROR_CANCELLED)
    return FALSE;
  return at->held->has_marks ? at->held->own_state != RCP_MIRROR_CANCELLED : at->base != NULL;
}

/* An event is forgotten before it is taken out: else, were the visit to come back at once, or the desk to end in between, it would look as
 * if the provider had deleted it. */
static void
decide_over (Case *at)
{
  if (at->visit->state == RCP_MIRROR_GONE && at->base != NULL)
    forget (at);
  else if (at->visit->state == RCP_MIRROR_GONE)
    add_step (at, RCP_MIRROR_REMOVE, FALSE);
  else if (at->held->state != RCP_MIRROR_CANCELLED || needs_words (at->visit, at->held))
    add_step (at, RCP_MIRROR_CHANGE, needs_words (at->visit, at->held));
  else
    forget (at);
}

static void
decide_present (Case *at)
{
  const RcpMirrorVisit *visit = at->visit;
  const RcpMirrorHeld *held = at->held;
  gboolean puts_words = needs_words (visit, held);

  if (!held->is_on_server)
    at->plan->has_unsent = TRUE;
  else if (visit->state >= RCP_MIRROR_CANCELLED)
    decide_over (at);
  else if (is_struck_out (at))
    claim (at, RCP_MIRROR_DELETED, (RcpTimeRange){ 0, 0 });
  else if (!is_same_time (held->range, visit->range) && !is_where_left (at))
    claim (at, RCP_MIRROR_MOVED, held->range);
  else if (!is_same_time (held->range, visit->range) || held->state != visit->state || puts_words
           || decide_guest (at) != RCP_MIRROR_GUEST_STAYS)
    add_step (at, RCP_MIRROR_CHANGE, puts_words);
  else
    settle (at);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/**
 * rcp_mirror_plan_new:
 * @facts: what the record and the calendar say
 *
 * Finds what is to be done so that the calendar shows the visits of the record, and what the provider has changed there. An event that is
 * neither where Reception left it nor where the visit is was moved by somebody else, and one that the server had and has no more was
 * deleted: these are claims, and the event is left alone until they are answered.
 *
 * Returns: (transfer full): what to do; nothing of it once all is as it should be
 */
RcpMirrorPlan *
rcp_mirror_plan_new (const RcpMirrorFacts *facts)
{
  RcpMirrorPlan *plan;
  g_autoptr (GPtrArray) ids = NULL;
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (facts != NULL, NULL);

  plan = g_new0 (RcpMirrorPlan, 1);
  plan->steps = g_array_new (FALSE, FALSE, sizeof (RcpMirrorStep));
  plan->seen = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_mirror_base_free);
  plan->forgotten = g_ptr_array_new_with_free_func (g_free);
  plan->claims = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_mirror_claim_free);
  plan->closes = g_array_new (FALSE, FALSE, sizeof (RcpMirrorClose));
  plan->suspects = g_ptr_array_new_with_free_func (g_free);

  ids = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, facts->wanted);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_texts);
  for (guint i = 0; i < ids->len; i++)
    {
      Case at = { .facts = facts,
                  .plan = plan,
                  .visit = g_hash_table_lookup (facts->wanted, ids->pdata[i]),
                  .base = g_hash_table_lookup (facts->bases, ids->pdata[i]),
                  .held = g_hash_table_lookup (facts->held, ids->pdata[i]) };

      if (at.held != NULL)
        decide_present (&at);
      else
        decide_absent (&at);
    }
  return plan;
}
