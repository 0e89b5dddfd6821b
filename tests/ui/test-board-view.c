/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The board as a widget: what it draws, what it tells, what a screen reader finds. */

#define G_LOG_DOMAIN "test-board-view"

#include "config.h"

#include <adwaita.h>

#include "board-fixture.h"
#include "clinic/rcp-codes.h"
#include "fhir/fhir-error.h"
#include "ui-picture.h"
#include "ui/board/rcp-board-grid-private.h"
#include "ui/board/rcp-board-grid.h"
#include "ui/board/rcp-board-head.h"
#include "ui/board/rcp-board-view.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-ui-compat.h"

typedef struct
{
  RcpBoardModel *model;
  GtkWidget *window;
  GtkWidget *view;
  RcpBoardGrid *grid;
} Fixture;

static GtkWidget *
find_by_type (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_by_type (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
set_up_sized (Fixture *fixture, guint n_columns, guint per_column, int width, int height)
{
  fixture->model = board_fixture_model (n_columns, per_column);
  fixture->view = rcp_board_view_new (fixture->model);
  fixture->grid = RCP_BOARD_GRID (find_by_type (fixture->view, RCP_TYPE_BOARD_GRID));
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_sized (fixture, 6, 14, 1100, 700);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  RcpBoardGrid *grid = fixture->grid;

  g_object_add_weak_pointer (G_OBJECT (grid), (gpointer *) &grid);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (grid);
  g_assert_finalize_object (fixture->model);
}

static RcpVisitChip *
find_chip (Fixture *fixture, const char *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->grid)); child; child = gtk_widget_get_next_sibling (child))
    {
      RcpVisit *visit = RCP_IS_VISIT_CHIP (child) ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (child)) : NULL;

      if (visit && g_str_equal (rcp_visit_get_id (visit), id))
        return RCP_VISIT_CHIP (child);
    }
  return NULL;
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  rcp_board_model_set_selected (fixture->model, "v-01-04");
  ui_picture_save (fixture->window, "board-light");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_picture_save (fixture->window, "board-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  ui_picture_save (fixture->window, "board-right-to-left");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 420, 700);
  ui_picture_save (fixture->window, "board-narrow");
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 700);
  ui_picture_save (fixture->window, "board-large-text");
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
}

/* The same visit, to which two more come, or which is one of several in a row. */
static RcpVisit *
change_company (RcpVisit *visit, gboolean is_row)
{
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_visit_get_resource (visit));
  g_autoptr (FhirResource) resource = NULL;
  JsonArray *list = json_array_new ();

  if (is_row)
    {
      JsonObject *identifier = json_object_new ();

      json_object_set_string_member (identifier, "system", RCP_SYSTEM_TOGETHER);
      json_object_set_string_member (identifier, "value", "row");
      json_array_add_object_element (list, identifier);
      json_object_set_array_member (json, "identifier", list);
    }
  for (guint i = 0; !is_row && i < 3; i++)
    {
      g_autofree char *reference = g_strdup_printf ("Patient/p%u", i);
      JsonObject *participant = json_object_new (), *actor = json_object_new ();

      json_object_set_string_member (actor, "reference", reference);
      json_object_set_object_member (participant, "actor", actor);
      json_object_set_string_member (participant, "status", "accepted");
      json_array_add_object_element (list, participant);
    }
  if (!is_row)
    json_object_set_array_member (json, "participant", list);
  resource = fhir_resource_new (json);
  return rcp_visit_new (resource, NULL);
}

static GBytes *
paint (RcpVisitChip *chip)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  GTK_WIDGET_GET_CLASS (chip)->snapshot (GTK_WIDGET (chip), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  return gsk_render_node_serialize (node);
}

/* How many come, and that other visits go with it, is read aloud and painted. */
static void
test_chips_tell_of_company (Fixture *fixture, gconstpointer data)
{
  RcpVisitChip *chip = find_chip (fixture, "v-01-04");
  g_autoptr (RcpVisit) alone = g_object_ref (rcp_visit_chip_get_visit (chip));
  const char *const words[] = { "3 people", "In a row with other visits" };

  for (guint is_row = 0; is_row < 2; is_row++)
    {
      g_autoptr (RcpVisit) visit = change_company (alone, is_row);
      g_autoptr (RcpVisit) copy = rcp_visit_new (rcp_visit_get_resource (alone), NULL);
      g_autofree char *text = rcp_visit_chip_describe (visit, NULL, "9:00"), *before = rcp_visit_chip_describe (copy, NULL, "9:00");
      g_autoptr (GBytes) without = NULL, with = NULL, again = NULL;

      g_assert_nonnull (strstr (text, words[is_row]));
      g_assert_null (strstr (before, words[is_row]));
      rcp_visit_chip_set_visit (chip, copy, NULL, "9:00");
      without = paint (chip);
      rcp_visit_chip_set_visit (chip, visit, NULL, "9:00");
      with = paint (chip);
      ui_picture_save (fixture->window, is_row ? "board-row" : "board-people");
      g_assert_cmpuint (g_bytes_get_size (with), >, g_bytes_get_size (without));
      rcp_visit_chip_set_visit (chip, alone, NULL, "9:00");
      again = paint (chip);
      g_assert_cmpuint (g_bytes_get_size (again), <, g_bytes_get_size (with));
    }
}

