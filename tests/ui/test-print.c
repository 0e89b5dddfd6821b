/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Printing what a real record holds: the screen with its pages (rcp-print-dialog, rcp-print-page), the reading (rcp-make-sheets), and the PDF, which is
 * read by a program that is not ours. */

#define G_LOG_DOMAIN "test-print"

#include "config.h"

#include <string.h>
#include <time.h>

#include "fhir/fhir-error.h"
#include "keep-result.h"
#include "looks-accepted.h"
#include "sample-desk.h"
#include "ui-picture.h"
#include "ui/print/rcp-print-dialog.h"
#include "ui/print/rcp-print.h"

typedef struct
{
  SampleDesk sample;
  GListModel *providers;
  GDate date;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sample_desk_set_up (&fixture->sample);
  fixture->providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk));
  g_date_clear (&fixture->date, 1);
  g_date_set_dmy (&fixture->date, 23, 11, 2026);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sample_desk_tear_down (&fixture->sample);
}

static void
wait_for (RcpPrintModel *model, RcpPrintState state)
{
  KEEP_RESULT_UNTIL (rcp_print_model_get_state (model) == state);
}

/* The words of a PDF, and how many pages they stand on. */
static char *
read_pdf (const char *path, guint *n_pages)
{
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  *n_pages = 0;
  for (const char *c = text; *c; c++)
    *n_pages += *c == '\f';
  return text;
}

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

#ifdef __SANITIZE_ADDRESS__
#define LONGEST (500 * G_TIME_SPAN_MILLISECOND) /* the same work, several times as slow */
#else
#define LONGEST (100 * G_TIME_SPAN_MILLISECOND)
#endif

/* Of this thread alone: another program that is busy meanwhile does not count. */
static gint64
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

/* How long the main loop worked at one thing at most while the file was written, microseconds. */
static gboolean
write_pdf (RcpPrintModel *model, const char *path, gint64 *longest, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  *longest = 0;
  rcp_print_export_async (rcp_print_model_get_document (model), path, on_result_cb, &result);
  while (!result)
    {
      gint64 begin = get_thread_time ();

      g_main_context_iteration (NULL, FALSE);
      *longest = MAX (*longest, get_thread_time () - begin);
      g_usleep (200);
    }
  return rcp_print_export_finish (result, error);
}

/* Returns: (transfer full): where the file is */
static char *
export_file (Fixture *fixture, RcpPrintModel *model)
{
  g_autofree char *name = rcp_print_model_suggest_file (model);
  g_autofree char *path = g_build_filename (practice_fixture_get_folder (fixture->sample.practice), name, NULL);
  g_autoptr (GError) error = NULL;
  gint64 longest;

  write_pdf (model, path, &longest, &error);
  g_assert_no_error (error);
  g_test_message ("the main loop worked at one thing for %" G_GINT64_FORMAT " us", longest);
  g_assert_cmpint (longest, <, LONGEST);
  return g_steal_pointer (&path);
}

static char *
export (Fixture *fixture, RcpPrintModel *model, guint *n_pages)
{
  g_autofree char *path = export_file (fixture, model);

  return read_pdf (path, n_pages);
}

/* The first page of a PDF as it comes out of the printer, (transfer full). */
static GdkTexture *
draw_paper (const char *path)
{
  g_autofree char *stem = g_strconcat (path, "-page", NULL);
  g_autofree char *file = g_strconcat (stem, ".png", NULL);
  const char *argv[] = { "pdftoppm", "-png", "-r", "100", "-singlefile", path, stem, NULL };
  g_autoptr (GError) error = NULL;
  GdkTexture *paper;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  paper = gdk_texture_new_from_filename (file, &error);
  g_assert_no_error (error);
  return paper;
}

/* All visits of the day that the record tells are on the paper, with their times. */
static void
test_day_sheets_hold_the_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintModel) model = rcp_print_model_new (fixture->sample.desk, fixture->providers, &fixture->date);
  g_autoptr (RcpDay) day = rcp_day_book_get (rcp_desk_get_day_book (fixture->sample.desk), &fixture->date);
  g_autofree char *text = NULL;
  guint n_pages, n_visits, n_seen = 0;

  wait_for (model, RCP_PRINT_READY);
  while (!rcp_day_is_loaded (day))
    g_main_context_iteration (NULL, TRUE);
  text = export (fixture, model, &n_pages);
  g_assert_cmpuint (n_pages, >=, g_list_model_get_n_items (fixture->providers));
  n_visits = g_list_model_get_n_items (G_LIST_MODEL (day));
  g_assert_cmpuint (n_visits, >, 40);
  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);
      const char *name = rcp_visit_get_patient_name (visit);
      g_autofree char *family = g_strndup (name, strcspn (name, ","));

      n_seen += strstr (text, family) != NULL;
    }
  g_assert_cmpuint (n_seen, ==, n_visits);
}

