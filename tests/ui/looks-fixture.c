/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "looks-fixture"

#include "config.h"

#include "looks-fixture.h"

#include "looks-accepted.h"
#include "ui-picture.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/rcp-dialog.h"
#include "ui/visit/rcp-visit-panel.h"

#define USUAL_DPI (96 * 1024)

const Look looks[LOOKS_N] = {
  { "usual", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1200, 760, LOOKS_ALL },
  { "dark", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_DARK, FALSE, 1200, 760, LOOKS_ALL },
  { "high-contrast", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, TRUE, 1200, 760, LOOKS_ALL },
  { "right-to-left", USUAL_DPI, GTK_TEXT_DIR_RTL, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1200, 760, LOOKS_ALL },
  { "small-screen", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1024, 600, LOOKS_ALL },
  { "phone", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 360, 640, LOOKS_NAMES_WHOLE },
  { "phone-right-to-left", USUAL_DPI, GTK_TEXT_DIR_RTL, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 360, 640, LOOKS_NAMES_WHOLE },
  { "large-text", 2 * USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1200, 760, LOOKS_NAMES_WHOLE },
};

gboolean
looks_is_telling (const Look *look)
{
  static const char *const names[] = { "usual", "right-to-left", "phone", "large-text", NULL };

  return g_strv_contains (names, look->name);
}

static PracticeFixture *practice;
static PracticeFixture *shared;  /* while a test has a record for itself */
static GSettings *accessibility; /* of the desktop; the test's own, in memory */

/* In other colours than @look, and else alike. */
static gboolean
is_shade (const Look *other, const Look *look)
{
  return other != look && (other->scheme != look->scheme || other->high_contrast != look->high_contrast) && other->dpi == look->dpi
         && other->direction == look->direction && other->width == look->width && other->height == look->height;
}

static void
set_colours (const Look *look)
{
  g_settings_set_boolean (accessibility, "high-contrast", look->high_contrast);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), look->scheme);
  g_assert_true (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) == look->high_contrast);
}

static void
set_up (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;

  set_colours (look);
  /* As GNOME has it: without the buttons that make a window small and large. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", look->dpi, "gtk-decoration-layout", ":close", NULL);
  gtk_widget_set_default_direction (look->direction);
  window_fixture_set_up (fixture, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), look->width, look->height);
  window_fixture_open (fixture, practice);
}

static void
tear_down (WindowFixture *fixture, gconstpointer data)
{
  window_fixture_tear_down (fixture, data);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
look_once (GtkWidget *window, const char *what, const Look *look)
{
  g_autofree char *name = g_strdup_printf ("looks-%s-%s", what, look->name);
  g_autoptr (GdkTexture) picture = looks_take (window, name + strlen ("looks-"));

  ui_picture_keep (picture, name);
  g_test_message ("%s: %d × %d, at least %d wide", name, gtk_widget_get_width (window), gtk_widget_get_height (window),
                  looks_get_least_width (window));
  looks_check (window, look->rules);
  g_assert_true (g_getenv ("LOOKS_TELL") || gtk_widget_get_width (window) <= look->width);
  g_assert_true (g_getenv ("LOOKS_TELL") || gtk_widget_get_height (window) <= look->height);
  g_assert_cmpint (gtk_widget_get_direction (window), ==, look->direction);
}

/* The colours of a desk change while its windows are open, and nothing else does: a window for each would show nothing more. */
void
looks_look_at (GtkWidget *window, const char *what, const Look *look)
{
  look_once (window, what, look);
  if (look != &looks[0])
    return;
  for (guint i = 0; i < LOOKS_N; i++)
    if (is_shade (&looks[i], look))
      {
        set_colours (&looks[i]);
        look_once (window, what, &looks[i]);
      }
  set_colours (look);
}

static void
set_up_alone (WindowFixture *fixture, gconstpointer data)
{
  shared = practice;
  practice = window_fixture_start_sample ();
  set_up (fixture, data);
}

static void
tear_down_alone (WindowFixture *fixture, gconstpointer data)
{
  tear_down (fixture, data);
  practice_fixture_free (practice);
  practice = g_steal_pointer (&shared);
}

static gboolean
is_dialog (GtkWidget *window, GtkWidget *parent)
{
  return window != parent && gtk_widget_get_mapped (window);
}

GtkWidget *
looks_find_dialog (WindowFixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (is_dialog (l->data, GTK_WIDGET (fixture->window)))
      return l->data;
  return NULL;
}

gboolean
looks_is_waiting (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SPINNER (widget) && gtk_widget_get_mapped (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget));
}

