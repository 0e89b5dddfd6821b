/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-visit-private.h"

#include <glib/gi18n.h>

#include "clinic/rcp-elements.h"

/* Those who come to one visit. Each arrives, waits and leaves for himself, which his own Encounter tells; the Appointment says how
 * far the visit is as a whole. Most visits are for one, and keep no list of people at all. */

static void
person_clear (gpointer data)
{
  RcpVisitPerson *person = data;

  g_free (person->id);
  g_clear_object (&person->patient);
  g_clear_object (&person->encounter);
  g_free (person->flow.room_id);
}

static gboolean
is_listed (GArray *people, const char *id)
{
  for (guint i = 0; i < people->len; i++)
    if (g_str_equal (g_array_index (people, RcpVisitPerson, i).id, id))
      return TRUE;
  return FALSE;
}

static GArray *
list_people (JsonObject *appointment)
{
  JsonArray *participants = fhir_json_get_array (appointment, "participant");
  GArray *people = g_array_new (FALSE, TRUE, sizeof (RcpVisitPerson));

  g_array_set_clear_func (people, person_clear);
  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    {
      JsonObject *participant = rcp_elements_get_object (participants, i);
      const char *reference = fhir_json_get_string (participant, "actor.reference");
      const char *answer = fhir_json_get_string (participant, "status");
      RcpVisitPerson person = { .id = reference != NULL ? fhir_reference_dup_id (reference, "Patient") : NULL,
                                .display = fhir_json_get_string (participant, "actor.display"),
                                .has_accepted = g_strcmp0 (answer, "accepted") == 0 };

      if (person.id != NULL && g_strcmp0 (answer, "declined") != 0 && !is_listed (people, person.id))
        g_array_append_val (people, person);
      else
        g_free (person.id);
    }
  return people;
}

/* Checked in is who waits when nobody of the group was let in further: by the Appointment alone the two cannot be told apart. */
static void
tell_checked_in (GArray *people)
{
  for (guint i = 0; i < people->len; i++)
    if (g_array_index (people, RcpVisitPerson, i).flow.status == RCP_VISIT_ROOMED
        || g_array_index (people, RcpVisitPerson, i).flow.status == RCP_VISIT_WITH_PROVIDER)
      return;
  for (guint i = 0; i < people->len; i++)
    if (g_array_index (people, RcpVisitPerson, i).flow.status == RCP_VISIT_ARRIVED)
      g_array_index (people, RcpVisitPerson, i).flow.status = RCP_VISIT_CHECKED_IN;
}

/**
 * rcp_visit_people_read:
 * @appointment: an Appointment
 * @visit_id: its id
 * @encounters: (nullable): all that are known
 * @find: (nullable): finds the Patients
 * @source: where
 *
 * Returns: (transfer full) (nullable) (element-type RcpVisitPerson): those who come; %NULL when it is one or nobody
 */
GArray *
rcp_visit_people_read (JsonObject *appointment, const char *visit_id, RcpEncounters *encounters, RcpResourceFind find, gpointer source)
{
  g_autoptr (GArray) people = list_people (appointment);
  gboolean has_encounter = FALSE;

  if (people->len < 2)
    return NULL;
  for (guint i = 0; i < people->len; i++)
    {
      RcpVisitPerson *person = &g_array_index (people, RcpVisitPerson, i);
      g_autofree char *reference = g_strconcat ("Patient/", person->id, NULL);

      if (find != NULL)
        g_set_object (&person->patient, find (source, reference));
      if (encounters != NULL)
        g_set_object (&person->encounter, rcp_encounters_get_of (encounters, visit_id, person->id, i == 0));
      has_encounter = has_encounter || person->encounter != NULL;
    }
  for (guint i = 0; i < people->len; i++)
    {
      RcpVisitPerson *person = &g_array_index (people, RcpVisitPerson, i);

      person->flow = rcp_visit_flow_read_person (appointment, person, has_encounter);
    }
  if (has_encounter && g_strcmp0 (fhir_json_get_string (appointment, "status"), "checked-in") == 0)
    tell_checked_in (people);
  return g_steal_pointer (&people);
}

