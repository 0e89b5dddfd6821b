/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "day-work"

#include "config.h"

#include "day-work.h"

#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

#include "scheduling/rcp-book-visit.h"
#include "ui/board/rcp-board-grid-private.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/find/rcp-find-dialog.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"
#include "ui/visit/rcp-room-dialog.h"

#define N_PATIENTS 8
#define REST_DAYS 21    /* the sample clinic has no visits so long after its own day */
#define N_REST_DAYS 10  /* more than a day book keeps */

static void
run (DayWork *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window->window), action, NULL);
}

static RcpDay *
dup_today (DayWork *self)
{
  GDate today;

  rcp_desk_get_today (self->window->desk, &today);
  return rcp_day_book_get (rcp_desk_get_day_book (self->window->desk), &today);
}

static RcpVisit *
find_visit (DayWork *self, const char *id)
{
  g_autoptr (RcpDay) day = dup_today (self);

  return rcp_day_find_visit (day, id);
}

static gboolean
is_status (DayWork *self, const char *id, RcpVisitStatus status)
{
  RcpVisit *visit = find_visit (self, id);

  return visit && rcp_visit_get_status (visit) == status;
}

static gboolean
is_expected (RcpVisit *visit)
{
  return rcp_visit_get_status (visit) == RCP_VISIT_BOOKED || rcp_visit_get_status (visit) == RCP_VISIT_CONFIRMED;
}

/* Another one of those who are expected, each time: (transfer full). */
static char *
dup_expected (DayWork *self)
{
  g_autoptr (RcpDay) day = dup_today (self);
  guint n_visits = g_list_model_get_n_items (G_LIST_MODEL (day));

  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), (self->next++) % n_visits);

      if (is_expected (visit))
        return g_strdup (rcp_visit_get_id (visit));
    }
  g_assert_not_reached ();
}

/* Another desk's news may show it before this desk's own step is done; until then the window takes no other step. */
static gboolean
has_stepped (DayWork *self, const char *id, RcpVisitStatus status)
{
  GHashTable *stepping = self->window->window->stepping;

  return is_status (self, id, status) && !(stepping && g_hash_table_contains (stepping, id));
}

void
day_work_arrive (DayWork *self)
{
  g_autofree char *id = dup_expected (self);

  rcp_window_step (self->window->window, find_visit (self, id), "arrive");
  WAIT_FOR (has_stepped (self, id, RCP_VISIT_ARRIVED));
  rcp_window_step (self->window->window, find_visit (self, id), "confirm");
  WAIT_FOR (has_stepped (self, id, RCP_VISIT_CONFIRMED));
  self->n_operations += 2;
}

static GtkWidget *
find_dialog (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* To a room: asked for where there is a choice, and then it is the first. */
static void
lead_to_room (DayWork *self, const char *id)
{
  GtkWidget *dialog;

  rcp_window_step (self->window->window, find_visit (self, id), "room");
  WAIT_FOR ((dialog = find_dialog (RCP_TYPE_ROOM_DIALOG)) || has_stepped (self, id, RCP_VISIT_ROOMED));
  if (!dialog)
    return;
  gtk_widget_activate_action (dialog, "room.choose", "u", 0);
  WAIT_FOR (has_stepped (self, id, RCP_VISIT_ROOMED) && !find_dialog (RCP_TYPE_ROOM_DIALOG));
}

void
day_work_see (DayWork *self)
{
  g_autofree char *id = dup_expected (self);

  rcp_window_step (self->window->window, find_visit (self, id), "arrive");
  WAIT_FOR (has_stepped (self, id, RCP_VISIT_ARRIVED));
  lead_to_room (self, id);
  rcp_window_step (self->window->window, find_visit (self, id), "with-provider");
  WAIT_FOR (has_stepped (self, id, RCP_VISIT_WITH_PROVIDER));
  rcp_window_step (self->window->window, find_visit (self, id), "done");
  WAIT_FOR (has_stepped (self, id, RCP_VISIT_FULFILLED));
  self->n_operations += 4;
}

static gboolean
is_filled_list (GtkWidget *widget, gconstpointer data)
{
  GtkSelectionModel *model = GTK_IS_LIST_VIEW (widget) ? gtk_list_view_get_model (GTK_LIST_VIEW (widget)) : NULL;

  return model && gtk_widget_get_mapped (widget) && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0;
}

/* The one that books, once there is something to book. */
static gboolean
is_ready_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "suggested-action") && gtk_widget_get_mapped (widget)
         && gtk_widget_is_sensitive (widget);
}

