/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A telephone or record number that reads from left to right among words of either direction. NULL gives NULL. (transfer full). */
char *rcp_number_text_dup (const char *number);
void rcp_number_text_make_plain (GString *text); /* for what is copied */
void rcp_number_text_set_up_entry (GtkEditable *entry); /* in which one is typed */

G_END_DECLS
