/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cut, held, put, parked, overbooked and undone in the real window: rcp-window-move.c, rcp-window-undo.c, rcp-board-grid-hold.c,
 * rcp-board-grid-drag.c, rcp-window-blocks.c, rcp-board-view-blocks.c, rcp-board-grid-blocks.c, rcp-block-popover.c, rcp-held-place.c, rcp-hold-bar.c, rcp-pinboard.c, rcp-overbook-dialog.c. */

#define G_LOG_DOMAIN "test-move"

#include "config.h"

#include <string.h>

#include "scheduling/rcp-book-visit.h"
#include "ui-picture.h"
#include "ui/board/rcp-board-grid.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/move/rcp-held-place.h"
#include "ui/move/rcp-pinboard.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"

#define NOW G_GINT64_CONSTANT (1795425960000000)

static gboolean
is_movable (GtkWidget *widget, gconstpointer data)
{
  RcpVisit *visit = window_is_visit (widget, NULL) ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget)) : NULL;

  return visit && rcp_visit_get_range (visit).start > NOW && rcp_visit_status_may_move (rcp_visit_get_status (visit));
}

static GtkWidget *
find_type (WindowFixture *fixture, const char *type)
{
  return window_find (GTK_WIDGET (fixture->window), window_is_type, type);
}

/* The toast that says so. */
static gboolean
is_toast (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static GtkWidget *
find_toast (WindowFixture *fixture, const char *text)
{
  return window_find (GTK_WIDGET (fixture->window), is_toast, text);
}

static RcpVisit *
cut_one (WindowFixture *fixture)
{
  GtkWidget *chip = window_find (GTK_WIDGET (fixture->window), is_movable, NULL);
  RcpVisit *visit;

  g_assert_nonnull (chip);
  visit = g_object_ref (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)));
  gtk_widget_grab_focus (chip);
  g_assert_true (gtk_widget_activate_action (chip, "visit.cut", NULL));
  g_assert_nonnull (find_type (fixture, "RcpHeldPlace"));
  return visit;
}

static gboolean
is_legal (WindowFixture *fixture)
{
  return !gtk_widget_has_css_class (find_type (fixture, "RcpHeldPlace"), "conflict");
}

static double
get_y (WindowFixture *fixture)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (find_type (fixture, "RcpHeldPlace"), GTK_WIDGET (fixture->window), &bounds));
  return bounds.origin.y;
}

/* As the arrow keys do; the board has them as bindings of its class. */
static void
press_arrow (WindowFixture *fixture, RcpBoardMove move)
{
  GtkWidget *grid = find_type (fixture, "RcpBoardGrid");
  GtkWidget *place = find_type (fixture, "RcpHeldPlace");

  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == place);
  rcp_board_grid_press_arrow (RCP_BOARD_GRID (grid), move);
}

/* To the first place after its own that is free, column by column. */
static void
go_to (WindowFixture *fixture, gboolean legal)
{
  for (guint column = 0; column < 12; column++)
    {
      for (guint step = 0; step < 30; step++)
        {
          press_arrow (fixture, RCP_BOARD_MOVE_DOWN);
          if (is_legal (fixture) == legal)
            return;
        }
      press_arrow (fixture, RCP_BOARD_MOVE_FIRST);
      press_arrow (fixture, RCP_BOARD_MOVE_FORWARD);
    }
  g_assert_not_reached ();
}

static RcpVisit *
find_shown (WindowFixture *fixture, const char *id)
{
  GtkWidget *chip = window_find (GTK_WIDGET (fixture->window), window_is_visit, id);

  return chip ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)) : NULL;
}

static gboolean
is_at (WindowFixture *fixture, const char *id, gint64 start)
{
  RcpVisit *visit = find_shown (fixture, id);

  return visit && rcp_visit_get_range (visit).start == start;
}

