/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-roster.h"
#include "rcp-roster-private.h"

#include <glib/gi18n.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define DEFAULT_GRAIN 15
#define MAX_GRAIN 60

G_DEFINE_FINAL_TYPE (RcpRoster, rcp_roster, G_TYPE_OBJECT)

static void
rcp_roster_finalize (GObject *object)
{
  RcpRoster *self = RCP_ROSTER (object);

  g_hash_table_unref (self->by_schedule);
  g_hash_table_unref (self->by_practitioner);
  g_object_unref (self->providers);
  g_object_unref (self->places);
  g_object_unref (self->visit_types);
  g_object_unref (self->rooms);
  g_clear_object (&self->busy_times);
  g_clear_pointer (&self->resources, g_hash_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->clinic_name);
  G_OBJECT_CLASS (rcp_roster_parent_class)->finalize (object);
}

static void
rcp_roster_class_init (RcpRosterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_roster_finalize;
}

static void
rcp_roster_init (RcpRoster *self)
{
  self->providers = g_list_store_new (RCP_TYPE_PROVIDER);
  self->places = g_list_store_new (RCP_TYPE_PLACE);
  self->visit_types = g_list_store_new (RCP_TYPE_VISIT_TYPE);
  self->rooms = g_list_store_new (RCP_TYPE_ROOM);
  self->by_schedule = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_practitioner = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
}

/* What is needed while the parts are put together. */
typedef struct
{
  GHashTable *resources;
  GHashTable *places; /* id -> RcpPlace */
  GPtrArray *roles;   /* of FhirResource, by id, so that the same record gives the same roster */
} Parts;

static FhirResource *
lookup (Parts *parts, const char *reference)
{
  g_autofree char *relative = fhir_reference_dup_relative (reference);

  return relative != NULL ? g_hash_table_lookup (parts->resources, relative) : NULL;
}

static gboolean
is_active (FhirResource *resource)
{
  return resource == NULL || fhir_json_get_boolean (fhir_resource_get_json (resource), "active", TRUE);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (fhir_resource_get_id (*(FhirResource **) a), fhir_resource_get_id (*(FhirResource **) b));
}

/* (transfer container): the active resources of a type, by id. */
static GPtrArray *
list_type (GHashTable *resources, const char *type)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer resource;

  g_hash_table_iter_init (&iter, resources);
  while (g_hash_table_iter_next (&iter, NULL, &resource))
    if (g_strcmp0 (fhir_resource_get_resource_type (resource), type) == 0 && is_active (resource))
      g_ptr_array_add (list, resource);
  g_ptr_array_sort (list, compare_ids);

  return list;
}

static RcpPlace *
ensure_place (Parts *parts, FhirResource *location)
{
  RcpPlace *place;

  if (location == NULL || fhir_resource_get_id (location) == NULL)
    return NULL;
  place = g_hash_table_lookup (parts->places, fhir_resource_get_id (location));
  if (place == NULL)
    {
      place = rcp_place_new (location);
      g_hash_table_insert (parts->places, (gpointer) rcp_place_get_id (place), place);
    }

  return place;
}

/* The first actor of the schedule that is of @type and was read. */
static FhirResource *
find_actor (Parts *parts, FhirResource *schedule, const char *type)
{
  JsonArray *actors = fhir_json_get_array (fhir_resource_get_json (schedule), "actor");

  for (guint i = 0; i < rcp_elements_get_length (actors); i++)
    {
      FhirResource *actor = lookup (parts, fhir_json_get_string (rcp_elements_get_object (actors, i), "reference"));

      if (actor != NULL && g_strcmp0 (fhir_resource_get_resource_type (actor), type) == 0)
        return actor;
    }

  return NULL;
}

static gboolean
has_location (Parts *parts, FhirResource *role, FhirResource *location)
{
  JsonArray *locations = fhir_json_get_array (fhir_resource_get_json (role), "location");

  for (guint i = 0; i < rcp_elements_get_length (locations); i++)
    if (lookup (parts, fhir_json_get_string (rcp_elements_get_object (locations, i), "reference")) == location)
      return TRUE;

  return FALSE;
}

/* The role of a practitioner whose schedule names none: the one at the place, else the first. */
static FhirResource *
find_role (Parts *parts, FhirResource *practitioner, FhirResource *location)
{
  FhirResource *first = NULL;

  for (guint i = 0; i < parts->roles->len; i++)
    {
      FhirResource *role = g_ptr_array_index (parts->roles, i);
      const char *reference = fhir_json_get_string (fhir_resource_get_json (role), "practitioner.reference");

      if (lookup (parts, reference) != practitioner)
        continue;
      if (location != NULL && has_location (parts, role, location))
        return role;
      if (first == NULL)
        first = role;
    }

  return first;
}

