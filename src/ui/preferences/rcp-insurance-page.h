/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpInsurancePage:
 *
 * How this desk asks payers: which way, where, as whom; and a button that tries it.
 */
#define RCP_TYPE_INSURANCE_PAGE (rcp_insurance_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpInsurancePage, rcp_insurance_page, RCP, INSURANCE_PAGE, AdwBin)

GtkWidget *rcp_insurance_page_new (RcpDesk *desk, GSettings *settings);

G_END_DECLS
