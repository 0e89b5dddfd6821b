/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/preferences/rcp-form-model.h"

G_BEGIN_DECLS

/**
 * RcpFormDialog:
 *
 * One provider, place, room or visit type, to be made or changed. Signal "saved" when the record holds it.
 */
#define RCP_TYPE_FORM_DIALOG (rcp_form_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpFormDialog, rcp_form_dialog, RCP, FORM_DIALOG, AdwWindow)

GtkWindow *rcp_form_dialog_new (RcpFormModel *model);

G_END_DECLS
