/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "calendars/rcp-mirror-values.h"
#include "mirroring/rcp-mirror-service.h"

G_BEGIN_DECLS

/* What a calendar that shows visits says of each, in a few words. */
const char *rcp_mirror_text_get_privacy (RcpMirrorPrivacy privacy);
/* What is to be known before patients are invited, or why they cannot be. */
const char *rcp_mirror_text_get_inviting (RcpMirrorInviting inviting);
/* All of them, for a row to choose from: (transfer full), of GtkStringObject. */
GListModel *rcp_mirror_text_list_privacies (void);
/* How a calendar that shows visits stands, for people: (transfer full). @zone: of the clinic. */
char *rcp_mirror_text_describe (const RcpMirrorReading *reading, GTimeZone *zone);

G_END_DECLS