/* A column of @schedule; NULL when it is not a provider's, or of one who has left. */
static RcpProvider *
make_provider (Parts *parts, FhirResource *schedule)
{
  FhirResource *role = find_actor (parts, schedule, "PractitionerRole");
  FhirResource *practitioner = find_actor (parts, schedule, "Practitioner");
  FhirResource *location = find_actor (parts, schedule, "Location");

  if (role == NULL && practitioner == NULL)
    return NULL;
  if (role == NULL)
    role = find_role (parts, practitioner, location);
  if (role != NULL && practitioner == NULL)
    practitioner = lookup (parts, fhir_json_get_string (fhir_resource_get_json (role), "practitioner.reference"));
  if (role != NULL && location == NULL)
    location = lookup (parts, fhir_json_get_string (fhir_resource_get_json (role), "location.0.reference"));
  if (!is_active (role) || !is_active (practitioner))
    return NULL;

  return rcp_provider_new (schedule, role, practitioner, ensure_place (parts, location));
}

static int
compare_text (const char *a, const char *b)
{
  return a != NULL && b != NULL ? g_utf8_collate (a, b) : (a == NULL) - (b == NULL);
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer user_data)
{
  int order = compare_text (rcp_place_get_name ((RcpPlace *) a), rcp_place_get_name ((RcpPlace *) b));

  return order != 0 ? order : g_strcmp0 (rcp_place_get_id ((RcpPlace *) a), rcp_place_get_id ((RcpPlace *) b));
}

static int
compare_providers (gconstpointer a, gconstpointer b, gpointer user_data)
{
  RcpProvider *left = (RcpProvider *) a;
  RcpProvider *right = (RcpProvider *) b;
  RcpPlace *left_place = rcp_provider_get_place (left);
  RcpPlace *right_place = rcp_provider_get_place (right);
  int order;

  if (left_place != NULL && right_place != NULL)
    order = left_place == right_place ? 0 : compare_places (left_place, right_place, NULL);
  else
    order = (left_place == NULL) - (right_place == NULL);
  if (order == 0)
    order = compare_text (rcp_provider_get_specialty_name (left), rcp_provider_get_specialty_name (right));
  if (order == 0)
    order = compare_text (rcp_provider_get_name (left), rcp_provider_get_name (right));

  return order != 0 ? order : g_strcmp0 (rcp_provider_get_schedule_id (left), rcp_provider_get_schedule_id (right));
}

static int
compare_visit_types (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return compare_text (rcp_visit_type_get_name ((RcpVisitType *) a), rcp_visit_type_get_name ((RcpVisitType *) b));
}

static void
index_provider (RcpRoster *self, RcpProvider *provider)
{
  const char *practitioner_id = rcp_provider_get_practitioner_id (provider);
  GPtrArray *columns;

  g_hash_table_insert (self->by_schedule, (gpointer) rcp_provider_get_schedule_id (provider), provider);
  if (practitioner_id == NULL)
    return;
  columns = g_hash_table_lookup (self->by_practitioner, practitioner_id);
  if (columns == NULL)
    {
      columns = g_ptr_array_new ();
      g_hash_table_insert (self->by_practitioner, (gpointer) practitioner_id, columns);
    }
  g_ptr_array_add (columns, provider);
}

static void
add_providers (RcpRoster *self, Parts *parts)
{
  g_autoptr (GPtrArray) schedules = list_type (parts->resources, "Schedule");

  for (guint i = 0; i < schedules->len; i++)
    {
      g_autoptr (RcpProvider) provider = make_provider (parts, g_ptr_array_index (schedules, i));

      if (provider != NULL)
        g_list_store_append (self->providers, provider);
    }
  g_list_store_sort (self->providers, compare_providers, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->providers)); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (G_LIST_MODEL (self->providers), i);

      index_provider (self, provider);
    }
}

/* The site of a room or device. */
static RcpPlace *
find_site (Parts *parts, FhirResource *actor)
{
  JsonObject *json = fhir_resource_get_json (actor);
  gboolean is_device = g_strcmp0 (fhir_resource_get_resource_type (actor), "Device") == 0;
  FhirResource *site = lookup (parts, fhir_json_get_string (json, is_device ? "location.reference" : "partOf.reference"));

  return rcp_room_is_one (site) ? NULL : ensure_place (parts, site);
}

static gboolean
is_in_use (FhirResource *actor)
{
  const char *status = fhir_json_get_string (fhir_resource_get_json (actor), "status");

  return status == NULL || g_str_equal (status, "active");
}

