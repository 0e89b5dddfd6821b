/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-benefit.h"

G_BEGIN_DECLS

/* Why a payer could not answer, in words for people, and whether it may be asked again. Pure. */

const char *rcp_rejection_get_words (const char *code);
const char *rcp_rejection_get_follow_up (const char *code);
char *rcp_rejections_describe (GArray *rejections);
gboolean rcp_rejections_allow_retry (GArray *rejections);

G_END_DECLS
