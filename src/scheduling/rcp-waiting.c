/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-waiting"

#include "rcp-waiting.h"

#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define USUAL_DURATION 15
#define NOON (12 * 60)
#define EVENING (17 * 60)

static const char *const codes[] = {
  [RCP_TIME_OF_DAY_ANY] = NULL,
  [RCP_TIME_OF_DAY_MORNING] = "morning",
  [RCP_TIME_OF_DAY_AFTERNOON] = "afternoon",
  [RCP_TIME_OF_DAY_EVENING] = "evening",
};

static const char *const labels[] = {
  [RCP_TIME_OF_DAY_ANY] = N_ ("at any time of day"),
  [RCP_TIME_OF_DAY_MORNING] = N_ ("in the morning"),
  [RCP_TIME_OF_DAY_AFTERNOON] = N_ ("in the afternoon"),
  [RCP_TIME_OF_DAY_EVENING] = N_ ("in the evening"),
};

struct _RcpWaiting
{
  GObject parent_instance;

  RcpVisit *visit;
  RcpVisit *booked;
  RcpOwnVisits *own;
  RcpTimeRange period;
  GStrv practitioner_ids;
  GStrv practitioner_names;
  GStrv languages;
  RcpGender gender;
  char *network;
  guint times;
  guint duration;
  gint64 since;
  char *booked_id;
};

G_DEFINE_FINAL_TYPE (RcpWaiting, rcp_waiting, G_TYPE_OBJECT)

const char *
rcp_time_of_day_to_code (RcpTimeOfDay time_of_day)
{
  g_return_val_if_fail ((guint)time_of_day < G_N_ELEMENTS (codes), NULL);
  return codes[time_of_day];
}

RcpTimeOfDay
rcp_time_of_day_from_code (const char *code)
{
  for (guint i = RCP_TIME_OF_DAY_MORNING; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i], code) == 0)
      return i;
  return RCP_TIME_OF_DAY_ANY;
}

const char *
rcp_time_of_day_to_label (RcpTimeOfDay time_of_day)
{
  g_return_val_if_fail ((guint)time_of_day < G_N_ELEMENTS (labels), NULL);
  return _ (labels[time_of_day]);
}

RcpTimeOfDay
rcp_time_of_day_of (gint64 instant, GTimeZone *zone)
{
  guint minute = rcp_time_get_minute (instant, zone);

  if (minute < NOON)
    return RCP_TIME_OF_DAY_MORNING;
  return minute < EVENING ? RCP_TIME_OF_DAY_AFTERNOON : RCP_TIME_OF_DAY_EVENING;
}

static void
rcp_waiting_finalize (GObject *object)
{
  RcpWaiting *self = RCP_WAITING (object);

  g_clear_object (&self->visit);
  g_clear_object (&self->booked);
  g_clear_object (&self->own);
  g_strfreev (self->practitioner_ids);
  g_strfreev (self->practitioner_names);
  g_strfreev (self->languages);
  g_free (self->network);
  g_free (self->booked_id);
  G_OBJECT_CLASS (rcp_waiting_parent_class)->finalize (object);
}

static void
rcp_waiting_class_init (RcpWaitingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_waiting_finalize;
}

static void
rcp_waiting_init (RcpWaiting *self)
{
}

static void
read_practitioners (RcpWaiting *self, JsonObject *json)
{
  JsonArray *participants = fhir_json_get_array (json, "participant");
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; participants != NULL && i < json_array_get_length (participants); i++)
    {
      JsonObject *participant = json_array_get_object_element (participants, i);
      const char *reference = fhir_json_get_string (participant, "actor.reference");
      const char *name = fhir_json_get_string (participant, "actor.display");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Practitioner") : NULL;

      if (id == NULL)
        continue;
      g_strv_builder_add (ids, id);
      g_strv_builder_add (names, name != NULL ? name : _ ("Provider"));
    }
  self->practitioner_ids = g_strv_builder_end (ids);
  self->practitioner_names = g_strv_builder_end (names);
}

static void
read_wish (RcpWaiting *self, GStrvBuilder *languages, JsonObject *extension)
{
  const char *url = fhir_json_get_string (extension, "url");
  const char *code = fhir_json_get_string (extension, "valueCode");
  RcpTimeOfDay time_of_day;

  if (g_strcmp0 (url, RCP_EXTENSION_WISHED) == 0)
    {
      time_of_day = rcp_time_of_day_from_code (code);
      if (time_of_day != RCP_TIME_OF_DAY_ANY)
        self->times |= RCP_WISHED (time_of_day);
    }
  else if (g_strcmp0 (url, RCP_EXTENSION_WISHED_LANGUAGE) == 0 && code != NULL)
    g_strv_builder_add (languages, code);
  else if (g_strcmp0 (url, RCP_EXTENSION_WISHED_GENDER) == 0)
    self->gender = rcp_gender_from_code (code);
  else if (g_strcmp0 (url, RCP_EXTENSION_WISHED_NETWORK) == 0 && self->network == NULL)
    self->network = g_strdup (fhir_json_get_string (extension, "valueString"));
}

