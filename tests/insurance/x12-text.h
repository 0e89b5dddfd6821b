/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-x12-reply.h"

G_BEGIN_DECLS

/* X12 for tests, written short. */

/* An interchange of version 00501 around one set of @set ("271"), its counts right. @body: the segments between ST and SE, each ended
 * by "~". */
char *x12_text_make (const char *set, const char *body);
X12Interchange *x12_text_read (const char *text);
gboolean x12_text_has_issue (const X12Interchange *interchange, X12IssueCode code, guint segment, guint element);
/* The benefits of one subscriber, of whom these lines of EB (and below) are said. */
RcpX12Reply *x12_text_read_benefits (const char *lines);

G_END_DECLS
