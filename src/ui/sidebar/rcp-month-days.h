/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A sheet of the calendar: six weeks, so that its height never changes. */
#define RCP_MONTH_DAYS 42

/* The day with which the locale begins a week: 1 is Monday, 7 is Sunday. */
GDateWeekday rcp_month_days_get_first_weekday (void);
/* Fills @days (RCP_MONTH_DAYS of them) with those of the month of @month, from the beginning of the week in which it begins. */
void rcp_month_days_fill (GDate *days, const GDate *month, GDateWeekday first);
/* The same day @months later, or the last of that month. */
void rcp_month_days_add_months (GDate *date, int months);

G_END_DECLS