static void
read_wishes (RcpWaiting *self, JsonObject *json)
{
  JsonArray *extensions = fhir_json_get_array (json, "extension");
  g_autoptr (GStrvBuilder) languages = g_strv_builder_new ();

  for (guint i = 0; i < rcp_elements_get_length (extensions); i++)
    read_wish (self, languages, rcp_elements_get_object (extensions, i));
  self->languages = g_strv_builder_end (languages);
}

static gint64
read_instant (JsonObject *json, const char *path, gint64 otherwise)
{
  const char *text = fhir_json_get_string (json, path);
  gint64 instant;

  return text != NULL && rcp_iso8601_parse_instant (text, &instant) ? instant : otherwise;
}

RcpWaiting *
rcp_waiting_new (RcpVisit *visit, RcpVisit *booked)
{
  RcpWaiting *self;
  JsonObject *json;
  const char *kept;

  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);

  self = g_object_new (RCP_TYPE_WAITING, NULL);
  json = fhir_resource_get_json (rcp_visit_get_resource (visit));
  kept = fhir_json_get_string (json, "supportingInformation.0.reference");
  self->visit = g_object_ref (visit);
  g_set_object (&self->booked, booked);
  self->period.start = read_instant (json, "requestedPeriod.0.start", G_MININT64);
  self->period.end = read_instant (json, "requestedPeriod.0.end", G_MAXINT64);
  self->duration = MAX (1, fhir_json_get_int (json, "minutesDuration", USUAL_DURATION));
  self->since = read_instant (json, "created", 0);
  self->booked_id = kept != NULL ? fhir_reference_dup_id (kept, "Appointment") : NULL;
  read_practitioners (self, json);
  read_wishes (self, json);
  return self;
}

RcpVisit *
rcp_waiting_get_visit (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), NULL);
  return self->visit;
}

RcpVisit *
rcp_waiting_get_booked (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), NULL);
  return self->booked;
}

RcpTimeRange
rcp_waiting_get_period (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), ((RcpTimeRange){ 0, 0 }));
  return self->period;
}

const char *const *
rcp_waiting_get_practitioner_ids (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), NULL);
  return (const char *const *)self->practitioner_ids;
}

const char *const *
rcp_waiting_get_practitioner_names (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), NULL);
  return (const char *const *)self->practitioner_names;
}

guint
rcp_waiting_get_times (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), 0);
  return self->times;
}

const char *const *
rcp_waiting_get_languages (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), NULL);
  return (const char *const *)self->languages;
}

RcpGender
rcp_waiting_get_gender (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), RCP_GENDER_ANY);
  return self->gender;
}

const char *
rcp_waiting_get_network (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), NULL);
  return self->network;
}

guint
rcp_waiting_get_duration (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), 0);
  return self->duration;
}

gint64
rcp_waiting_get_since (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), 0);
  return self->since;
}

const char *
rcp_waiting_get_booked_id (RcpWaiting *self)
{
  g_return_val_if_fail (RCP_IS_WAITING (self), NULL);
  return self->booked_id;
}

void
rcp_waiting_set_own (RcpWaiting *self, RcpOwnVisits *own)
{
  g_return_if_fail (RCP_IS_WAITING (self));

  g_set_object (&self->own, own);
}

gboolean
rcp_waiting_is_elsewhere (RcpWaiting *self, RcpTimeRange range)
{
  const char *patient_id;

  g_return_val_if_fail (RCP_IS_WAITING (self), FALSE);

  patient_id = rcp_visit_get_patient_id (self->visit);
  return self->own != NULL && patient_id != NULL && rcp_own_visits_has (self->own, patient_id, self->booked_id, range);
}

int
rcp_waiting_compare (gconstpointer a, gconstpointer b, gpointer unused)
{
  RcpWaiting *of_a = RCP_WAITING ((gpointer)a);
  RcpWaiting *of_b = RCP_WAITING ((gpointer)b);
  int urgency = (int)rcp_visit_get_urgency (of_b->visit) - (int)rcp_visit_get_urgency (of_a->visit);
  int name;

  if (urgency != 0)
    return urgency;
  if (of_a->since != of_b->since)
    return of_a->since < of_b->since ? -1 : 1;
  name = g_utf8_collate (rcp_visit_get_patient_name (of_a->visit), rcp_visit_get_patient_name (of_b->visit));
  if (name != 0)
    return name;
  return g_strcmp0 (rcp_visit_get_id (of_a->visit), rcp_visit_get_id (of_b->visit));
}
