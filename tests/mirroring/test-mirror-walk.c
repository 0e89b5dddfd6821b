/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror-walk"

/* rcp-mirror under what comes at random from both sides, with faults between: afterwards the mirrored visits are the booked ones, none lost and
 * none doubled. RECEPTION_MIRROR_STEPS says how many steps; the seed is in the output (--seed). */

#include "mirror-fixture.h"

#include <stdlib.h>

#include "fault-proxy.h"
#include "scheduling/rcp-scheduling-error.h"

#define N_STEPS 500
#define N_DAYS 5

typedef struct
{
  MirrorTown town;
  FaultProxy *proxy;
  FhirClient *client;     /* of the mirrors, by way of the proxy */
  RcpCalendar *calendar;  /* of the second desk */
  RcpMirror *mirrors[3];  /* of two desks on a server, of one on this computer; NULL at the end */
  GPtrArray *ids;         /* of visits */
  gboolean is_down;
  guint n_booked, n_moved, n_ended, n_refused_by_record, n_by_provider, n_answered, n_faults;
} Walk;

static int
draw (int n)
{
  return g_test_rand_int_range (0, n);
}

static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* A quarter of an hour in which the clinic is open. */
static void
draw_time (guint *day, guint *minute)
{
  *day = draw (N_DAYS);
  *minute = 15 * draw (28);
  *minute += *minute < 180 ? 9 * 60 : 10 * 60;
}

static RcpVisit *
draw_visit (Walk *walk)
{
  return walk->ids->len > 0 ? mirror_town_read_visit (&walk->town, walk->ids->pdata[draw ((int)walk->ids->len)]) : NULL;
}

/* Takes @visit (nullable) and @error. */
static gboolean
took (Walk *walk, RcpVisit *visit, GError *error)
{
  gboolean is_done = visit != NULL;

  if (!is_done)
    {
      g_assert_cmpint (error->domain, ==, RCP_SCHEDULING_ERROR);
      walk->n_refused_by_record++;
    }
  g_clear_object (&visit);
  g_clear_error (&error);
  return is_done;
}

static void
book (Walk *walk)
{
  g_autoptr (RcpOffer) offer = NULL;
  GError *error = NULL;
  RcpVisit *visit;
  guint day, minute;

  draw_time (&day, &minute);
  offer = desk_fixture_make_offer (walk->town.desk, 0, day, minute, 1);
  visit = desk_fixture_book (walk->town.desk, NULL, (guint)draw (8), offer, &error);
  if (visit != NULL)
    g_ptr_array_add (walk->ids, g_strdup (rcp_visit_get_id (visit)));
  walk->n_booked += took (walk, visit, error);
}

static gboolean
move_visit (Walk *walk, RcpVisit *visit, guint provider, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (walk->town.desk, provider, day, minute, 1);
  GError *error = NULL;
  RcpVisit *moved = desk_fixture_move (walk->town.desk, NULL, visit, offer, &error);

  return took (walk, moved, error);
}

static void
move_any (Walk *walk)
{
  g_autoptr (RcpVisit) visit = draw_visit (walk);
  guint day, minute;

  draw_time (&day, &minute);
  if (visit != NULL)
    walk->n_moved += move_visit (walk, visit, draw (5) == 0, day, minute);
}

static gboolean
cancel_visit (Walk *walk, RcpVisit *visit)
{
  GError *error = NULL;
  RcpVisit *cancelled = desk_fixture_cancel (walk->town.desk, NULL, visit, "pat", &error);

  return took (walk, cancelled, error);
}

static void
end_any (Walk *walk)
{
  static const RcpVisitStatus statuses[] = { RCP_VISIT_ARRIVED, RCP_VISIT_NOSHOW, RCP_VISIT_CONFIRMED };
  g_autoptr (RcpVisit) visit = draw_visit (walk);
  GError *error = NULL;
  RcpVisit *changed;

  if (visit == NULL)
    return;
  if (draw (2) == 0)
    {
      walk->n_ended += cancel_visit (walk, visit);
      return;
    }
  changed = desk_fixture_set_status (walk->town.desk, NULL, visit, statuses[draw (G_N_ELEMENTS (statuses))], &error);
  walk->n_ended += took (walk, changed, error);
}

