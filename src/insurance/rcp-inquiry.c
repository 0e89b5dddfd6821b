/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-inquiry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rcp-iso8601.h"
#include "base/rcp-time-range.h"
#include "clinic/rcp-patient-fields.h"
#include "insurance/rcp-x12-inquiry.h"

/* INS02 of a dependent, of FHIR's relationship. */
static const char *
get_relationship (RcpCoverage *coverage)
{
  static const char *const codes[][2] = { { "spouse", "01" }, { "child", "19" }, { "common", "53" } };
  const char *relationship = rcp_coverage_get (coverage, RCP_COVERAGE_RELATIONSHIP);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i][0], relationship) == 0)
      return codes[i][1];
  return "G8";
}

static void
take_date (GDate *date, const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  RcpIso8601 parsed;

  g_date_clear (date, 1);
  if (rcp_iso8601_parse (text, &parsed) && parsed.precision == RCP_ISO8601_DAY)
    rcp_time_get_day (parsed.start, utc, date);
}

static char
get_sex (RcpPatient *patient)
{
  const char *gender = rcp_patient_get_gender (patient);

  if (g_strcmp0 (gender, "female") == 0)
    return 'F';
  return g_strcmp0 (gender, "male") == 0 ? 'M' : '\0';
}

static const char *
find_missing (const RcpEligibilityQuestion *question)
{
  RcpCoverage *coverage = question->coverage;

  if (*rcp_coverage_get (coverage, RCP_COVERAGE_PAYER_ID) == '\0')
    return _ ("The payer's number at the clearinghouse is missing. Enter it with the insurance.");
  if (*rcp_coverage_get (coverage, RCP_COVERAGE_MEMBER_ID) == '\0')
    return _ ("The member number is missing. Enter it with the insurance.");
  if (!rcp_coverage_is_self (coverage) && *rcp_coverage_get (coverage, RCP_COVERAGE_SUBSCRIBER_FAMILY) == '\0')
    return _ ("It is not entered whose insurance it is. Enter the name of the insured person.");
  return NULL;
}

static char *
write_people (const RcpEligibilityQuestion *question, RcpInquiry *inquiry, const X12Envelope *envelope, GError **error)
{
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_patient (question->patient);
  RcpCoverage *coverage = question->coverage;
  const GDate *born = rcp_patient_get_birth_date (question->patient);
  RcpInquiryPerson patient = { .family = rcp_patient_fields_get (fields, RCP_FIELD_FAMILY),
                               .given = rcp_patient_fields_get (fields, RCP_FIELD_GIVEN),
                               .sex = get_sex (question->patient) };

  g_date_clear (&patient.birth_date, 1);
  if (born)
    patient.birth_date = *born;
  if (rcp_coverage_is_self (coverage))
    inquiry->subscriber = patient;
  else
    {
      inquiry->subscriber.family = rcp_coverage_get (coverage, RCP_COVERAGE_SUBSCRIBER_FAMILY);
      inquiry->subscriber.given = rcp_coverage_get (coverage, RCP_COVERAGE_SUBSCRIBER_GIVEN);
      take_date (&inquiry->subscriber.birth_date, rcp_coverage_get (coverage, RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE));
      inquiry->dependent = &patient;
      inquiry->relationship = get_relationship (coverage);
    }
  inquiry->subscriber.member_id = rcp_coverage_get (coverage, RCP_COVERAGE_MEMBER_ID);
  return rcp_x12_inquiry_write (inquiry, envelope, &X12_USUAL_DELIMITERS, error);
}

/**
 * rcp_inquiry_write:
 * @now: the time, in microseconds UTC
 *
 * Each call has a control number of its own, by chance: two desks share no counter.
 *
 * Returns: (transfer full): the interchange; %NULL with X12_ERROR_NOT_ALLOWED, in words for people
 */
char *
rcp_inquiry_write (const RcpEligibilityQuestion *question, const RcpClearinghouseSetup *setup, gint64 now, GError **error)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  const char *const service_types[] = { question->service_type, NULL };
  const char *missing = find_missing (question);
  g_autofree char *payer = rcp_coverage_dup_payer_name (question->coverage);
  X12Envelope envelope = { .sender_qualifier = setup->sender_qualifier,
                           .sender = setup->sender,
                           .receiver_qualifier = setup->receiver_qualifier,
                           .receiver = setup->receiver,
                           .when = when,
                           .control_number = (guint) g_random_int_range (1, 1000000000),
                           .is_test = setup->is_test };
  RcpInquiry inquiry = { .payer_name = payer,
                         .payer_qualifier = "PI",
                         .payer_id = rcp_coverage_get (question->coverage, RCP_COVERAGE_PAYER_ID),
                         .provider_family = setup->provider_name,
                         .npi = setup->npi,
                         .reference = question->trace,
                         .company = setup->company,
                         .service_date = question->service_date,
                         .service_types = service_types };

  if (missing)
    {
      g_set_error_literal (error, X12_ERROR, X12_ERROR_NOT_ALLOWED, missing);
      return NULL;
    }
  return write_people (question, &inquiry, &envelope, error);
}