static void
test_chips_tell_everything (Fixture *fixture, gconstpointer data)
{
  RcpVisitChip *chip = find_chip (fixture, "v-01-04");
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *time = NULL, *text = NULL;

  g_assert_nonnull (chip);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (chip)), ==, GTK_ACCESSIBLE_ROLE_BUTTON);
  time = rcp_board_model_describe_time (fixture->model, rcp_visit_get_range (rcp_visit_chip_get_visit (chip)));
  text = rcp_visit_chip_describe (rcp_visit_chip_get_visit (chip), rcp_board_model_get_provider (fixture->model, 1), time);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, " to "));
  g_assert_nonnull (strstr (text, rcp_visit_get_patient_name (rcp_visit_chip_get_visit (chip))));
  g_assert_nonnull (strstr (text, "Dr. Ana Ruiz"));

  /* What comes besides: a mark, and timers while it is today. */
  visit = g_object_ref (rcp_visit_chip_get_visit (chip));
  rcp_visit_chip_set_visit (chip, NULL, NULL, NULL);
  rcp_visit_chip_set_visit (chip, visit, NULL, time);
  rcp_visit_chip_set_new_patient (chip, TRUE);
  rcp_visit_chip_set_now (chip, 0);
  gtk_test_accessible_assert_property (chip, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "New patient");
  ui_picture_save (fixture->window, "board-new-patient");
}

static void
on_activated_cb (RcpBoardView *view, RcpVisit *visit, char **id)
{
  g_free (*id);
  *id = g_strdup (rcp_visit_get_id (visit));
}

static void
on_action_cb (RcpBoardView *view, RcpVisit *visit, const char *name, char **id)
{
  g_free (*id);
  *id = g_strdup_printf ("%s %s", name, rcp_visit_get_id (visit));
}

static void
test_chips_act_by_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *opened = NULL;
  g_autofree char *acted = NULL;
  RcpVisitChip *chip = find_chip (fixture, "v-02-05");

  g_signal_connect (fixture->view, "visit-activated", G_CALLBACK (on_activated_cb), &opened);
  g_signal_connect (fixture->view, "visit-action", G_CALLBACK (on_action_cb), &acted);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (chip), "visit.open", NULL));
  g_assert_cmpstr (opened, ==, "v-02-05");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (chip), "visit.move", NULL));
  g_assert_cmpstr (acted, ==, "move v-02-05");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (chip), "visit.no-show", NULL));
  g_assert_cmpstr (acted, ==, "no-show v-02-05");
}

/* One menu for all chips, as GTK 4.8 keeps the sections of each that it saw. */
static void
test_chips_have_one_menu (Fixture *fixture, gconstpointer data)
{
  GtkWidget *chips[] = { GTK_WIDGET (find_chip (fixture, "v-00-00")), GTK_WIDGET (find_chip (fixture, "v-01-01")) }, *menus[2];

  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (chips[i], "menu.popup", NULL);
      g_assert_nonnull ((menus[i] = find_by_type (chips[i], GTK_TYPE_POPOVER_MENU)));
      gtk_popover_popdown (GTK_POPOVER (menus[i]));
    }
  g_assert_cmpint (g_menu_model_get_n_items (gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menus[0]))), ==, 7);
  g_assert_true (menus[0] != menus[1]);
  g_assert_true (gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menus[0])) == gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menus[1])));
}

static void
test_focus_follows_the_cursor (Fixture *fixture, gconstpointer data)
{
  RcpBoardStop stop;
  guint column;

  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_nonnull (gtk_widget_get_focus_child (GTK_WIDGET (fixture->grid)));
  g_assert_true (rcp_board_model_get_cursor (fixture->model, &column, &stop));
  for (guint i = 0; i < 40; i++)
    {
      GtkWidget *focus;

      rcp_board_model_move (fixture->model, (RcpBoardMove) (i % 4));
      rcp_board_grid_grab_cursor (fixture->grid);
      g_assert_true (rcp_board_model_get_cursor (fixture->model, &column, &stop));
      focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
      if (stop.visit)
        g_assert_true (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (focus)) == stop.visit);
      else
        g_assert_cmpstr (G_OBJECT_TYPE_NAME (focus), ==, "RcpFreeTime");
    }
}