static void
on_booked_cb (GtkWindow *dialog, RcpVisit *visit, RcpVisit **booked)
{
  g_set_object (booked, visit);
}

static void
on_finished_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static void
cancel (DayWork *self, RcpVisit *visit)
{
  RcpDesk *desk = self->window->desk;
  guint n_reasons;
  g_autoptr (RcpCancelVisit) operation = rcp_cancel_visit_new (rcp_desk_get_client (desk), rcp_desk_get_clock (desk), visit,
                                                               rcp_cancel_reasons (&n_reasons)[0].code, NULL);
  gboolean done = FALSE;

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (operation), NULL, on_finished_cb, &done);
  WAIT_FOR (done);
  rcp_desk_invalidate (desk, rcp_visit_get_range (visit));
  rcp_desk_tell_done (desk, G_OBJECT (operation));
}

void
day_work_book (DayWork *self)
{
  GtkWindow *dialog = rcp_booking_dialog_new (self->window->desk);
  g_autoptr (RcpVisit) booked = NULL;
  GtkWidget *button;

  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (dialog), self->patients->pdata[self->next++ % self->patients->len]);
  g_signal_connect (dialog, "booked", G_CALLBACK (on_booked_cb), &booked);
  rcp_dialog_present (dialog, GTK_WINDOW (self->window->window));
  WAIT_FOR ((button = window_find (GTK_WIDGET (dialog), is_ready_button, NULL)));
  g_signal_emit_by_name (button, "clicked");
  WAIT_FOR (booked);
  gtk_window_destroy (dialog);
  cancel (self, booked);
  self->n_operations += 2;
}

static gboolean
is_movable (GtkWidget *widget, gconstpointer work)
{
  const DayWork *self = work;
  RcpVisit *visit = window_is_visit (widget, NULL) ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget)) : NULL;

  return visit && rcp_visit_get_range (visit).start > rcp_clock_get_now (rcp_desk_get_clock (self->window->desk))
         && rcp_visit_status_may_move (rcp_visit_get_status (visit));
}

static gboolean
has_moved (DayWork *self, const char *id, gint64 start)
{
  RcpVisit *visit = find_visit (self, id);

  return visit && rcp_visit_get_range (visit).start != start && !rcp_hold_model_get_held (self->window->window->hold);
}

/* The board has what the desk knows: the next thing may be done with it. */
static gboolean
is_shown_at (DayWork *self, const char *id, gint64 start)
{
  GtkWidget *chip = window_find (GTK_WIDGET (self->window->window), window_is_visit, id);
  RcpVisit *visit = find_visit (self, id);

  return chip && visit && rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)) == visit && rcp_visit_get_range (visit).start == start;
}

/* Down to the first place that is free; back again where there is none. */
void
day_work_move (DayWork *self)
{
  RcpWindow *window = self->window->window;
  GtkWidget *chip = window_find (GTK_WIDGET (window), is_movable, self);
  g_autofree char *id = NULL;
  gint64 start;

  g_assert_nonnull (chip);
  id = g_strdup (rcp_visit_get_id (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))));
  start = rcp_visit_get_range (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))).start;
  gtk_widget_activate_action (chip, "visit.cut", NULL);
  g_assert_nonnull (rcp_hold_model_get_held (window->hold));
  while (rcp_hold_model_step (window->hold, RCP_BOARD_MOVE_DOWN) && !rcp_hold_model_may_put (window->hold))
    ;
  self->n_operations += 2;
  if (!rcp_hold_model_may_put (window->hold))
    {
      run (self, "win.let-go");
      return;
    }
  run (self, "win.put");
  WAIT_FOR (has_moved (self, id, start) || find_dialog (ADW_TYPE_MESSAGE_DIALOG));
  /* The record may refuse it, since the patient is elsewhere then: that is told, and the visit stays. */
  if (find_dialog (ADW_TYPE_MESSAGE_DIALOG))
    {
      self->n_refused++;
      gtk_window_destroy (GTK_WINDOW (find_dialog (ADW_TYPE_MESSAGE_DIALOG)));
      run (self, "win.let-go");
      return;
    }
  run (self, "win.undo");
  WAIT_FOR (is_shown_at (self, id, start));
}

