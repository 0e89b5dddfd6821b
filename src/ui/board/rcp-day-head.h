/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpDayHead:
 *
 * What stands above the columns of one day in a week: which day, whether it is today, and how much lies on it. A click, or its
 * activation, leads to that day.
 */
#define RCP_TYPE_DAY_HEAD (rcp_day_head_get_type ())
G_DECLARE_FINAL_TYPE (RcpDayHead, rcp_day_head, RCP, DAY_HEAD, GtkButton)

/* @is_narrow: it has the width of one column: two lines. */
GtkWidget *rcp_day_head_new (const GDate *date, gboolean is_narrow);
void rcp_day_head_set_date (RcpDayHead *self, const GDate *date);
const GDate *rcp_day_head_get_date (RcpDayHead *self);
void rcp_day_head_set_contents (RcpDayHead *self, guint n_visits, gboolean is_known, gboolean is_closed, gboolean is_today);

G_END_DECLS
