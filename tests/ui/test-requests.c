/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several requests of providers answered at once, and an answer taken back, in the real window on a record behind a proxy:
 * rcp-request-model.c, rcp-request-page.c, rcp-read-pages.c and rcp-window-requests.c. */

#define G_LOG_DOMAIN "test-requests"

#include "config.h"

#include "fault-proxy.h"
#include "scheduling/rcp-mirror-request.h"
#include "ui-picture.h"
#include "ui/requests/rcp-request-model.h"
#include "window-fixture.h"
#include "window-keys.h"

typedef struct
{
  WindowFixture window;
  PracticeFixture *practice;
  FaultProxy *proxy;
  FhirClient *direct; /* to the record, beside the proxy */
  GtkListBox *list;
} Fixture;

static RcpRequestModel *
get_model (Fixture *fixture)
{
  return g_object_get_data (G_OBJECT (fixture->window.window), "rcp-requests");
}

static guint
count (Fixture *fixture)
{
  return rcp_request_model_get_count (get_model (fixture));
}

/* The page with as many requests as @fixture asks for: deleted visits, the oldest first. */
static void
set_up (Fixture *fixture, gconstpointer n_asked)
{
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SERVER);
  GtkWidget *window;

  window_fixture_set_up (&fixture->window, NULL);
  window = GTK_WIDGET (fixture->window.window);
  fixture->practice = window_fixture_start_sample ();
  fixture->proxy = fault_proxy_new (practice_fixture_get_folder (fixture->practice), practice_fixture_get_socket (fixture->practice));
  fixture->direct = practice_fixture_create_client (fixture->practice);
  source->url = g_strconcat ("unix:", fault_proxy_get_socket (fixture->proxy), NULL);
  rcp_window_open (fixture->window.window, source);
  WAIT_FOR (window_find (window, window_is_visit, NULL));
  for (guint i = 0; i < GPOINTER_TO_UINT (n_asked); i++)
    {
      g_autoptr (RcpVisit) visit = window_fixture_pick_late_visit (&fixture->window, i);

      window_fixture_ask (&fixture->window, fixture->direct, visit, RCP_MIRROR_DELETED, 0, i);
    }
  WAIT_FOR (count (fixture) == GPOINTER_TO_UINT (n_asked));
  gtk_widget_activate_action (window, "win.show-page", "s", "requests");
  WAIT_FOR (window_find (window, window_is_type, "RcpRequestPage"));
  fixture->list = GTK_LIST_BOX (window_find (window_find (window, window_is_type, "RcpRequestPage"), window_is_type, "GtkListBox"));
  g_assert_nonnull (fixture->list);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  window_fixture_tear_down (&fixture->window, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fault_proxy_free (fixture->proxy);
  g_object_unref (fixture->direct);
  practice_fixture_free (fixture->practice);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static GtkWidget *
get_button (Fixture *fixture, int row, const char *label)
{
  return window_find (GTK_WIDGET (gtk_list_box_get_row_at_index (fixture->list, row)), is_button, label);
}

static void
press (Fixture *fixture, int row, const char *label)
{
  g_signal_emit_by_name (get_button (fixture, row, label), "clicked");
}

static gboolean
can_press (Fixture *fixture, int row)
{
  GtkWidget *accept = get_button (fixture, row, "Accept"), *refuse = get_button (fixture, row, "Refuse");

  g_assert_true (gtk_widget_is_sensitive (accept) == gtk_widget_is_sensitive (refuse));
  return gtk_widget_is_sensitive (accept);
}

static RcpRequest *
get_request (Fixture *fixture, guint index)
{
  return g_list_model_get_item (rcp_request_model_get_list (get_model (fixture)), index);
}

static gboolean
has_status (Fixture *fixture, const char *type, const char *id, const char *wanted)
{
  g_autofree char *reference = g_strdup_printf ("%s/%s", type, id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) resource = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_read_async (fixture->direct, reference, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  resource = fhir_client_read_finish (fixture->direct, result, NULL);
  g_assert_nonnull (resource);
  return g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (resource), "status"), wanted) == 0;
}

/* While the first is being accepted the second is refused and the third accepted: each of them counts, and none twice. */
static void
test_answers_do_not_wait (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpRequest) first = get_request (fixture, 0), second = get_request (fixture, 1), third = get_request (fixture, 2);

  WAIT_FOR (gtk_list_box_get_row_at_index (fixture->list, 2) && can_press (fixture, 0));
  fault_proxy_push (fixture->proxy, FAULT_LATE, 500);
  gtk_widget_grab_focus (get_button (fixture, 0, "Accept"));
  press (fixture, 0, "Accept");
  g_assert_false (can_press (fixture, 0));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (fixture->list, 0))));
  g_assert_true (can_press (fixture, 1));
  g_assert_true (can_press (fixture, 2));
  g_assert_false (rcp_request_model_accept (get_model (fixture), first, NULL));
  g_assert_false (rcp_request_model_refuse (get_model (fixture), first));
  press (fixture, 1, "Refuse");
  g_assert_false (can_press (fixture, 1));
  press (fixture, 2, "Accept");
  WAIT_FOR (count (fixture) == 0);
  g_assert_true (has_status (fixture, "Appointment", rcp_visit_get_id (rcp_request_get_visit (first)), "cancelled"));
  g_assert_true (has_status (fixture, "Task", rcp_mirror_request_get_id (rcp_request_get_request (second)), "rejected"));
  g_assert_true (has_status (fixture, "Appointment", rcp_visit_get_id (rcp_request_get_visit (second)), "booked"));
  g_assert_true (has_status (fixture, "Appointment", rcp_visit_get_id (rcp_request_get_visit (third)), "cancelled"));
}

