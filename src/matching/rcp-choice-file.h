/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matching/rcp-choice.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The last choices of this desk, for each record, in a file that only the user can read. All of it waits for the disk: for a thread. */

#define RCP_CHOICE_FILE_MOST 2000

char *rcp_choice_file_dup_default (void);
GPtrArray *rcp_choice_file_load (const char *file, const char *record, GError **error);
gboolean rcp_choice_file_add (const char *file, const char *record, GBytes *choice, GError **error);
gboolean rcp_choice_file_forget (const char *file, const char *record, GError **error);

G_END_DECLS
