/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-patient-fields.h"

#include <glib/gi18n.h>

#include "clinic/rcp-patient-json.h"

struct _RcpPatientFields
{
  char *values[RCP_N_FIELDS]; /* NULL is "" */
};

static const char *const labels[RCP_N_FIELDS] = {
  [RCP_FIELD_FAMILY] = N_ ("Family Name"),
  [RCP_FIELD_GIVEN] = N_ ("Given Names"),
  /* Translators: the name by which a patient wants to be called, where it is not the official one. */
  [RCP_FIELD_CALLED] = N_ ("Name Used"),
  [RCP_FIELD_BIRTH_DATE] = N_ ("Birth Date"),
  [RCP_FIELD_SEX] = N_ ("Sex"),
  [RCP_FIELD_PHONE_MOBILE] = N_ ("Mobile Phone"),
  [RCP_FIELD_PHONE_HOME] = N_ ("Home Phone"),
  [RCP_FIELD_PHONE_WORK] = N_ ("Work Phone"),
  [RCP_FIELD_EMAIL] = N_ ("Email"),
  [RCP_FIELD_PREFERRED] = N_ ("Preferred Contact"),
  [RCP_FIELD_DO_NOT_CONTACT] = N_ ("Do Not Contact"),
  [RCP_FIELD_STREET] = N_ ("Street"),
  [RCP_FIELD_CITY] = N_ ("City"),
  [RCP_FIELD_STATE] = N_ ("State"),
  [RCP_FIELD_POSTAL_CODE] = N_ ("Postal Code"),
  [RCP_FIELD_COUNTRY] = N_ ("Country"),
  [RCP_FIELD_LANGUAGE] = N_ ("Language"),
  [RCP_FIELD_OTHER_LANGUAGES] = N_ ("Other Languages"),
  [RCP_FIELD_INTERPRETER] = N_ ("Interpreter Needed"),
  /* Translators: what makes it hard for a patient to come, such as no car. */
  [RCP_FIELD_TRANSPORT] = N_ ("Transport Barriers"),
  [RCP_FIELD_CARER_NAME] = N_ ("Guardian or Care Giver"),
  /* Translators: of the guardian or care giver to the patient, such as mother. */
  [RCP_FIELD_CARER_RELATION] = N_ ("Relationship"),
  [RCP_FIELD_CARER_PHONE] = N_ ("Phone of Care Giver"),
  [RCP_FIELD_PRACTITIONER] = N_ ("General Practitioner"),
  [RCP_FIELD_DECEASED] = N_ ("Deceased"),
  [RCP_FIELD_MRN] = N_ ("Record Number"),
};

/**
 * rcp_patient_field_get_label:
 * @field: a field
 *
 * Returns: what it is called, translated
 */
const char *
rcp_patient_field_get_label (RcpPatientField field)
{
  g_return_val_if_fail (field < RCP_N_FIELDS, NULL);

  return _ (labels[field]);
}

/**
 * rcp_patient_fields_new:
 *
 * Returns: (transfer full): a patient of whom nothing is known
 */
RcpPatientFields *
rcp_patient_fields_new (void)
{
  return g_new0 (RcpPatientFields, 1);
}

/**
 * rcp_patient_fields_new_from_json:
 * @patient: a Patient
 *
 * Returns: (transfer full): what a desk may write down about it
 */
RcpPatientFields *
rcp_patient_fields_new_from_json (JsonObject *patient)
{
  RcpPatientFields *self = rcp_patient_fields_new ();
  RcpPatientParts parts;

  rcp_patient_parts_find (&parts, patient);
  for (guint i = 0; i < RCP_N_FIELDS; i++)
    {
      g_autofree char *value = rcp_patient_json_read (patient, &parts, i);

      rcp_patient_fields_set (self, i, value);
    }
  return self;
}

RcpPatientFields *
rcp_patient_fields_new_from_patient (RcpPatient *patient)
{
  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);

  return rcp_patient_fields_new_from_json (fhir_resource_get_json (rcp_patient_get_resource (patient)));
}

RcpPatientFields *
rcp_patient_fields_copy (const RcpPatientFields *self)
{
  RcpPatientFields *copy = rcp_patient_fields_new ();

  for (guint i = 0; i < RCP_N_FIELDS; i++)
    copy->values[i] = g_strdup (self->values[i]);
  return copy;
}

