/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpPatientField:
 *
 * What a desk writes down about a patient, in the order in which it is asked. Every field is a text, "" when nothing is
 * known, in the form in which it is stored: dates as ISO 8601, telephone numbers as E.164, codes of FHIR; "yes" or "" for
 * what is true or not. So a form, a comparison of two records and a merge of two changes need no code per field.
 */
typedef enum
{
  RCP_FIELD_FAMILY,
  RCP_FIELD_GIVEN,
  RCP_FIELD_CALLED,          /* name that is used, where it is another: HumanName.use "usual" */
  RCP_FIELD_BIRTH_DATE,
  RCP_FIELD_SEX,             /* Patient.gender */
  RCP_FIELD_PHONE_MOBILE,
  RCP_FIELD_PHONE_HOME,
  RCP_FIELD_PHONE_WORK,
  RCP_FIELD_EMAIL,
  RCP_FIELD_PREFERRED,       /* "mobile", "home", "work" or "email": what has ContactPoint.rank 1 */
  RCP_FIELD_DO_NOT_CONTACT,  /* "yes" */
  RCP_FIELD_STREET,          /* Address.line, joined by ", " */
  RCP_FIELD_CITY,
  RCP_FIELD_STATE,
  RCP_FIELD_POSTAL_CODE,
  RCP_FIELD_COUNTRY,
  RCP_FIELD_LANGUAGE,        /* BCP 47, preferred */
  RCP_FIELD_OTHER_LANGUAGES, /* BCP 47, joined by ", " */
  RCP_FIELD_INTERPRETER,     /* "yes" */
  RCP_FIELD_TRANSPORT,       /* what makes it hard to come */
  RCP_FIELD_CARER_NAME,      /* Patient.contact */
  RCP_FIELD_CARER_RELATION,
  RCP_FIELD_CARER_PHONE,
  RCP_FIELD_PRACTITIONER,    /* "Practitioner/1": Patient.generalPractitioner */
  RCP_FIELD_DECEASED,        /* "yes" or a date */
  RCP_FIELD_MRN,             /* given by the program; never changed by it */
  RCP_N_FIELDS,
} RcpPatientField;

/* A set of fields: bit 1 << field. */
typedef guint32 RcpPatientFieldSet;
#define RCP_FIELD_BIT(field) ((RcpPatientFieldSet) 1 << (field))
#define RCP_FIELD_ALL (RCP_FIELD_BIT (RCP_N_FIELDS) - 1)

typedef struct _RcpPatientFields RcpPatientFields;

RcpPatientFields *rcp_patient_fields_new (void);                       /* all empty */
RcpPatientFields *rcp_patient_fields_new_from_patient (RcpPatient *patient);
RcpPatientFields *rcp_patient_fields_new_from_json (JsonObject *patient);
RcpPatientFields *rcp_patient_fields_copy (const RcpPatientFields *self);
void rcp_patient_fields_free (RcpPatientFields *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpPatientFields, rcp_patient_fields_free)

const char *rcp_patient_fields_get (const RcpPatientFields *self, RcpPatientField field); /* never NULL */
gboolean rcp_patient_fields_is_set (const RcpPatientFields *self, RcpPatientField field);
void rcp_patient_fields_set (RcpPatientFields *self, RcpPatientField field, const char *value); /* NULL is "" */
/* The fields in which both differ. */
RcpPatientFieldSet rcp_patient_fields_diff (const RcpPatientFields *a, const RcpPatientFields *b);
/* "Maria Garcia", perhaps "": (transfer full). */
char *rcp_patient_fields_dup_name (const RcpPatientFields *self);

/* Writes the fields of @which into a Patient; everything else in it stays as it is. */
void rcp_patient_fields_write (const RcpPatientFields *self, RcpPatientFieldSet which, JsonObject *patient);

/**
 * RcpPatientMerge: two changes of one patient.
 * @merged: what both sides made of it; where both changed a field otherwise, ours
 * @changed: fields in which @merged differs from theirs: what is still to be written
 * @taken: fields that only they changed
 * @disputed: fields that both changed, each otherwise
 */
typedef struct
{
  RcpPatientFields *merged;
  RcpPatientFieldSet changed;
  RcpPatientFieldSet taken;
  RcpPatientFieldSet disputed;
} RcpPatientMerge;

void rcp_patient_merge_init (RcpPatientMerge *merge, const RcpPatientFields *base, const RcpPatientFields *ours,
                             const RcpPatientFields *theirs);
void rcp_patient_merge_clear (RcpPatientMerge *merge);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RcpPatientMerge, rcp_patient_merge_clear)

/* "Birth date": translated. */
const char *rcp_patient_field_get_label (RcpPatientField field);

G_END_DECLS
