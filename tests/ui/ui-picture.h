/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The program's own style and icons, for a test without the program. */
void ui_picture_load_style (void);
GdkTexture *ui_picture_take (GtkWidget *window);
GdkTexture *ui_picture_take_soon (GtkWidget *window);
void ui_picture_keep (GdkTexture *texture, const char *name);
/* Draws @window as it is now to RECEPTION_PICTURES/@name.png; only draws it when that is not set. */
void ui_picture_save (GtkWidget *window, const char *name);

G_END_DECLS
