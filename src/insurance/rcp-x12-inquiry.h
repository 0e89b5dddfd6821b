/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/x12/x12-writer.h"

G_BEGIN_DECLS

/* The eligibility inquiry X12 270, 005010X279A1: one person, one day. */

/**
 * RcpInquiryPerson:
 * @member_id: (nullable): of the subscriber; a dependent has none
 * @birth_date: not valid when it is not known
 * @sex: 'F' or 'M'; 0 when the payer shall not be told
 */
typedef struct
{
  const char *family;
  const char *given;
  const char *member_id;
  GDate birth_date;
  char sex;
} RcpInquiryPerson;

/**
 * RcpInquiry:
 * @payer_qualifier: NM108: "PI" payer id, "XV" plan id, "NI" NAIC
 * @provider_family: or the name of the organization, when @provider_given is %NULL
 * @npi: National Provider Identifier
 * @reference: BHT03 and TRN02: what the reply repeats
 * @company: TRN03: exactly ten characters
 * @dependent: (nullable): the patient, when it is not the subscriber
 * @relationship: INS02 of the dependent: "01" spouse, "19" child, "G8" other
 * @service_types: X12 codes; empty when @procedure asks
 * @procedure: (nullable): an HCPCS or CPT code
 */
typedef struct
{
  const char *payer_name;
  const char *payer_qualifier;
  const char *payer_id;
  const char *provider_family;
  const char *provider_given;
  const char *npi;
  const char *reference;
  const char *company;
  RcpInquiryPerson subscriber;
  const RcpInquiryPerson *dependent;
  const char *relationship;
  GDate service_date;
  const char *const *service_types;
  const char *procedure;
} RcpInquiry;

char *rcp_x12_inquiry_write (const RcpInquiry *inquiry, const X12Envelope *envelope, const X12Delimiters *delimiters, GError **error);

G_END_DECLS
