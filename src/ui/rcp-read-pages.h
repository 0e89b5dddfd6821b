/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkListBox *rcp_read_pages_make_list (const char *name);
GtkWidget *rcp_read_pages_scroll (GtkWidget *content);
void rcp_read_pages_add (GtkStack *stack, const char *title, GCallback retry, gpointer object);
void rcp_read_pages_show (GtkStack *stack, guint n, gboolean is_read, gboolean has_failed);

G_END_DECLS
