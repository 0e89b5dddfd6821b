/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-postal-centre.h"

#include <math.h>
#include <string.h>

#include "clinic/rcp-elements.h"
#include "rcp-match-record.h"

#define US_CODE_LENGTH 5
#define MOST_READ "200"
/* Two that differ by less than this, in degrees, are one house, or one street corner. */
#define SAME_PLACE 0.001
/* Half of the addresses are within so many kilometres, or the middle of them says nothing. */
#define FARTHEST 30.0

typedef struct
{
  JsonObject *address;
  char *code;
  GArray *positions;
} Search;

static void
search_free (Search *self)
{
  json_object_unref (self->address);
  g_free (self->code);
  g_array_unref (self->positions);
  g_free (self);
}

static gboolean
has_digits_only (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* "62704-1234" is a few houses of 62704: (transfer full) (nullable). */
static char *
dup_code (JsonObject *address)
{
  const char *text = fhir_json_get_string (address, "postalCode");
  char *code = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (code != NULL && strlen (code) == US_CODE_LENGTH + 5 && code[US_CODE_LENGTH] == '-' && has_digits_only (code, US_CODE_LENGTH)
      && has_digits_only (code + US_CODE_LENGTH + 1, 4))
    code[US_CODE_LENGTH] = '\0';
  if (code != NULL && *code == '\0')
    g_clear_pointer (&code, g_free);
  return code;
}

/* Other countries have the same numbers. What says no country is taken for ours. */
static gboolean
is_in_code (JsonObject *address, const Search *search)
{
  const char *country = fhir_json_get_string (address, "country"), *ours = fhir_json_get_string (search->address, "country");
  g_autofree char *code = dup_code (address);

  if (code == NULL || g_ascii_strcasecmp (code, search->code) != 0 || g_strcmp0 (fhir_json_get_string (address, "use"), "old") == 0)
    return FALSE;
  return country == NULL || ours == NULL || g_ascii_strcasecmp (country, ours) == 0;
}

/* A family, or a house of many flats, is one place: else the middle of the code would be where they live. */
static void
add_position (GArray *positions, RcpPosition position)
{
  for (guint i = 0; i < positions->len; i++)
    {
      RcpPosition known = g_array_index (positions, RcpPosition, i);

      if (fabs (known.latitude - position.latitude) < SAME_PLACE && fabs (known.longitude - position.longitude) < SAME_PLACE)
        return;
    }
  g_array_append_val (positions, position);
}

static void
add_patient (Search *self, FhirResource *patient)
{
  JsonArray *addresses = fhir_json_get_array (fhir_resource_get_json (patient), "address");
  RcpPosition position;

  for (guint i = 0; i < rcp_elements_get_length (addresses); i++)
    {
      JsonObject *address = rcp_elements_get_object (addresses, i);

      if (address != NULL && is_in_code (address, self) && rcp_match_read_geolocation (address, &position))
        add_position (self->positions, position);
    }
}

static void
add_places (Search *self, RcpRoster *roster)
{
  g_autoptr (GPtrArray) places = rcp_roster_list_resources (roster, "Location");
  RcpPosition position;

  for (guint i = 0; i < places->len; i++)
    {
      JsonObject *place = fhir_resource_get_json (places->pdata[i]), *address = fhir_json_get_object (place, "address");

      if (address != NULL && is_in_code (address, self) && rcp_match_read_position (place, &position))
        add_position (self->positions, position);
    }
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

static double
get_median (double *numbers, guint n)
{
  qsort (numbers, n, sizeof *numbers, compare_numbers);
  return n % 2 == 1 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

/* As near to @to as can be, so that those on both sides of the 180th meridian lie side by side. */
static double
unwrap (double longitude, double to)
{
  return longitude - to > 180 ? longitude - 360 : longitude - to < -180 ? longitude + 360 : longitude;
}

/**
 * rcp_postal_centre_find:
 * @positions: (array length=n_positions): of addresses of one postal code, each place once
 * @centre: (out): the middle of them: the median of both coordinates, which one wrong address does not move far
 *
 * Returns: whether there is one: %FALSE for fewer than %RCP_POSTAL_CENTRE_LEAST, and when half of them are farther than 30 km from it
 */
gboolean
rcp_postal_centre_find (const RcpPosition *positions, guint n_positions, RcpPosition *centre)
{
  g_autofree double *numbers = g_new (double, n_positions + 1);
  RcpPosition middle;

  g_return_val_if_fail (centre != NULL, FALSE);

  if (n_positions < RCP_POSTAL_CENTRE_LEAST)
    return FALSE;
  for (guint i = 0; i < n_positions; i++)
    numbers[i] = positions[i].latitude;
  middle.latitude = get_median (numbers, n_positions);
  for (guint i = 0; i < n_positions; i++)
    numbers[i] = unwrap (positions[i].longitude, positions[0].longitude);
  middle.longitude = unwrap (get_median (numbers, n_positions), 0);
  for (guint i = 0; i < n_positions; i++)
    numbers[i] = rcp_position_distance (middle, positions[i]);
  if (get_median (numbers, n_positions) > FARTHEST)
    return FALSE;
  *centre = middle;
  return TRUE;
}

/**
 * rcp_postal_centre_is_missed:
 *
 * Returns: whether the record does not say where @patient lives, but in which postal code
 */
gboolean
rcp_postal_centre_is_missed (RcpPatient *patient)
{
  JsonObject *address = rcp_elements_choose_address (fhir_resource_get_json (rcp_patient_get_resource (patient)));
  g_autofree char *code = dup_code (address);
  RcpPosition position;

  return code != NULL && !rcp_match_read_geolocation (address, &position);
}

static void
on_patients_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);
  GPtrArray *matches;
  RcpPosition centre;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* A server that does not know the parameter may answer with anybody: each is looked at. */
  matches = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < matches->len; i++)
    add_patient (self, matches->pdata[i]);
  if (!rcp_postal_centre_find ((const RcpPosition *) (gpointer) self->positions->data, self->positions->len, &centre))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The middle of the postal code is not known");
  else
    g_task_return_pointer (task, g_memdup2 (&centre, sizeof centre), g_free);
}

