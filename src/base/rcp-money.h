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
char *rcp_money_format (gint64 cents, const char *currency);

G_END_DECLS