static void
test_chips_are_reused (void)
{
  Fixture fixture = { NULL };
  GtkAdjustment *vertical, *horizontal;
  double end;
  guint before;

  set_up_sized (&fixture, 40, 30, 1000, 600);
  g_object_get (fixture.grid, "vadjustment", &vertical, "hadjustment", &horizontal, NULL);
  before = rcp_board_grid_get_n_chips (fixture.grid);
  g_assert_cmpuint (before, >, 20);
  g_assert_cmpuint (before, <, 400);
  /* To the last column, whatever its width. */
  end = gtk_adjustment_get_upper (horizontal) - gtk_adjustment_get_page_size (horizontal);
  for (guint i = 0; i <= 30; i++)
    {
      gtk_adjustment_set_value (vertical, i * 20);
      gtk_adjustment_set_value (horizontal, i * end / 30);
      gtk_test_widget_wait_for_draw (fixture.window);
    }
  g_assert_cmpuint (rcp_board_grid_get_n_chips (fixture.grid), <, before * 2);
  g_assert_nonnull (find_chip (&fixture, "v-39-20"));
  ui_picture_save (fixture.window, "board-40-columns");
  g_object_unref (vertical);
  g_object_unref (horizontal);
  tear_down (&fixture, NULL);
}

static int
get_place (RcpBoardModel *model, RcpVisit *visit)
{
  guint column = 0;

  g_assert_true (rcp_board_model_find_column (model, visit, &column));
  return (int) column * 10000 + rcp_board_model_get_minute (model, 0, rcp_visit_get_range (visit).start);
}

static guint
count_in_order (Fixture *fixture)
{
  guint n_chips = 0;
  int last = -1;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->grid)); child; child = gtk_widget_get_next_sibling (child))
    {
      RcpVisit *visit = RCP_IS_VISIT_CHIP (child) ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (child)) : NULL;

      if (!visit)
        continue;
      g_assert_cmpint (get_place (fixture->model, visit), >, last);
      last = get_place (fixture->model, visit);
      n_chips++;
    }
  return n_chips;
}

static void
wait (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* By column, then by time, however one came there. */
static void
test_chips_are_read_in_order (void)
{
  Fixture fixture = { NULL };
  GtkAdjustment *vertical, *horizontal;

  set_up_sized (&fixture, 12, 30, 1000, 600);
  g_object_get (fixture.grid, "vadjustment", &vertical, "hadjustment", &horizontal, NULL);
  wait (300);
  g_assert_cmpuint (count_in_order (&fixture), >, 20);
  for (guint i = 0; i < 12; i++)
    {
      gtk_adjustment_set_value (vertical, i % 4 * 200);
      gtk_adjustment_set_value (horizontal, i % 5 * 170);
      gtk_test_widget_wait_for_draw (fixture.window);
    }
  wait (300);
  g_assert_cmpuint (count_in_order (&fixture), >, 20);
  g_assert_cmpuint (rcp_board_grid_put_in_order (fixture.grid), ==, 0);
  g_object_unref (vertical);
  g_object_unref (horizontal);
  tear_down (&fixture, NULL);
}

/* "Dr. Sarah Johnson" becomes "Dr. S. Johnson" before it is cut; who listens hears it all. */
static void
test_heads_are_shortened_before_they_are_cut (Fixture *fixture, gconstpointer data)
{
  RcpBoardHead *head = RCP_BOARD_HEAD (find_by_type (fixture->view, RCP_TYPE_BOARD_HEAD));

  g_assert_cmpstr (rcp_board_head_choose_name (head, 400), ==, "Dr. Sarah Johnson");
  g_assert_cmpstr (rcp_board_head_choose_name (head, 120), ==, "Dr. S. Johnson");
  g_assert_cmpstr (rcp_board_head_choose_name (head, 10), ==, "Dr. S. Johnson");
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (head)), ==, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
  gtk_test_accessible_assert_property (head, GTK_ACCESSIBLE_PROPERTY_LABEL, "Dr. Sarah Johnson, Primary care");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (head)), ==, "Dr. Sarah Johnson, Primary care");
}

