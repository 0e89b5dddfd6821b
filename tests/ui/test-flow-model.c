/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a visit is, in words, and who waits, without a display: rcp-flow-text.c, rcp-waiting-model.c. */

#define G_LOG_DOMAIN "test-flow-model"

#include <string.h>

#include "board-fixture.h"
#include "ui/visit/rcp-flow-text.h"
#include "ui/waiting/rcp-waiting-model.h"

/* @encounter: its status, with period from @came and the present status since @since; NULL for none. */
static RcpVisit *
make_visit (const char *id, const char *start, const char *status, const char *encounter, const char *came, const char *since, const char *room)
{
  g_autoptr (RcpVisit) plain = board_fixture_visit (id, "00", start, 30, status, "Luca", "Rossi", "ECG", 5);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (FhirResource) resource = NULL;

  if (!encounter)
    return g_steal_pointer (&plain);
  text = g_strdup_printf ("{\"resourceType\":\"Encounter\",\"id\":\"e\",\"status\":\"%s\",\"class\":{\"code\":\"AMB\"},\"period\":{\"start\":\"" BOARD_DATE "T%s:00Z\"},"
                          "\"statusHistory\":[{\"status\":\"planned\",\"period\":{\"end\":\"" BOARD_DATE "T%s:00Z\"}}],"
                          "\"location\":[%s%s%s]}",
                          encounter, came, since, room ? "{\"location\":{\"reference\":\"Location/2\",\"display\":\"" : "", room ? room : "",
                          room ? "\"}}" : "");
  node = json_from_string (text, NULL);
  g_assert_nonnull (node);
  resource = fhir_resource_new (json_node_get_object (node));
  return rcp_visit_new_with_encounter (rcp_visit_get_resource (plain), NULL, resource);
}

static void
assert_words (RcpVisit *visit, const char *now, const char *expected)
{
  g_autofree char *text = rcp_flow_text_status (visit, now ? board_fixture_instant (now) : 0);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words_of_each_status (void)
{
  g_autoptr (RcpVisit) booked = make_visit ("a", "09:30", "booked", NULL, NULL, NULL, NULL);
  g_autoptr (RcpVisit) arrived = make_visit ("b", "09:30", "arrived", "arrived", "09:22", "09:22", NULL);
  g_autoptr (RcpVisit) roomed = make_visit ("c", "09:30", "checked-in", "triaged", "09:02", "09:17", "Room 2");
  g_autoptr (RcpVisit) seen = make_visit ("d", "09:30", "checked-in", "in-progress", "09:02", "09:20", "Room 2");
  g_autoptr (RcpVisit) done = make_visit ("e", "08:30", "fulfilled", NULL, NULL, NULL, NULL);

  assert_words (booked, "09:26", rcp_visit_status_to_label (rcp_visit_get_status (booked)));
  assert_words (booked, "09:37", "Late 7 min");
  /* On another day no timer runs. */
  assert_words (booked, NULL, rcp_visit_status_to_label (rcp_visit_get_status (booked)));
  assert_words (arrived, "09:26", "Arrived, waits 4 min");
  assert_words (arrived, NULL, "Arrived");
  assert_words (roomed, "09:26", "Room 2 for 9 min");
  assert_words (seen, "09:26", "With the provider for 6 min");
  assert_words (done, "09:26", "Seen");
  /* Who is there is not late; how long one waits counts from the door, not from the room. */
  g_assert_cmpuint (rcp_flow_get_late_minutes (arrived, board_fixture_instant ("09:40")), ==, 0);
  g_assert_cmpuint (rcp_flow_get_waiting_minutes (roomed, board_fixture_instant ("09:26")), ==, 24);
  g_assert_cmpuint (rcp_flow_get_waiting_minutes (seen, board_fixture_instant ("09:26")), ==, 0);
}

static void
test_every_step_has_its_own_key (void)
{
  guint n_keys;
  const RcpFlowKey *keys = rcp_flow_get_keys (&n_keys);
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint i = 0; i < n_keys; i++)
    {
      g_assert_null (strchr (letters->str, keys[i].key));
      g_string_append_c (letters, keys[i].key);
      g_assert_true (rcp_flow_find_name (keys[i].name) == &keys[i]);
      g_assert_true (rcp_flow_find_status (keys[i].status) == &keys[i]);
    }
  g_assert_cmpstr (letters->str, ==, "carpdxl");
  g_assert_null (rcp_flow_find_name ("dance"));
  g_assert_null (rcp_flow_find_status (RCP_VISIT_ERROR));
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
assert_waiting (RcpWaitingModel *model, const char *ids)
{
  g_autoptr (GString) found = g_string_new (NULL);
  guint count;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_string_append (found, rcp_visit_get_id (visit));
    }
  g_assert_cmpstr (found->str, ==, ids);
  g_object_get (model, "count", &count, NULL);
  g_assert_cmpuint (count, ==, strlen (ids));
}

