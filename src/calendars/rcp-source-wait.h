/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ESource ESource;

/* Why a source awaits credentials. Private to the calendars. */
void rcp_source_wait_ask_async (ESource *source, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_source_wait_ask_finish (ESource *source, GAsyncResult *result);

G_END_DECLS
