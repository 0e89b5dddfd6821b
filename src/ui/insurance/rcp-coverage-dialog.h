/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clinic/rcp-coverage.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpCoverageDialog:
 *
 * Adds an insurance to a patient or changes one. Signals: "saved".
 */
#define RCP_TYPE_COVERAGE_DIALOG (rcp_coverage_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpCoverageDialog, rcp_coverage_dialog, RCP, COVERAGE_DIALOG, AdwWindow)

GtkWindow *rcp_coverage_dialog_new (RcpDesk *desk, const char *patient_id, RcpCoverage *coverage, guint order);

G_END_DECLS
