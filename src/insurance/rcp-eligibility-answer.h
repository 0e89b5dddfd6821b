/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "insurance/rcp-eligibility.h"

G_BEGIN_DECLS

/**
 * RcpEligibilityAnswer: what was found out about one insurance of one patient for one day; never changed once it was handed out
 * @words: (nullable): why it cannot be told, for people
 * @benefits: (element-type RcpBenefit)
 * @rejections: of RcpRejection
 * @dates: of RcpDatedFact: those of the plan as a whole
 * @source: (nullable): who answered, by their own name
 * @at: when, in microseconds UTC
 * @trace: the trace number under which it was asked
 * @service_type: (nullable): X12 code of what was asked for
 * @service_date: the day that was asked for
 * @coverage: (nullable): "Coverage/12"
 * @raw: (nullable): the answer as it came; not read along with stored answers
 * @raw_type: (nullable): media type of it
 * @raw_reference: (nullable): "Binary/7": where the record keeps it
 */
typedef struct
{
  RcpEligibilityStatus status;
  char *words;
  GPtrArray *benefits;
  GArray *rejections;
  GArray *dates;
  char *source;
  gint64 at;
  char *trace;
  char *service_type;
  GDate service_date;
  char *coverage;
  GBytes *raw;
  char *raw_type;
  char *raw_reference;
} RcpEligibilityAnswer;

RcpEligibilityAnswer *rcp_eligibility_answer_new (const char *trace, gint64 at);
RcpEligibilityAnswer *rcp_eligibility_answer_ref (RcpEligibilityAnswer *self);
void rcp_eligibility_answer_unref (RcpEligibilityAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpEligibilityAnswer, rcp_eligibility_answer_unref)

void rcp_eligibility_answer_set_words (RcpEligibilityAnswer *self, const char *words);
gboolean rcp_eligibility_answer_is_stale (const RcpEligibilityAnswer *self, const GDate *visit, const char *service_type, gint64 now,
                                          guint days, GTimeZone *zone, const GDate *eve);
gboolean rcp_eligibility_answer_forbids_asking (const RcpEligibilityAnswer *self, const GDate *visit, gint64 now);

G_END_DECLS