static gboolean
is_ready (DayWork *self, gint days)
{
  const GDate *shown = rcp_board_model_get_date (self->window->window->model);
  GDate today;

  rcp_desk_get_today (self->window->desk, &today);
  return g_date_days_between (&today, shown) == days && rcp_board_model_get_state (self->window->window->model) == RCP_BOARD_READY;
}

void
day_work_turn (DayWork *self)
{
  int days = 1 + (int) (self->next++ % 4);

  for (int i = 0; i < days; i++)
    run (self, "win.next-day");
  WAIT_FOR (is_ready (self, days));
  run (self, "win.today");
  WAIT_FOR (is_ready (self, 0));
  self->n_operations += 2;
}

void
day_work_find (DayWork *self)
{
  static const char *const words[] = { "gar", "smith", "1972", "nguyen", "+1 207", "o'sh" };
  GtkWidget *dialog;

  run (self, "win.find");
  WAIT_FOR ((dialog = find_dialog (RCP_TYPE_FIND_DIALOG)));
  gtk_editable_set_text (GTK_EDITABLE (window_find (dialog, window_is_type, "GtkSearchEntry")), words[self->next++ % 6]);
  WAIT_FOR (window_find (dialog, is_filled_list, NULL) || window_find (dialog, window_is_label, "No Patient Found"));
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT_FOR (!find_dialog (RCP_TYPE_FIND_DIALOG));
  self->n_operations++;
}

void
day_work_look (DayWork *self)
{
  GtkWidget *window = GTK_WIDGET (self->window->window);
  g_autofree char *id = dup_expected (self);

  rcp_window_show_visit (self->window->window, find_visit (self, id));
  WAIT_FOR (window_find (window, window_is_type, "RcpVisitPanel"));
  run (self, "win.close-panel");
  WAIT_FOR (!window_find (window, window_is_type, "RcpVisitPanel"));
  self->n_operations += 2;
}

void
day_work_other_desk (DayWork *self)
{
  g_autofree char *id = dup_expected (self);
  g_autoptr (RcpVisit) visit = g_object_ref (find_visit (self, id));
  RcpVisitStatus to = rcp_visit_get_status (visit) == RCP_VISIT_BOOKED ? RCP_VISIT_CONFIRMED : RCP_VISIT_BOOKED;
  g_autoptr (RcpSetStatus) step = rcp_set_status_new (self->other, rcp_desk_get_clock (self->window->desk), visit, to);
  gboolean done = FALSE;

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (step), NULL, on_finished_cb, &done);
  WAIT_FOR (done && is_status (self, id, to));
  self->n_operations++;
}

/* What a front desk does most it does most often here. The visits are seen last: whatever else is done needs some that are not. */
void
day_work_hour (DayWork *self, guint share)
{
  static const struct
  {
    void (*work) (DayWork *self);
    guint n_times; /* in an hour, for 10 shares */
  } parts[] = {
    { day_work_look, 10 }, { day_work_turn, 4 },       { day_work_find, 4 }, { day_work_book, 3 },
    { day_work_move, 2 },  { day_work_other_desk, 1 }, { day_work_see, 10 },
  };
  RcpClock *clock = rcp_desk_get_clock (self->window->desk);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint n = 0; n < MAX (1, parts[i].n_times * share / 10); n++)
      parts[i].work (self);
  /* As if five minutes had passed: the day is not to end before eight hours of work have. */
  rcp_clock_set_now (clock, rcp_clock_get_now (clock) + 5 * G_TIME_SPAN_MINUTE);
  rcp_board_model_tick (self->window->window->model);
}

/* As after a night: who shows "today" looks at the clock. */
static void
go_to_day (DayWork *self, gint64 morning)
{
  rcp_clock_set_now (rcp_desk_get_clock (self->window->desk), morning);
  rcp_board_model_tick (self->window->window->model);
  rcp_waiting_model_tick (self->window->window->waiting);
  run (self, "win.today");
  WAIT_FOR (is_ready (self, 0));
}

void
day_work_next_day (DayWork *self)
{
  self->n_days++;
  go_to_day (self, self->morning + (self->n_days / 5 * 7 + self->n_days % 5) * G_TIME_SPAN_DAY);
}

