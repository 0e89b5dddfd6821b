/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The month in the real window, by real keys: rcp-month-view.c, rcp-window-views.c. */

#define G_LOG_DOMAIN "test-month"

#include "config.h"

#include "ui-picture.h"
#include "ui/rcp-window-private.h"
#include "ui/views/rcp-month-view.h"
#include "views-window.h"
#include "window-keys.h"

#define MONDAY G_GINT64_CONSTANT (1795392000) /* 23 November 2026, 0:00 UTC */

static gboolean
is_shown_cell (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "month-cell") && gtk_widget_has_css_class (widget, "shown") && gtk_widget_get_mapped (widget);
}

static gboolean
is_cell (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "month-cell");
}

static gboolean
is_counted_cell (GtkWidget *widget, gconstpointer data)
{
  return is_shown_cell (widget, NULL) && window_find (widget, window_is_type, "GtkLevelBar");
}

/* What is read aloud: (transfer full). */
static char *
dup_spoken (GtkWidget *widget)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
}

static guint
count_visits_today (WindowFixture *fixture)
{
  GDate monday;
  g_autoptr (RcpDay) day = NULL;
  guint n = 0;

  g_date_clear (&monday, 1);
  g_date_set_dmy (&monday, 23, 11, 2026);
  day = rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &monday);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (day)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      n += rcp_visit_status_takes_time (rcp_visit_get_status (visit));
    }
  return n;
}

static gboolean
says (WindowFixture *fixture, const char *text)
{
  GtkWidget *cell = window_find (GTK_WIDGET (fixture->window), is_shown_cell, NULL);
  g_autofree char *spoken = cell ? dup_spoken (cell) : NULL;

  return spoken && strstr (spoken, text);
}

/* The numbers of the day that everybody knows are those of its board; the keyboard goes from day to day and into one. */
static void
test_month (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *expected = NULL, *spoken = NULL;

  views_open (fixture, practice);
  views_show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  g_assert_cmpuint (window_count (GTK_WIDGET (fixture->window), is_cell, NULL), ==, 42);
  g_assert_cmpstr (views_get_title (fixture), ==, "November 2026");
  expected = g_strdup_printf ("Monday, 23 November 2026, today, %u visits, ", count_visits_today (fixture));
  spoken = dup_spoken (window_find (GTK_WIDGET (fixture->window), is_shown_cell, NULL));
  g_assert_true (g_str_has_prefix (spoken, expected));
  ui_picture_save (GTK_WIDGET (fixture->window), "month");

  g_assert_true (is_shown_cell (window_get_focus (), NULL));
  window_press ("Down Right");
  g_assert_true (says (fixture, "Tuesday, 1 December 2026"));
  g_assert_cmpstr (views_get_title (fixture), ==, "December 2026");
  g_assert_true (is_shown_cell (window_get_focus (), NULL));
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  window_press ("Prior");
  g_assert_cmpstr (views_get_title (fixture), ==, "November 2026");
  g_assert_true (says (fixture, "Sunday, 1 November 2026"));
  window_press ("Return");
  g_assert_cmpstr (views_get_title (fixture), ==, "Sunday, 1 November 2026");
  g_assert_null (window_find (GTK_WIDGET (fixture->window), is_shown_cell, NULL));
  g_assert_nonnull (views_find_type (fixture, "RcpBoardGrid"));
}

/* (transfer full): the first visit of today that another desk may mark as missed. */
static RcpVisit *
find_booked_today (WindowFixture *fixture)
{
  GDate monday;
  g_autoptr (RcpDay) day = NULL;

  g_date_clear (&monday, 1);
  g_date_set_dmy (&monday, 23, 11, 2026);
  day = rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &monday);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (day)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      if (rcp_visit_get_status (visit) == RCP_VISIT_BOOKED)
        return g_steal_pointer (&visit);
    }
  g_assert_not_reached ();
}

/* As another desk does. */
static void
mark_missed (PracticeFixture *practice, RcpVisit *visit)
{
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_visit_get_resource (visit));
  g_autoptr (FhirResource) after = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  json_object_set_string_member (json, "status", "noshow");
  fhir_client_update_async (client, json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  after = fhir_client_update_finish (client, result, &error);
  g_assert_no_error (error);
}

static gboolean
is_trouble (GtkWidget *widget, gconstpointer data)
{
  GtkWidget *label = gtk_widget_has_css_class (widget, "month-trouble") ? gtk_widget_get_first_child (widget) : NULL;

  return label && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (label)), "the numbers are as of 9:2");
}

/* What another desk does is counted while the month is seen. When the record goes, the numbers stay, with the time that they are of, and
 * when it comes back they are told again. */