static gboolean
has (const RcpVisitStatus *people, guint n_people, RcpVisitStatus status)
{
  for (guint i = 0; i < n_people; i++)
    if (people[i] == status)
      return TRUE;
  return FALSE;
}

/* Who is expected: the visit is confirmed when all of them said yes. */
static RcpVisitStatus
get_of_expected (const RcpVisitStatus *people, guint n_people)
{
  static const RcpVisitStatus least_first[] = { RCP_VISIT_PENDING, RCP_VISIT_BOOKED, RCP_VISIT_CONFIRMED };

  for (guint i = 0; i < G_N_ELEMENTS (least_first); i++)
    if (has (people, n_people, least_first[i]))
      return least_first[i];
  return RCP_VISIT_ERROR;
}

/**
 * rcp_visit_status_of_people:
 * @people: (array length=n_people): how far each is who comes to a visit
 * @n_people: how many, one at least
 *
 * The rule: as long as somebody is in the house, the visit is as far as the furthest of them. Then it is done when one was seen;
 * else it waits for those who are still expected; and when nobody is, somebody left, or nobody came.
 *
 * Returns: how far the visit is as a whole
 */
RcpVisitStatus
rcp_visit_status_of_people (const RcpVisitStatus *people, guint n_people)
{
  static const RcpVisitStatus in_order[] = { RCP_VISIT_WITH_PROVIDER, RCP_VISIT_ROOMED, RCP_VISIT_CHECKED_IN, RCP_VISIT_ARRIVED,
                                             RCP_VISIT_FULFILLED };
  RcpVisitStatus expected;

  g_return_val_if_fail (n_people > 0, RCP_VISIT_ERROR);

  for (guint i = 0; i < G_N_ELEMENTS (in_order); i++)
    if (has (people, n_people, in_order[i]))
      return in_order[i];
  expected = get_of_expected (people, n_people);
  if (expected != RCP_VISIT_ERROR)
    return expected;
  /* What is cancelled, waits for a time or is an error is that for all of them. */
  return has (people, n_people, RCP_VISIT_LEFT) ? RCP_VISIT_LEFT : people[0];
}

/**
 * rcp_visit_people_get_flow:
 * @people: (element-type RcpVisitPerson): those who come
 * @encounter: (out) (transfer none) (nullable): whose times it has
 *
 * Returns: how far the visit is, with the times of the one of the furthest who is there longest
 */
RcpVisitFlow
rcp_visit_people_get_flow (GArray *people, FhirResource **encounter)
{
  g_autofree RcpVisitStatus *statuses = g_new (RcpVisitStatus, people->len);
  RcpVisitPerson *lead = NULL;
  RcpVisitFlow flow;

  for (guint i = 0; i < people->len; i++)
    statuses[i] = g_array_index (people, RcpVisitPerson, i).flow.status;
  flow.status = rcp_visit_status_of_people (statuses, people->len);
  for (guint i = 0; i < people->len; i++)
    {
      RcpVisitPerson *person = &g_array_index (people, RcpVisitPerson, i);

      if (person->flow.status == flow.status && (lead == NULL || person->flow.since < lead->flow.since))
        lead = person;
    }
  flow = lead->flow;
  flow.room_id = g_strdup (lead->flow.room_id);
  *encounter = lead->encounter;
  return flow;
}

gboolean
rcp_visit_has_same_people (RcpVisit *a, RcpVisit *b, gboolean (*is_same) (FhirResource *, FhirResource *))
{
  GArray *left = rcp_visit_get_people (a), *right = rcp_visit_get_people (b);

  if (left == NULL || right == NULL || left->len != right->len)
    return left == right;
  for (guint i = 0; i < left->len; i++)
    {
      const RcpVisitPerson *one = &g_array_index (left, RcpVisitPerson, i), *other = &g_array_index (right, RcpVisitPerson, i);

      if (!is_same (one->patient, other->patient) || !is_same (one->encounter, other->encounter))
        return FALSE;
    }
  return TRUE;
}

