/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms of Preferences in their window, rcp-form-dialog.c, rcp-form-pages.c, rcp-form-rows.c and rcp-periods-group.c, on the real record: what is
 * wrong with each field is said, what was typed is not lost, and of two desks that change the same the second is told. */

#define G_LOG_DOMAIN "test-form-dialog"

#include "config.h"

#include "ui-picture.h"
#include "ui/preferences/rcp-form-dialog.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_label_with (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words);
}

static GtkWidget *
find_message (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* The key of a field, or one with the first site in it. */
static char *
make_key (WindowFixture *fixture, const char *key)
{
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (rcp_desk_get_roster (fixture->desk));
  g_autoptr (GString) text = g_string_new (key);

  g_string_replace (text, "SITE", fhir_resource_get_id (sites->pdata[0]), 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  RcpSetupKind kind;
  const char *key;
  const char *bad;
  const char *fault; /* how it begins or what is in it */
  const char *good;
} Field;

static const Field fields[] = {
  { RCP_SETUP_PROVIDER, RCP_KEY_FAMILY, "", "Write the family name", "Quint" },
  { RCP_SETUP_PROVIDER, RCP_KEY_LANGUAGES, "en, Spanish!", "is no code of a language", "en, es" },
  { RCP_SETUP_PROVIDER, "hours:SITE:1", "12:00 – 9:00", "ends before it starts", "9:00 – 12:00" },
  { RCP_SETUP_PROVIDER, "hours:SITE:2", "9:00 – 12:00, 11:00 – 13:00", "overlaps with another part", "9:00 – 12:00, 13:00 – 17:00" },
  { RCP_SETUP_PROVIDER, "hours:SITE:3", "9:07 – 12:00", "does not start and end on a step", "" },
  { RCP_SETUP_PROVIDER, "hours:SITE:4", "mornings", "is no time such as", "" },
  { RCP_SETUP_PLACE, RCP_KEY_NAME, "", "Write a name", "Hill" },
  { RCP_SETUP_PLACE, RCP_KEY_PHONE, "call us", "digits, spaces", "555-0100" },
  { RCP_SETUP_PLACE, RCP_KEY_PHONE, "1", "too short", "" },
  { RCP_SETUP_PLACE, RCP_KEY_ZONE, "Middle Earth", "Write a time zone", "America/New_York" },
  { RCP_SETUP_ROOM, RCP_KEY_NAME, "", "Write a name", "Room 9" },
  { RCP_SETUP_VISIT_TYPE, RCP_KEY_NAME, "", "Write a name", "Stress Test" },
  { RCP_SETUP_VISIT_TYPE, RCP_KEY_MINUTES, "", "Write how many minutes", "30" },
  { RCP_SETUP_VISIT_TYPE, RCP_KEY_MINUTES, "20", "Write a multiple of", "45" },
  { RCP_SETUP_VISIT_TYPE, RCP_KEY_PRICE, "1,000", "Write an amount, such as 140.00", "140" },
};

/* What is wrong is said beside the field, Save cannot be pressed, and both go when it is right. */
static void
try_field (WindowFixture *fixture, RcpFormModel *model, GtkWidget *dialog, const Field *field)
{
  g_autofree char *key = make_key (fixture, field->key);

  g_test_message ("%s: “%s”", key, field->bad);
  rcp_form_model_set_text (model, key, "x");
  rcp_form_model_set_text (model, key, field->bad);
  g_assert_nonnull (rcp_form_model_get_fault (model, key));
  g_assert_nonnull (strstr (rcp_form_model_get_fault (model, key), field->fault));
  WAIT_FOR (window_find (dialog, is_label_with, field->fault));
  g_assert_false (gtk_widget_is_sensitive (window_find (dialog, is_button, "_Save")));
  rcp_form_model_set_text (model, key, field->good);
  g_assert_null (rcp_form_model_get_fault (model, key));
}

static void
test_bad_input (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();

  window_fixture_open (fixture, practice);
  for (RcpSetupKind kind = RCP_SETUP_PROVIDER; kind <= RCP_SETUP_VISIT_TYPE; kind++)
    {
      g_autoptr (RcpFormModel) model = rcp_form_model_new (fixture->desk, kind, NULL);
      g_autofree char *works = make_key (fixture, "works:SITE");
      GtkWindow *dialog;

      if (kind == RCP_SETUP_PROVIDER)
        rcp_form_model_set_flag (model, works, TRUE);
      dialog = rcp_form_dialog_new (model);
      gtk_window_present (dialog);
      WAIT_FOR (window_find (GTK_WIDGET (dialog), is_button, "_Save"));
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        if (fields[i].kind == kind)
          try_field (fixture, model, GTK_WIDGET (dialog), &fields[i]);
      if (kind == RCP_SETUP_PROVIDER)
        ui_picture_save (GTK_WIDGET (dialog), "form-provider");
      gtk_window_destroy (dialog);
    }
}

/* Escape and Cancel close a form that is as it was; what was typed is asked for. */
static void
test_unsaved (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpFormModel) untouched = NULL, model = NULL;
  GtkWindow *dialog;
  GtkWidget *question;
  gpointer alive;

  window_fixture_open (fixture, practice);
  untouched = rcp_form_model_new (fixture->desk, RCP_SETUP_VISIT_TYPE, NULL);
  dialog = rcp_form_dialog_new (untouched);
  alive = dialog;
  g_object_add_weak_pointer (G_OBJECT (dialog), &alive);
  gtk_window_present (dialog);
  gtk_window_close (dialog);
  WAIT_FOR (!alive);

  model = rcp_form_model_new (fixture->desk, RCP_SETUP_VISIT_TYPE, NULL);
  dialog = rcp_form_dialog_new (model);
  alive = dialog;
  g_object_add_weak_pointer (G_OBJECT (dialog), &alive);
  gtk_window_present (dialog);
  rcp_form_model_set_text (model, RCP_KEY_NAME, "Stress Test");
  gtk_window_close (dialog);
  WAIT_FOR ((question = find_message ()));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  gtk_window_destroy (GTK_WINDOW (question));
  g_assert_nonnull (alive);
  g_assert_cmpstr (rcp_form_model_get_text (model, RCP_KEY_NAME), ==, "Stress Test");
  gtk_window_close (dialog);
  WAIT_FOR ((question = find_message ()));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "discard");
  WAIT_FOR (!alive);
}