static void
test_moves_by_keys (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window);
  gint64 start;

  window_fixture_open (fixture, practice);
  visit = cut_one (fixture);
  start = rcp_visit_get_range (visit).start;
  g_assert_nonnull (find_type (fixture, "RcpHoldBar"));
  g_assert_nonnull (find_type (fixture, "RcpPinboard"));
  gtk_test_accessible_assert_role (find_type (fixture, "RcpHeldPlace"), GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_role (find_type (fixture, "RcpHoldBar"), GTK_ACCESSIBLE_ROLE_STATUS);
  go_to (fixture, FALSE);
  ui_picture_save (window, "move-conflict");
  go_to (fixture, TRUE);
  ui_picture_save (window, "move-held");
  gtk_widget_activate_action (find_type (fixture, "RcpHeldPlace"), "win.put", NULL);
  WAIT_FOR (find_toast (fixture, "moved to"));
  g_assert_null (find_type (fixture, "RcpHeldPlace"));
  g_assert_null (find_type (fixture, "RcpPinboard"));
  WAIT_FOR (find_shown (fixture, rcp_visit_get_id (visit)) && !is_at (fixture, rcp_visit_get_id (visit), start));
  ui_picture_save (window, "move-undo-toast");
  gtk_widget_activate_action (window, "win.undo", NULL);
  WAIT_FOR (is_at (fixture, rcp_visit_get_id (visit), start));
  WAIT_FOR (find_toast (fixture, "Undone"));
}

static graphene_rect_t
get_bounds (WindowFixture *fixture, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->window), &bounds));
  return bounds;
}

static gboolean
is_clear_of (WindowFixture *fixture, GtkWidget *one, GtkWidget *other)
{
  graphene_rect_t a = get_bounds (fixture, one), b = get_bounds (fixture, other);

  return a.size.height > 0 && b.size.height > 0 && !graphene_rect_intersection (&a, &b, NULL);
}

typedef struct
{
  const char *name;
  int width;
  int height;
} Size;

static const Size sizes[] = { { "small-screen", 1024, 600 }, { "phone", 360, 640 } };

static void
set_up_in_size (WindowFixture *fixture, gconstpointer data)
{
  const Size *size = data;

  /* As GNOME has it: without the buttons that make a window small and large. */
  g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", ":close", NULL);
  window_fixture_set_up (fixture, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), size->width, size->height);
}

static void
wait_for_room (WindowFixture *fixture)
{
  GtkWidget *bar = find_type (fixture, "RcpHoldBar"), *words;

  WAIT_FOR ((words = find_toast (fixture, "Read again")));
  WAIT_FOR (is_clear_of (fixture, gtk_widget_get_ancestor (words, g_type_from_name ("AdwToastWidget")), bar));
  WAIT_FOR (is_clear_of (fixture, find_type (fixture, "RcpHeldPlace"), bar));
}

/* What is held is read beside what was done, on a phone as on a large screen; and it goes with the board. */
static void
test_a_toast_leaves_the_bar (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  const Size *size = data;
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autofree char *picture = g_strdup_printf ("move-bar-and-toast-%s", size->name);
  AdwToast *toast;

  window_fixture_open (fixture, practice);
  visit = cut_one (fixture);
  toast = adw_toast_new ("Read again");
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (find_type (fixture, "AdwToastOverlay")), toast);
  wait_for_room (fixture);
  ui_picture_save (window, picture);
  g_assert_cmpint (gtk_widget_get_width (window), <=, size->width);
  g_assert_cmpint (gtk_widget_get_height (window), <=, size->height);
  /* The last places of the day are seen above it as well. */
  press_arrow (fixture, RCP_BOARD_MOVE_LAST);
  wait_for_room (fixture);
  gtk_widget_activate_action (window, "win.show-page", "s", "waiting");
  g_assert_null (find_type (fixture, "RcpHoldBar"));
  gtk_widget_activate_action (window, "win.show-page", "s", "board");
  g_assert_nonnull (find_type (fixture, "RcpHoldBar"));
}

static gboolean
is_find_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.find") == 0;
}

/* Who has put a visit and goes on is not called back to it when the record answers: the next key would be for that visit. */
static void
test_leaves_the_keyboard_where_it_went (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window), *button;
  gint64 start;

  window_fixture_open (fixture, practice);
  button = window_find (window, is_find_button, NULL);
  g_assert_nonnull (button);
  visit = cut_one (fixture);
  start = rcp_visit_get_range (visit).start;
  go_to (fixture, TRUE);
  gtk_widget_activate_action (find_type (fixture, "RcpHeldPlace"), "win.put", NULL);
  g_assert_true (gtk_widget_grab_focus (button));
  WAIT_FOR (find_toast (fixture, "moved to"));
  WAIT_FOR (find_shown (fixture, rcp_visit_get_id (visit)) && !is_at (fixture, rcp_visit_get_id (visit), start));
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button);
}