void
day_work_rest (DayWork *self)
{
  GtkWidget *grid;

  go_to_day (self, self->morning + REST_DAYS * G_TIME_SPAN_DAY);
  for (int i = 1; i <= N_REST_DAYS; i++)
    {
      run (self, "win.next-day");
      WAIT_FOR (is_ready (self, i));
    }
  run (self, "win.today");
  WAIT_FOR (is_ready (self, 0));
  grid = window_find (GTK_WIDGET (self->window->window), window_is_type, "RcpBoardGrid");
  g_assert_nonnull (grid);
  rcp_board_grid_redraw_chips (RCP_BOARD_GRID (grid));
}

static void
on_patients_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DayWork *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);
  GPtrArray *matches;

  g_assert_no_error (error);
  matches = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < matches->len; i++)
    g_ptr_array_add (self->patients, rcp_patient_new (matches->pdata[i]));
}

static gboolean
has_visit_today (DayWork *self, RcpPatient *patient)
{
  g_autoptr (RcpDay) day = dup_today (self);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (day)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      if (g_strcmp0 (rcp_visit_get_patient_id (visit), rcp_patient_get_id (patient)) == 0)
        return TRUE;
    }
  return rcp_patient_is_deceased (patient);
}

/**
 * day_work_init:
 * @self: to fill
 * @window: after window_fixture_set_up(); the sample clinic is opened in it
 */
void
day_work_init (DayWork *self, WindowFixture *window)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Patient");

  *self = (DayWork) { .window = window, .practice = window_fixture_start_sample (),
                      .patients = g_ptr_array_new_with_free_func (g_object_unref) };
  self->other = practice_fixture_create_client (self->practice);
  window_fixture_open (window, self->practice);
  WAIT_FOR (is_ready (self, 0));
  self->morning = rcp_clock_get_now (rcp_desk_get_clock (window->desk));
  fhir_search_add (search, "_count", "100");
  fhir_client_search_async (self->other, search, NULL, on_patients_read_cb, self);
  WAIT_FOR (self->patients->len > 0);
  for (guint i = self->patients->len; i > 0; i--)
    if (self->patients->len > N_PATIENTS && has_visit_today (self, self->patients->pdata[i - 1]))
      g_ptr_array_remove_index (self->patients, i - 1);
  if (self->patients->len > N_PATIENTS)
    g_ptr_array_set_size (self->patients, N_PATIENTS);
}

/* The window is to be gone before its record is. */
void
day_work_clear (DayWork *self)
{
  g_clear_pointer (&self->patients, g_ptr_array_unref);
  g_clear_object (&self->other);
  g_clear_pointer (&self->practice, practice_fixture_free);
}

#ifdef __SANITIZE_ADDRESS__
/* The sanitizer has a heap of its own (sanitizer/allocator_interface.h, which GCC does not install). */
size_t __sanitizer_get_current_allocated_bytes (void);
#endif

static gsize
count_heap (void)
{
#ifdef __SANITIZE_ADDRESS__
  return __sanitizer_get_current_allocated_bytes ();
#else
  struct mallinfo2 info;

  malloc_trim (0);
  info = mallinfo2 ();
  return info.uordblks + info.hblkhd;
#endif
}

/* The least of two seconds: a day that is read ahead in a thread takes some megabytes until it is read, and is not kept. */
gsize
day_work_get_heap (void)
{
  gsize least = G_MAXSIZE;

  for (guint round = 0; round < 20; round++)
    {
      /* What waits in the main loop is done first, and a frame is drawn. */
      for (guint i = 0; i < 50; i++)
        {
          while (g_main_context_iteration (NULL, FALSE))
            ;
          g_usleep (2000);
        }
      least = MIN (least, count_heap ());
    }
  return least;
}

gsize
day_work_get_resident (void)
{
  g_autofree char *text = NULL;
  unsigned long size = 0, resident = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%lu %lu", &size, &resident), ==, 2);
  return (gsize) resident * (gsize) sysconf (_SC_PAGESIZE);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

/* The median of the slopes between any two (Theil and Sen): one value that was measured in the midst of something does not bend it. */
double
day_work_get_slope (const gsize *values, guint n_values)
{
  g_autoptr (GArray) slopes = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_cmpuint (n_values, >=, 2);
  for (guint i = 0; i < n_values; i++)
    for (guint j = i + 1; j < n_values; j++)
      {
        double slope = ((double) values[j] - (double) values[i]) / (j - i);

        g_array_append_val (slopes, slope);
      }
  g_array_sort (slopes, compare_doubles);
  return (g_array_index (slopes, double, (slopes->len - 1) / 2) + g_array_index (slopes, double, slopes->len / 2)) / 2;
}
