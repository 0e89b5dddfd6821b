/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-coverage.h"
#include "clinic/rcp-values.h"
#include "insurance/rcp-eligibility-answer.h"

G_BEGIN_DECLS

/**
 * RcpEligibilityQuestion: is @patient covered by @coverage on @service_date?
 * @service_type: X12 code of what the visit is
 * @trace: what the answer must repeat; 1 to 50 characters
 */
typedef struct
{
  RcpPatient *patient;
  RcpCoverage *coverage;
  GDate service_date;
  char *service_type;
  char *trace;
} RcpEligibilityQuestion;

RcpEligibilityQuestion *rcp_eligibility_question_new (RcpPatient *patient, RcpCoverage *coverage, const GDate *service_date,
                                                      const char *service_type, const char *trace);
RcpEligibilityQuestion *rcp_eligibility_question_ref (RcpEligibilityQuestion *self);
void rcp_eligibility_question_unref (RcpEligibilityQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpEligibilityQuestion, rcp_eligibility_question_unref)

RcpEligibilityAnswer *rcp_eligibility_question_make_answer (RcpEligibilityQuestion *self, gint64 at);

/* One attempt and another one, which only the same standard allows: CAQH CORE's real time. */
#define RCP_ELIGIBILITY_TIMEOUT_MS 30000
#define RCP_ELIGIBILITY_LONGEST_MS 60000

/**
 * RcpEligibilityBackend:
 *
 * A way to ask a payer. Whatever goes wrong on the way is an answer that cannot tell, with the reason in words: a check never stands
 * in the way of the visit.
 */
#define RCP_TYPE_ELIGIBILITY_BACKEND (rcp_eligibility_backend_get_type ())
G_DECLARE_INTERFACE (RcpEligibilityBackend, rcp_eligibility_backend, RCP, ELIGIBILITY_BACKEND, GObject)

struct _RcpEligibilityBackendInterface
{
  GTypeInterface parent;

  void (*check_async) (RcpEligibilityBackend *self, RcpEligibilityQuestion *question, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);
  RcpEligibilityAnswer *(*check_finish) (RcpEligibilityBackend *self, GAsyncResult *result, GError **error);
};

void rcp_eligibility_backend_check_async (RcpEligibilityBackend *self, RcpEligibilityQuestion *question, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
RcpEligibilityAnswer *rcp_eligibility_backend_check_finish (RcpEligibilityBackend *self, GAsyncResult *result, GError **error);

G_END_DECLS