static void
test_lets_go (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;

  window_fixture_open (fixture, practice);
  visit = cut_one (fixture);
  press_arrow (fixture, RCP_BOARD_MOVE_DOWN);
  gtk_widget_activate_action (find_type (fixture, "RcpHeldPlace"), "win.let-go", NULL);
  g_assert_null (find_type (fixture, "RcpHeldPlace"));
  g_assert_null (find_type (fixture, "RcpPinboard"));
  g_assert_true (is_at (fixture, rcp_visit_get_id (visit), rcp_visit_get_range (visit).start));
}

static gboolean
is_pinned_row (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "pinned") && gtk_widget_get_mapped (widget);
}

static void
test_pinboard (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window), *row;

  window_fixture_open (fixture, practice);
  visit = cut_one (fixture);
  gtk_widget_activate_action (find_type (fixture, "RcpHeldPlace"), "win.park", NULL);
  g_assert_null (find_type (fixture, "RcpHeldPlace"));
  gtk_widget_activate_action (window, "win.next-day", NULL);
  WAIT_FOR (window_find (window, window_is_visit, NULL));
  WAIT_FOR ((row = window_find (window, is_pinned_row, NULL)));
  ui_picture_save (window, "move-pinboard");
  gtk_widget_activate (row);
  WAIT_FOR (find_type (fixture, "RcpHeldPlace"));
  WAIT_FOR (gtk_window_get_focus (GTK_WINDOW (window)) == find_type (fixture, "RcpHeldPlace"));
  go_to (fixture, TRUE);
  gtk_widget_activate_action (window, "win.put", NULL);
  WAIT_FOR (find_toast (fixture, "moved to"));
  WAIT_FOR (find_shown (fixture, rcp_visit_get_id (visit)));
  g_assert_cmpint (rcp_visit_get_range (find_shown (fixture, rcp_visit_get_id (visit))).start, >,
                   rcp_visit_get_range (visit).start + 12 * G_TIME_SPAN_HOUR);
}

static GtkWidget *
find_overbook_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, RCP_TYPE_OVERBOOK_DIALOG) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_entry (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_ENTRY_ROW (widget);
}

static void
test_overbooks (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  GtkWidget *dialog = NULL;

  window_fixture_open (fixture, practice);
  visit = cut_one (fixture);
  for (guint i = 0; i < 40 && !dialog; i++)
    {
      go_to (fixture, FALSE);
      gtk_widget_activate_action (find_type (fixture, "RcpHeldPlace"), "win.put", NULL);
      dialog = find_overbook_dialog ();
    }
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), rcp_visit_get_patient_name (visit)));
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "overbook"));
  gtk_editable_set_text (GTK_EDITABLE (window_find (dialog, is_entry, NULL)), "  ");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "overbook"));
  gtk_editable_set_text (GTK_EDITABLE (window_find (dialog, is_entry, NULL)), "In pain");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "overbook"));
  ui_picture_save (dialog, "move-overbook");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "overbook");
  WAIT_FOR (find_toast (fixture, "moved to"));
  WAIT_FOR (find_shown (fixture, rcp_visit_get_id (visit))
            && g_strcmp0 (rcp_visit_get_overbook_reason (find_shown (fixture, rcp_visit_get_id (visit))), "In pain") == 0);
}

static double
get_scrolled (GtkWidget *grid)
{
  g_autoptr (GtkAdjustment) adjustment = NULL;

  g_object_get (grid, "vadjustment", &adjustment, NULL);
  return gtk_adjustment_get_value (adjustment);
}