/**
 * rcp_postal_centre_load_async:
 * @client: the record
 * @roster: whose places count as well
 * @patient: whose postal code it is; rcp_postal_centre_is_missed()
 *
 * Reads where others of the postal code live. Only their addresses are asked for.
 */
void
rcp_postal_centre_load_async (FhirClient *client, RcpRoster *roster, RcpPatient *patient, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  JsonObject *address = rcp_elements_choose_address (fhir_resource_get_json (rcp_patient_get_resource (patient)));
  g_autoptr (FhirSearch) search = NULL;
  g_autofree char *escaped = NULL;
  Search *self;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (rcp_postal_centre_is_missed (patient));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_postal_centre_load_async);
  self = g_new0 (Search, 1);
  self->address = json_object_ref (address);
  self->code = dup_code (address);
  self->positions = g_array_new (FALSE, FALSE, sizeof (RcpPosition));
  add_places (self, roster);
  g_task_set_task_data (task, self, (GDestroyNotify) search_free);
  escaped = fhir_search_escape (self->code);
  search = fhir_search_new ("Patient");
  fhir_search_add (search, "address-postalcode", escaped);
  fhir_search_add (search, "_elements", "address");
  fhir_search_add (search, "_count", MOST_READ);
  fhir_client_search_async (client, search, cancellable, on_patients_searched_cb, task);
}

/**
 * rcp_postal_centre_load_finish:
 * @centre: (out): the middle of the postal code
 * @error: return location; %G_IO_ERROR_NOT_FOUND when too little is known
 *
 * Returns: whether it is known
 */
gboolean
rcp_postal_centre_load_finish (GAsyncResult *result, RcpPosition *centre, GError **error)
{
  g_autofree RcpPosition *found = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_postal_centre_load_async), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;
  *centre = *found;
  return TRUE;
}
