/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rcp-mirror-plan.c: whose patients are invited to an event, and whose are not any more. */

#include "calendars/rcp-mirror-plan.h"

#define TIME ((RcpTimeRange){ G_TIME_SPAN_HOUR, 2 * G_TIME_SPAN_HOUR })

/* What the plan does about the patient of a visit: 'i'nvites, takes 'o'ut, '.' leaves it in a step, '-' has no step; told: in capitals. */
static char
find_guest (RcpMirrorFacts *facts)
{
  g_autoptr (RcpMirrorPlan) plan = rcp_mirror_plan_new (facts);
  const RcpMirrorStep *step = plan->steps->len > 0 ? &g_array_index (plan->steps, RcpMirrorStep, 0) : NULL;
  char letter = step == NULL ? '-' : ".io"[step->guest];

  g_assert_cmpuint (plan->claims->len, ==, 0);
  return step != NULL && step->tells_guests ? (letter == '.' ? ':' : g_ascii_toupper (letter)) : letter;
}

static RcpMirrorFacts *
make_inviting (void)
{
  RcpMirrorFacts *facts = rcp_mirror_facts_new ();

  facts->invites = TRUE;
  facts->host = g_strdup ("ana@clinic.example");
  return facts;
}

static RcpMirrorVisit *
want_guest (RcpMirrorFacts *facts)
{
  RcpMirrorVisit *visit = rcp_mirror_visit_new ("a", TIME, RCP_MIRROR_CONFIRMED);

  visit->version = g_strdup ("1");
  visit->words = g_strdup ("Visit");
  visit->knows_guest = TRUE;
  visit->guest = g_strdup ("maria@example.com");
  g_hash_table_replace (facts->wanted, visit->id, visit);
  return visit;
}

static RcpMirrorHeld *
hold_guest (RcpMirrorFacts *facts)
{
  RcpMirrorBase *base = rcp_mirror_base_new ("a", TIME, 0);
  RcpMirrorHeld *held = g_new0 (RcpMirrorHeld, 1);

  held->id = g_strdup ("a");
  held->range = held->own_range = TIME;
  held->state = held->own_state = RCP_MIRROR_CONFIRMED;
  held->is_on_server = held->has_marks = held->has_own_words = TRUE;
  held->version = g_strdup ("1");
  held->words = g_strdup ("Visit");
  held->attendees = g_new0 (char *, 1);
  g_hash_table_replace (facts->held, held->id, held);
  g_hash_table_replace (facts->bases, base->id, base);
  return held;
}

static void
test_guests (void)
{
  g_autoptr (RcpMirrorFacts) facts = make_inviting ();
  RcpMirrorVisit *visit = want_guest (facts);
  RcpMirrorHeld *held;

  facts->invites = FALSE;
  g_assert_cmpint (find_guest (facts), ==, '.');
  facts->invites = TRUE;
  g_assert_cmpint (find_guest (facts), ==, 'I');
  facts->now = TIME.start;
  g_assert_cmpint (find_guest (facts), ==, ':');
  facts->now = 0;

  /* An event that is there: when it is switched on, and off again. */
  held = hold_guest (facts);
  g_assert_cmpint (find_guest (facts), ==, 'I');
  held->invited = RCP_MIRROR_INVITED_YES;
  held->guest = g_strdup ("maria@example.com");
  g_assert_cmpint (find_guest (facts), ==, '-');
  facts->invites = FALSE;
  g_assert_cmpint (find_guest (facts), ==, 'o');
  /* Nothing is taken back from what has begun, nor for want of knowledge. */
  facts->now = TIME.start;
  g_assert_cmpint (find_guest (facts), ==, '-');
  facts->now = 0;
  facts->invites = TRUE;
  g_clear_pointer (&facts->host, g_free);
  g_assert_cmpint (find_guest (facts), ==, '-');
  facts->host = g_strdup ("ana@clinic.example");
  g_clear_pointer (&visit->guest, g_free);
  visit->knows_guest = FALSE;
  g_assert_cmpint (find_guest (facts), ==, '-');
  /* Who is not to be contacted any more is not. */
  visit->knows_guest = TRUE;
  g_assert_cmpint (find_guest (facts), ==, 'o');

  /* Another address: with the next change of the visit. */
  visit->guest = g_strdup ("maria@example.net");
  g_assert_cmpint (find_guest (facts), ==, '-');
  g_free (visit->version);
  visit->version = g_strdup ("2");
  g_assert_cmpint (find_guest (facts), ==, 'I');
}

/* Who is in the event and who is not, when it was not us who did it last. */
static void
test_guests_of_others (void)
{
  g_autoptr (RcpMirrorFacts) facts = make_inviting ();
  RcpMirrorVisit *visit = want_guest (facts);
  RcpMirrorHeld *held = hold_guest (facts);

  /* Taken out by the provider: that is so. By a desk that does not invite: so until the visit is another one. */
  held->invited = RCP_MIRROR_INVITED_YES;
  g_assert_cmpint (find_guest (facts), ==, '-');
  held->invited = RCP_MIRROR_INVITED_NO;
  g_assert_cmpint (find_guest (facts), ==, '-');
  facts->is_just_on = TRUE;
  g_assert_cmpint (find_guest (facts), ==, 'I');
  facts->is_just_on = FALSE;
  g_free (visit->version);
  visit->version = g_strdup ("2");
  g_assert_cmpint (find_guest (facts), ==, 'I');

  /* Invited by the provider: not twice, and not taken out. */
  held->invited = RCP_MIRROR_INVITED_UNTOLD;
  g_strfreev (held->attendees);
  held->attendees = g_strsplit ("maria@example.com", " ", -1);
  g_assert_cmpint (find_guest (facts), ==, '-');
  facts->invites = FALSE;
  g_assert_cmpint (find_guest (facts), ==, '-');
  /* Where no marks are kept it may have been us. */
  held->has_marks = FALSE;
  g_assert_cmpint (find_guest (facts), ==, 'o');

  /* A cancelled visit is told to who was invited. */
  held->has_marks = TRUE;
  facts->invites = TRUE;
  visit->state = RCP_MIRROR_CANCELLED;
  g_assert_cmpint (find_guest (facts), ==, ':');
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/mirror-guests/ours", test_guests);
  g_test_add_func ("/calendars/mirror-guests/of-others", test_guests_of_others);
  return g_test_run ();
}
