/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Also of rcp-mirror-values. */

#include "calendars/rcp-mirror-plan.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define AT(n) ((RcpTimeRange){ (n) * 15 * MINUTE, ((n) + 1) * 15 * MINUTE })

static RcpMirrorVisit *
want (RcpMirrorFacts *facts, const char *id, RcpTimeRange range, RcpMirrorState state)
{
  RcpMirrorVisit *visit = rcp_mirror_visit_new (id, range, state);

  visit->version = g_strdup ("1");
  visit->words = g_strdup ("Visit");
  g_hash_table_replace (facts->wanted, visit->id, visit);
  return visit;
}

static RcpMirrorHeld *
hold (RcpMirrorFacts *facts, const char *id, RcpTimeRange range, RcpTimeRange own)
{
  RcpMirrorHeld *held = g_new0 (RcpMirrorHeld, 1);

  held->id = g_strdup (id);
  held->range = range;
  held->state = RCP_MIRROR_CONFIRMED;
  held->is_on_server = TRUE;
  held->has_marks = TRUE;
  held->own_range = own;
  held->own_state = RCP_MIRROR_CONFIRMED;
  held->version = g_strdup ("1");
  held->words = g_strdup ("Visit");
  held->has_own_words = TRUE;
  g_hash_table_replace (facts->held, held->id, held);
  return held;
}

static void
saw (RcpMirrorFacts *facts, const char *id, RcpTimeRange range, guint sequence)
{
  RcpMirrorBase *base = rcp_mirror_base_new (id, range, sequence);

  g_hash_table_replace (facts->bases, base->id, base);
}

static void
ask (RcpMirrorFacts *facts, const char *id, RcpMirrorDeed deed, RcpTimeRange range, gboolean is_refused)
{
  g_autoptr (RcpMirrorClaim) claim = rcp_mirror_claim_new (id, deed, range);

  g_ptr_array_add (facts->asked, rcp_mirror_asked_new (claim, is_refused, NULL));
}

static char
slot_of (RcpTimeRange range)
{
  return range.end == 0 ? '-' : (char)('0' + range.start / (15 * MINUTE));
}

/* "create a@1.0w seen a@1 forget a claim a>2 close a:done suspect a unsent" */
static char *
print (RcpMirrorFacts *facts)
{
  static const char *const kinds[] = { "create", "change", "remove" };
  static const char *const ends[] = { "done", "put-back", "withdrawn" };
  g_autoptr (RcpMirrorPlan) plan = rcp_mirror_plan_new (facts);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plan->steps->len; i++)
    {
      RcpMirrorStep *step = &g_array_index (plan->steps, RcpMirrorStep, i);

      g_string_append_printf (text, "%s %s@%c.%u%s ", kinds[step->kind], step->visit->id, slot_of (step->visit->range),
                              step->sequence, step->puts_words ? "w" : "");
    }
  for (guint i = 0; i < plan->seen->len; i++)
    {
      RcpMirrorBase *base = plan->seen->pdata[i];

      g_string_append_printf (text, "seen %s@%c.%u ", base->id, slot_of (base->range), base->sequence);
    }
  for (guint i = 0; i < plan->forgotten->len; i++)
    g_string_append_printf (text, "forget %s ", (char *)plan->forgotten->pdata[i]);
  for (guint i = 0; i < plan->claims->len; i++)
    {
      RcpMirrorClaim *claim = plan->claims->pdata[i];

      g_string_append_printf (text, "claim %s>%c ", claim->id, slot_of (claim->range));
    }
  for (guint i = 0; i < plan->closes->len; i++)
    {
      RcpMirrorClose *close = &g_array_index (plan->closes, RcpMirrorClose, i);

      g_string_append_printf (text, "close %s>%c:%s ", close->asked->claim->id, slot_of (close->asked->claim->range), ends[close->end]);
    }
  for (guint i = 0; i < plan->suspects->len; i++)
    g_string_append_printf (text, "suspect %s ", (char *)plan->suspects->pdata[i]);
  if (plan->has_unsent)
    g_string_append (text, "unsent ");
  return g_string_free (text, FALSE);
}

