/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Money is an integer of cents. What is worked out with shares is worked out in millionths of a cent and rounded once, at the end. */

#define RCP_MONEY_LARGEST G_GINT64_CONSTANT (100000000000) /* a thousand million, in cents */
#define RCP_SHARE_WHOLE 1000000                            /* a share is so many millionths */

gboolean rcp_money_parse_decimal (const char *text, gint64 *cents);
gboolean rcp_share_parse_decimal (const char *text, guint *millionths);
gint64 rcp_money_round (gint64 millionths_of_cents);

/**
 * RcpMoney:
 * @amount: in the smallest unit of the currency: cents
 * @currency: ISO 4217
 */
typedef struct
{
  gint64 amount;
  char currency[4];
} RcpMoney;

guint rcp_money_get_places (const char *currency);
char *rcp_money_format (gint64 amount, const char *currency);
char *rcp_money_format_typed (gint64 amount, const char *currency);
gboolean rcp_money_parse_typed (const char *text, const char *currency, gint64 *amount);
char *rcp_money_dup_own_currency (void);
gboolean rcp_money_is_currency (const char *code);

G_END_DECLS
