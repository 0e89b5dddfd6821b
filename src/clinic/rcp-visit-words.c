/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

/* What a visit is for, and what it is called by: read of the Appointment when it is asked for. */

static JsonObject *
get_json (RcpVisit *self)
{
  return fhir_resource_get_json (rcp_visit_get_resource (self));
}

/**
 * rcp_visit_get_type_code:
 * @self: a visit
 *
 * Returns: (nullable): the code of the visit type: ours, else the first that the server has
 */
const char *
rcp_visit_get_type_code (RcpVisit *self)
{
  const char *code;

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  code = rcp_elements_find_code (get_json (self), "serviceType", RCP_SYSTEM_VISIT_TYPE);
  return code != NULL ? code : rcp_elements_find_code (get_json (self), "serviceType", NULL);
}

/**
 * rcp_visit_get_type_name:
 * @self: a visit
 *
 * Returns: what the visit is for; perhaps "", never %NULL
 */
const char *
rcp_visit_get_type_name (RcpVisit *self)
{
  const char *name;

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  name = rcp_elements_find_text (get_json (self), "serviceType");
  if (name == NULL)
    name = rcp_elements_get_concept_text (fhir_json_get_object (get_json (self), "appointmentType"));
  return name != NULL ? name : "";
}

/**
 * rcp_visit_get_complaint:
 * @self: a visit
 *
 * Returns: (nullable): why the patient comes
 */
const char *
rcp_visit_get_complaint (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_string (get_json (self), "description");
}

/**
 * rcp_visit_get_instruction:
 * @self: a visit
 *
 * Returns: (nullable): what the patient was told to do
 */
const char *
rcp_visit_get_instruction (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_string (get_json (self), "patientInstruction");
}

/**
 * rcp_visit_get_urgency:
 * @self: a visit
 *
 * Returns: how urgent it is, by Appointment.priority
 */
RcpUrgency
rcp_visit_get_urgency (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), RCP_URGENCY_ROUTINE);

  return rcp_urgency_from_priority (fhir_json_get_int (get_json (self), "priority", 0));
}

/**
 * rcp_visit_get_code:
 * @self: a visit
 *
 * Returns: (nullable): the confirmation code
 */
const char *
rcp_visit_get_code (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_identifier (get_json (self), RCP_SYSTEM_CONFIRMATION);
}

/**
 * rcp_visit_get_booking_id:
 * @self: a visit
 *
 * Returns: (nullable): the UUID of the booking
 */
const char *
rcp_visit_get_booking_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_identifier (get_json (self), RCP_SYSTEM_BOOKING);
}

/**
 * rcp_visit_get_overbook_reason:
 * @self: a visit
 *
 * Returns: (nullable): why it was put where others are already; %NULL for a visit with a time of its own
 */
const char *
rcp_visit_get_overbook_reason (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_string (fhir_json_get_extension (get_json (self),
                                                        RCP_EXTENSION_OVERBOOKED),
                               "valueString");
}

const char *
rcp_visit_get_series_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_identifier (get_json (self), RCP_SYSTEM_SERIES);
}

const char *
rcp_visit_get_together_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_identifier (get_json (self), RCP_SYSTEM_TOGETHER);
}