/* What a drop target is told while the pointer moves. */
static void
test_follows_the_pointer (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  GtkWidget *grid;
  double before, after, scrolled;

  window_fixture_open (fixture, practice);
  visit = cut_one (fixture);
  grid = find_type (fixture, "RcpBoardGrid");
  rcp_board_grid_drag_to (RCP_BOARD_GRID (grid), gtk_widget_get_width (grid) / 2, gtk_widget_get_height (grid) / 2);
  ui_picture_save (GTK_WIDGET (fixture->window), "move-dragged");
  before = get_y (fixture);
  /* Within the grain it stays; further down it follows. */
  rcp_board_grid_drag_to (RCP_BOARD_GRID (grid), gtk_widget_get_width (grid) / 2, gtk_widget_get_height (grid) / 2 + 80);
  WAIT_FOR (get_y (fixture) > before);
  after = get_y (fixture);
  /* Near the lower edge the board scrolls below it, by more than the frame itself could have moved down. */
  scrolled = get_scrolled (grid);
  rcp_board_grid_drag_to (RCP_BOARD_GRID (grid), gtk_widget_get_width (grid) / 2, gtk_widget_get_height (grid) - 5);
  WAIT_FOR (get_scrolled (grid) > scrolled + 60);
  WAIT_FOR (get_y (fixture) > after);
  /* And back, near the heads of the columns. */
  scrolled = get_scrolled (grid);
  rcp_board_grid_drag_to (RCP_BOARD_GRID (grid), gtk_widget_get_width (grid) / 2, 60);
  WAIT_FOR (get_scrolled (grid) < scrolled - 60);
  rcp_board_grid_drag_to (RCP_BOARD_GRID (grid), gtk_widget_get_width (grid) / 2, gtk_widget_get_height (grid) / 2);
}

static RcpDay *
get_day (WindowFixture *fixture)
{
  GDate today;

  rcp_desk_get_today (fixture->desk, &today);
  return rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &today);
}

/* Half an hour of the first provider who has it free this afternoon. */
static guint
find_free_time (WindowFixture *fixture, RcpDay *day, RcpTimeRange *range, const char **schedule)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk));

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      GArray *slots = rcp_day_get_slots (day, rcp_provider_get_schedule_id (provider));

      *schedule = rcp_provider_get_schedule_id (provider);
      for (guint j = 0; slots && j + 1 < slots->len; j++)
        {
          const RcpSlot *slot = &g_array_index (slots, RcpSlot, j);

          range->start = slot->range.start;
          range->end = slot[1].range.end;
          if (slot->range.start > NOW && slot->status == RCP_SLOT_FREE && slot[1].status == RCP_SLOT_FREE
              && range->end == slot->range.start + 2 * (slot->range.end - slot->range.start))
            return i;
        }
    }
  g_assert_not_reached ();
}

static int
to_minute (RcpDay *day, gint64 instant)
{
  return (int) ((instant - rcp_day_get_range (day).start) / G_TIME_SPAN_MINUTE);
}

static gboolean
is_block_entry (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_ENTRY (widget);
}

/* Marked on the board, blocked with words, taken back, blocked again, freed. */
static void
test_blocks_time (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpDay) day = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window), *popover;
  RcpTimeRange range;
  const char *schedule;
  const RcpBlock *block;
  guint column, n_before;

  window_fixture_open (fixture, practice);
  day = get_day (fixture);
  column = find_free_time (fixture, day, &range, &schedule);
  n_before = rcp_day_get_blocks (day, schedule)->len;
  gtk_widget_activate_action (find_type (fixture, "RcpBoardGrid"), "board.block", "(uii)", column, to_minute (day, range.start),
                              to_minute (day, range.end));
  WAIT_FOR ((popover = find_type (fixture, "RcpBlockPopover")));
  gtk_test_accessible_assert_property (popover, GTK_ACCESSIBLE_PROPERTY_LABEL, "Block Time");
  gtk_editable_set_text (GTK_EDITABLE (window_find (popover, is_block_entry, NULL)), " Budget ");
  ui_picture_save (window, "move-block-popover");
  gtk_widget_activate_action (popover, "block.block", NULL);
  WAIT_FOR (rcp_day_get_blocks (day, schedule)->len == n_before + 1);
  block = &g_array_index (rcp_day_get_blocks (day, schedule), RcpBlock, n_before);
  g_assert_cmpstr (block->words, ==, "Budget");
  g_assert_cmpint (block->kind, ==, RCP_BLOCK_LUNCH);
  WAIT_FOR (find_toast (fixture, "is blocked"));
  ui_picture_save (window, "move-block");
  gtk_widget_activate_action (window, "win.undo", NULL);
  WAIT_FOR (rcp_day_get_blocks (day, schedule)->len == n_before);
  gtk_widget_activate_action (window, "win.block-time", "(sxxss)", schedule, range.start, range.end, "meeting", "");
  WAIT_FOR (rcp_day_get_blocks (day, schedule)->len == n_before + 1);
  gtk_widget_activate_action (window, "win.unblock-time", "(sxx)", schedule, range.start, range.end);
  WAIT_FOR (rcp_day_get_blocks (day, schedule)->len == n_before);
  WAIT_FOR (find_toast (fixture, "free again"));
}

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) one = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (one), type))
        return one;
    }
  return NULL;
}

