/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/* How many visits of one half day may be put beside others (Schedule, urn:reception:overbook); -1 when nothing is set. */
int rcp_provider_get_overbook_limit (RcpProvider *self);

G_END_DECLS
