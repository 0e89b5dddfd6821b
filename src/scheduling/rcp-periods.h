/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RcpPeriod: days on which somebody or a place is not there; both days within.
 */
typedef struct
{
  GDate first;
  GDate last;
  char *words; /* never NULL */
} RcpPeriod;

RcpPeriod *rcp_period_new (const GDate *first, const GDate *last, const char *words);
void rcp_period_free (RcpPeriod *period);
/* Of the text that a draft holds, one period on a line, "2026-12-24/2026-12-26 Holidays": (transfer full) (element-type
 * RcpPeriod), by day. What is no period is left out. */
GPtrArray *rcp_periods_parse (const char *text);
char *rcp_periods_format (GPtrArray *periods); /* (transfer full), sorted */
/* FHIR's Period of whole days: NULL when @json is another one. */
RcpPeriod *rcp_period_from_json (JsonObject *json, const char *words);
JsonObject *rcp_period_to_json (const RcpPeriod *period); /* (transfer full) */

G_END_DECLS
