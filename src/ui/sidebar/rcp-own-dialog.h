/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpOwnDialog:
 *
 * Asks which provider this desk belongs to. Typing finds the name.
 *
 * Signal: "chosen" (utf8, nullable): the id of the Practitioner, or of nobody.
 */
#define RCP_TYPE_OWN_DIALOG (rcp_own_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpOwnDialog, rcp_own_dialog, RCP, OWN_DIALOG, AdwWindow)

/* @providers: of RcpProvider; @own: (nullable): who it is now. (transfer none): a window, not shown yet */
GtkWindow *rcp_own_dialog_new (GListModel *providers, const char *own);

G_END_DECLS
