/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/preferences/rcp-form-rows.h"

G_BEGIN_DECLS

/* What is on the form of each kind, from top to bottom. */
const char *rcp_form_pages_get_title (RcpFormModel *model);
/* Returns what gets the focus first. */
GtkWidget *rcp_form_pages_fill (AdwPreferencesPage *page, RcpFormRows *rows, RcpFormModel *model);

G_END_DECLS