static const RcpVisitPerson *
get_person (RcpVisit *self, guint index)
{
  GArray *people = rcp_visit_get_people (self);

  g_return_val_if_fail (people == NULL || index < people->len, NULL);
  return people != NULL ? &g_array_index (people, RcpVisitPerson, index) : NULL;
}

/**
 * rcp_visit_get_n_people:
 * @self: a visit
 *
 * Returns: for how many it is: 1 also when the record does not tell for whom
 */
guint
rcp_visit_get_n_people (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), 1);

  return rcp_visit_get_people (self) != NULL ? rcp_visit_get_people (self)->len : 1;
}

/**
 * rcp_visit_get_person_id:
 * @self: a visit
 * @index: below rcp_visit_get_n_people()
 *
 * Returns: (nullable): the id of the Patient
 */
const char *
rcp_visit_get_person_id (RcpVisit *self, guint index)
{
  const RcpVisitPerson *person = get_person (self, index);

  return person != NULL ? person->id : rcp_visit_get_patient_id (self);
}

/**
 * rcp_visit_get_person_status:
 * @self: a visit
 * @index: below rcp_visit_get_n_people()
 *
 * Returns: how far that one is
 */
RcpVisitStatus
rcp_visit_get_person_status (RcpVisit *self, guint index)
{
  const RcpVisitPerson *person = get_person (self, index);

  return person != NULL ? person->flow.status : rcp_visit_get_status (self);
}

/**
 * rcp_visit_get_person_encounter:
 * @self: a visit
 * @index: below rcp_visit_get_n_people()
 *
 * Returns: (transfer none) (nullable): the Encounter of that one
 */
FhirResource *
rcp_visit_get_person_encounter (RcpVisit *self, guint index)
{
  const RcpVisitPerson *person = get_person (self, index);

  return person != NULL ? person->encounter : rcp_visit_get_encounter (self);
}

/**
 * rcp_visit_count_come:
 * @self: a visit
 *
 * Returns: how many of those for whom it is are in the house, or were
 */
guint
rcp_visit_count_come (RcpVisit *self)
{
  guint n_come = 0;

  for (guint i = 0; i < rcp_visit_get_n_people (self); i++)
    {
      RcpVisitStatus status = rcp_visit_get_person_status (self, i);

      n_come += rcp_visit_status_is_present (status) || status == RCP_VISIT_FULFILLED || status == RCP_VISIT_LEFT;
    }
  return n_come;
}

/* All who come, and did not decline. */
static void
list_patients (RcpVisit *self, GStrvBuilder *ids, GStrvBuilder *names)
{
  JsonArray *participants = fhir_json_get_array (fhir_resource_get_json (rcp_visit_get_resource (self)), "participant");

  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    {
      JsonObject *participant = rcp_elements_get_object (participants, i);
      const char *reference = fhir_json_get_string (participant, "actor.reference");
      const char *name = fhir_json_get_string (participant, "actor.display");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Patient") : NULL;

      if (id == NULL || g_strcmp0 (fhir_json_get_string (participant, "status"), "declined") == 0)
        continue;
      g_strv_builder_add (ids, id);
      g_strv_builder_add (names, name != NULL ? name : "");
    }
}

/**
 * rcp_visit_dup_patient_ids:
 * @self: a visit
 *
 * Returns: (transfer full): the ids of all who come to it
 */
GStrv
rcp_visit_dup_patient_ids (RcpVisit *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  list_patients (self, ids, names);
  return g_strv_builder_end (ids);
}

/**
 * rcp_visit_dup_companions:
 * @self: a visit
 *
 * Returns: (transfer full): what the record calls all but the first of them
 */
GStrv
rcp_visit_dup_companions (RcpVisit *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  list_patients (self, ids, names);
  all = g_strv_builder_end (names);
  return g_strdupv (all[0] != NULL ? all + 1 : all);
}
