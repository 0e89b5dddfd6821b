/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows @dialog over @parent, modal and no larger than it: the one way in which a window comes over another. */
void rcp_dialog_present (GtkWindow *dialog, GtkWindow *parent);

G_END_DECLS
