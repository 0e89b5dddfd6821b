/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window with a real record behind it: rcp-window.c, rcp-window-actions.c, rcp-window-pages.c, rcp-window-record.c, rcp-window-visits.c,
 * rcp-application.c, rcp-lazy-menu.c,
 * rcp-free-time.c, and the first-run pages rcp-welcome-page.c, rcp-practice-page.c and rcp-connect-page.c. */

#define G_LOG_DOMAIN "test-window"

#include "config.h"

#include <adwaita.h>

#include "ui-picture.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/rcp-application.h"
#include "ui/rcp-lazy-menu.h"
#include "ui/rcp-window.h"
#include "ui/visit/rcp-visit-panel.h"
#include "ui/welcome/rcp-connect-page.h"
#include "ui/welcome/rcp-practice-page.h"
#include "ui/welcome/rcp-welcome-page.h"
#include "window-fixture.h"

#define NOW G_GINT64_CONSTANT (1795425960000000) /* Monday 23 November 2026, 9:26 UTC */

typedef gboolean (*Test) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *widget, Test test, gconstpointer data)
{
  if (test (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, test, data);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_type (GtkWidget *widget, gconstpointer type_name)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), type_name) && gtk_widget_get_mapped (widget);
}

static gboolean
is_shown_visit (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_VISIT_CHIP (widget) && rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget)) && gtk_widget_get_mapped (widget);
}

static gboolean
is_row_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static const char *
get_title (RcpWindow *window)
{
  GtkWidget *title = find (GTK_WIDGET (window), is_type, "AdwWindowTitle");

  return title ? adw_window_title_get_title (ADW_WINDOW_TITLE (title)) : NULL;
}

typedef struct
{
  GSettings *settings;
  RcpDesk *desk;
  RcpWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (NOW);

  fixture->settings = g_settings_new (APP_ID);
  fixture->desk = rcp_desk_new (clock);
  fixture->window = rcp_window_new (NULL, fixture->desk, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->desk);
  g_settings_reset (fixture->settings, "last-source");
  g_settings_reset (fixture->settings, "window-width");
  g_settings_reset (fixture->settings, "window-height");
  g_settings_reset (fixture->settings, "sidebar");
  g_settings_reset (fixture->settings, "session-day");
  g_settings_reset (fixture->settings, "session-saved");
  g_clear_object (&fixture->settings);
}

static void
open_record (Fixture *fixture, PracticeFixture *practice)
{
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SERVER);

  source->url = g_strconcat ("unix:", practice_fixture_get_socket (practice), NULL);
  rcp_window_open (fixture->window, source);
  WAIT_FOR (find (GTK_WIDGET (fixture->window), is_shown_visit, NULL));
}

static PracticeFixture *
start_sample (void)
{
  const char *const arguments[] = { "--sample", "--date", "2026-11-23T09:26:00Z", "--time-zone", "UTC", NULL };

  return practice_fixture_new (arguments);
}

static void
test_first_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpSource) none = rcp_source_new (RCP_SOURCE_NONE);
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *row;

  rcp_window_open (fixture->window, none);
  WAIT_FOR (find (window, is_type, "RcpWelcomePage"));
  ui_picture_save (window, "welcome");
  row = find (window, is_row_titled, "Start a Practice on This Computer");
  g_assert_nonnull (row);
  gtk_widget_activate (row);
  WAIT_FOR (find (window, is_type, "RcpPracticePage"));
  ui_picture_save (window, "welcome-practice");
  g_assert_true (gtk_widget_activate_action (find (window, is_type, "RcpPracticePage"), "welcome.back", NULL));
  row = find (window, is_row_titled, "Connect to a Server");
  gtk_widget_activate (row);
  WAIT_FOR (find (window, is_type, "RcpConnectPage"));
  ui_picture_save (window, "welcome-server");
}

static void
on_confirmed_cb (GtkWidget *page, RcpSource *source, RcpSource **taken)
{
  *taken = rcp_source_copy (source);
}