static void
expect (RcpMirrorFacts *facts, const char *expected)
{
  g_autofree char *text = print (facts);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_record (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();

  /* New; seen for the first time; moved by the desk; cancelled; with another provider now. */
  want (facts, "a", AT (1), RCP_MIRROR_CONFIRMED);
  want (facts, "b", AT (1), RCP_MIRROR_CONFIRMED);
  hold (facts, "b", AT (1), AT (1));
  want (facts, "c", AT (2), RCP_MIRROR_CONFIRMED);
  hold (facts, "c", AT (1), AT (1))->sequence = 4;
  saw (facts, "c", AT (1), 4);
  want (facts, "d", AT (3), RCP_MIRROR_CANCELLED);
  hold (facts, "d", AT (3), AT (3));
  want (facts, "e", AT (3), RCP_MIRROR_GONE);
  hold (facts, "e", AT (3), AT (3));
  want (facts, "f", AT (3), RCP_MIRROR_GONE);
  hold (facts, "f", AT (3), AT (3));
  saw (facts, "f", AT (3), 0);
  expect (facts, "create a@1.0w change c@2.5 change d@3.1 remove e@3.1 seen b@1.0 forget f ");
}

static void
test_settled (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();

  want (facts, "a", AT (1), RCP_MIRROR_CONFIRMED);
  hold (facts, "a", AT (1), AT (1))->sequence = 2;
  saw (facts, "a", AT (1), 2);
  want (facts, "b", AT (1), RCP_MIRROR_CANCELLED);
  want (facts, "c", AT (1), RCP_MIRROR_GONE);
  want (facts, "d", AT (1), RCP_MIRROR_CANCELLED);
  hold (facts, "d", AT (1), AT (1))->state = RCP_MIRROR_CANCELLED;
  /* Of which the record tells nothing. */
  hold (facts, "e", AT (1), AT (2));
  saw (facts, "f", AT (1), 0);
  expect (facts, "");
}

static void
test_forgotten (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();

  want (facts, "a", AT (1), RCP_MIRROR_CANCELLED);
  saw (facts, "a", AT (1), 0);
  want (facts, "b", AT (1), RCP_MIRROR_CANCELLED);
  saw (facts, "b", AT (1), 0);
  hold (facts, "b", AT (1), AT (1))->state = RCP_MIRROR_CANCELLED;
  /* The provider has deleted it, the desk has cancelled it: they agree. */
  ask (facts, "a", RCP_MIRROR_DELETED, AT (0), FALSE);
  expect (facts, "forget a forget b close a>-:done ");
}

static void
test_moved (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();

  /* The visit where it was; the visit moved elsewhere meanwhile; another length. */
  want (facts, "a", AT (1), RCP_MIRROR_CONFIRMED);
  hold (facts, "a", AT (2), AT (1));
  saw (facts, "a", AT (1), 0);
  want (facts, "b", AT (3), RCP_MIRROR_CONFIRMED);
  hold (facts, "b", AT (2), AT (1));
  want (facts, "c", AT (1), RCP_MIRROR_CONFIRMED);
  hold (facts, "c", (RcpTimeRange){ 15 * MINUTE, 45 * MINUTE }, AT (1));
  expect (facts, "claim a>2 claim b>2 claim c>1 ");

  ask (facts, "a", RCP_MIRROR_MOVED, AT (2), FALSE);
  ask (facts, "b", RCP_MIRROR_MOVED, AT (2), TRUE);
  ask (facts, "c", RCP_MIRROR_MOVED, AT (4), FALSE);
  expect (facts, "change b@3.1 claim c>1 close c>4:withdrawn ");
}

/* The desk moved the visit where the provider had moved the event; and the event is back where it was. */
static void
test_agreed (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();

  want (facts, "a", AT (2), RCP_MIRROR_CONFIRMED);
  hold (facts, "a", AT (2), AT (1));
  saw (facts, "a", AT (1), 0);
  ask (facts, "a", RCP_MIRROR_MOVED, AT (2), FALSE);
  want (facts, "b", AT (1), RCP_MIRROR_CONFIRMED);
  hold (facts, "b", AT (1), AT (1));
  saw (facts, "b", AT (1), 0);
  ask (facts, "b", RCP_MIRROR_MOVED, AT (2), TRUE);
  expect (facts, "seen a@2.0 close a>2:done close b>2:put-back ");
}

static void
test_deleted (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();
  RcpMirrorHeld *held;

  /* Nothing is proven of a; b is not on the server; c was struck out; d was struck out by Reception and is on again. */
  want (facts, "a", AT (1), RCP_MIRROR_CONFIRMED);
  saw (facts, "a", AT (1), 0);
  want (facts, "b", AT (1), RCP_MIRROR_CONFIRMED);
  saw (facts, "b", AT (1), 3);
  g_hash_table_add (facts->missing, g_strdup ("b"));
  want (facts, "c", AT (1), RCP_MIRROR_CONFIRMED);
  hold (facts, "c", AT (1), AT (1))->state = RCP_MIRROR_CANCELLED;
  want (facts, "d", AT (1), RCP_MIRROR_CONFIRMED);
  held = hold (facts, "d", AT (1), AT (1));
  held->state = held->own_state = RCP_MIRROR_CANCELLED;
  expect (facts, "change d@1.1 claim b>- claim c>- suspect a ");

  ask (facts, "b", RCP_MIRROR_DELETED, AT (0), FALSE);
  ask (facts, "c", RCP_MIRROR_DELETED, AT (0), TRUE);
  expect (facts, "change c@1.1 change d@1.1 suspect a ");
  g_ptr_array_set_size (facts->asked, 0);
  ask (facts, "b", RCP_MIRROR_DELETED, AT (0), TRUE);
  g_hash_table_remove (facts->wanted, "c");
  expect (facts, "create b@1.4w change d@1.1 suspect a ");
}

/* What the server does not have yet may not be changed: the edit would be dropped. */
static void
test_unsent (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();

  want (facts, "a", AT (2), RCP_MIRROR_CONFIRMED);
  hold (facts, "a", AT (1), AT (1))->is_on_server = FALSE;
  expect (facts, "unsent ");
}

/* Some servers keep no property that they do not know. */
static void
test_no_marks (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();

  want (facts, "a", AT (2), RCP_MIRROR_CONFIRMED);
  hold (facts, "a", AT (1), AT (1))->has_marks = FALSE;
  saw (facts, "a", AT (1), 0);
  want (facts, "b", AT (2), RCP_MIRROR_CONFIRMED);
  hold (facts, "b", AT (3), AT (3))->has_marks = FALSE;
  saw (facts, "b", AT (1), 0);
  expect (facts, "change a@2.1 claim b>3 ");
}

static void
test_words (void)
{
  g_autoptr (RcpMirrorFacts) facts = rcp_mirror_facts_new ();
  RcpMirrorVisit *visit;
  RcpMirrorHeld *held;

  /* The provider's own title. */
  want (facts, "a", AT (1), RCP_MIRROR_CONFIRMED)->privacy = RCP_MIRROR_FULL;
  held = hold (facts, "a", AT (1), AT (1));
  held->privacy = RCP_MIRROR_FULL;
  held->has_own_words = FALSE;
  g_free (held->words);
  held->words = g_strdup ("Ring first");
  saw (facts, "a", AT (1), 0);
  expect (facts, "");
  /* But not when less may be said from now on. */
  ((RcpMirrorVisit *)g_hash_table_lookup (facts->wanted, "a"))->privacy = RCP_MIRROR_INITIALS;
  expect (facts, "change a@1.0w ");

  /* A desk of another language: not at the same version. */
  visit = want (facts, "a", AT (1), RCP_MIRROR_CONFIRMED);
  hold (facts, "a", AT (1), AT (1));
  g_free (visit->words);
  visit->words = g_strdup ("Visita");
  expect (facts, "");
  g_free (visit->version);
  visit->version = g_strdup ("2");
  expect (facts, "change a@1.0w ");
}

/* A calendar, a record and both sides that change them at random; what is planned is done, and now and then it is lost. */
typedef struct
{
  RcpMirrorFacts *facts;
  guint n_claims, n_steps, n_refused, n_accepted;
} World;

static const char *const ids[] = { "a", "b", "c", "d", "e", "f" };

static void
disturb (World *world)
{
  const char *id = ids[g_test_rand_int_range (0, G_N_ELEMENTS (ids))];
  RcpMirrorVisit *visit = g_hash_table_lookup (world->facts->wanted, id);
  RcpMirrorHeld *held = g_hash_table_lookup (world->facts->held, id);
  RcpTimeRange range = AT (g_test_rand_int_range (1, 9));

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      want (world->facts, id, range, RCP_MIRROR_CONFIRMED);
      break;
    case 1:
      if (visit != NULL)
        visit->state = g_test_rand_int_range (RCP_MIRROR_TENTATIVE, RCP_MIRROR_GONE + 1);
      break;
    case 2:
    case 3:
      if (held != NULL)
        held->range = range;
      break;
    case 4:
      if (held != NULL)
        held->state = RCP_MIRROR_CANCELLED;
      break;
    default:
      g_hash_table_remove (world->facts->held, id);
    }
}

