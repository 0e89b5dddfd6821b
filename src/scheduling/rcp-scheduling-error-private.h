/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-scheduling-error.h"

G_BEGIN_DECLS

/* @detail: technical text, or NULL. (transfer full) */
GError *rcp_scheduling_error_new (RcpSchedulingError code, RcpDeed deed, const char *detail);
/* The same with @what in place of the usual first sentence. */
GError *rcp_scheduling_error_new_because (RcpSchedulingError code, RcpDeed deed, const char *what, const char *detail);
/* What a FHIR error means for @deed when nothing of it can be in the record: (transfer full). A cancelled call stays
 * G_IO_ERROR_CANCELLED. */
GError *rcp_scheduling_error_new_from_fhir (const GError *cause, RcpDeed deed);
/* HTTP status, issue code and text of a FHIR error in one line: (transfer full). */
char *rcp_scheduling_error_describe (const GError *cause);

G_END_DECLS