static RcpTimeRange
draw_range (Walk *walk)
{
  GTimeZone *zone = rcp_provider_get_zone (desk_fixture_get_provider (walk->town.desk, 0));
  guint day, minute;
  GDate date;
  gint64 start;

  draw_time (&day, &minute);
  rcp_time_get_day (walk->town.desk->now, zone, &date);
  g_date_add_days (&date, day);
  start = rcp_time_at_minute (&date, minute, zone);
  return (RcpTimeRange){ start, start + 15 * G_TIME_SPAN_MINUTE };
}

/* In the provider's own program. */
static void
touch_event (Walk *walk)
{
  const char *id = walk->ids->len > 0 ? walk->ids->pdata[draw ((int)walk->ids->len)] : NULL;

  if (id == NULL)
    return;
  switch (draw (4))
    {
    case 0:
    case 1:
      walk->n_by_provider += mirror_town_move_event (&walk->town, id, draw_range (walk));
      break;
    case 2:
      walk->n_by_provider += mirror_town_delete_event (&walk->town, id);
      break;
    default:
      walk->n_by_provider += mirror_town_edit_event (&walk->town, id, "END:VEVENT", "COMMENT:mine\r\nEND:VEVENT");
    }
}

static gboolean
do_as_asked (Walk *walk, RcpMirrorRequest *request)
{
  g_autoptr (RcpVisit) visit = mirror_town_read_visit (&walk->town, rcp_mirror_request_get_visit_id (request));
  GTimeZone *zone = rcp_provider_get_zone (desk_fixture_get_provider (walk->town.desk, 0));
  gint64 start = rcp_mirror_request_get_range (request).start;
  GDate today, day;

  if (rcp_mirror_request_get_deed (request) == RCP_MIRROR_DELETED)
    return cancel_visit (walk, visit);
  rcp_time_get_day (walk->town.desk->now, zone, &today);
  rcp_time_get_day (start, zone, &day);
  return move_visit (walk, visit, 0, (guint)g_date_days_between (&today, &day), rcp_time_get_minute (start, zone));
}

static void
answer (Walk *walk, RcpMirrorRequest *request)
{
  if (rcp_mirror_request_is_refused (request))
    return;
  /* What cannot be accepted is refused. */
  if (draw (2) == 0 || !do_as_asked (walk, request))
    mirror_town_refuse (&walk->town, request);
  walk->n_answered++;
}

static void
answer_any (Walk *walk)
{
  g_autoptr (GPtrArray) requests = mirror_town_read_requests (&walk->town);

  if (requests->len > 0)
    answer (walk, requests->pdata[draw ((int)requests->len)]);
}

static void
start_mirror (Walk *walk, guint i)
{
  walk->mirrors[i] = mirror_town_start (&walk->town, walk->client, i == 1 ? walk->calendar : NULL);
}

/* The process of a desk ends, and nothing that it knew is left. */
static void
crash (Walk *walk)
{
  guint i = walk->calendar != NULL ? (guint)draw (2) : 0;

  mirror_town_end (walk->mirrors[i]);
  start_mirror (walk, i);
}

static void
break_server (Walk *walk)
{
  if (walk->town.server == NULL)
    return;
  if (walk->is_down)
    caldav_server_start (walk->town.server);
  else if (draw (4) == 0)
    caldav_server_hang (walk->town.server);
  else
    caldav_server_stop (walk->town.server);
  walk->is_down = !walk->is_down;
}

static void
fail_somewhere (Walk *walk)
{
  static const Fault faults[] = { FAULT_LOSE_REQUEST, FAULT_LOSE_REPLY, FAULT_TRY_AGAIN, FAULT_CUT_REPLY, FAULT_LATE };

  walk->n_faults++;
  switch (draw (4))
    {
    case 0:
      crash (walk);
      break;
    case 1:
      fault_proxy_push (walk->proxy, faults[draw (G_N_ELEMENTS (faults))], 50);
      break;
    default:
      break_server (walk);
    }
}