static void
test_month_follows (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *fewer = NULL;

  views_open (fixture, practice);
  WAIT_FOR (count_visits_today (fixture) > 0);
  visit = find_booked_today (fixture);
  fewer = g_strdup_printf ("today, %u visits, ", count_visits_today (fixture) - 1);
  views_show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  g_assert_false (says (fixture, fewer));
  mark_missed (practice, visit);
  WAIT_FOR (says (fixture, fewer));

  fhir_client_set_max_retries (rcp_desk_get_client (fixture->desk), 0);
  practice_fixture_kill (practice);
  rcp_month_view_reload (RCP_MONTH_VIEW (views_find_type (fixture, "RcpMonthView")));
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_trouble, NULL));
  g_assert_true (says (fixture, fewer));
  ui_picture_save (GTK_WIDGET (fixture->window), "month-old");
  practice_fixture_start (practice);
  WAIT_FOR (!window_find (GTK_WIDGET (fixture->window), is_trouble, NULL));
}

static char *
dup_shown (WindowFixture *fixture)
{
  return dup_spoken (window_find (GTK_WIDGET (fixture->window), is_shown_cell, NULL));
}

/* Of ", 17 free". */
static int
get_free (const char *spoken)
{
  const char *end = strstr (spoken, " free"), *start = end;

  g_assert_nonnull (end);
  while (start > spoken && g_ascii_isdigit (start[-1]))
    start--;
  return atoi (start);
}

/* A provider's own calendar keeps some of today and all of Thursday. Nobody chose calendars for this desk, so that it forgets them a second
 * after the record was opened; told again they are as before. */
static gboolean
keep_time (WindowFixture *fixture)
{
  const RcpBusy kept[] = {
    { { (MONDAY + 14 * 3600) * G_USEC_PER_SEC, (MONDAY + 16 * 3600 + 1800) * G_USEC_PER_SEC }, RCP_BUSY_BUSY },
    { { (MONDAY + 3 * 86400) * G_USEC_PER_SEC, (MONDAY + 4 * 86400) * G_USEC_PER_SEC }, RCP_BUSY_AWAY },
  };
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk)), 0);
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));

  g_array_append_vals (busy, kept, G_N_ELEMENTS (kept));
  rcp_busy_times_set (rcp_desk_get_busy_times (fixture->desk), rcp_provider_get_practitioner_id (provider), busy, 0);
  return TRUE;
}

/* What the calendars of providers keep of their working time is told with the day, and is free no more. */
static void
test_month_has_busy_time (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *before = NULL, *after = NULL;

  views_open (fixture, practice);
  views_show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  before = dup_shown (fixture);
  g_assert_null (strstr (before, "Busy"));
  WAIT_FOR (keep_time (fixture) && says (fixture, ", Busy 2 h 30 min"));
  after = dup_shown (fixture);
  g_test_message ("%s; %s", before, after);
  g_assert_cmpint (get_free (after), <, get_free (before));
  ui_picture_save (GTK_WIDGET (fixture->window), "month-busy");
  /* Away all day: that is the working time of the day. */
  window_press ("Right Right Right");
  WAIT_FOR (keep_time (fixture) && says (fixture, ", Busy 7 h 30 min"));
  rcp_busy_times_clear (rcp_desk_get_busy_times (fixture->desk));
  WAIT_FOR (!says (fixture, "Busy"));
}

/* From day to day nothing is read: the numbers of the month are there, and the visits nobody sees. Who opens a day sees those of it. */
static void
test_month_reads_no_days (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  RcpBoardModel *model;
  guint64 before;

  views_open (fixture, practice);
  model = fixture->window->model;
  views_show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  views_wait_until_quiet (fixture);
  before = views_count_requests (fixture);
  window_press ("Right Right Right Right");
  g_assert_true (says (fixture, "Friday, 27 November 2026"));
  window_press ("Left Left");
  g_assert_true (says (fixture, "Wednesday, 25 November 2026"));
  views_run_for (1000);
  g_assert_cmpuint (views_count_requests (fixture), ==, before);
  g_assert_cmpint (rcp_board_model_get_state (model), ==, RCP_BOARD_LOADING);

  window_press ("Return");
  g_assert_cmpstr (views_get_title (fixture), ==, "Wednesday, 25 November 2026");
  WAIT_FOR (rcp_board_model_get_state (model) == RCP_BOARD_READY);
  g_assert_cmpuint (views_count_requests (fixture), >, before);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), >, 20);

  /* A week that is opened from a month is read as well. */
  views_show (fixture, "month");
  window_press ("Down");
  views_show (fixture, "week");
  WAIT_FOR (rcp_board_model_get_state (model) == RCP_BOARD_READY);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), >, 100);
}

/* A visit that nobody sees is not marked by a key. */
static void
test_no_visit_is_at_hand_in_the_month (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  g_autoptr (FhirSearch) search = fhir_search_new ("Provenance");
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  views_open (fixture, practice);
  window_press ("Down");
  views_show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  window_press ("c a d x Delete");
  g_assert_true (window_get_active () == GTK_WINDOW (fixture->window));
  fhir_client_search_async (client, search, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();

#define ADD(name, test) g_test_add ("/month/" name, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)
  ADD ("numbers", test_month);
  ADD ("follows", test_month_follows);
  ADD ("has-busy-time", test_month_has_busy_time);
  ADD ("reads-no-days", test_month_reads_no_days);
  ADD ("no-visit-is-at-hand-in-the-month", test_no_visit_is_at_hand_in_the_month);
#undef ADD

  return g_test_run ();
}