static void
test_who_came_first_waits_first (void)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (board_fixture_instant ("09:26"));
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (RcpVisit) booked = make_visit ("a", "09:00", "booked", NULL, NULL, NULL, NULL);
  g_autoptr (RcpVisit) late_comer = make_visit ("b", "09:00", "arrived", "arrived", "09:22", "09:22", NULL);
  g_autoptr (RcpVisit) roomed = make_visit ("c", "09:30", "checked-in", "triaged", "09:02", "09:17", "Room 2");
  g_autoptr (RcpVisit) seen = make_visit ("c", "09:30", "checked-in", "in-progress", "09:02", "09:25", "Room 2");
  RcpWaitingModel *model = rcp_waiting_model_new (clock);
  guint changes = 0, minutes = 0, counts = 0;

  g_list_store_append (visits, booked);
  g_list_store_append (visits, late_comer);
  g_list_store_append (visits, roomed);
  assert_waiting (model, "");
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (count_cb), &changes);
  g_signal_connect_swapped (model, "notify::count", G_CALLBACK (count_cb), &counts);
  g_signal_connect_swapped (model, "now-changed", G_CALLBACK (count_cb), &minutes);
  rcp_waiting_model_set_visits (model, G_LIST_MODEL (visits));
  assert_waiting (model, "cb");
  g_assert_true (rcp_waiting_model_get_visits (model) == G_LIST_MODEL (visits));
  /* With the provider: waits no more. */
  g_list_store_splice (visits, 2, 1, (gpointer *) &seen, 1);
  assert_waiting (model, "b");
  g_assert_cmpuint (changes, ==, 2);
  g_assert_cmpuint (counts, ==, 2);
  /* What changes among others leaves the list alone. */
  g_list_store_remove (visits, 0);
  g_assert_cmpuint (changes, ==, 2);
  rcp_waiting_model_tick (model);
  rcp_waiting_model_tick (model);
  g_assert_cmpuint (minutes, ==, 1);
  g_assert_cmpint (rcp_waiting_model_get_now (model), ==, board_fixture_instant ("09:26"));
  rcp_waiting_model_set_visits (model, NULL);
  assert_waiting (model, "");
  g_assert_finalize_object (model);
}

/* @first, @second: status of the Encounter of each, which began at 09:02 and 09:10; or NULL */
static RcpVisit *
make_pair (const char *status, const char *first, const char *second)
{
  static const char *const ids[] = { "p", "q" };
  const char *const encounters[] = { first, second };
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Appointment\",\"id\":\"g\",\"status\":\"%s\",\"start\":\"" BOARD_DATE "T09:00:00Z\","
                                           "\"minutesDuration\":30,\"participant\":[{\"actor\":{\"reference\":\"Patient/p\",\"display\":\"Ann\"}},"
                                           "{\"actor\":{\"reference\":\"Patient/q\",\"display\":\"Ben\"}}]}", status);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (FhirResource) appointment = fhir_resource_new (json_node_get_object (node));
  g_autoptr (GPtrArray) resources = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RcpEncounters) known = NULL;

  for (guint i = 0; i < 2; i++)
    if (encounters[i])
      {
        g_autofree char *json = g_strdup_printf ("{\"resourceType\":\"Encounter\",\"id\":\"%s\",\"status\":\"%s\",\"subject\":{\"reference\":\"Patient/%s\"},"
                                                 "\"appointment\":[{\"reference\":\"Appointment/g\"}],\"period\":{\"start\":\"" BOARD_DATE "T09:%s:00Z\"}}",
                                                 ids[i], encounters[i], ids[i], i == 0 ? "02" : "10");
        g_autoptr (JsonNode) encounter = json_from_string (json, NULL);

        g_ptr_array_add (resources, fhir_resource_new (json_node_get_object (encounter)));
      }
  known = rcp_encounters_new (resources);
  return rcp_visit_new_found (appointment, known, NULL, NULL);
}

/* Of a visit for several each who waits is listed by name, in the order in which they came. */
static void
test_each_of_several_waits (void)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (board_fixture_instant ("09:26"));
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (RcpVisit) one_here = make_pair ("arrived", NULL, "arrived");
  g_autoptr (RcpVisit) both_here = make_pair ("arrived", "arrived", "arrived");
  g_autoptr (RcpVisit) one_seen = make_pair ("checked-in", "in-progress", "arrived");
  g_autoptr (RcpVisit) same = make_pair ("checked-in", "in-progress", "arrived");
  g_autoptr (RcpVisit) booked = make_visit ("a", "09:00", "booked", NULL, NULL, NULL, NULL);
  g_autoptr (RcpVisit) first = NULL;
  RcpWaitingModel *model = rcp_waiting_model_new (clock);
  guint changes = 0;

  g_list_store_append (visits, one_here);
  rcp_waiting_model_set_visits (model, G_LIST_MODEL (visits));
  assert_waiting (model, "g");
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_cmpstr (rcp_visit_get_patient_name (first), ==, "Ben");
  g_list_store_splice (visits, 0, 1, (gpointer *) &both_here, 1);
  assert_waiting (model, "gg");
  g_set_object (&first, NULL);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_cmpstr (rcp_visit_get_patient_name (first), ==, "Ann");
  assert_words (first, "09:26", "Arrived, waits 24 min");
  g_list_store_splice (visits, 0, 1, (gpointer *) &one_seen, 1);
  assert_waiting (model, "g");
  /* Another visit is no change of those who wait. */
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (count_cb), &changes);
  g_list_store_insert (visits, 0, same);
  g_list_store_remove (visits, 0);
  g_assert_cmpuint (changes, ==, 2);
  g_list_store_insert (visits, 0, booked);
  g_assert_cmpuint (changes, ==, 2);
  g_assert_finalize_object (model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/flow/words-of-each-status", test_words_of_each_status);
  g_test_add_func ("/ui/flow/every-step-has-its-own-key", test_every_step_has_its_own_key);
  g_test_add_func ("/ui/flow/who-came-first-waits-first", test_who_came_first_waits_first);
  g_test_add_func ("/ui/flow/each-of-several-waits", test_each_of_several_waits);
  return g_test_run ();
}
