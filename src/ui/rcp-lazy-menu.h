/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The menu of a button, with what is in @model now; made when it is opened. What was in it before goes. */
void rcp_lazy_menu_set (GtkMenuButton *button, GMenuModel *model);

G_END_DECLS
