/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row that is worked by the one switch or check button in it: one stop for Tab, and a screen reader says of it what it is called and
 * whether it is on. By themselves the row and what is in it are two stops for one thing. */
GtkWidget *rcp_check_row_new (GtkWidget *toggle, GtkPackType side);

G_END_DECLS
