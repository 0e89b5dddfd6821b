/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-clearinghouse.h"

G_BEGIN_DECLS

/* A question in the words of X12 270. Pure. */

char *rcp_inquiry_write (const RcpEligibilityQuestion *question, const RcpClearinghouseSetup *setup, gint64 now, GError **error);

G_END_DECLS
