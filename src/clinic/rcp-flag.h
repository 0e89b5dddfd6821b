/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpFlag:
 *
 * Something about a patient that must be seen (Flag): immutable.
 */
#define RCP_TYPE_FLAG (rcp_flag_get_type ())
G_DECLARE_FINAL_TYPE (RcpFlag, rcp_flag, RCP, FLAG, GObject)

RcpFlag *rcp_flag_new (FhirResource *resource);
FhirResource *rcp_flag_get_resource (RcpFlag *self);
const char *rcp_flag_get_id (RcpFlag *self);
const char *rcp_flag_get_text (RcpFlag *self);     /* never NULL */
const char *rcp_flag_get_category (RcpFlag *self); /* of RCP_SYSTEM_FLAG_CATEGORY, or NULL */
/* Whether it is active, and @now (microseconds UTC) lies in its period. */
gboolean rcp_flag_is_in_force (RcpFlag *self, gint64 now);

/* Categories that a desk chooses from, and what they are called; ends in NULL. */
const char *const *rcp_flag_get_categories (void);
const char *rcp_flag_category_to_label (const char *category); /* "Note" for what is none of them */

/* The flags of a patient that are in force at @now: servers need not search by status (Flag has no such parameter in R4). Gravest first. */
void rcp_flags_load_async (FhirClient *client, const char *patient_id, gint64 now, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
GListModel *rcp_flags_load_finish (GAsyncResult *result, GError **error); /* (element-type RcpFlag) (transfer full) */

G_END_DECLS
