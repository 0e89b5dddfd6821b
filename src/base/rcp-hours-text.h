/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-weekly-hours.h"

G_BEGIN_DECLS

/**
 * RcpHoursFault: why a text is not the hours of a day.
 * @RCP_HOURS_UNREADABLE: it is no list of times
 * @RCP_HOURS_BACKWARDS: a part ends before it starts, or where it starts
 * @RCP_HOURS_OVERLAP: two parts overlap
 * @RCP_HOURS_OFF_GRAIN: a time is between two slots
 */
typedef enum
{
  RCP_HOURS_FINE,
  RCP_HOURS_UNREADABLE,
  RCP_HOURS_BACKWARDS,
  RCP_HOURS_OVERLAP,
  RCP_HOURS_OFF_GRAIN,
} RcpHoursFault;

/* The hours of one day as people type them: "9-12, 13:30-17", "9 am – 1 pm"; "" is a day off. @hours: (out) (transfer
 * full) (element-type RcpDayHours), in order, set for RCP_HOURS_FINE only. @fault_part: (out) (optional) (transfer
 * full): the part of the text that is wrong, else NULL. */
RcpHoursFault rcp_hours_text_parse (const char *text, guint grain_minutes, GArray **hours, char **fault_part);
/* "9:00 – 12:00, 13:30 – 17:00", which the parser reads back: (transfer full). */
char *rcp_hours_text_format (GArray *hours);

G_END_DECLS
