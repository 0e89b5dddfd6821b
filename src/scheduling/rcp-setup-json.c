/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-setup-json"

#include "rcp-setup-private.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

/* What reading and writing a clinic's set-up share. */

char *
rcp_setup_key (const char *format, const char *place_id)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strjoinv (place_id, parts);
}

char *
rcp_setup_hours_key (const char *place_id, GDateWeekday weekday)
{
  return g_strdup_printf (RCP_KEY_HOURS, place_id, (int)weekday);
}

void
rcp_setup_set_text (JsonObject *object, const char *member, const char *text)
{
  if (*text == '\0')
    json_object_remove_member (object, member);
  else
    json_object_set_string_member (object, member, text);
}

void
rcp_setup_drop_extensions (JsonObject *resource, const char *url)
{
  JsonArray *extensions = fhir_json_get_array (resource, "extension");

  for (guint i = rcp_elements_get_length (extensions); i > 0; i--)
    if (g_strcmp0 (fhir_json_get_string (rcp_elements_get_object (extensions, i - 1), "url"), url) == 0)
      json_array_remove_element (extensions, i - 1);
  /* An empty array is no FHIR. */
  if (extensions != NULL && json_array_get_length (extensions) == 0)
    json_object_remove_member (resource, "extension");
}

JsonObject *
rcp_setup_add_extension (JsonObject *resource, const char *url)
{
  JsonObject *extension = json_object_new ();

  json_object_set_string_member (extension, "url", url);
  if (fhir_json_get_array (resource, "extension") == NULL)
    json_object_set_array_member (resource, "extension", json_array_new ());
  json_array_add_object_element (fhir_json_get_array (resource, "extension"), extension);
  return extension;
}

void
rcp_setup_set_active (JsonObject *resource, gboolean active)
{
  if (fhir_json_get_boolean (resource, "active", TRUE) != active || fhir_json_get_string (resource, "id") == NULL)
    json_object_set_boolean_member (resource, "active", active);
}

JsonObject *
rcp_setup_ensure_first (JsonObject *object, const char *member)
{
  JsonArray *array = fhir_json_get_array (object, member);
  JsonObject *first = rcp_elements_get_object (array, 0);

  if (first != NULL)
    return first;
  first = json_object_new ();
  json_object_set_array_member (object, member, rcp_json_array_of (first));
  return first;
}

JsonObject *
rcp_setup_ensure_object (JsonObject *object, const char *member)
{
  JsonObject *inner = fhir_json_get_object (object, member);

  if (inner != NULL)
    return inner;
  inner = json_object_new ();
  json_object_set_object_member (object, member, inner);
  return inner;
}

GStrv
rcp_setup_split_codes (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",; ", -1);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (codes, parts[i]);
  return g_strv_builder_end (codes);
}

char *
rcp_setup_dup_actor (FhirResource *schedule, const char *type)
{
  JsonArray *actors = fhir_json_get_array (fhir_resource_get_json (schedule), "actor");

  for (guint i = 0; i < rcp_elements_get_length (actors); i++)
    {
      const char *reference = fhir_json_get_string (rcp_elements_get_object (actors, i), "reference");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, type) : NULL;

      if (id != NULL)
        return g_strconcat (type, "/", id, NULL);
    }
  return NULL;
}

static char *
dup_id (JsonObject *json, const char *path, const char *type)
{
  const char *reference = fhir_json_get_string (json, path);

  return reference != NULL ? fhir_reference_dup_id (reference, type) : NULL;
}

/* A room's is the place of which it is a part. */
static char *
dup_site (RcpRoster *roster, const char *location)
{
  FhirResource *resource = rcp_roster_lookup_resource (roster, location);

  if (resource != NULL && rcp_room_is_one (resource))
    return dup_id (fhir_resource_get_json (resource), "partOf.reference", "Location");
  return fhir_reference_dup_id (location, "Location");
}

