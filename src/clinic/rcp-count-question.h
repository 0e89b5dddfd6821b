/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a server is asked to count of some days, and what it says. Private to the clinic. */

#include "clinic/rcp-day-counts.h"

G_BEGIN_DECLS

typedef struct _RcpCountQuestion RcpCountQuestion;

RcpCountQuestion *rcp_count_question_new (RcpRoster *roster, GArray *days, GStrv schedule_ids);
void rcp_count_question_free (RcpCountQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpCountQuestion, rcp_count_question_free)
/* For fhir_client_batch_get_async(). */
const char *const *rcp_count_question_get_paths (RcpCountQuestion *self);
GArray *rcp_count_question_read (RcpCountQuestion *self, FhirBundle *reply, GError **error);

G_END_DECLS
