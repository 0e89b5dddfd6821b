/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gmodule.h>

G_BEGIN_DECLS

/* Loads the part of the program that reads calendars, and wakes Evolution Data Server meanwhile. */
void rcp_calendars_loader_load_async (gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GModule *rcp_calendars_loader_load_finish (GAsyncResult *result, GError **error); /* for as long as the program runs */

G_END_DECLS
