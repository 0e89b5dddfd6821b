/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-wait-json"

#include "rcp-wait-list.h"

#include "clinic/rcp-codes.h"
#include "rcp-visit-json.h"

static void
add_participants (JsonObject *appointment, const RcpWaitWish *wish)
{
  JsonArray *participants = json_array_new ();

  json_array_add_object_element (participants,
                                 rcp_json_participant ("Patient", rcp_patient_get_id (wish->patient),
                                                       rcp_patient_get_name (wish->patient), "needs-action"));
  for (guint i = 0; wish->providers != NULL && i < wish->providers->len; i++)
    {
      RcpProvider *provider = wish->providers->pdata[i];

      if (rcp_provider_get_practitioner_id (provider) != NULL)
        json_array_add_object_element (participants,
                                       rcp_json_participant ("Practitioner", rcp_provider_get_practitioner_id (provider),
                                                             rcp_provider_get_name (provider), "tentative"));
    }
  json_object_set_array_member (appointment, "participant", participants);
}

static void
add_extension (JsonArray *extensions, const char *url, const char *member, const char *value)
{
  JsonObject *extension;

  if (value == NULL || *value == '\0')
    return;
  extension = json_object_new ();
  json_object_set_string_member (extension, "url", url);
  json_object_set_string_member (extension, member, value);
  json_array_add_object_element (extensions, extension);
}

/* What no element of an Appointment says. */
static void
add_wishes (JsonObject *appointment, const RcpWaitWish *wish)
{
  JsonArray *extensions = json_array_new ();

  for (guint i = RCP_TIME_OF_DAY_MORNING; i <= RCP_TIME_OF_DAY_EVENING; i++)
    if ((wish->times & RCP_WISHED (i)) != 0)
      add_extension (extensions, RCP_EXTENSION_WISHED, "valueCode", rcp_time_of_day_to_code (i));
  for (guint i = 0; wish->languages != NULL && wish->languages[i] != NULL; i++)
    add_extension (extensions, RCP_EXTENSION_WISHED_LANGUAGE, "valueCode", wish->languages[i]);
  add_extension (extensions, RCP_EXTENSION_WISHED_GENDER, "valueCode", rcp_gender_to_code (wish->gender));
  add_extension (extensions, RCP_EXTENSION_WISHED_NETWORK, "valueString", wish->network);
  if (json_array_get_length (extensions) > 0)
    json_object_set_array_member (appointment, "extension", extensions);
  else
    json_array_unref (extensions);
}

static void
add_period (JsonObject *appointment, RcpTimeRange range)
{
  JsonObject *period = json_object_new ();

  rcp_json_set_instant (period, "start", range.start);
  rcp_json_set_instant (period, "end", range.end);
  json_object_set_array_member (appointment, "requestedPeriod", rcp_json_array_of (period));
}

/* An Appointment on the wait list has neither start nor end (invariants app-2 and app-3). */
JsonObject *
rcp_wait_json_new (const RcpWaitWish *wish, const char *booking_id, const char *code, gint64 now)
{
  JsonObject *appointment = json_object_new ();
  JsonArray *identifiers = rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_BOOKING, booking_id));

  json_array_add_object_element (identifiers, rcp_json_identifier (RCP_SYSTEM_CONFIRMATION, code));
  json_object_set_string_member (appointment, "resourceType", "Appointment");
  json_object_set_array_member (appointment, "identifier", identifiers);
  json_object_set_string_member (appointment, "status", "waitlist");
  rcp_visit_json_set_purpose (appointment, wish->visit_type, wish->urgency, wish->complaint);
  json_object_set_int_member (appointment, "minutesDuration", wish->duration);
  rcp_json_set_instant (appointment, "created", now);
  add_participants (appointment, wish);
  add_wishes (appointment, wish);
  add_period (appointment, wish->period);
  if (wish->booked != NULL)
    json_object_set_array_member (
        appointment, "supportingInformation",
        rcp_json_array_of (rcp_json_reference (fhir_resource_get_reference (rcp_visit_get_resource (wish->booked)),
                                               NULL)));
  return appointment;
}
