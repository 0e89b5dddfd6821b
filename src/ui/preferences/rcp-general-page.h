/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/* Name of this desk, time to undo, and what cannot be changed here: grain, time format, where the record is.
 * (transfer floating) */
GtkWidget *rcp_general_page_new (RcpDesk *desk, GSettings *settings);

G_END_DECLS
