/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Says what failed and what to do now; the technical text of @error is one click away. */
void rcp_error_dialog_present (GtkWindow *parent, const char *heading, const GError *error);

G_END_DECLS