static gboolean
is_label_with (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL;
}

static RcpVisit *
find_booked (WindowFixture *fixture, guint *column)
{
  RcpBoardModel *model = fixture->window->model;

  for (*column = 0; *column < rcp_board_model_get_n_columns (model); (*column)++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (model, *column, &n_items);

      for (guint i = 0; i < n_items; i++)
        if (rcp_visit_get_range (items[i].visit).start > NOW && rcp_visit_get_status (items[i].visit) == RCP_VISIT_BOOKED)
          return items[i].visit;
    }
  g_assert_not_reached ();
}

/* A provider falls ill: asked first, with how many visits are there; then the list of what is to be done with them. */
static void
test_blocks_over_visits (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *schedule = NULL;
  RcpTimeRange range;
  AdwMessageDialog *dialog;
  guint column;

  window_fixture_open (fixture, practice);
  get_day (fixture);
  visit = g_object_ref (find_booked (fixture, &column));
  range = rcp_visit_get_range (visit);
  schedule = g_strdup (rcp_board_model_get_schedule_id (fixture->window->model, column));
  /* The key for it works at a visit, too. */
  rcp_board_model_set_cursor_visit (fixture->window->model, visit);
  gtk_widget_activate_action (find_type (fixture, "RcpBoardGrid"), "board.block-here", NULL);
  WAIT_FOR (find_type (fixture, "RcpBlockPopover") && gtk_widget_get_visible (find_type (fixture, "RcpBlockPopover")));
  gtk_popover_popdown (GTK_POPOVER (find_type (fixture, "RcpBlockPopover")));

  gtk_widget_activate_action (window, "win.block-time", "(sxxss)", schedule, range.start, range.end, "blocked", "Ill");
  WAIT_FOR ((dialog = ADW_MESSAGE_DIALOG (find_window (ADW_TYPE_MESSAGE_DIALOG))));
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Block Over 1 Visit?");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), rcp_visit_get_patient_name (visit)));
  ui_picture_save (GTK_WIDGET (dialog), "move-block-over-visits");
  adw_message_dialog_response (dialog, "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_null (find_window (RCP_TYPE_PREFERENCES_WINDOW));

  gtk_widget_activate_action (window, "win.block-time", "(sxxss)", schedule, range.start, range.end, "blocked", "Ill");
  WAIT_FOR ((dialog = ADW_MESSAGE_DIALOG (find_window (ADW_TYPE_MESSAGE_DIALOG))));
  adw_message_dialog_response (dialog, "block");
  gtk_window_destroy (GTK_WINDOW (dialog));
  WAIT_FOR (find_window (RCP_TYPE_PREFERENCES_WINDOW));
  WAIT_FOR (find_toast (fixture, "is blocked"));
  WAIT_FOR (window_find (GTK_WIDGET (find_window (RCP_TYPE_PREFERENCES_WINDOW)), is_label_with, "The time is blocked"));
  ui_picture_save (GTK_WIDGET (find_window (RCP_TYPE_PREFERENCES_WINDOW)), "move-block-over-visits-list");
  gtk_window_destroy (find_window (RCP_TYPE_PREFERENCES_WINDOW));
  gtk_widget_activate_action (window, "win.undo", NULL);
  WAIT_FOR (find_toast (fixture, "Undone"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, test) g_test_add ("/ui/move/" name, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)
  ADD ("moves-by-keys", test_moves_by_keys);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/move/a-toast-leaves-the-bar/%s", sizes[i].name);

      g_test_add (path, WindowFixture, &sizes[i], set_up_in_size, test_a_toast_leaves_the_bar, window_fixture_tear_down);
    }
  ADD ("leaves-the-keyboard-where-it-went", test_leaves_the_keyboard_where_it_went);
  ADD ("lets-go", test_lets_go);
  ADD ("pinboard", test_pinboard);
  ADD ("overbooks", test_overbooks);
  ADD ("follows-the-pointer", test_follows_the_pointer);
  ADD ("blocks-time", test_blocks_time);
  ADD ("blocks-over-visits", test_blocks_over_visits);
#undef ADD
  return g_test_run ();
}