static GtkWindow *
find_dialog (Fixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (fixture->window.window) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* What did not get through is told, and can be answered once more. */
static void
test_failed_answer (Fixture *fixture, gconstpointer data)
{
  WAIT_FOR (gtk_list_box_get_row_at_index (fixture->list, 0) && can_press (fixture, 0));
  fault_proxy_push (fixture->proxy, FAULT_REFUSED, 403);
  press (fixture, 0, "Accept");
  g_assert_false (can_press (fixture, 0));
  WAIT_FOR (find_dialog (fixture));
  g_assert_true (can_press (fixture, 0));
  gtk_window_destroy (find_dialog (fixture));
  press (fixture, 0, "Accept");
  WAIT_FOR (count (fixture) == 0);
}

/* Before any mirror has seen that it was accepted: the visit is on again, and the event is put back without another question. */
static void
test_accepted_and_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpRequest) request = get_request (fixture, 0);
  const char *visit_id = rcp_visit_get_id (rcp_request_get_visit (request));
  const char *task_id = rcp_mirror_request_get_id (rcp_request_get_request (request));

  WAIT_FOR (gtk_list_box_get_row_at_index (fixture->list, 0) && can_press (fixture, 0));
  press (fixture, 0, "Accept");
  WAIT_FOR (count (fixture) == 0);
  g_assert_true (has_status (fixture, "Appointment", visit_id, "cancelled"));
  g_assert_true (has_status (fixture, "Task", task_id, "requested"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window.window), "win.undo", NULL));
  WAIT_FOR (has_status (fixture, "Appointment", visit_id, "booked"));
  WAIT_FOR (has_status (fixture, "Task", task_id, "rejected"));
  WAIT_FOR (count (fixture) == 0 && !rcp_request_model_is_answering (get_model (fixture), request));
}

static gboolean
is_failed (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget)
         && g_str_equal (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), "Requests Could Not Be Read");
}

static gboolean
is_all_answered (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget)
         && g_str_equal (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), "Every Request Is Answered");
}

/* Nobody is told that all is answered while it is not known what there is; and it is read once more when somebody asks for that. */
static void
test_failed_read (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window.window), *failed;

  WAIT_FOR (gtk_list_box_get_row_at_index (fixture->list, 0) && can_press (fixture, 0));
  press (fixture, 0, "Refuse");
  WAIT_FOR (count (fixture) == 0 && window_find (window, is_all_answered, NULL));
  fhir_client_set_max_retries (rcp_desk_get_client (fixture->window.desk), 0);
  fault_proxy_break_reads (fixture->proxy, 1000);
  rcp_request_model_reload (get_model (fixture));
  WAIT_FOR ((failed = window_find (window, is_failed, NULL)));
  g_assert_null (window_find (window, is_all_answered, NULL));
  fault_proxy_break_reads (fixture->proxy, 0);
  g_signal_emit_by_name (window_find (failed, is_button, "_Try Again"), "clicked");
  WAIT_FOR (window_find (window, is_all_answered, NULL));
}

/* The row keeps the keyboard when the list is made anew behind a dialog. */
static void
test_below_dialog (Fixture *fixture, gconstpointer data)
{
  WAIT_FOR (gtk_list_box_get_row_at_index (fixture->list, 1) && can_press (fixture, 0));
  window_keep_row_below_dialog (fixture->list, rcp_request_model_get_list (get_model (fixture)));
}

/* A row leads to its visit, on the board: the keyboard is there. */
static void
test_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpRequest) request = get_request (fixture, 0);

  WAIT_FOR (can_press (fixture, 0));
  window_wait_focus ();
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (fixture->list, 0)));
  window_press ("Return");
  window_fixture_wait_on_board (&fixture->window, rcp_request_get_visit (request));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/requests/answers-do-not-wait", Fixture, GUINT_TO_POINTER (3), set_up, test_answers_do_not_wait, tear_down);
  g_test_add ("/ui/requests/failed-answer", Fixture, GUINT_TO_POINTER (1), set_up, test_failed_answer, tear_down);
  g_test_add ("/ui/requests/failed-read", Fixture, GUINT_TO_POINTER (1), set_up, test_failed_read, tear_down);
  g_test_add ("/ui/requests/accepted-and-undone", Fixture, GUINT_TO_POINTER (1), set_up, test_accepted_and_undone, tear_down);
  g_test_add ("/ui/requests/below-dialog", Fixture, GUINT_TO_POINTER (2), set_up, test_below_dialog, tear_down);
  g_test_add ("/ui/requests/row", Fixture, GUINT_TO_POINTER (1), set_up, test_row, tear_down);
  return g_test_run ();
}