static void
fill (GtkWidget *page, const char *title, const char *text)
{
  GtkWidget *row = find (page, is_row_titled, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
test_pages_give_what_was_typed (void)
{
  GtkWidget *practice = g_object_ref_sink (g_object_new (RCP_TYPE_PRACTICE_PAGE, NULL));
  GtkWidget *server = g_object_ref_sink (g_object_new (RCP_TYPE_CONNECT_PAGE, NULL));
  RcpSource *taken = NULL;

  g_signal_connect (practice, "confirmed", G_CALLBACK (on_confirmed_cb), &taken);
  gtk_widget_activate_action (practice, "practice.start", NULL);
  g_assert_null (taken);
  fill (practice, "Name of the Clinic", "  Elm Street ");
  gtk_widget_activate_action (practice, "practice.start", NULL);
  g_assert_nonnull (taken);
  g_assert_cmpstr (taken->name, ==, "Elm Street");
  g_assert_true (g_str_has_suffix (taken->file, "/reception/practice.db"));
  g_clear_pointer (&taken, rcp_source_free);

  g_signal_connect (server, "confirmed", G_CALLBACK (on_confirmed_cb), &taken);
  fill (server, "Address (https://…/fhir)", "nonsense");
  gtk_widget_activate_action (server, "connect.connect", NULL);
  g_assert_null (taken);
  fill (server, "Address (https://…/fhir)", "https://record.example/fhir/");
  fill (server, "Token", "sesame");
  gtk_widget_activate_action (server, "connect.connect", NULL);
  g_assert_cmpstr (taken->url, ==, "https://record.example/fhir");
  g_assert_cmpstr (taken->token, ==, "sesame");
  g_clear_pointer (&taken, rcp_source_free);
  g_assert_finalize_object (practice);
  g_assert_finalize_object (server);
}

static void
test_board_of_a_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *chip;
  g_autofree char *id = NULL;

  open_record (fixture, practice);
  g_assert_cmpint (g_settings_get_enum (fixture->settings, "last-source"), ==, RCP_SOURCE_SERVER);
  g_assert_cmpstr (get_title (fixture->window), ==, "Monday, 23 November 2026");
  ui_picture_save (window, "window");

  chip = find (window, is_shown_visit, NULL);
  id = g_strdup (rcp_visit_get_id (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))));
  g_assert_true (gtk_widget_activate_action (chip, "visit.open", NULL));
  WAIT_FOR (find (window, is_type, "RcpVisitPanel"));
  g_assert_cmpstr (rcp_visit_get_id (rcp_visit_panel_get_visit (RCP_VISIT_PANEL (find (window, is_type, "RcpVisitPanel")))), ==, id);
  ui_picture_save (window, "window-visit");
  /* A phone, with the buttons that GNOME gives a window. */
  g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", ":close", NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 700);
  ui_picture_save (window, "window-visit-narrow");
  g_assert_true (gtk_widget_activate_action (window, "win.close-panel", NULL));
  ui_picture_save (window, "window-narrow");
  g_assert_cmpint (gtk_widget_get_width (window), <=, 360);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-decoration-layout");
}

static void
test_days_turn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window);

  open_record (fixture, practice);
  gtk_widget_activate_action (window, "win.next-day", NULL);
  g_assert_cmpstr (get_title (fixture->window), ==, "Tuesday, 24 November 2026");
  WAIT_FOR (find (window, is_shown_visit, NULL));
  gtk_widget_activate_action (window, "win.show-date", "s", "2026-12-24");
  g_assert_cmpstr (get_title (fixture->window), ==, "Thursday, 24 December 2026");
  gtk_widget_activate_action (window, "win.show-date", "s", "no date");
  g_assert_cmpstr (get_title (fixture->window), ==, "Thursday, 24 December 2026");
  gtk_widget_activate_action (window, "win.today", NULL);
  gtk_widget_activate_action (window, "win.previous-day", NULL);
  g_assert_cmpstr (get_title (fixture->window), ==, "Sunday, 22 November 2026");
}

