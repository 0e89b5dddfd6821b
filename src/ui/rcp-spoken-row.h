/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Lets a screen reader say the subtitle of a row with its title: by itself a row is called by the title alone. To be called after either
 * has changed. */
void rcp_spoken_row_update (AdwActionRow *row);

/* The same where it is not the subtitle that belongs to it: @title without markup, and what stands beside it, or NULL. */
void rcp_spoken_row_name (AdwActionRow *row, const char *title, const char *detail);

/* The same for what stands in a list view: it is the item around @child that gets the keyboard, and it has no name. */
void rcp_spoken_row_name_item (GtkWidget *child, const char *label);

/* The same for a drop-down, whose button inside has no name. */
void rcp_spoken_row_name_drop_down (GtkDropDown *drop_down, const char *label);

G_END_DECLS
