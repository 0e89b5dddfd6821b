/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-eligibility-backend.h"

G_DEFINE_INTERFACE (RcpEligibilityBackend, rcp_eligibility_backend, G_TYPE_OBJECT)

static void
rcp_eligibility_backend_default_init (RcpEligibilityBackendInterface *iface)
{
}

/**
 * rcp_eligibility_question_new:
 * @service_type: (nullable): %NULL asks for the plan as a whole
 * @trace: (nullable): %NULL for a new one
 *
 * Returns: (transfer full)
 */
RcpEligibilityQuestion *
rcp_eligibility_question_new (RcpPatient *patient, RcpCoverage *coverage, const GDate *service_date, const char *service_type,
                              const char *trace)
{
  RcpEligibilityQuestion *self;

  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);
  g_return_val_if_fail (RCP_IS_COVERAGE (coverage), NULL);
  g_return_val_if_fail (service_date != NULL && g_date_valid (service_date), NULL);

  self = g_rc_box_new0 (RcpEligibilityQuestion);
  self->patient = g_object_ref (patient);
  self->coverage = g_object_ref (coverage);
  self->service_date = *service_date;
  self->service_type = g_strdup (service_type ? service_type : RCP_SERVICE_TYPE_PLAN);
  if (trace)
    self->trace = g_strdup (trace);
  else
    {
      g_autofree char *random = g_uuid_string_random ();

      /* X12 is written in capitals. */
      self->trace = g_ascii_strup (random, -1);
    }
  return self;
}

RcpEligibilityQuestion *
rcp_eligibility_question_ref (RcpEligibilityQuestion *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RcpEligibilityQuestion *self = data;

  g_object_unref (self->patient);
  g_object_unref (self->coverage);
  g_free (self->service_type);
  g_free (self->trace);
}

void
rcp_eligibility_question_unref (RcpEligibilityQuestion *self)
{
  g_rc_box_release_full (self, clear);
}

/* Returns: (transfer full): one that cannot tell yet, to this question */
RcpEligibilityAnswer *
rcp_eligibility_question_make_answer (RcpEligibilityQuestion *self, gint64 at)
{
  RcpEligibilityAnswer *answer = rcp_eligibility_answer_new (self->trace, at);

  answer->service_date = self->service_date;
  answer->service_type = g_strdup (self->service_type);
  answer->coverage = g_strdup (fhir_resource_get_reference (rcp_coverage_get_resource (self->coverage)));
  return answer;
}

void
rcp_eligibility_backend_check_async (RcpEligibilityBackend *self, RcpEligibilityQuestion *question, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RCP_IS_ELIGIBILITY_BACKEND (self));
  g_return_if_fail (question != NULL);

  RCP_ELIGIBILITY_BACKEND_GET_IFACE (self)->check_async (self, question, cancellable, callback, user_data);
}

/* Returns: (transfer full): %NULL with G_IO_ERROR_CANCELLED, and with no other error */
RcpEligibilityAnswer *
rcp_eligibility_backend_check_finish (RcpEligibilityBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RCP_IS_ELIGIBILITY_BACKEND (self), NULL);

  return RCP_ELIGIBILITY_BACKEND_GET_IFACE (self)->check_finish (self, result, error);
}
