/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RcpIso8601Precision:
 *
 * How much of a FHIR date, dateTime or instant was written.
 */
typedef enum
{
  RCP_ISO8601_YEAR,
  RCP_ISO8601_MONTH,
  RCP_ISO8601_DAY,
  RCP_ISO8601_MINUTE,
  RCP_ISO8601_SECOND,
  RCP_ISO8601_FRACTION,
} RcpIso8601Precision;

/**
 * RcpIso8601:
 * @start: first instant that the text covers, in microseconds UTC
 * @end: first instant after it (half-open)
 * @precision: how much was written
 * @has_zone: whether "Z" or an offset was written; else UTC was assumed
 */
typedef struct
{
  gint64 start;
  gint64 end;
  RcpIso8601Precision precision;
  gboolean has_zone;
} RcpIso8601;

gboolean rcp_iso8601_parse (const char *text, RcpIso8601 *parsed);
gboolean rcp_iso8601_parse_instant (const char *text, gint64 *instant);
char *rcp_iso8601_format_utc (gint64 instant);

G_END_DECLS
