/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-elements.h"

#define KEPT "rcp-encounters" /* at a bundle */

/* Which Encounter is of which visit. Of a visit for several people each has one; most visits are for one, and cost one entry. */
struct _RcpEncounters
{
  GHashTable *latest; /* of each visit, by the id of its Appointment */
  GHashTable *all;    /* of GPtrArray: of the visits that have Encounters of several people; or NULL */
};

static gint64
get_start (FhirResource *encounter)
{
  gint64 start;

  return rcp_iso8601_parse_instant (fhir_json_get_string (fhir_resource_get_json (encounter), "period.start"), &start) ? start : 0;
}

/* Of several Encounters of one visit and one patient, the one that began last counts. */
static gboolean
is_later (FhirResource *a, FhirResource *b)
{
  return get_start (a) > get_start (b);
}

static char *
dup_subject (FhirResource *encounter)
{
  const char *reference = fhir_json_get_string (fhir_resource_get_json (encounter), "subject.reference");

  return reference != NULL ? fhir_reference_dup_id (reference, "Patient") : NULL;
}

static gboolean
have_same_subject (FhirResource *a, FhirResource *b)
{
  g_autofree char *left = dup_subject (a);
  g_autofree char *right = dup_subject (b);

  return g_strcmp0 (left, right) == 0;
}

static GPtrArray *
new_list_of (FhirResource *first)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (list, g_object_ref (first));
  return list;
}

/* @known: of the same visit */
static void
add_another (RcpEncounters *self, const char *id, FhirResource *known, FhirResource *encounter)
{
  GPtrArray *all = self->all != NULL ? g_hash_table_lookup (self->all, id) : NULL;

  if (all == NULL && have_same_subject (known, encounter))
    return;
  if (self->all == NULL)
    self->all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  if (all == NULL)
    {
      all = new_list_of (known);
      g_hash_table_insert (self->all, g_strdup (id), all);
    }
  g_ptr_array_add (all, g_object_ref (encounter));
}

static void
add_to_visit (RcpEncounters *self, const char *reference, FhirResource *encounter)
{
  char *id = reference != NULL ? fhir_reference_dup_id (reference, "Appointment") : NULL;
  FhirResource *known = id != NULL ? g_hash_table_lookup (self->latest, id) : NULL;

  if (known != NULL)
    add_another (self, id, known, encounter);
  if (id != NULL && (known == NULL || is_later (encounter, known)))
    g_hash_table_replace (self->latest, id, g_object_ref (encounter));
  else
    g_free (id);
}

static void
add (RcpEncounters *self, FhirResource *encounter)
{
  JsonArray *appointments;

  if (g_strcmp0 (fhir_resource_get_resource_type (encounter), "Encounter") != 0
      || g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (encounter), "status"), "entered-in-error") == 0)
    return;
  appointments = fhir_json_get_array (fhir_resource_get_json (encounter), "appointment");
  for (guint i = 0; i < rcp_elements_get_length (appointments); i++)
    {
      JsonObject *appointment = rcp_elements_get_object (appointments, i);

      add_to_visit (self, appointment != NULL ? fhir_json_get_string (appointment, "reference") : NULL, encounter);
    }
}

static void
add_all (RcpEncounters *self, GPtrArray *resources)
{
  for (guint i = 0; i < resources->len; i++)
    add (self, resources->pdata[i]);
}

static RcpEncounters *
new_empty (void)
{
  RcpEncounters *self = g_new0 (RcpEncounters, 1);

  self->latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

/**
 * rcp_encounters_new:
 * @resources: (element-type FhirResource): anything
 *
 * Returns: (transfer full): the Encounters among them; what was entered in error is left out
 */
RcpEncounters *
rcp_encounters_new (GPtrArray *resources)
{
  RcpEncounters *self = new_empty ();

  g_return_val_if_fail (resources != NULL, self);

  add_all (self, resources);
  return self;
}

/**
 * rcp_encounters_new_from_bundle:
 * @bundle: a reply
 *
 * Returns: (transfer full): the Encounters in it, asked for or sent along
 */
RcpEncounters *
rcp_encounters_new_from_bundle (FhirBundle *bundle)
{
  RcpEncounters *self = new_empty ();

  g_return_val_if_fail (FHIR_IS_BUNDLE (bundle), self);

  add_all (self, fhir_bundle_get_matches (bundle));
  add_all (self, fhir_bundle_get_includes (bundle));
  return self;
}

/**
 * rcp_encounters_get_of_bundle:
 * @bundle: a reply, which does not change
 *
 * A reply of thousands of visits is looked through once, not once for each of them. On one thread alone.
 *
 * Returns: (transfer none): the Encounters in it, for as long as it is there
 */
RcpEncounters *
rcp_encounters_get_of_bundle (FhirBundle *bundle)
{
  RcpEncounters *self;

  g_return_val_if_fail (FHIR_IS_BUNDLE (bundle), NULL);

  self = g_object_get_data (G_OBJECT (bundle), KEPT);
  if (self == NULL)
    {
      self = rcp_encounters_new_from_bundle (bundle);
      g_object_set_data_full (G_OBJECT (bundle), KEPT, self, (GDestroyNotify)rcp_encounters_free);
    }
  return self;
}

void
rcp_encounters_free (RcpEncounters *self)
{
  g_hash_table_unref (self->latest);
  g_clear_pointer (&self->all, g_hash_table_unref);
  g_free (self);
}

/**
 * rcp_encounters_get:
 * @self: the Encounters
 * @visit_id: of an Appointment
 *
 * Returns: (transfer none) (nullable): the Encounter of that visit; of several the one that began last
 */
FhirResource *
rcp_encounters_get (RcpEncounters *self, const char *visit_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return visit_id != NULL ? g_hash_table_lookup (self->latest, visit_id) : NULL;
}

/**
 * rcp_encounters_get_of:
 * @self: the Encounters
 * @visit_id: of an Appointment
 * @patient_id: one of those who come to it
 * @is_first: whether that is the one who is named first, to whom an Encounter of nobody belongs
 *
 * Returns: (transfer none) (nullable): the Encounter of that patient
 */
FhirResource *
rcp_encounters_get_of (RcpEncounters *self, const char *visit_id, const char *patient_id, gboolean is_first)
{
  FhirResource *latest = rcp_encounters_get (self, visit_id), *found = NULL;
  g_autoptr (GPtrArray) only = NULL;
  GPtrArray *all;

  if (latest == NULL)
    return NULL;
  all = self->all != NULL ? g_hash_table_lookup (self->all, visit_id) : NULL;
  if (all == NULL)
    all = only = new_list_of (latest);
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *subject = dup_subject (all->pdata[i]);

      if ((subject != NULL ? g_strcmp0 (subject, patient_id) == 0 : is_first)
          && (found == NULL || is_later (all->pdata[i], found)))
        found = all->pdata[i];
    }
  return found;
}
