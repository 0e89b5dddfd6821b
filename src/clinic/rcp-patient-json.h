/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One field of a Patient, read and written. Private to the clinic: see rcp-patient-fields.h. */

#include "clinic/rcp-patient-fields.h"

G_BEGIN_DECLS

/**
 * RcpPatientParts: the elements that hold the fields, borrowed; NULL where there is none. What is old or has ended is none of
 * them. They are found once, before anything is written: a name that loses its family name must not make room for the maiden one.
 */
typedef struct
{
  JsonObject *official;
  JsonObject *called;
  JsonObject *address;
  JsonObject *carer;
} RcpPatientParts;

void rcp_patient_parts_find (RcpPatientParts *parts, JsonObject *patient);

/* (transfer full) (nullable) */
char *rcp_patient_json_read (JsonObject *patient, const RcpPatientParts *parts, RcpPatientField field);
/* "" takes it away. */
void rcp_patient_json_write (JsonObject *patient, RcpPatientParts *parts, RcpPatientField field, const char *value);
void rcp_patient_json_write_languages (JsonObject *patient, const char *preferred, const char *others);

/* What both need: borrowed. */
JsonObject *rcp_patient_json_find_telecom (JsonObject *owner, const char *system, const char *use);
const char *rcp_patient_json_get_mrn (JsonObject *patient);
const char *rcp_patient_json_get_language (JsonObject *patient);
/* Use of the ContactPoint of a field, and its system; NULL for another field. */
const char *rcp_patient_json_get_use (RcpPatientField field, const char **system);

G_END_DECLS
