/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows @dialog over @parent, modal and no larger than it: the one way in which a window comes over another. */
void rcp_dialog_present (GtkWindow *dialog, GtkWindow *parent);
/* Whether a dialog of @window is open, which has the keyboard then, whatever has it in the window behind. */
gboolean rcp_dialog_is_over (GtkWindow *window);

G_END_DECLS