static void
carry_out (World *world, RcpMirrorPlan *plan)
{
  for (guint i = 0; i < plan->steps->len; i++)
    {
      RcpMirrorStep *step = &g_array_index (plan->steps, RcpMirrorStep, i);
      RcpMirrorHeld *held;

      world->n_steps++;
      g_assert_true ((step->kind == RCP_MIRROR_CREATE) == (g_hash_table_lookup (world->facts->held, step->visit->id) == NULL));
      if (step->kind == RCP_MIRROR_REMOVE)
        {
          g_hash_table_remove (world->facts->held, step->visit->id);
          continue;
        }
      if (step->held != NULL)
        g_assert_cmpuint (step->sequence, >=, step->held->sequence);
      held = hold (world->facts, step->visit->id, step->visit->range, step->visit->range);
      held->sequence = step->sequence;
      held->state = held->own_state = step->visit->state;
    }
}

static void
keep (World *world, RcpMirrorPlan *plan)
{
  for (guint i = 0; i < plan->seen->len; i++)
    {
      RcpMirrorBase *base = plan->seen->pdata[i];

      saw (world->facts, base->id, base->range, base->sequence);
    }
  for (guint i = 0; i < plan->forgotten->len; i++)
    g_hash_table_remove (world->facts->bases, plan->forgotten->pdata[i]);
  for (guint i = 0; i < plan->closes->len; i++)
    g_assert_true (g_ptr_array_remove (world->facts->asked, (gpointer)g_array_index (plan->closes, RcpMirrorClose, i).asked));
  for (guint i = 0; i < plan->claims->len; i++)
    {
      RcpMirrorClaim *claim = plan->claims->pdata[i];

      world->n_claims++;
      ask (world->facts, claim->id, claim->deed, claim->range, FALSE);
    }
}

