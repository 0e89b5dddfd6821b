/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/requests/rcp-request-model.h"

G_BEGIN_DECLS

/**
 * RcpRequestPage:
 *
 * What providers have moved or deleted in their calendars, and what is in the way of it: the desk accepts or refuses each.
 *
 * Signal: "visit-activated" (RcpVisit): it is to be shown.
 */
#define RCP_TYPE_REQUEST_PAGE (rcp_request_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpRequestPage, rcp_request_page, RCP, REQUEST_PAGE, GtkWidget)

GtkWidget *rcp_request_page_new (RcpRequestModel *model);

G_END_DECLS