static int
compare_rooms (gconstpointer a, gconstpointer b, gpointer user_data)
{
  int order = compare_text (rcp_room_get_name ((RcpRoom *) a), rcp_room_get_name ((RcpRoom *) b));

  return order != 0 ? order : g_strcmp0 (rcp_room_get_schedule_id ((RcpRoom *) a), rcp_room_get_schedule_id ((RcpRoom *) b));
}

/* Schedules of rooms and devices: those that name no provider. */
static void
add_rooms (RcpRoster *self, Parts *parts)
{
  g_autoptr (GPtrArray) schedules = list_type (parts->resources, "Schedule");

  for (guint i = 0; i < schedules->len; i++)
    {
      FhirResource *schedule = g_ptr_array_index (schedules, i);
      FhirResource *actor = find_actor (parts, schedule, "Device");
      g_autoptr (RcpRoom) room = NULL;

      if (actor == NULL)
        actor = find_actor (parts, schedule, "Location");
      if (!rcp_room_is_one (actor) || !is_in_use (actor) || find_actor (parts, schedule, "PractitionerRole") != NULL
          || find_actor (parts, schedule, "Practitioner") != NULL)
        continue;
      room = rcp_room_new (schedule, actor, find_site (parts, actor));
      g_list_store_insert_sorted (self->rooms, room, compare_rooms, NULL);
    }
}

/* Places where providers work; of a clinic without providers, all that there are. */
static void
add_places (RcpRoster *self, Parts *parts)
{
  g_autoptr (GPtrArray) locations = list_type (parts->resources, "Location");
  GHashTableIter iter;
  gpointer place;

  for (guint i = 0; g_list_model_get_n_items (G_LIST_MODEL (self->providers)) == 0 && i < locations->len; i++)
    if (!rcp_room_is_one (g_ptr_array_index (locations, i)))
      ensure_place (parts, g_ptr_array_index (locations, i));
  g_hash_table_iter_init (&iter, parts->places);
  while (g_hash_table_iter_next (&iter, NULL, &place))
    g_list_store_insert_sorted (self->places, place, compare_places, NULL);
}

static void
add_visit_types (RcpRoster *self, Parts *parts)
{
  g_autoptr (GPtrArray) services = list_type (parts->resources, "HealthcareService");

  for (guint i = 0; i < services->len; i++)
    {
      g_autoptr (RcpVisitType) visit_type = rcp_visit_type_new (g_ptr_array_index (services, i));

      g_list_store_append (self->visit_types, visit_type);
    }
  g_list_store_sort (self->visit_types, compare_visit_types, NULL);
}

static guint
read_grain (FhirResource *clinic)
{
  JsonObject *extension = fhir_json_get_extension (fhir_resource_get_json (clinic), RCP_EXTENSION_GRAIN);
  gint64 minutes = fhir_json_get_int (extension, "valueInteger", 0);

  return minutes > 0 && minutes <= MAX_GRAIN ? (guint) minutes : DEFAULT_GRAIN;
}

static void
set_clinic (RcpRoster *self, Parts *parts)
{
  g_autoptr (GPtrArray) organizations = list_type (parts->resources, "Organization");
  g_autoptr (RcpPlace) place = g_list_model_get_item (G_LIST_MODEL (self->places), 0);
  const char *name = NULL;

  for (guint i = 0; i < organizations->len && name == NULL; i++)
    name = fhir_json_get_string (fhir_resource_get_json (g_ptr_array_index (organizations, i)), "name");
  self->grain = organizations->len > 0 ? read_grain (g_ptr_array_index (organizations, 0)) : DEFAULT_GRAIN;
  if (name == NULL && place != NULL)
    name = rcp_place_get_name (place);
  self->clinic_name = g_strdup (name != NULL ? name : _("Clinic"));
  self->zone = place != NULL ? g_time_zone_ref (rcp_place_get_zone (place)) : g_time_zone_new_local ();
}

RcpRoster *
rcp_roster_new (GHashTable *resources)
{
  RcpRoster *self = g_object_new (RCP_TYPE_ROSTER, NULL);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GPtrArray) roles = list_type (resources, "PractitionerRole");
  Parts parts = { resources, places, roles };

  self->resources = g_hash_table_ref (resources);
  add_providers (self, &parts);
  add_rooms (self, &parts);
  add_places (self, &parts);
  add_visit_types (self, &parts);
  set_clinic (self, &parts);
  return self;
}

/**
 * rcp_roster_get_clinic_name:
 * @self: a roster
 *
 * Returns: the name of the Organization that is the clinic, else of the first place
 */
const char *
rcp_roster_get_clinic_name (RcpRoster *self)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  return self->clinic_name;
}

/**
 * rcp_roster_get_providers:
 * @self: a roster
 *
 * Returns: (transfer none) (element-type RcpProvider): the columns, by place, specialty, name
 */
