/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-visit-export.h"

G_BEGIN_DECLS

/**
 * RcpVisitFile:
 *
 * A calendar file of one provider's visits that is kept fresh, for programs that subscribe to its address: four weeks back and thirteen ahead.
 * "changed" tells that it stands otherwise.
 */
#define RCP_TYPE_VISIT_FILE (rcp_visit_file_get_type ())
G_DECLARE_FINAL_TYPE (RcpVisitFile, rcp_visit_file, RCP, VISIT_FILE, GObject)

/* Of @what, the range does not count. (transfer full): writes nothing before it is started */
RcpVisitFile *rcp_visit_file_new (FhirClient *client, RcpClock *clock, const RcpVisitExporter *exporter, const char *path,
                                  const RcpVisitExport *what);
void rcp_visit_file_start (RcpVisitFile *self);
/* The file stays as it is. */
void rcp_visit_file_stop (RcpVisitFile *self);
/* The visit @visit_id, which is of @person now, has changed; both NULL: anything may have. */
void rcp_visit_file_look (RcpVisitFile *self, const char *person, const char *visit_id);
/* Where it shall say less than before, what it says is taken away first. */
void rcp_visit_file_set_privacy (RcpVisitFile *self, RcpMirrorPrivacy privacy);
/* For tests: milliseconds from a change to the writing, and from a failure to the next try. */
void rcp_visit_file_set_pace (RcpVisitFile *self, guint soon, guint pause);
gint64 rcp_visit_file_get_as_of (RcpVisitFile *self);         /* when it was written last since the start, or 0 */
const GError *rcp_visit_file_get_error (RcpVisitFile *self); /* why it could not be since then, or NULL */

G_END_DECLS
