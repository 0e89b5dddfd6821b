/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mirroring/rcp-visit-export.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpDeskFiles:
 *
 * The calendar files that this desk keeps fresh for other programs, of the record that is open: which are chosen (the setting
 * "visit-files"), and what changes in them. Those of other records are removed. "changed" tells that one of them stands otherwise.
 */
#define RCP_TYPE_DESK_FILES (rcp_desk_files_get_type ())
G_DECLARE_FINAL_TYPE (RcpDeskFiles, rcp_desk_files, RCP, DESK_FILES, GObject)

RcpDeskFiles *rcp_desk_files_new (RcpDesk *desk, GSettings *settings);
/* @exporter: what writes calendars, once the part that has it is loaded. */
void rcp_desk_files_set_exporter (RcpDeskFiles *self, const RcpVisitExporter *exporter);
/* @record: of rcp_source_dup_key(), once the record is open. */
void rcp_desk_files_set_record (RcpDeskFiles *self, const char *record);
gboolean rcp_desk_files_has_any (RcpDeskFiles *self); /* of the record that is open */

/* @person: id of a Practitioner. @privacy: (out) (optional) */
gboolean rcp_desk_files_is_kept (RcpDeskFiles *self, const char *person, RcpMirrorPrivacy *privacy);
void rcp_desk_files_keep (RcpDeskFiles *self, const char *person, RcpMirrorPrivacy privacy);
void rcp_desk_files_give_up (RcpDeskFiles *self, const char *person); /* and removes it */
char *rcp_desk_files_dup_address (RcpDeskFiles *self, const char *person); /* file://; NULL without a record: (transfer full) */
/* How the file stands, for people: (transfer full). */
char *rcp_desk_files_describe (RcpDeskFiles *self, const char *person);

G_END_DECLS