static void
step (Walk *walk)
{
  int n = draw (20);

  if (n < 4)
    book (walk);
  else if (n < 7)
    move_any (walk);
  else if (n < 9)
    end_any (walk);
  else if (n < 14)
    touch_event (walk);
  else if (n < 17)
    answer_any (walk);
  else
    fail_somewhere (walk);
  for (guint i = 0; walk->mirrors[i] != NULL; i++)
    {
      rcp_mirror_look (walk->mirrors[i]);
      if (draw (3) == 0)
        rcp_mirror_refresh (walk->mirrors[i]);
    }
  run_for ((guint)draw (4) * (guint)draw (100));
}

/* All is up again, and every request is answered. */
static void
settle (Walk *walk)
{
  gint64 end = g_get_monotonic_time () + 4 * keep_result_get_patience ();
  gint64 quiet_since = g_get_monotonic_time ();

  if (walk->is_down)
    break_server (walk);
  while (g_get_monotonic_time () - quiet_since < 6 * G_USEC_PER_SEC)
    {
      g_autoptr (GPtrArray) requests = mirror_town_read_requests (&walk->town);
      gboolean is_quiet = requests->len == 0;

      for (guint i = 0; i < requests->len; i++)
        answer (walk, requests->pdata[i]);
      for (guint i = 0; walk->mirrors[i] != NULL; i++)
        {
          rcp_mirror_look (walk->mirrors[i]);
          rcp_mirror_refresh (walk->mirrors[i]);
          is_quiet = is_quiet && rcp_mirror_get_error (walk->mirrors[i]) == NULL;
        }
      if (!is_quiet)
        quiet_since = g_get_monotonic_time ();
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      run_for (700);
    }
}

static void
test_walk (gconstpointer data)
{
  const char *wish = g_getenv ("RECEPTION_MIRROR_STEPS");
  int n = wish != NULL ? atoi (wish) : N_STEPS;
  Walk walk = { .ids = g_ptr_array_new_with_free_func (g_free) };
  g_autofree char *record = NULL;
  g_autofree char *calendar = NULL;
  PracticeFixture *practice;

  if (!mirror_town_open (&walk.town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  practice = walk.town.desk->practice;
  walk.proxy = fault_proxy_new (practice_fixture_get_folder (practice), practice_fixture_get_socket (practice));
  walk.client = fhir_client_new_for_socket (fault_proxy_get_socket (walk.proxy));
  start_mirror (&walk, 0);
  if (walk.town.server != NULL)
    {
      walk.calendar = mirror_town_add_calendar (&walk.town);
      start_mirror (&walk, 1);
    }
  for (int i = 0; i < n; i++)
    step (&walk);
  settle (&walk);
  mirror_town_wait_equal (&walk.town, walk.mirrors);
  /* And it stays so. */
  run_for (3000);
  record = mirror_town_print_record (&walk.town);
  calendar = mirror_town_print_calendar (&walk.town);
  g_assert_cmpstr (calendar, ==, record);
  g_test_message ("%d steps: %u booked, %u moved, %u cancelled or else, %u refused by the record, %u by the provider, %u answers, %u faults", n,
                  walk.n_booked, walk.n_moved, walk.n_ended, walk.n_refused_by_record, walk.n_by_provider, walk.n_answered,
                  walk.n_faults);
  g_assert_cmpuint (walk.n_booked, >, 0);
  for (guint i = 0; walk.mirrors[i] != NULL; i++)
    mirror_town_end (walk.mirrors[i]);
  g_clear_object (&walk.calendar);
  g_object_unref (walk.client);
  fault_proxy_free (walk.proxy);
  g_ptr_array_unref (walk.ids);
  mirror_town_close (&walk.town);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/mirroring/walk/local", GINT_TO_POINTER (FALSE), test_walk);
  g_test_add_data_func ("/mirroring/walk/caldav", GINT_TO_POINTER (TRUE), test_walk);
  return g_test_run ();
}