static void
test_choices_are_followed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintModel) model = rcp_print_model_new (fixture->sample.desk, fixture->providers, &fixture->date);
  g_autoptr (RcpProvider) first = g_list_model_get_item (fixture->providers, 0);
  g_auto (GStrv) whose = rcp_print_model_list_whose (model);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  guint n_pages;

  g_assert_cmpuint (g_strv_length (whose), ==, g_list_model_get_n_items (fixture->providers) + 1);
  g_assert_cmpstr (whose[1], ==, rcp_provider_get_name (first));
  /* While the days are being read. */
  rcp_print_model_set_kind (model, RCP_SHEET_WEEK);
  rcp_print_model_set_whose (model, 1);
  g_assert_cmpint (rcp_print_model_get_state (model), ==, RCP_PRINT_READING);
  wait_for (model, RCP_PRINT_READY);
  name = rcp_print_model_suggest_file (model);
  g_assert_cmpstr (name, ==, "week-2026-11-23.pdf");
  text = export (fixture, model, &n_pages);
  g_assert_cmpuint (n_pages, ==, 1);
  g_assert_nonnull (strstr (text, rcp_provider_get_name (first)));
  g_assert_nonnull (strstr (text, "week from Sunday, 22 November 2026"));
}

/* One provider's day, and the week. */
static void
test_paper_looks_as_accepted (Fixture *fixture, gconstpointer data)
{
  const RcpSheetKind kinds[] = { RCP_SHEET_DAY, RCP_SHEET_WEEK };
  const char *names[] = { "paper-day", "paper-week" };
  g_autoptr (RcpPrintModel) model = rcp_print_model_new (fixture->sample.desk, fixture->providers, &fixture->date);

  rcp_print_model_set_whose (model, 1);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = NULL;
      g_autoptr (GdkTexture) paper = NULL;

      rcp_print_model_set_kind (model, kinds[i]);
      wait_for (model, RCP_PRINT_READY);
      path = export_file (fixture, model);
      paper = draw_paper (path);
      ui_picture_keep (paper, names[i]);
      looks_compare (paper, names[i]);
    }
}

static void
test_failure_is_told_and_mended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintModel) model = NULL;

  practice_fixture_kill (fixture->sample.practice);
  model = rcp_print_model_new (fixture->sample.desk, fixture->providers, &fixture->date);
  wait_for (model, RCP_PRINT_FAILED);
  g_assert_nonnull (rcp_print_model_get_error (model));
  g_assert_null (rcp_print_model_get_document (model));
  practice_fixture_start (fixture->sample.practice);
  rcp_print_model_reload (model);
  wait_for (model, RCP_PRINT_READY);
}

static void
test_unwritable_file_is_an_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintModel) model = rcp_print_model_new (fixture->sample.desk, fixture->providers, &fixture->date);
  g_autoptr (GError) error = NULL;
  gint64 longest;

  wait_for (model, RCP_PRINT_READY);
  g_assert_false (write_pdf (model, "/nowhere/at/all.pdf", &longest, &error));
  g_assert_nonnull (error);
}

static GtkWidget *
find_named (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
test_dialog_shows_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintModel) model = rcp_print_model_new (fixture->sample.desk, fixture->providers, &fixture->date);
  GtkWidget *dialog = GTK_WIDGET (rcp_print_dialog_new (model));

  gtk_window_present (GTK_WINDOW (dialog));
  ui_picture_save (dialog, "print-reading");
  wait_for (model, RCP_PRINT_READY);
  ui_picture_save (dialog, "print-days");
  g_assert_nonnull (find_named (dialog, GTK_TYPE_PICTURE));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_named (dialog, GTK_TYPE_PICTURE)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Page 1 of 12");
  rcp_print_model_set_kind (model, RCP_SHEET_WEEK);
  wait_for (model, RCP_PRINT_READY);
  ui_picture_save (dialog, "print-weeks");
  gtk_window_set_default_size (GTK_WINDOW (dialog), 360, 640);
  ui_picture_save (dialog, "print-narrow");
  practice_fixture_kill (fixture->sample.practice);
  rcp_print_model_reload (model);
  wait_for (model, RCP_PRINT_FAILED);
  ui_picture_save (dialog, "print-failed");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  ADD ("/print/day-sheets", test_day_sheets_hold_the_record);
  ADD ("/print/choices", test_choices_are_followed);
  ADD ("/print/paper", test_paper_looks_as_accepted);
  ADD ("/print/failure", test_failure_is_told_and_mended);
  ADD ("/print/unwritable", test_unwritable_file_is_an_error);
  ADD ("/print/dialog", test_dialog_shows_pages);
  return g_test_run ();
}