gboolean
looks_is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

gboolean
looks_is_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

/* The bar beside what scrolls would fade while the picture is taken. */
void
looks_scroll_to (GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW), *child;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  graphene_rect_t bounds;

  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  /* What has just been shown has its place with one of the next frames. */
  for (guint frame = 0; frame < 5; frame++)
    gtk_test_widget_wait_for_draw (scrolled);
  child = gtk_viewport_get_child (GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled))));
  WAIT_FOR (gtk_widget_compute_bounds (widget, child, &bounds) && bounds.size.height > 0);
  gtk_adjustment_set_value (adjustment, bounds.origin.y + bounds.size.height + 12 - gtk_adjustment_get_page_size (adjustment));
}

void
looks_look_and_close (GtkWidget *dialog, const char *what, const Look *look)
{
  looks_look_at (dialog, what, look);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

gboolean
looks_is_status (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget) && g_str_equal (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), title);
}

GtkWidget *
looks_open_preferences (WindowFixture *fixture, const char *page)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL));
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  rcp_preferences_window_show_page (RCP_PREFERENCES_WINDOW (dialog), page);
  return dialog;
}

/* A dialog that an action of the window opens. */
void
looks_look_at_action (WindowFixture *fixture, const char *action, const char *what, const Look *look)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
  WAIT_FOR ((dialog = looks_find_dialog (fixture)) && !window_find (dialog, looks_is_waiting, NULL));
  looks_look_at (dialog, what, look);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

void
looks_look_at_dialog (WindowFixture *fixture, GtkWindow *dialog, const char *what, const Look *look)
{
  if (dialog)
    rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR ((dialog = GTK_WINDOW (looks_find_dialog (fixture))));
  looks_look_at (GTK_WIDGET (dialog), what, look);
  gtk_window_destroy (dialog);
}

static gboolean
is_before (GtkWidget *chip, GtkWidget *other)
{
  RcpVisit *a = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)), *b = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (other));
  gint64 gap = rcp_visit_get_range (a).start - rcp_visit_get_range (b).start;

  return gap != 0 ? gap < 0 : g_strcmp0 (rcp_visit_get_patient_name (a), rcp_visit_get_patient_name (b)) < 0;
}

static gboolean
is_confirmed (GtkWidget *widget)
{
  return window_is_visit (widget, NULL) && rcp_visit_get_status (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget))) == RCP_VISIT_CONFIRMED;
}

/* Of those that are confirmed; the same one each time, in whatever order the board made its chips. */
static GtkWidget *
find_first_visit (GtkWidget *widget, GtkWidget *first)
{
  if (is_confirmed (widget) && (!first || is_before (widget, first)))
    first = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    first = find_first_visit (child, first);
  return first;
}

RcpVisit *
looks_open_visit (WindowFixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *panel;

  gtk_widget_activate_action (find_first_visit (window, NULL), "visit.open", NULL);
  WAIT_FOR ((panel = window_find (window, window_is_type, "RcpVisitPanel")));
  return rcp_visit_panel_get_visit (RCP_VISIT_PANEL (panel));
}

PracticeFixture *
looks_get_practice (void)
{
  return practice;
}

/* Until the desk knows it, and says so: each picture shows the same then. */
void
looks_lose_record (WindowFixture *fixture)
{
  fhir_client_set_max_retries (rcp_desk_get_client (fixture->desk), 0);
  practice_fixture_kill (practice);
  WAIT_FOR (!rcp_day_book_is_online (rcp_desk_get_day_book (fixture->desk)));
}

void
looks_add (const Look *look, const char *name, LooksTest test)
{
  g_autofree char *path = g_strdup_printf ("/ui/looks/%s/%s", look->name, name);

  if (is_shade (look, &looks[0]))
    return;
  g_test_add (path, WindowFixture, look, set_up, test, tear_down);
}

void
looks_add_alone (const Look *look, const char *name, LooksTest test)
{
  g_autofree char *path = g_strdup_printf ("/ui/looks/%s/%s", look->name, name);

  if (!is_shade (look, &looks[0]))
    g_test_add (path, WindowFixture, look, set_up_alone, test, tear_down_alone);
}

void
looks_start (int *argc, char ***argv)
{
  accessibility = g_settings_new ("org.gnome.desktop.a11y.interface");
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  practice = window_fixture_start_sample ();
}

void
looks_end (void)
{
  practice_fixture_free (practice);
  g_clear_object (&accessibility);
}