static void
test_what_is_said_when_there_is_nothing (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GError) error = g_error_new_literal (FHIR_ERROR, FHIR_ERROR_NETWORK, "no route to host");
  GtkStack *stack;

  set_up_sized (&fixture, 0, 0, 800, 600);
  stack = GTK_STACK (find_by_type (fixture.view, GTK_TYPE_STACK));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "no-providers");
  ui_picture_save (fixture.window, "board-no-providers");
  rcp_board_model_set_state (fixture.model, RCP_BOARD_LOADING, NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "board");
  rcp_board_model_set_state (fixture.model, RCP_BOARD_FAILED, error);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "failed");
  ui_picture_save (fixture.window, "board-failed");
  tear_down (&fixture, NULL);
}

static GtkEventController *
find_watcher (Fixture *fixture, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type) && g_strcmp0 (gtk_event_controller_get_name (controller), "gone-on") == 0)
        return controller;
    }
  g_assert_not_reached ();
}

static void
press_key (Fixture *fixture)
{
  gboolean used = TRUE;

  g_signal_emit_by_name (find_watcher (fixture, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed", GDK_KEY_a, 0, 0, &used);
  g_assert_false (used);
}

static void
click (Fixture *fixture)
{
  g_signal_emit_by_name (find_watcher (fixture, GTK_TYPE_GESTURE_CLICK), "pressed", 1, 5.0, 5.0);
}

static GtkWidget *
open_dialog (Fixture *fixture)
{
  GtkWidget *dialog = gtk_window_new ();

  rcp_dialog_present (GTK_WINDOW (dialog), GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (dialog);
  return dialog;
}

/* The board waits for a day to come and then takes the keyboard; unless somebody has gone on by then. */
static void
test_who_has_gone_on_keeps_the_keyboard (Fixture *fixture, gconstpointer data)
{
  static void (*const acts[]) (Fixture *) = { press_key, click };
  GtkWidget *dialog;

  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      fixture->grid->wants_cursor = TRUE;
      acts[i](fixture);
      g_assert_false (fixture->grid->wants_cursor);
    }
  fixture->grid->wants_cursor = TRUE;
  g_assert_false (rcp_dialog_is_over (GTK_WINDOW (fixture->window)));
  dialog = open_dialog (fixture);
  g_assert_true (rcp_dialog_is_over (GTK_WINDOW (fixture->window)));
  g_assert_false (rcp_dialog_is_over (GTK_WINDOW (dialog)));
  g_signal_emit_by_name (fixture->model, "contents-changed");
  g_assert_false (fixture->grid->wants_cursor);
  g_assert_false (rcp_compat_has_focus_within (GTK_WIDGET (fixture->grid)));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_false (rcp_dialog_is_over (GTK_WINDOW (fixture->window)));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  fixture->grid->wants_cursor = TRUE;
  g_assert_true (rcp_board_model_move (fixture->model, RCP_BOARD_MOVE_FIRST));
  g_signal_emit_by_name (fixture->model, "contents-changed");
  g_assert_true (rcp_compat_has_focus_within (GTK_WIDGET (fixture->grid)));
}

/* A window that was just shown may be drawn once before its first layout; GTK 4.8 on X11 then warns of whatever its child is, and
 * draws it rightly in the next frame. All other warnings stay fatal. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && g_str_has_suffix (fields[i].value, "without a current allocation"))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/board-view/chips-tell-everything", Fixture, NULL, set_up, test_chips_tell_everything, tear_down);
  g_test_add ("/ui/board-view/chips-tell-of-company", Fixture, NULL, set_up, test_chips_tell_of_company, tear_down);
  g_test_add ("/ui/board-view/chips-act-by-name", Fixture, NULL, set_up, test_chips_act_by_name, tear_down);
  g_test_add ("/ui/board-view/chips-have-one-menu", Fixture, NULL, set_up, test_chips_have_one_menu, tear_down);
  g_test_add ("/ui/board-view/focus-follows-the-cursor", Fixture, NULL, set_up, test_focus_follows_the_cursor, tear_down);
  g_test_add_func ("/ui/board-view/chips-are-reused", test_chips_are_reused);
  g_test_add_func ("/ui/board-view/chips-are-read-in-order", test_chips_are_read_in_order);
  g_test_add ("/ui/board-view/heads-are-shortened", Fixture, NULL, set_up, test_heads_are_shortened_before_they_are_cut, tear_down);
  g_test_add_func ("/ui/board-view/what-is-said-when-there-is-nothing", test_what_is_said_when_there_is_nothing);
  g_test_add ("/ui/board-view/who-has-gone-on", Fixture, NULL, set_up, test_who_has_gone_on_keeps_the_keyboard, tear_down);
  g_test_add ("/ui/board-view/pictures", Fixture, NULL, set_up, test_pictures, tear_down);
  return g_test_run ();
}
