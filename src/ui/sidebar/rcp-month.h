/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpMonth:
 *
 * A month to choose a day from: six weeks of buttons, named in full for a screen reader, one of them the day that is shown, one of them
 * today. The arrow keys go from day to day, over the edge of the month too; Page Up and Page Down turn the month.
 *
 * Signal: "day-activated" (GDate).
 */
#define RCP_TYPE_MONTH (rcp_month_get_type ())
G_DECLARE_FINAL_TYPE (RcpMonth, rcp_month, RCP, MONTH, GtkWidget)

GtkWidget *rcp_month_new (void);
/* The day that is shown, and with it the month. */
void rcp_month_set_date (RcpMonth *self, const GDate *date);
void rcp_month_set_today (RcpMonth *self, const GDate *today);
/* What is seen: its first day may be of the month before. */
const GDate *rcp_month_get_day (RcpMonth *self, guint index);
/**
 * RcpMonthSheet:
 * @owner: what the functions are called with
 * @get_date: the day that is looked at
 * @go: looks at another
 *
 * A sheet of the calendar that the keyboard goes over.
 */
typedef struct
{
  gpointer owner;
  const GDate *(*get_date) (gpointer owner);
  void (*go) (gpointer owner, const GDate *date);
} RcpMonthSheet;

void rcp_month_add_keys (GtkWidget *widget, const RcpMonthSheet *sheet);

G_END_DECLS
