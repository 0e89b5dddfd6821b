/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/booking/rcp-series-model.h"

G_BEGIN_DECLS

/**
 * RcpSeriesDialog:
 *
 * A visit that is repeated: how often, the dates with a tick each, what stands against one and what is near, and after
 * booking what became of each.
 *
 * Signal: "booked" (RcpVisit): the first of them.
 */
#define RCP_TYPE_SERIES_DIALOG (rcp_series_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpSeriesDialog, rcp_series_dialog, RCP, SERIES_DIALOG, AdwWindow)

GtkWindow *rcp_series_dialog_new (RcpSeriesModel *model);

G_END_DECLS
