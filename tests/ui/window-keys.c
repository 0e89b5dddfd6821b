/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "window-keys"

#include "config.h"

#include "window-keys.h"

#include <adwaita.h>

#include "ui/rcp-dialog.h"
#include "window-fixture.h"

static void
on_exited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
on_calm_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_parent (GList *windows, GtkWindow *window)
{
  for (GList *l = windows; l; l = l->next)
    if (gtk_widget_get_mapped (l->data) && gtk_window_get_transient_for (l->data) == window)
      return TRUE;
  return FALSE;
}

/* The screen of a test has no window manager, which would give the keyboard back when a dialog goes. */
static void
manage_windows (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  if (window_get_active ())
    return;
  for (GList *l = windows; l; l = l->next)
    if (gtk_widget_get_mapped (l->data) && !is_parent (windows, l->data))
      gtk_window_present (l->data);
}

static void
wait (void)
{
  gboolean calm = FALSE;

  g_timeout_add_full (G_PRIORITY_LOW, 60, on_calm_cb, &calm, NULL);
  WAIT_FOR (calm);
}

/* What the keys have begun is drawn, too. */
static void
settle (void)
{
  wait ();
  if (window_get_active ())
    return;
  manage_windows ();
  wait ();
}

static void
run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_NONE, &error);
  gboolean exited = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_async (process, NULL, on_exited_cb, &exited);
  WAIT_FOR (exited);
  settle ();
}

void
window_press (const char *keys)
{
  g_auto (GStrv) names = g_strsplit (keys, " ", -1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  static const char *const head[] = { "xdotool", "key", "--clearmodifiers", "--delay", "20" };

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    g_ptr_array_add (arguments, (gpointer) head[i]);
  for (guint i = 0; names[i]; i++)
    g_ptr_array_add (arguments, names[i]);
  g_ptr_array_add (arguments, NULL);
  run ((const char *const *) arguments->pdata);
}

void
window_type (const char *text)
{
  const char *const arguments[] = { "xdotool", "type", "--clearmodifiers", "--delay", "12", text, NULL };

  run (arguments);
}

GtkWindow *
window_get_active (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_is_active (l->data))
      return l->data;
  return NULL;
}

GtkWidget *
window_get_focus (void)
{
  GtkWindow *window = window_get_active ();

  return window ? gtk_window_get_focus (window) : NULL;
}

static gboolean
has_words (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0';
}

/* A window that comes to the screen gets the keyboard because it comes to lie under the pointer, when nobody has it by then: the one
 * before may go a moment later, and take it along. As with a key that is pressed, whoever has none by then is given it. */
void
window_wait_focus (void)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience ();

  while (!window_get_focus ())
    {
      if (g_get_monotonic_time () > end)
        g_error ("%s", window_get_active () ? "nothing in the window has the keyboard" : "no window has the keyboard");
      settle ();
    }
}

static void
change (GListModel *model)
{
  g_list_model_items_changed (model, 0, 0, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_in_row (GtkListBox *list)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (list)));

  g_assert_true (GTK_IS_LIST_BOX_ROW (focus));
  g_assert_true (gtk_widget_get_parent (focus) == GTK_WIDGET (list));
}

static void
on_response_cb (GtkWidget *dialog, const char *response, GListModel *model)
{
  change (model);
}

/* It goes by a key: a window that was not worked by one for long is not given the keyboard by the screen. */
void
window_keep_row_below_dialog (GtkListBox *list, GListModel *model)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (list)));
  GtkWidget *dialog = adw_message_dialog_new (NULL, "Question", NULL);

  window_wait_focus ();
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)));
  assert_in_row (list);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", "Close");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response_cb), model);
  rcp_dialog_present (GTK_WINDOW (dialog), window);
  WAIT_FOR (window_get_active () == GTK_WINDOW (dialog));
  change (model);
  assert_in_row (list);
  window_press ("Return"); /* at Escape, which closes it before it is let go of, GTK 4.8 loses an event */
  WAIT_FOR (window_get_active () == window);
  change (model);
  assert_in_row (list);
}

char *
window_describe_focus (void)
{
  GtkWidget *focus = window_get_focus (), *label = focus ? window_find (focus, has_words, NULL) : NULL;

  if (!focus)
    return g_strdup ("nothing");
  return g_strdup_printf ("%s%s %s", G_OBJECT_TYPE_NAME (focus), gtk_widget_get_mapped (focus) ? "" : " (hidden)",
                          label ? gtk_label_get_text (GTK_LABEL (label)) : "");
}