static GtkWidget *
make_button (gpointer data)
{
  return gtk_button_new_with_label (data);
}

static gboolean
is_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0;
}

static void
test_pages_beside_the_board (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  g_autoptr (RcpPage) page = rcp_page_new ("other", "Another Page", "x-office-calendar-symbolic", NULL, make_button, (gpointer) "Here it is");
  GtkWidget *window = GTK_WIDGET (fixture->window), *content = gtk_label_new ("Nobody");

  rcp_window_add_page (fixture->window, page);
  rcp_window_add_section (fixture->window, "Other People", content);
  open_record (fixture, practice);
  WAIT_FOR (find (window, is_label, "Another Page") && find (window, is_label, "Nobody"));
  gtk_widget_activate_action (window, "win.show-page", "s", "other");
  g_assert_nonnull (find (window, is_label, "Here it is"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == gtk_widget_get_parent (find (window, is_label, "Here it is")));
  g_assert_cmpstr (get_title (fixture->window), ==, "Another Page");
  gtk_widget_activate_action (window, "win.step-page", "i", 1);
  g_assert_null (find (window, is_label, "Here it is"));
  gtk_widget_activate_action (window, "win.show-page", "s", "board");
  WAIT_FOR (find (window, is_shown_visit, NULL));
  g_assert_cmpstr (get_title (fixture->window), ==, "Monday, 23 November 2026");
}

static gboolean
is_sidebar_seen (Fixture *fixture)
{
  GtkWidget *sidebar = find (GTK_WIDGET (fixture->window), is_type, "RcpSidebar");

  return sidebar && gtk_widget_get_child_visible (gtk_widget_get_parent (sidebar));
}

static void
test_sidebar_comes_and_goes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window);

  open_record (fixture, practice);
  WAIT_FOR (is_sidebar_seen (fixture));
  gtk_widget_activate_action (window, "win.sidebar", NULL);
  WAIT_FOR (!is_sidebar_seen (fixture));
  g_assert_false (g_settings_get_boolean (fixture->settings, "sidebar"));
  gtk_widget_activate_action (window, "win.sidebar", NULL);
  WAIT_FOR (is_sidebar_seen (fixture));
  g_assert_true (g_settings_get_boolean (fixture->settings, "sidebar"));

  gtk_window_set_default_size (GTK_WINDOW (window), 500, 700);
  WAIT_FOR (!is_sidebar_seen (fixture));
  gtk_widget_activate_action (window, "win.sidebar", NULL);
  WAIT_FOR (is_sidebar_seen (fixture));
  ui_picture_save (window, "window-sidebar-narrow");
  g_signal_emit_by_name (find (window, is_type, "RcpSidebar"), "went");
  WAIT_FOR (!is_sidebar_seen (fixture));
  /* It had no room; it is wished for all the same. */
  g_assert_true (g_settings_get_boolean (fixture->settings, "sidebar"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  WAIT_FOR (is_sidebar_seen (fixture));
}

static GtkWidget *
find_window (const char *type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (toplevel), type))
        return toplevel;
    }
  return NULL;
}

/* Ctrl+P shows the days of the columns, Ctrl+Shift+P the slip of the visit that is looked at (rcp-window-print). */
static void
test_prints_what_is_shown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window);

  gtk_widget_activate_action (window, "win.print", NULL);
  g_assert_null (find_window ("RcpPrintDialog"));
  open_record (fixture, practice);
  gtk_widget_activate_action (window, "win.print-visit", NULL);
  g_assert_null (find_window ("RcpPrintDialog"));
  gtk_widget_activate_action (window, "win.print", NULL);
  g_assert_nonnull (find_window ("RcpPrintDialog"));
  WAIT_FOR (find (find_window ("RcpPrintDialog"), is_type, "GtkPicture"));
  gtk_window_destroy (GTK_WINDOW (find_window ("RcpPrintDialog")));

  gtk_widget_activate_action (find (window, is_shown_visit, NULL), "visit.open", NULL);
  WAIT_FOR (find (window, is_type, "RcpVisitPanel"));
  gtk_widget_activate_action (window, "win.print-visit", NULL);
  WAIT_FOR (find_window ("RcpPrintDialog"));
  ui_picture_save (find_window ("RcpPrintDialog"), "print-slip");
  gtk_window_destroy (GTK_WINDOW (find_window ("RcpPrintDialog")));
}

