/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-print-document.h"

G_BEGIN_DECLS

/* Asks for a printer and prints. Takes @document. @parent: nullable. Failures are told by a dialog. */
void rcp_print_run (GtkWindow *parent, RcpPrintDocument *document);
/* Writes a PDF to @path, in a thread of its own. */
void rcp_print_export_async (RcpPrintDocument *document, const char *path, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_print_export_finish (GAsyncResult *result, GError **error);
/* The paper that is usual here, upright or on its side as @document wants: (transfer full). */
GtkPageSetup *rcp_print_make_page_setup (RcpPrintDocument *document);

G_END_DECLS
