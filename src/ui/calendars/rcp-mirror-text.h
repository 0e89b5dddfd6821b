/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mirroring/rcp-mirror-service.h"

G_BEGIN_DECLS

/* How a calendar that shows visits stands, for people: (transfer full). @zone: of the clinic. */
char *rcp_mirror_text_describe (const RcpMirrorReading *reading, GTimeZone *zone);

G_END_DECLS