static RcpLink *
parse_link (const char *text)
{
  RcpLink *link = rcp_link_parse (text);

  g_assert_nonnull (link);
  return link;
}

/* Links that other programs hold (rcp-window-links): also those that come before the record is open. */
static void
test_links_show_what_they_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  g_autoptr (RcpLink) day = parse_link ("reception:day/2026-11-25");
  g_autoptr (RcpLink) nobody = parse_link ("reception:patient/none");
  g_autoptr (RcpLink) nothing = parse_link ("reception:visit/none");
  g_autoptr (RcpLink) visit = NULL;
  g_autoptr (RcpLink) patient = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window);
  RcpVisit *shown;

  rcp_window_show_link (fixture->window, day);
  g_assert_cmpstr (get_title (fixture->window), !=, "Wednesday, 25 November 2026");
  open_record (fixture, practice);
  WAIT_FOR (g_str_equal (get_title (fixture->window), "Wednesday, 25 November 2026"));
  WAIT_FOR (find (window, is_shown_visit, NULL));
  shown = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (find (window, is_shown_visit, NULL)));
  visit = rcp_link_new (RCP_LINK_VISIT, rcp_visit_get_id (shown));
  patient = rcp_link_new (RCP_LINK_PATIENT, rcp_visit_get_patient_id (shown));

  rcp_window_show_link (fixture->window, nothing);
  WAIT_FOR (find (window, is_label, "That visit is not in this record"));
  rcp_window_show_link (fixture->window, nobody);
  WAIT_FOR (find (window, is_label, "That patient is not in this record"));
  gtk_widget_activate_action (window, "win.today", NULL);
  rcp_window_show_link (fixture->window, visit);
  WAIT_FOR (find (window, is_type, "RcpVisitPanel"));
  WAIT_FOR (g_str_equal (get_title (fixture->window), "Wednesday, 25 November 2026"));
  g_assert_cmpstr (rcp_visit_get_id (rcp_visit_panel_get_visit (RCP_VISIT_PANEL (find (window, is_type, "RcpVisitPanel")))), ==, visit->id);
  rcp_window_show_link (fixture->window, patient);
  WAIT_FOR (find (window, is_type, "RcpPatientPanel"));
}

static RcpWindow *
open_window (Fixture *fixture)
{
  RcpWindow *window = rcp_window_new (NULL, fixture->desk, fixture->settings);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* The day that was looked at comes back on the same date, and only then (rcp-window-session). */
static void
test_session_comes_back (Fixture *fixture, gconstpointer data)
{
  RcpWindow *again = open_window (fixture);

  g_assert_cmpstr (get_title (again), ==, "Monday, 23 November 2026");
  gtk_widget_activate_action (GTK_WIDGET (again), "win.show-date", "s", "2026-12-24");
  gtk_window_destroy (GTK_WINDOW (again));
  again = open_window (fixture);
  g_assert_cmpstr (get_title (again), ==, "Thursday, 24 December 2026");
  gtk_window_destroy (GTK_WINDOW (again));
  g_settings_set_string (fixture->settings, "session-saved", "2026-11-22");
  again = open_window (fixture);
  g_assert_cmpstr (get_title (again), ==, "Monday, 23 November 2026");
  gtk_window_destroy (GTK_WINDOW (again));
}

static void
test_says_that_a_record_cannot_be_reached (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SERVER);
  GtkWidget *window = GTK_WIDGET (fixture->window);

  source->url = g_strdup ("unix:/nowhere/at/all");
  rcp_window_open (fixture->window, source);
  WAIT_FOR (rcp_desk_get_state (fixture->desk) == RCP_DESK_FAILED);
  WAIT_FOR (find (window, is_row_titled, "Technical Text") || find (window, is_type, "AdwStatusPage"));
  g_assert_cmpint (g_settings_get_enum (fixture->settings, "last-source"), ==, RCP_SOURCE_NONE);
  ui_picture_save (window, "window-failed");
}