static void
answer (World *world, RcpMirrorAsked *asked)
{
  RcpMirrorVisit *visit = g_hash_table_lookup (world->facts->wanted, asked->claim->id);

  if (g_test_rand_bit ())
    {
      asked->is_refused = TRUE;
      world->n_refused++;
      return;
    }
  world->n_accepted++;
  if (asked->claim->deed == RCP_MIRROR_DELETED)
    visit->state = RCP_MIRROR_CANCELLED;
  else
    visit->range = asked->claim->range;
}

static gboolean
go_round (World *world, gboolean loses)
{
  g_autoptr (RcpMirrorPlan) plan = NULL;
  gboolean is_still;

  g_hash_table_remove_all (world->facts->missing);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_hash_table_lookup (world->facts->held, ids[i]) == NULL && !loses)
      g_hash_table_add (world->facts->missing, g_strdup (ids[i]));
  plan = rcp_mirror_plan_new (world->facts);
  is_still = plan->steps->len + plan->seen->len + plan->forgotten->len + plan->claims->len + plan->closes->len == 0;
  /* A crash between what the calendar and what the record is told. */
  if (loses && g_test_rand_bit ())
    carry_out (world, plan);
  else if (loses)
    keep (world, plan);
  else
    {
      /* As the mirror does it: what was seen before what is done now. */
      g_autoptr (RcpMirrorPlan) same = rcp_mirror_plan_new (world->facts);

      keep (world, plan);
      carry_out (world, same);
    }
  return is_still;
}

static void
check_equal (World *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      RcpMirrorVisit *visit = g_hash_table_lookup (world->facts->wanted, ids[i]);
      RcpMirrorHeld *held = g_hash_table_lookup (world->facts->held, ids[i]);
      gboolean is_on = visit != NULL && visit->state < RCP_MIRROR_CANCELLED;

      g_assert_cmpint (is_on, ==, held != NULL && held->state != RCP_MIRROR_CANCELLED);
      if (is_on)
        g_assert_cmpint (held->range.start, ==, visit->range.start);
    }
  g_assert_cmpuint (world->facts->asked->len, ==, 0);
}

static void
test_property (void)
{
  World world = { .facts = rcp_mirror_facts_new () };

  for (guint round = 0; round < 3000; round++)
    {
      guint n = 0;

      for (guint i = g_test_rand_int_range (1, 6); i > 0; i--)
        {
          disturb (&world);
          if (g_test_rand_int_range (0, 3) == 0)
            go_round (&world, g_test_rand_int_range (0, 3) == 0);
        }
      /* Each pass asks or does; a dozen of them settle anything. */
      while (!go_round (&world, FALSE))
        g_assert_cmpuint (n++, <, 12);
      while (world.facts->asked->len > 0)
        {
          for (guint i = 0; i < world.facts->asked->len; i++)
            answer (&world, world.facts->asked->pdata[i]);
          while (!go_round (&world, FALSE))
            g_assert_cmpuint (n++, <, 60);
        }
      check_equal (&world);
    }
  g_test_message ("%u claims, %u refused, %u accepted, %u steps", world.n_claims, world.n_refused, world.n_accepted, world.n_steps);
  g_assert_cmpuint (world.n_refused, >, 100);
  g_assert_cmpuint (world.n_accepted, >, 100);
  rcp_mirror_facts_free (world.facts);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/calendars/mirror-plan/" path, function)
  ADD ("record", test_record);
  ADD ("settled", test_settled);
  ADD ("forgotten", test_forgotten);
  ADD ("moved", test_moved);
  ADD ("agreed", test_agreed);
  ADD ("deleted", test_deleted);
  ADD ("unsent", test_unsent);
  ADD ("no-marks", test_no_marks);
  ADD ("words", test_words);
  ADD ("property", test_property);
  return g_test_run ();
}
