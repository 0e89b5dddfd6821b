/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-patient-fields.h"
#include "identity/rcp-name-compare.h"

G_BEGIN_DECLS

/* How much two patients look like one person. Pure. */

typedef enum
{
  RCP_ASPECT_NAME,
  RCP_ASPECT_BIRTH_DATE,
  RCP_ASPECT_PHONE,
  RCP_ASPECT_EMAIL,
  RCP_ASPECT_ADDRESS,
  RCP_ASPECT_MRN,
  RCP_N_ASPECTS,
} RcpAspect;

/**
 * RcpLikenessGrade: as FHIR's match grades, http://terminology.hl7.org/CodeSystem/match-grade
 * @RCP_LIKENESS_NONE: nothing that a desk should look at
 * @RCP_LIKENESS_POSSIBLE: compare them
 * @RCP_LIKENESS_PROBABLE: they are likely one person
 * @RCP_LIKENESS_CERTAIN: name, birth date and a way to reach them are the same
 */
typedef enum
{
  RCP_LIKENESS_NONE,
  RCP_LIKENESS_POSSIBLE,
  RCP_LIKENESS_PROBABLE,
  RCP_LIKENESS_CERTAIN,
} RcpLikenessGrade;

/**
 * RcpLikeness:
 * @points: tenths of the weights of the Interoperable Digital Identity and Patient Matching IG 2.0.0
 */
typedef struct
{
  guint points;
  RcpLikenessGrade grade;
  RcpAgreement agreements[RCP_N_ASPECTS];
} RcpLikeness;

RcpLikeness rcp_likeness_compare (const RcpPatientFields *a, const RcpPatientFields *b, const char *region);
RcpAgreement rcp_likeness_compare_dates (const char *a, const char *b);
RcpAgreement rcp_likeness_compare_streets (const char *a, const char *b);
/* What agrees, for people: "Same birth date, similar name". (transfer full) */
char *rcp_likeness_describe (const RcpLikeness *self);
/* Of one field, for a comparison side by side. */
RcpAgreement rcp_likeness_compare_field (const RcpPatientFields *a, const RcpPatientFields *b, RcpPatientField field, const char *region);

G_END_DECLS