void
rcp_patient_fields_free (RcpPatientFields *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < RCP_N_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self);
}

const char *
rcp_patient_fields_get (const RcpPatientFields *self, RcpPatientField field)
{
  g_return_val_if_fail (self != NULL && field < RCP_N_FIELDS, "");

  return self->values[field] != NULL ? self->values[field] : "";
}

gboolean
rcp_patient_fields_is_set (const RcpPatientFields *self, RcpPatientField field)
{
  return *rcp_patient_fields_get (self, field) != '\0';
}

void
rcp_patient_fields_set (RcpPatientFields *self, RcpPatientField field, const char *value)
{
  char *old;

  g_return_if_fail (self != NULL && field < RCP_N_FIELDS);

  old = self->values[field]; /* @value may be it, or lie in it */
  self->values[field] = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
  g_free (old);
}

RcpPatientFieldSet
rcp_patient_fields_diff (const RcpPatientFields *a, const RcpPatientFields *b)
{
  RcpPatientFieldSet set = 0;

  for (guint i = 0; i < RCP_N_FIELDS; i++)
    if (g_strcmp0 (a->values[i], b->values[i]) != 0)
      set |= RCP_FIELD_BIT (i);
  return set;
}

char *
rcp_patient_fields_dup_name (const RcpPatientFields *self)
{
  const char *given = rcp_patient_fields_get (self, RCP_FIELD_GIVEN);
  const char *family = rcp_patient_fields_get (self, RCP_FIELD_FAMILY);

  return g_strconcat (given, *given != '\0' && *family != '\0' ? " " : "", family, NULL);
}

void
rcp_patient_fields_write (const RcpPatientFields *self, RcpPatientFieldSet which, JsonObject *patient)
{
  /* One list holds all languages. */
  const RcpPatientFieldSet languages = RCP_FIELD_BIT (RCP_FIELD_LANGUAGE) | RCP_FIELD_BIT (RCP_FIELD_OTHER_LANGUAGES);
  RcpPatientParts parts;

  rcp_patient_parts_find (&parts, patient);
  for (guint i = 0; i < RCP_N_FIELDS; i++)
    if ((which & RCP_FIELD_BIT (i) & ~languages) != 0 && i != RCP_FIELD_PREFERRED)
      rcp_patient_json_write (patient, &parts, i, rcp_patient_fields_get (self, i));
  if ((which & languages) != 0)
    rcp_patient_json_write_languages (patient, rcp_patient_fields_get (self, RCP_FIELD_LANGUAGE),
                                      rcp_patient_fields_get (self, RCP_FIELD_OTHER_LANGUAGES));
  /* A mark on what is there by now. */
  if ((which & RCP_FIELD_BIT (RCP_FIELD_PREFERRED)) != 0)
    rcp_patient_json_write (patient, &parts, RCP_FIELD_PREFERRED, rcp_patient_fields_get (self, RCP_FIELD_PREFERRED));
}

/**
 * rcp_patient_merge_init:
 * @merge: (out caller-allocates): filled; clear it by rcp_patient_merge_clear()
 * @base: what both sides began with
 * @ours: what this desk made of it
 * @theirs: what another desk made of it meanwhile, and the record holds
 */
void
rcp_patient_merge_init (RcpPatientMerge *merge,
                        const RcpPatientFields *base,
                        const RcpPatientFields *ours,
                        const RcpPatientFields *theirs)
{
  RcpPatientFieldSet by_us = rcp_patient_fields_diff (base, ours);
  RcpPatientFieldSet by_them = rcp_patient_fields_diff (base, theirs);

  merge->merged = rcp_patient_fields_copy (ours);
  merge->taken = by_them & ~by_us;
  merge->disputed = by_us & by_them & rcp_patient_fields_diff (ours, theirs);
  for (guint i = 0; i < RCP_N_FIELDS; i++)
    if ((merge->taken & RCP_FIELD_BIT (i)) != 0)
      rcp_patient_fields_set (merge->merged, i, rcp_patient_fields_get (theirs, i));
  merge->changed = rcp_patient_fields_diff (merge->merged, theirs);
}

void
rcp_patient_merge_clear (RcpPatientMerge *merge)
{
  g_clear_pointer (&merge->merged, rcp_patient_fields_free);
}
