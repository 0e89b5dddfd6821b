/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the replies about a day hold, and on which thread that is found out: rcp-day-read.c. */

#include "clinic/rcp-day-private.h"

#define DAY G_GINT64_CONSTANT (1795392000000000) /* 23 November 2026, 0:00 UTC */
#define MANY 400
#define FEW 12

static FhirBundle *
make_bundle (guint n, void (*add) (GString *text, guint i))
{
  g_autoptr (GString) text = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[");
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? ",{\"resource\":" : "{\"resource\":");
      add (text, i);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "]}");
  node = json_from_string (text->str, NULL);
  g_assert_nonnull (node);
  return fhir_bundle_new (json_node_get_object (node));
}

/* The last first; each third on the day before, each fourth cancelled. */
static void
add_visit (GString *text, guint i)
{
  g_string_append_printf (text,
                          "{\"resourceType\":\"Appointment\",\"id\":\"v%03u\",\"status\":\"%s\",\"start\":\"2026-11-%02uT%02u:%02u:00Z\","
                          "\"minutesDuration\":1}",
                          i, i % 4 == 0 ? "cancelled" : "booked", i % 3 == 0 ? 22 : 23, 20 - i / 30 % 20, 59 - i % 30);
}

static void
add_slot (GString *text, guint i)
{
  g_string_append_printf (text,
                          "{\"resourceType\":\"Slot\",\"id\":\"s%u\",\"schedule\":{\"reference\":\"Schedule/%u\"},\"status\":\"free\","
                          "\"start\":\"2026-11-23T%02u:%02u:00Z\",\"end\":\"2026-11-23T%02u:%02u:30Z\"}",
                          i, i % 3, 20 - i / 30 % 20, 59 - i % 30, 20 - i / 30 % 20, 59 - i % 30);
}

static void
on_gone_cb (gpointer data, GObject *object)
{
  g_atomic_pointer_set ((GThread **) data, g_thread_self ());
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GThread *
await_thread (GThread **thread)
{
  while (g_atomic_pointer_get (thread) == NULL)
    g_usleep (100);
  return *thread;
}

static void
assert_sorted (GPtrArray *visits, GArray *slots)
{
  for (guint i = 1; i < visits->len; i++)
    g_assert_cmpint (rcp_day_compare_visits (visits->pdata[i - 1], visits->pdata[i]), <, 0);
  for (guint i = 1; i < slots->len; i++)
    {
      const RcpSlot *before = &g_array_index (slots, RcpSlot, i - 1), *slot = &g_array_index (slots, RcpSlot, i);
      int order = strcmp (before->schedule_id, slot->schedule_id);

      g_assert_true (order < 0 || (order == 0 && before->range.start < slot->range.start));
    }
}

/* Reads @n visits and slots. Returns the thread that let go of the JSON of the slots; *@dropper: that of the visits. */
static GThread *
read_day (guint n, GThread **dropper)
{
  FhirBundle *visit_bundle = make_bundle (n, add_visit), *slot_bundle = make_bundle (n, add_slot);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) slots = NULL;
  GPtrArray *visits = NULL;
  GThread *reader = NULL;
  guint n_wanted = 0;

  for (guint i = 0; i < n; i++)
    n_wanted += i % 4 != 0 && i % 3 != 0;
  g_object_weak_ref (G_OBJECT (slot_bundle), on_gone_cb, &reader);
  rcp_day_read_async ((RcpTimeRange){ DAY, DAY + G_TIME_SPAN_DAY }, visit_bundle, slot_bundle, NULL, NULL, on_read_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (rcp_day_read_finish (result, &visits, &slots, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (visits->len, ==, n_wanted);
  g_assert_cmpuint (slots->len, ==, n);
  assert_sorted (visits, slots);
  g_object_weak_ref (visits->pdata[0], on_gone_cb, dropper);
  rcp_day_drop_visits (visits);
  await_thread (dropper);
  return await_thread (&reader);
}

/* The main loop paints meanwhile. */
static void
test_many_are_read_on_a_thread (void)
{
  GThread *dropper = NULL;

  g_assert_true (read_day (MANY, &dropper) != g_thread_self ());
  g_assert_true (dropper != g_thread_self ());
}

static void
test_few_are_read_at_once (void)
{
  GThread *dropper = NULL;

  g_assert_true (read_day (FEW, &dropper) == g_thread_self ());
  g_assert_true (dropper == g_thread_self ());
}

/* Who has lost interest hears so, and nothing is handed over. */
static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *visits = NULL;
  GArray *slots = NULL;

  rcp_day_read_async ((RcpTimeRange){ DAY, DAY + G_TIME_SPAN_DAY }, make_bundle (MANY, add_visit), make_bundle (MANY, add_slot), NULL,
                      cancellable, on_read_cb, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (rcp_day_read_finish (result, &visits, &slots, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (visits);
  g_assert_null (slots);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/day-read/many-are-read-on-a-thread", test_many_are_read_on_a_thread);
  g_test_add_func ("/clinic/day-read/few-are-read-at-once", test_few_are_read_at_once);
  g_test_add_func ("/clinic/day-read/cancelled", test_cancelled);
  return g_test_run ();
}
