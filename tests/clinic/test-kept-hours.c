/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What calendars keep of somebody's working time: rcp-kept-hours. */

#define G_LOG_DOMAIN "test-kept-hours"

#include "clinic/rcp-kept-hours.h"

#define HOUR G_TIME_SPAN_HOUR
#define MINUTE G_TIME_SPAN_MINUTE

static FhirResource *
make (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (JsonNode) node = json_from_string (quoted, NULL);

  g_assert_nonnull (node);
  return fhir_resource_new (json_node_get_object (node));
}

/* Works from 8 to 12 and from 13 to 17 each Sunday and Monday, in New York. */
static RcpProvider *
make_provider (const char *hours)
{
  g_autofree char *role_text = g_strdup_printf ("{'resourceType':'PractitionerRole','id':'r'%s}", hours);
  g_autoptr (FhirResource) schedule = make ("{'resourceType':'Schedule','id':'s'}");
  g_autoptr (FhirResource) role = make (role_text);
  g_autoptr (FhirResource) practitioner = make ("{'resourceType':'Practitioner','id':'p','name':[{'family':'Ruiz'}]}");
  g_autoptr (FhirResource) location = make ("{'resourceType':'Location','id':'l','name':'Main','extension':["
                                            "{'url':'http://hl7.org/fhir/StructureDefinition/timezone','valueCode':'America/New_York'}]}");
  g_autoptr (RcpPlace) place = rcp_place_new (location);

  return rcp_provider_new (schedule, role, practitioner, place);
}

#define HOURS                                                                                                                    \
  ",'availableTime':[{'daysOfWeek':['sun','mon'],'availableStartTime':'08:00:00','availableEndTime':'12:00:00'},"                 \
  "{'daysOfWeek':['sun','mon'],'availableStartTime':'13:00:00','availableEndTime':'17:00:00'}]"

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
take (GArray *taken, const char *start, const char *end)
{
  RcpTimeRange range = { at (start), at (end) };

  g_array_append_val (taken, range);
  rcp_time_ranges_normalize (taken);
}

static gint64
sum (RcpProvider *provider, guint day, GArray *taken, guint n_ranges)
{
  g_autoptr (GArray) ranges = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, G_DATE_MARCH, 2026);
  ranges = rcp_kept_hours_list (provider, &date, taken);
  g_assert_cmpuint (ranges->len, ==, n_ranges);
  return rcp_kept_hours_sum (ranges);
}

static void
test_list (void)
{
  g_autoptr (RcpProvider) provider = make_provider (HOURS), unknown = make_provider ("");
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  g_assert_cmpint (sum (provider, 9, taken, 0), ==, 0);
  /* Over the noon break, which keeps nothing of the working time; and in the night. */
  take (taken, "2026-03-09T11:30:00-04:00", "2026-03-09T14:00:00-04:00");
  take (taken, "2026-03-09T20:00:00-04:00", "2026-03-10T06:00:00-04:00");
  g_assert_cmpint (sum (provider, 9, taken, 2), ==, 30 * MINUTE + HOUR);
  g_assert_cmpint (sum (provider, 10, taken, 0), ==, 0);
  g_assert_cmpint (sum (unknown, 9, taken, 0), ==, 0);
  /* Whole days: that of the change of the clocks has its eight hours of work; and a week of leave has those of its working days. */
  take (taken, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00");
  g_assert_cmpint (sum (provider, 8, taken, 2), ==, 8 * HOUR);
  g_assert_cmpint (sum (provider, 9, taken, 2), ==, 30 * MINUTE + HOUR);
  take (taken, "2026-03-01T00:00:00-05:00", "2026-03-20T00:00:00-04:00");
  g_assert_cmpint (sum (provider, 9, taken, 2), ==, 8 * HOUR);
  g_assert_cmpint (sum (provider, 14, taken, 0), ==, 0);
}

/* 15-minute slots, one by one: those that are touched by any range are as many as those by each of the joined ones together. */
static void
test_join (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
      guint n_touched = 0, n_joined = 0;

      for (guint i = 0; i < 6; i++)
        {
          gint64 start = g_test_rand_int_range (0, 480) * MINUTE;
          RcpTimeRange range = { start, start + g_test_rand_int_range (1, 60) * MINUTE };

          g_array_append_val (ranges, range);
        }
      rcp_time_ranges_normalize (ranges);
      for (int pass = 0; pass < 2; pass++)
        {
          for (gint64 start = 0; start < 600 * MINUTE; start += 15 * MINUTE)
            {
              RcpTimeRange slot = { start, start + 15 * MINUTE };
              guint n = 0;

              for (guint i = 0; i < ranges->len; i++)
                n += rcp_time_range_overlaps (g_array_index (ranges, RcpTimeRange, i), slot);
              if (pass == 0)
                n_touched += n > 0;
              else
                n_joined += n;
            }
          rcp_kept_hours_join (ranges, 15);
        }
      g_assert_cmpuint (n_joined, ==, n_touched);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/kept-hours/list", test_list);
  g_test_add_func ("/clinic/kept-hours/join", test_join);
  return g_test_run ();
}