char *
rcp_setup_dup_site_of (RcpRoster *roster, FhirResource *schedule)
{
  g_autofree char *location = rcp_setup_dup_actor (schedule, "Location");
  g_autofree char *role = rcp_setup_dup_actor (schedule, "PractitionerRole");
  g_autofree char *device = rcp_setup_dup_actor (schedule, "Device");
  FhirResource *actor = rcp_roster_lookup_resource (roster, role != NULL ? role : device);

  if (location != NULL)
    return dup_site (roster, location);
  if (actor == NULL)
    return NULL;
  return dup_id (fhir_resource_get_json (actor), role != NULL ? "location.0.reference" : "location.reference", "Location");
}

static gboolean
is_of_person (FhirResource *role, FhirResource *schedule, const char *practitioner)
{
  g_autofree char *actor = rcp_setup_dup_actor (schedule, "Practitioner");
  g_autofree char *of_role = NULL;

  if (role != NULL)
    of_role = fhir_reference_dup_relative (fhir_json_get_string (fhir_resource_get_json (role), "practitioner.reference"));
  return g_strcmp0 (actor != NULL ? actor : of_role, practitioner) == 0;
}

/* The role of a Schedule that names the person only. */
static FhirResource *
find_role (RcpRoster *roster, const char *practitioner, const char *place_id)
{
  g_autoptr (GPtrArray) roles = rcp_roster_list_resources (roster, "PractitionerRole");

  for (guint i = 0; i < roles->len; i++)
    {
      JsonObject *json = fhir_resource_get_json (roles->pdata[i]);
      g_autofree char *person = dup_id (json, "practitioner.reference", "Practitioner");
      g_autofree char *place = dup_id (json, "location.0.reference", "Location");

      if (person != NULL && g_str_has_suffix (practitioner, person) && g_strcmp0 (place, place_id) == 0)
        return roles->pdata[i];
    }
  return NULL;
}

RcpPost
rcp_setup_find_post (RcpRoster *roster, const char *practitioner, const char *place_id)
{
  g_autoptr (GPtrArray) schedules = rcp_roster_list_resources (roster, "Schedule");
  RcpPost post = { NULL, NULL };

  for (guint i = 0; practitioner != NULL && i < schedules->len; i++)
    {
      FhirResource *schedule = schedules->pdata[i];
      g_autofree char *role_reference = rcp_setup_dup_actor (schedule, "PractitionerRole");
      g_autofree char *site = rcp_setup_dup_site_of (roster, schedule);
      FhirResource *role = rcp_roster_lookup_resource (roster, role_reference);

      if (g_strcmp0 (site, place_id) != 0 || !is_of_person (role, schedule, practitioner))
        continue;
      /* Of several, the one in use. */
      if (post.schedule != NULL && !fhir_json_get_boolean (fhir_resource_get_json (schedule), "active", TRUE))
        continue;
      post.schedule = schedule;
      post.role = role != NULL ? role : find_role (roster, practitioner, place_id);
    }
  return post;
}

FhirResource *
rcp_setup_find_room_schedule (RcpRoster *roster, const char *actor)
{
  g_autoptr (GPtrArray) schedules = rcp_roster_list_resources (roster, "Schedule");

  for (guint i = 0; i < schedules->len; i++)
    {
      g_autofree char *room = rcp_setup_dup_actor (schedules->pdata[i], "Location");
      g_autofree char *device = rcp_setup_dup_actor (schedules->pdata[i], "Device");

      if (g_strcmp0 (room, actor) == 0 || g_strcmp0 (device, actor) == 0)
        return schedules->pdata[i];
    }
  return NULL;
}

const char *
rcp_setup_get_clinic (RcpRoster *roster)
{
  g_autoptr (GPtrArray) organizations = rcp_roster_list_resources (roster, "Organization");

  return organizations->len > 0 ? fhir_resource_get_reference (organizations->pdata[0]) : NULL;
}
