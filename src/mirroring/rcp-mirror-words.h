/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-mirror-values.h"
#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/* A visit as the calendar of @practitioner_id should have it, saying no more than @privacy allows: (transfer full). One that is not
 * that provider's, or has no time, is RCP_MIRROR_GONE. @zone: IANA name of the place, or NULL; @place: its name, or NULL. */
RcpMirrorVisit *rcp_mirror_words_for (RcpVisit *visit,
                                      const char *practitioner_id,
                                      RcpMirrorPrivacy privacy,
                                      const char *zone,
                                      const char *place);

G_END_DECLS
