/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random days brought from one state to another: the list that hears of each step ends as the fresh one, and what is the
 * same stays the same object. */

#include "clinic/rcp-day-private.h"

#define N_IDS 40

static RcpVisit *
make_visit (guint id, guint hour, guint version)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Appointment\",\"id\":\"v%02u\",\"meta\":{\"versionId\":\"%u\"},"
                                           "\"status\":\"booked\",\"start\":\"2026-11-23T%02u:00:00Z\","
                                           "\"end\":\"2026-11-23T%02u:30:00Z\"}", id, version, hour, hour);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (FhirResource) resource = fhir_resource_new (json_node_get_object (node));

  return rcp_visit_new (resource, NULL);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return rcp_day_compare_visits (*(RcpVisit **) a, *(RcpVisit **) b);
}

static GPtrArray *
make_day (guint *hours, guint *versions)
{
  GPtrArray *visits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint id = 0; id < N_IDS; id++)
    if (hours[id] > 0)
      g_ptr_array_add (visits, make_visit (id, hours[id], versions[id]));
  g_ptr_array_sort (visits, compare);
  return visits;
}

/* A list that knows the day only by what it is told. */
typedef struct
{
  GPtrArray *visits;
  GPtrArray *mirror;
  guint n_rows;
} Listener;

static void
on_rows_changed_cb (guint position, guint removed, guint added, gpointer user_data)
{
  Listener *listener = user_data;

  g_assert_cmpuint (position + removed, <=, listener->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (listener->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (listener->mirror, (int) (position + i), g_ptr_array_index (listener->visits, position + i));
  g_assert_cmpuint (listener->mirror->len, ==, listener->visits->len);
  listener->n_rows += removed + added;
}

static void
test_random (void)
{
  for (guint round = 0; round < 500; round++)
    {
      guint hours[N_IDS], versions[N_IDS];
      g_autoptr (GPtrArray) visits = NULL;
      g_autoptr (GPtrArray) fresh = NULL;
      g_autoptr (GPtrArray) mirror = g_ptr_array_new ();
      g_autoptr (GHashTable) before = g_hash_table_new (NULL, NULL);
      Listener listener = { 0 };
      guint n_changed = 0, n_kept = 0;

      for (guint id = 0; id < N_IDS; id++)
        {
          hours[id] = (guint) g_test_rand_int_range (0, 12);
          versions[id] = 1;
        }
      visits = make_day (hours, versions);
      for (guint i = 0; i < visits->len; i++)
        {
          g_ptr_array_add (mirror, g_ptr_array_index (visits, i));
          g_hash_table_add (before, g_ptr_array_index (visits, i));
        }
      for (guint id = 0; id < N_IDS; id++)
        if (g_test_rand_int_range (0, 8) == 0)
          {
            guint old_hour = hours[id];

            hours[id] = (guint) g_test_rand_int_range (0, 12);
            versions[id]++;
            n_changed += (old_hour > 0) + (hours[id] > 0);
          }
      fresh = make_day (hours, versions);

      listener = (Listener){ visits, mirror, 0 };
      rcp_day_merge_visits (visits, fresh, on_rows_changed_cb, &listener);
      g_assert_cmpuint (listener.n_rows, ==, n_changed);
      g_assert_cmpuint (visits->len, ==, fresh->len);
      for (guint i = 0; i < visits->len; i++)
        {
          RcpVisit *visit = g_ptr_array_index (visits, i);

          g_assert_true (visit == g_ptr_array_index (mirror, i));
          g_assert_cmpint (rcp_day_compare_visits (visit, g_ptr_array_index (fresh, i)), ==, 0);
          n_kept += g_hash_table_contains (before, visit) && visit != g_ptr_array_index (fresh, i);
        }
      g_assert_cmpuint (n_kept + n_changed, >=, visits->len);
    }
}

static FhirResource *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  return fhir_resource_new (json_node_get_object (node));
}

/* Of two who come, by the Encounter of the second. */
static GPtrArray *
make_pair (const char *status)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Encounter','id':'e','status':'%s','subject':{'reference':'Patient/q'},"
                                           "'appointment':[{'reference':'Appointment/g'}]}", status);
  g_autoptr (FhirResource) appointment
      = parse ("{'resourceType':'Appointment','id':'g','status':'checked-in','start':'2026-11-23T09:00:00Z','participant':["
               "{'actor':{'reference':'Patient/p'}},{'actor':{'reference':'Patient/q'}}]}");
  g_autoptr (FhirResource) first = parse ("{'resourceType':'Encounter','id':'f','status':'in-progress','subject':{'reference':'Patient/p'},"
                                          "'appointment':[{'reference':'Appointment/g'}]}");
  g_autoptr (FhirResource) second = parse (text);
  g_autoptr (GPtrArray) resources = g_ptr_array_new ();
  g_autoptr (RcpEncounters) encounters = NULL;
  GPtrArray *visits = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (resources, first);
  g_ptr_array_add (resources, second);
  encounters = rcp_encounters_new (resources);
  g_ptr_array_add (visits, rcp_visit_new_found (appointment, encounters, NULL, NULL));
  return visits;
}

static void
on_any_row_changed_cb (guint position, guint removed, guint added, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* The visit as a whole is as far as it was, one of those who come is not. */
static void
test_one_of_several (void)
{
  g_autoptr (GPtrArray) visits = make_pair ("arrived");
  g_autoptr (GPtrArray) same = make_pair ("arrived");
  g_autoptr (GPtrArray) other = make_pair ("triaged");
  guint n_changes = 0;

  rcp_day_merge_visits (visits, same, on_any_row_changed_cb, &n_changes);
  g_assert_cmpuint (n_changes, ==, 0);
  rcp_day_merge_visits (visits, other, on_any_row_changed_cb, &n_changes);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (rcp_visit_get_person_status (visits->pdata[0], 1), ==, RCP_VISIT_ROOMED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/day-merge/random", test_random);
  g_test_add_func ("/clinic/day-merge/one-of-several", test_one_of_several);
  return g_test_run ();
}