static gboolean
is_menu_button (GtkWidget *widget, gconstpointer icon)
{
  return GTK_IS_MENU_BUTTON (widget) && g_strcmp0 (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)), icon) == 0;
}

static gboolean
is_menu (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_POPOVER_MENU (widget);
}

static void
assert_n_sections (GtkMenuButton *button, int n_sections)
{
  g_assert_cmpint (g_menu_model_get_n_items (gtk_menu_button_get_menu_model (button)), ==, n_sections);
}

/* No start waits for the widgets of a menu, and each menu is there when its button is pressed. */
static void
test_menus_are_made_when_they_are_opened (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkMenuButton *button = GTK_MENU_BUTTON (find (window, is_menu_button, "open-menu-symbolic"));
  g_autoptr (GMenu) first = g_menu_new (), second = g_menu_new ();

  g_assert_null (find (window, is_menu, NULL));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE);
  gtk_menu_button_popup (button);
  g_assert_true (GTK_IS_POPOVER_MENU (gtk_menu_button_get_popover (button)));
  assert_n_sections (button, 4);
  gtk_menu_button_popdown (button);
  /* Another one before it is opened, and after. */
  g_menu_append (first, "1", "win.find");
  rcp_lazy_menu_set (button, G_MENU_MODEL (first));
  assert_n_sections (button, 1);
  g_menu_append (second, "2", "win.find");
  g_menu_append (second, "3", "win.find");
  rcp_lazy_menu_set (button, G_MENU_MODEL (second));
  gtk_menu_button_popup (button);
  assert_n_sections (button, 2);
}

static GMenuModel *
add_section (GMenu *menu, const char *heading, const char *label)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, label, "win.find");
  g_menu_append_section (menu, heading, G_MENU_MODEL (section));
  return G_MENU_MODEL (g_steal_pointer (&section));
}

