/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RcpCoverageField:
 *
 * What a desk writes down about a patient's insurance, in the order in which it is asked. As with RcpPatientField every field is a
 * text, "" when nothing is known, in the form in which it is stored.
 */
typedef enum
{
  RCP_COVERAGE_ORDER,              /* "1" for the primary, "2" for the secondary: Coverage.order */
  RCP_COVERAGE_PAYER_NAME,         /* Coverage.payor */
  RCP_COVERAGE_PAYER_ID,           /* the payer's number at the clearinghouse */
  RCP_COVERAGE_MEMBER_ID,          /* Coverage.subscriberId */
  RCP_COVERAGE_GROUP,              /* Coverage.class */
  RCP_COVERAGE_PLAN,
  RCP_COVERAGE_RELATIONSHIP,       /* of the patient to the subscriber: "self", "child", "spouse", ... */
  RCP_COVERAGE_START,              /* dates; Coverage.period */
  RCP_COVERAGE_END,                /* the last day */
  RCP_COVERAGE_SUBSCRIBER_FAMILY,  /* Coverage.subscriber, where the patient is not */
  RCP_COVERAGE_SUBSCRIBER_GIVEN,
  RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE,
  RCP_N_COVERAGE_FIELDS,
} RcpCoverageField;

/* A set of fields: bit 1 << field. */
typedef guint32 RcpCoverageFieldSet;
#define RCP_COVERAGE_BIT(field) ((RcpCoverageFieldSet) 1 << (field))
#define RCP_COVERAGE_ALL (RCP_COVERAGE_BIT (RCP_N_COVERAGE_FIELDS) - 1)

typedef struct _RcpCoverageFields RcpCoverageFields;

RcpCoverageFields *rcp_coverage_fields_new (void); /* all empty */
RcpCoverageFields *rcp_coverage_fields_new_from_json (JsonObject *coverage);
RcpCoverageFields *rcp_coverage_fields_copy (const RcpCoverageFields *self);
void rcp_coverage_fields_free (RcpCoverageFields *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpCoverageFields, rcp_coverage_fields_free)

const char *rcp_coverage_fields_get (const RcpCoverageFields *self, RcpCoverageField field); /* never NULL */
void rcp_coverage_fields_set (RcpCoverageFields *self, RcpCoverageField field, const char *value); /* NULL is "" */
/* The fields in which both differ. */
RcpCoverageFieldSet rcp_coverage_fields_diff (const RcpCoverageFields *a, const RcpCoverageFields *b);
/* Writes the fields of @which into a Coverage; everything else in it stays as it is. */
void rcp_coverage_fields_write (const RcpCoverageFields *self, RcpCoverageFieldSet which, JsonObject *coverage);

/* Codes of RCP_COVERAGE_RELATIONSHIP that a desk chooses from; ends in NULL. */
const char *const *rcp_coverage_get_relationships (void);

G_END_DECLS