GListModel *
rcp_roster_get_providers (RcpRoster *self)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  return G_LIST_MODEL (self->providers);
}

/**
 * rcp_roster_get_places:
 * @self: a roster
 *
 * Returns: (transfer none) (element-type RcpPlace): the places by name
 */
GListModel *
rcp_roster_get_places (RcpRoster *self)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  return G_LIST_MODEL (self->places);
}

/**
 * rcp_roster_get_visit_types:
 * @self: a roster
 *
 * Returns: (transfer none) (element-type RcpVisitType): what can be booked, by name
 */
GListModel *
rcp_roster_get_visit_types (RcpRoster *self)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  return G_LIST_MODEL (self->visit_types);
}

/**
 * rcp_roster_find_provider:
 * @self: a roster
 * @schedule_id: (nullable): the id of a Schedule
 *
 * Returns: (transfer none) (nullable): the column of that Schedule
 */
RcpProvider *
rcp_roster_find_provider (RcpRoster *self, const char *schedule_id)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  return schedule_id != NULL ? g_hash_table_lookup (self->by_schedule, schedule_id) : NULL;
}

/* The column with a role, for servers that name it in place of the person. */
static RcpProvider *
find_by_role (RcpRoster *self, const char *role_id)
{
  guint n_providers = g_list_model_get_n_items (G_LIST_MODEL (self->providers));

  for (guint i = 0; role_id != NULL && i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (G_LIST_MODEL (self->providers), i);

      if (g_strcmp0 (rcp_provider_get_role_id (provider), role_id) == 0)
        return provider;
    }

  return NULL;
}

/**
 * rcp_roster_find_provider_of_visit:
 * @self: a roster
 * @visit: a visit
 *
 * Returns: (transfer none) (nullable): the column of the visit's practitioner; where there are several, the one at the
 *   visit's place, else the first
 */
RcpProvider *
rcp_roster_find_provider_of_visit (RcpRoster *self, RcpVisit *visit)
{
  GPtrArray *columns = NULL;

  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);
  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);

  if (rcp_visit_get_practitioner_id (visit) != NULL)
    columns = g_hash_table_lookup (self->by_practitioner, rcp_visit_get_practitioner_id (visit));
  if (columns == NULL)
    return find_by_role (self, rcp_visit_get_role_id (visit));

  for (guint i = 0; columns->len > 1 && i < columns->len; i++)
    {
      RcpPlace *place = rcp_provider_get_place (g_ptr_array_index (columns, i));

      if (place != NULL && g_strcmp0 (rcp_place_get_id (place), rcp_visit_get_location_id (visit)) == 0)
        return g_ptr_array_index (columns, i);
    }
  return g_ptr_array_index (columns, 0);
}

/**
 * rcp_roster_find_visit_type:
 * @self: a roster
 * @code: (nullable): a code of a visit type
 *
 * Returns: (transfer none) (nullable): that visit type
 */
RcpVisitType *
rcp_roster_find_visit_type (RcpRoster *self, const char *code)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  for (guint i = 0; code != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->visit_types)); i++)
    {
      g_autoptr (RcpVisitType) visit_type = g_list_model_get_item (G_LIST_MODEL (self->visit_types), i);

      if (g_strcmp0 (rcp_visit_type_get_code (visit_type), code) == 0)
        return visit_type;
    }

  return NULL;
}

/**
 * rcp_roster_find_place:
 * @self: a roster
 * @id: (nullable): the id of a Location
 *
 * Returns: (transfer none) (nullable): that place
 */
RcpPlace *
rcp_roster_find_place (RcpRoster *self, const char *id)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->places)); i++)
    {
      g_autoptr (RcpPlace) place = g_list_model_get_item (G_LIST_MODEL (self->places), i);

      if (g_strcmp0 (rcp_place_get_id (place), id) == 0)
        return place;
    }

  return NULL;
}

/**
 * rcp_roster_get_zone:
 * @self: a roster
 *
 * Returns: (transfer none): the zone of the first place; the local one of a clinic without places
 */
GTimeZone *
rcp_roster_get_zone (RcpRoster *self)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  return self->zone;
}

/**
 * rcp_roster_set_busy_times:
 * @self: a roster
 * @times: (nullable): when its people are busy by their own calendars
 */
void
rcp_roster_set_busy_times (RcpRoster *self, RcpBusyTimes *times)
{
  g_return_if_fail (RCP_IS_ROSTER (self));

  g_set_object (&self->busy_times, times);
}

/**
 * rcp_roster_get_busy_times:
 * @self: a roster
 *
 * Returns: (transfer none) (nullable): when its people are busy by their own calendars
 */
RcpBusyTimes *
rcp_roster_get_busy_times (RcpRoster *self)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  return self->busy_times;
}
