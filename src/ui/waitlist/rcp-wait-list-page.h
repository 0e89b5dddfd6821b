/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/waitlist/rcp-wait-list-model.h"

G_BEGIN_DECLS

/**
 * RcpWaitListPage:
 *
 * Who waits for an earlier time; above them the times that have become free, each with those who could have it and why.
 * B books who comes first for the first free time, Enter the row that the keyboard is at; Delete takes off the list.
 *
 * Signals: "booked" (RcpVisit): to be shown; "patient-activated" (RcpPatient).
 */
#define RCP_TYPE_WAIT_LIST_PAGE (rcp_wait_list_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpWaitListPage, rcp_wait_list_page, RCP, WAIT_LIST_PAGE, GtkWidget)

GtkWidget *rcp_wait_list_page_new (RcpWaitListModel *model);

G_END_DECLS
