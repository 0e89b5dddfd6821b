/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Real key presses: they come through the screen, as from a keyboard. */

/* @keys: as xdotool names them, with spaces between: "Tab shift+Tab a". Returns when they have been worked off. */
void window_press (const char *keys);
void window_type (const char *text);

/* The window that has the keyboard, and the widget in it; NULL when none has. */
GtkWindow *window_get_active (void);
GtkWidget *window_get_focus (void);
/* Until a widget has the keyboard, as a window manager would see to. */
void window_wait_focus (void);
/* A dialog comes over the window of @list, whose row has the keyboard, and goes. While it is there, while it goes and after that
 * @model tells of a change as if it had been made from outside: a row of @list has the keyboard in the end. */
void window_keep_row_below_dialog (GtkListBox *list, GListModel *model);
/* The type, and the words of it: "GtkButton New Visit"; "nothing". What a failing test tells: (transfer full). */
char *window_describe_focus (void);

G_END_DECLS
