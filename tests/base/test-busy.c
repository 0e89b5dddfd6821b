/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-busy.h"

static GArray *
new_busy (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RcpBusy));
}

static void
add (GArray *busy, gint64 start, gint64 end, RcpBusyKind kind)
{
  RcpBusy item = { { start, end }, kind };

  g_array_append_val (busy, item);
}

static char *
print (GArray *busy)
{
  static const char letters[] = "-tBA";
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < busy->len; i++)
    {
      const RcpBusy *item = &g_array_index (busy, RcpBusy, i);

      g_string_append_printf (text, "%d-%d%c ", (int) item->range.start, (int) item->range.end, letters[item->kind]);
    }
  return g_string_free (text, FALSE);
}

static void
assert_is (GArray *busy, const char *expected)
{
  g_autofree char *text = print (busy);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_strongest_wins (void)
{
  g_autoptr (GArray) busy = new_busy ();

  add (busy, 10, 30, RCP_BUSY_TENTATIVE);
  add (busy, 15, 20, RCP_BUSY_AWAY);
  add (busy, 18, 25, RCP_BUSY_BUSY);
  rcp_busy_normalize (busy);
  assert_is (busy, "10-15t 15-20A 20-25B 25-30t ");
}

static void
test_neighbours_join (void)
{
  g_autoptr (GArray) busy = new_busy ();

  add (busy, 20, 30, RCP_BUSY_BUSY);
  add (busy, 10, 20, RCP_BUSY_BUSY);
  add (busy, 12, 15, RCP_BUSY_TENTATIVE);
  add (busy, 30, 40, RCP_BUSY_TENTATIVE);
  rcp_busy_normalize (busy);
  assert_is (busy, "10-30B 30-40t ");
}

static void
test_nothing (void)
{
  g_autoptr (GArray) busy = new_busy ();

  rcp_busy_normalize (busy);
  add (busy, 10, 10, RCP_BUSY_BUSY);
  add (busy, 12, 11, RCP_BUSY_BUSY);
  add (busy, 10, 20, RCP_BUSY_NONE);
  rcp_busy_normalize (busy);
  g_assert_cmpuint (busy->len, ==, 0);
}

/* Against an array with a place for each instant. */
static void
test_random (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GArray) busy = new_busy ();
      RcpBusyKind slow[64] = { RCP_BUSY_NONE };
      gint64 covered = 0;

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        {
          gint64 start = g_test_rand_int_range (0, 64);
          gint64 end = g_test_rand_int_range (0, 64);
          RcpBusyKind kind = g_test_rand_int_range (RCP_BUSY_NONE, RCP_BUSY_AWAY + 1);

          add (busy, start, end, kind);
          for (gint64 i = start; i < end; i++)
            slow[i] = MAX (slow[i], kind);
        }

      rcp_busy_normalize (busy);
      for (guint i = 0; i < busy->len; i++)
        {
          const RcpBusy *item = &g_array_index (busy, RcpBusy, i);
          const RcpBusy *last = i > 0 ? &g_array_index (busy, RcpBusy, i - 1) : NULL;

          g_assert_cmpint (item->range.start, <, item->range.end);
          g_assert_true (last == NULL || last->range.end < item->range.start ||
                         (last->range.end == item->range.start && last->kind != item->kind));
          for (gint64 at = item->range.start; at < item->range.end; at++, covered++)
            g_assert_cmpint (slow[at], ==, item->kind);
        }
      for (guint at = 0; at < G_N_ELEMENTS (slow); at++)
        covered -= slow[at] != RCP_BUSY_NONE;
      g_assert_cmpint (covered, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/busy/strongest-wins", test_strongest_wins);
  g_test_add_func ("/calendars/busy/neighbours-join", test_neighbours_join);
  g_test_add_func ("/calendars/busy/nothing", test_nothing);
  g_test_add_func ("/calendars/busy/random", test_random);
  return g_test_run ();
}