static RcpFormModel *
open_first (WindowFixture *fixture, RcpSetupKind kind)
{
  g_autoptr (GPtrArray) items = rcp_setup_list (rcp_desk_get_roster (fixture->desk), kind);

  return rcp_form_model_new (fixture->desk, kind, ((RcpSetupItem *) items->pdata[0])->reference);
}

static gboolean
is_entry (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ENTRY_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static void
type_day (GtkWindow *dialog, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (dialog), is_entry, title)), text);
}

static void
assert_reason (RcpFormModel *model, const char *words)
{
  g_autofree char *reason = rcp_form_model_dup_reason (model);

  g_assert_cmpstr (reason, ==, words);
}

/* Days that were typed and not added: the form says what is wrong with them, below the field and below itself, and does not lose them. */
static void
test_days_not_added (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpFormModel) model = NULL;
  GtkWidget *expander;
  GtkWindow *dialog;

  window_fixture_open (fixture, practice);
  model = open_first (fixture, RCP_SETUP_PROVIDER);
  dialog = rcp_form_dialog_new (model);
  gtk_window_present (dialog);
  assert_reason (model, "Nothing was changed");
  expander = gtk_widget_get_ancestor (window_find (GTK_WIDGET (dialog), is_entry, "Last Day"), ADW_TYPE_EXPANDER_ROW);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  type_day (dialog, "First Day", "24 Dec 2026");
  assert_reason (model, "The days that were typed are not added yet");
  type_day (dialog, "Last Day", "20 Dec 2026");
  assert_reason (model, "The last day is before the first");
  g_assert_true (rcp_form_model_is_changed (model));
  g_assert_false (gtk_widget_is_sensitive (window_find (GTK_WIDGET (dialog), is_button, "_Save")));
  /* Below the field and below the form. */
  WAIT_FOR (window_count (GTK_WIDGET (dialog), is_label_with, "The last day is before the first") == 2);
  type_day (dialog, "Last Day", "26 Dec 2026");
  g_signal_emit_by_name (window_find (GTK_WIDGET (dialog), is_entry, "Last Day"), "entry-activated");
  assert_reason (model, NULL);
  g_assert_nonnull (strstr (rcp_form_model_get_text (model, RCP_KEY_LEAVE), "2026-12-24"));
  WAIT_FOR (gtk_widget_is_sensitive (window_find (GTK_WIDGET (dialog), is_button, "_Save")));
  type_day (dialog, "First Day", "whenever");
  assert_reason (model, "Write the first day, such as 24 Dec 2026");
  type_day (dialog, "First Day", "");
  assert_reason (model, NULL);
  gtk_window_destroy (dialog);
}

/* Two desks have the same form open: the second is told, reads what the first has written, and keeps what it typed itself. */
static void
test_conflict (WindowFixture *fixture, gconstpointer data)
{
  RcpSetupKind kind = GPOINTER_TO_INT (data);
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpFormModel) first = NULL, second = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *key = kind == RCP_SETUP_PROVIDER ? RCP_KEY_FAMILY : RCP_KEY_NAME;
  GtkWindow *dialog;

  window_fixture_open (fixture, practice);
  first = open_first (fixture, kind);
  second = open_first (fixture, kind);
  dialog = rcp_form_dialog_new (second);
  gtk_window_present (dialog);
  rcp_form_model_set_text (first, key, "Changed Here");
  rcp_form_model_save_async (first, on_result_cb, &result);
  WAIT_FOR (result);
  g_assert_true (rcp_form_model_save_finish (first, result, &error));
  g_assert_no_error (error);

  rcp_form_model_set_text (second, key, "Changed There");
  gtk_widget_activate (window_find (GTK_WIDGET (dialog), is_button, "_Save"));
  WAIT_FOR (rcp_form_model_is_outdated (second));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), is_label_with, "Another desk changed this meanwhile"));
  g_assert_cmpstr (rcp_form_model_get_text (second, key), ==, "Changed There");
  gtk_widget_activate (window_find (GTK_WIDGET (dialog), is_button, "_Reload"));
  WAIT_FOR (!rcp_form_model_is_outdated (second) && !rcp_form_model_is_busy (second));
  g_assert_cmpstr (rcp_form_model_get_text (second, key), ==, "Changed There");
  gtk_window_destroy (dialog);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, data, func)                                                                                           \
  g_test_add ("/ui/form-dialog/" name, WindowFixture, GINT_TO_POINTER (data), window_fixture_set_up, func, window_fixture_tear_down)
  ADD ("bad-input", 0, test_bad_input);
  ADD ("unsaved", 0, test_unsaved);
  ADD ("days-not-added", 0, test_days_not_added);
  ADD ("conflict-provider", RCP_SETUP_PROVIDER, test_conflict);
  ADD ("conflict-place", RCP_SETUP_PLACE, test_conflict);
  ADD ("conflict-visit-type", RCP_SETUP_VISIT_TYPE, test_conflict);
#undef ADD
  return g_test_run ();
}
