/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder of the calendar files that other programs of this user subscribe to (docs/decisions/084). What is done there is done in
 * another thread, one thing after the other, in the order in which it was asked for: what is removed stays so, also while an older text of
 * it was on its way. */

/* Below the user's data folder. (transfer full) */
char *rcp_visit_folder_dup_default (void);
/* The file of one Practitioner of one record: neither can be read from its name. (transfer full) */
char *rcp_visit_folder_dup_path (const char *folder, const char *record, const char *person);
/* Replaces the file as a whole, unless @cancellable was cancelled before that began. Takes @text. */
void rcp_visit_folder_write_async (const char *path, char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_visit_folder_write_finish (GAsyncResult *result, GError **error);
void rcp_visit_folder_remove (const char *path);
/* Removes whatever is in @folder and is none of @paths: also what a crash has left of one of them. */
void rcp_visit_folder_keep_only (const char *folder, const char *const *paths);

G_END_DECLS