static void
assert_section (GMenuModel *menu, int index, const char *heading, const char *label)
{
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, index, G_MENU_LINK_SECTION);
  g_autofree char *own_heading = NULL, *own_label = NULL;

  g_menu_model_get_item_attribute (menu, index, G_MENU_ATTRIBUTE_LABEL, "s", &own_heading);
  g_assert_cmpstr (own_heading, ==, heading);
  g_assert_cmpint (g_menu_model_get_n_items (section), ==, 1);
  g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_LABEL, "s", &own_label);
  g_assert_cmpstr (own_label, ==, label);
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* A menu that is filled again and again while it is open stays the same one, with the same sections: GTK 4.8 keeps each that it saw. */
static void
test_menu_keeps_its_sections (void)
{
  GtkWidget *window = gtk_window_new (), *button = gtk_menu_button_new ();
  GMenu *first = g_menu_new (), *second = g_menu_new ();
  GMenuModel *gone[] = { add_section (first, "Place", "North"), add_section (first, NULL, "Own"), add_section (second, "Room", "101"),
                         add_section (second, "Specialty", "Skin"), add_section (second, NULL, "Other") };
  g_autoptr (GMenuModel) section = NULL, again = NULL;
  GMenuModel *kept;
  guint n_changes = 0;

  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  rcp_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (first));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  kept = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  section = g_menu_model_get_item_link (kept, 0, G_MENU_LINK_SECTION);
  assert_section (kept, 0, "Place", "North");
  rcp_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (second));
  g_assert_true (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)) == kept);
  assert_n_sections (GTK_MENU_BUTTON (button), 3);
  assert_section (kept, 0, "Room", "101");
  assert_section (kept, 1, "Specialty", "Skin");
  assert_section (kept, 2, NULL, "Other");
  /* The same once more changes nothing. */
  g_signal_connect_swapped (kept, "items-changed", G_CALLBACK (count_cb), &n_changes);
  rcp_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (second));
  g_assert_cmpuint (n_changes, ==, 0);
  rcp_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (first));
  g_assert_cmpuint (n_changes, >, 0);
  again = g_menu_model_get_item_link (kept, 0, G_MENU_LINK_SECTION);
  g_assert_true (again == section);
  assert_n_sections (GTK_MENU_BUTTON (button), 2);
  assert_section (kept, 1, NULL, "Own");
  g_assert_finalize_object (first);
  g_assert_finalize_object (second);
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    g_assert_finalize_object (gone[i]);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* That free times are not published is said where one looks; and that they are after all. */
static void
test_late_hours_are_told (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    int code;
    const char *words;
  } cases[] = {
    { FHIR_ERROR_FORBIDDEN, "The record does not allow this desk to publish free times. It is tried again." },
    { FHIR_ERROR_SERVER, "Free times could not be published. It is tried again." },
    { FHIR_ERROR_UNAUTHORIZED, "The record does not allow this desk to publish free times. It is tried again." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (FHIR_ERROR, cases[i].code, "Not for telling");

      g_assert_null (find (GTK_WIDGET (fixture->window), is_label, cases[i].words));
      g_signal_emit_by_name (fixture->desk, "hours-late", error);
      WAIT_FOR (find (GTK_WIDGET (fixture->window), is_label, cases[i].words));
    }
  g_signal_emit_by_name (fixture->desk, "hours-late", NULL);
  WAIT_FOR (find (GTK_WIDGET (fixture->window), is_label, "Free times are published now"));
}

static void
test_program_knows_its_options (void)
{
  g_autoptr (RcpApplication) application = rcp_application_new ();

  g_assert_cmpstr (g_application_get_application_id (G_APPLICATION (application)), ==, APP_ID);
  g_assert_cmpstr (g_application_get_resource_base_path (G_APPLICATION (application)), ==, "/org/frontdesk/Reception");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/window/first-run", Fixture, NULL, set_up, test_first_run, tear_down);
  g_test_add_func ("/ui/window/pages-give-what-was-typed", test_pages_give_what_was_typed);
  g_test_add ("/ui/window/board-of-a-record", Fixture, NULL, set_up, test_board_of_a_record, tear_down);
  g_test_add ("/ui/window/days-turn", Fixture, NULL, set_up, test_days_turn, tear_down);
  g_test_add ("/ui/window/pages-beside-the-board", Fixture, NULL, set_up, test_pages_beside_the_board, tear_down);
  g_test_add ("/ui/window/sidebar-comes-and-goes", Fixture, NULL, set_up, test_sidebar_comes_and_goes, tear_down);
  g_test_add ("/ui/window/prints-what-is-shown", Fixture, NULL, set_up, test_prints_what_is_shown, tear_down);
  g_test_add ("/ui/window/links", Fixture, NULL, set_up, test_links_show_what_they_name, tear_down);
  g_test_add ("/ui/window/session", Fixture, NULL, set_up, test_session_comes_back, tear_down);
  g_test_add ("/ui/window/says-that-a-record-cannot-be-reached", Fixture, NULL, set_up, test_says_that_a_record_cannot_be_reached, tear_down);
  g_test_add ("/ui/window/late-hours", Fixture, NULL, set_up, test_late_hours_are_told, tear_down);
  g_test_add_func ("/ui/window/menu-keeps-its-sections", test_menu_keeps_its_sections);
  g_test_add ("/ui/window/menus", Fixture, NULL, set_up, test_menus_are_made_when_they_are_opened, tear_down);
  g_test_add_func ("/ui/window/program-knows-its-options", test_program_knows_its_options);
  return g_test_run ();
}
