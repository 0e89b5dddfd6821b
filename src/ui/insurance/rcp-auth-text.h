/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-prior-auth.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/* What is said of an authorization. All (transfer full). */
char *rcp_auth_text_due (RcpPriorAuth *auth, const GDate *today);       /* "authorization needed by Mon, 23 Nov", "authorization A-123 received" */
char *rcp_auth_text_line (RcpPriorAuth *auth, const GDate *today);      /* "Authorization needed by Mon, 23 Nov" */
char *rcp_auth_text_describe (RcpPriorAuth *auth, RcpDesk *desk);       /* "Acme Health · Tue, 24 Nov, 9:15 · Follow-up · Dr. Ruiz" */

G_END_DECLS
