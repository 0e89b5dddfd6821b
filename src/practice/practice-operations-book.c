/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-operations.h"

#include <string.h>

#include "base/rcp-iso8601.h"

/*
 * IHE ITI Scheduling: $find (ITI-115) proposes Appointments for free Slots, $hold (ITI-116) keeps one, $book (ITI-117)
 * books, changes or cancels. A proposal is not stored; its id tells the Slot that it is for.
 */
#define PROPOSAL_PREFIX "find-"

/* What Parameters, or a query, give to an operation. */
typedef struct
{
  GPtrArray *names;
  GPtrArray *values; /* PracticeJson: a string, or an object */
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_clear_pointer (&arguments->names, g_ptr_array_unref);
  g_clear_pointer (&arguments->values, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static void
add_argument (Arguments *arguments, const char *name, PracticeJson *value)
{
  g_ptr_array_add (arguments->names, g_strdup (name));
  g_ptr_array_add (arguments->values, value);
}

/* "valueReference", "valueString", "resource" ...: whatever the parameter carries. */
static void
add_parameter (Arguments *arguments, PracticeJson *parameter)
{
  const char *name = practice_json_get_string (parameter, "name");

  if (name == NULL)
    return;
  json_object_object_foreach (parameter, member, value)
    if (g_str_has_prefix (member, "value") || strcmp (member, "resource") == 0)
      add_argument (arguments, name, json_object_get (value));
}

static gboolean
parse_arguments (PracticeCall *call, Arguments *arguments)
{
  g_autoptr (GPtrArray) pairs = practice_query_decode (call->request->query);
  g_autoptr (PracticeJson) body = NULL;
  PracticeJson *parameters;

  arguments->names = g_ptr_array_new_with_free_func (g_free);
  arguments->values = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_json_unref);
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const PracticeQueryPair *pair = pairs->pdata[i];

      add_argument (arguments, pair->name, json_object_new_string (pair->value));
    }
  if (call->resource == NULL && call->request->body_length == 0)
    return TRUE;

  body = practice_call_parse_body (call);
  if (body == NULL)
    return FALSE;
  if (g_strcmp0 (practice_json_get_string (body, "resourceType"), "Parameters") != 0)
    {
      practice_outcome_error (call->outcome, 400, "invalid", NULL, "The operation takes Parameters");
      return FALSE;
    }

  parameters = practice_json_get_array (body, "parameter");
  for (gsize i = 0; parameters != NULL && i < json_object_array_length (parameters); i++)
    {
      PracticeJson *parameter = json_object_array_get_idx (parameters, i);

      if (json_object_is_type (parameter, json_type_object))
        add_parameter (arguments, parameter);
    }
  return TRUE;
}

/* The first value of that name, or NULL. */
static PracticeJson *
get_argument (const Arguments *arguments, const char *name)
{
  for (guint i = 0; i < arguments->names->len; i++)
    if (strcmp (arguments->names->pdata[i], name) == 0)
      return arguments->values->pdata[i];

  return NULL;
}

/* A string, a Reference's reference, or "system|code" of a CodeableConcept's first coding; NULL when it is none. */
static char *
argument_to_text (PracticeJson *value)
{
  PracticeJson *codings;
  const char *text;

  if (value == NULL)
    return NULL;
  if (json_object_is_type (value, json_type_string))
    return g_strdup (json_object_get_string (value));
  if (!json_object_is_type (value, json_type_object))
    return NULL;

  text = practice_json_get_string (value, "reference");
  codings = practice_json_get_array (value, "coding");
  if (text == NULL && codings != NULL && json_object_array_length (codings) > 0)
    {
      PracticeJson *coding = json_object_array_get_idx (codings, 0);
      const char *system = practice_json_get_string (coding, "system");
      const char *code = practice_json_get_string (coding, "code");

      return code == NULL ? NULL : system != NULL ? g_strdup_printf ("%s|%s", system, code) : g_strdup (code);
    }
  return g_strdup (text != NULL ? text : practice_json_get_string (value, "text"));
}

static PracticeJson *
make_reference (const char *type, const char *id)
{
  g_autofree char *text = g_strdup_printf ("%s/%s", type, id);
  PracticeJson *reference = json_object_new_object ();

  json_object_object_add (reference, "reference", json_object_new_string (text));
  return reference;
}

/* (transfer full) (nullable): a current resource as JSON. */
static PracticeJson *
load_json (PracticeCall *call, const char *type, const char *id)
{
  g_autoptr (PracticeVersion) version = practice_store_read (call->store, type, id);

  return version != NULL && version->content != NULL
         ? practice_json_parse (version->content, version->length, call->outcome) : NULL;
}

/* The id behind "Type/", or NULL. */
static const char *
get_reference_id (const char *reference, const char *type)
{
  gsize length = strlen (type);

  return reference != NULL && strncmp (reference, type, length) == 0 && reference[length] == '/'
         ? reference + length + 1 : NULL;
}

static void
copy_member (PracticeJson *from, PracticeJson *to, const char *name)
{
  PracticeJson *value;

  if (json_object_object_get_ex (from, name, &value))
    json_object_object_add (to, name, json_object_get (value));
}

static PracticeJson *
make_participants (PracticeJson *schedule)
{
  PracticeJson *participants = json_object_new_array ();
  PracticeJson *actors = schedule != NULL ? practice_json_get_array (schedule, "actor") : NULL;

  for (gsize i = 0; actors != NULL && i < json_object_array_length (actors); i++)
    {
      PracticeJson *participant = json_object_new_object ();

      json_object_object_add (participant, "actor", json_object_get (json_object_array_get_idx (actors, i)));
      json_object_object_add (participant, "required", json_object_new_string ("required"));
      json_object_object_add (participant, "status", json_object_new_string ("needs-action"));
      json_object_array_add (participants, participant);
    }

  return participants;
}

/* The Appointment that a Slot could become. */
static PracticeJson *
make_proposal (PracticeCall *call, PracticeJson *slot)
{
  static const char *const from_slot[] = { "serviceCategory", "serviceType", "specialty", "appointmentType", "start", "end" };
  const char *id = practice_json_get_string (slot, "id");
  PracticeJson *schedule_reference = practice_json_get_object (slot, "schedule");
  const char *schedule_id = get_reference_id (schedule_reference != NULL
                                              ? practice_json_get_string (schedule_reference, "reference") : NULL, "Schedule");
  g_autoptr (PracticeJson) schedule = schedule_id != NULL ? load_json (call, "Schedule", schedule_id) : NULL;
  g_autofree char *proposal_id = g_strconcat (PROPOSAL_PREFIX, id, NULL);
  PracticeJson *appointment = json_object_new_object ();
  PracticeJson *slots = json_object_new_array ();
  PracticeJson *periods = json_object_new_array ();
  PracticeJson *period = json_object_new_object ();

  json_object_object_add (appointment, "resourceType", json_object_new_string ("Appointment"));
  if (practice_id_is_valid (proposal_id))
    json_object_object_add (appointment, "id", json_object_new_string (proposal_id));
  json_object_object_add (appointment, "status", json_object_new_string ("proposed"));
  for (guint i = 0; i < G_N_ELEMENTS (from_slot); i++)
    copy_member (slot, appointment, from_slot[i]);
  json_object_array_add (slots, make_reference ("Slot", id));
  json_object_object_add (appointment, "slot", slots);
  json_object_object_add (appointment, "participant", make_participants (schedule));
  /* The IHE profile asks for the period that the offer is for. */
  copy_member (slot, period, "start");
  copy_member (slot, period, "end");
  json_object_array_add (periods, period);
  json_object_object_add (appointment, "requestedPeriod", periods);
  return appointment;
}

static PracticeJson *
make_searchset (void)
{
  PracticeJson *bundle = json_object_new_object ();

  json_object_object_add (bundle, "resourceType", json_object_new_string ("Bundle"));
  json_object_object_add (bundle, "type", json_object_new_string ("searchset"));
  return bundle;
}

/* Takes @resource. */
static void
add_match (PracticeJson *entries, PracticeJson *resource)
{
  PracticeJson *entry = json_object_new_object ();
  PracticeJson *search = json_object_new_object ();

  json_object_object_add (search, "mode", json_object_new_string ("match"));
  json_object_object_add (entry, "resource", resource);
  json_object_object_add (entry, "search", search);
  json_object_array_add (entries, entry);
}

static void
append_criterion (GString *query, const char *name, const char *prefix, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || *value == '\0')
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (query, "&%s=%s%s", name, prefix, escaped);
}

/* The search for free Slots that answers $find; NULL with an error when start or end is missing. */
static char *
make_slot_query (PracticeCall *call, const Arguments *arguments)
{
  static const struct
  {
    const char *argument, *criterion;
  } criteria[] = {
    { "practitioner", "schedule.actor" },          { "location-reference", "schedule.actor" },
    { "organization", "schedule.actor" },          { "specialty", "specialty" },
    { "visit-type", "appointment-type" },
  };
  g_autofree char *start = argument_to_text (get_argument (arguments, "start"));
  g_autofree char *end = argument_to_text (get_argument (arguments, "end"));
  g_autofree char *count = argument_to_text (get_argument (arguments, "_count"));
  GString *query;

  if (start == NULL || end == NULL)
    {
      practice_outcome_error (call->outcome, 400, "required", NULL, "$find needs start and end");
      return NULL;
    }

  query = g_string_new ("status=free&_sort=start&_total=accurate");
  append_criterion (query, "start", "ge", start);
  append_criterion (query, "start", "lt", end);
  append_criterion (query, "_count", "", count);
  for (guint i = 0; i < G_N_ELEMENTS (criteria); i++)
    {
      g_autofree char *value = argument_to_text (get_argument (arguments, criteria[i].argument));

      append_criterion (query, criteria[i].criterion, "", value);
    }
  return g_string_free (query, FALSE);
}

void
practice_operation_find (PracticeCall *call)
{
  PracticeSearchContext context = practice_call_get_search_context (call);
  g_auto (Arguments) arguments = { NULL, };
  g_autofree char *query = NULL;
  g_autofree char *text = NULL;
  g_autoptr (PracticeSearch) search = NULL;
  g_autoptr (PracticeJson) found = NULL;
  g_autoptr (PracticeJson) bundle = make_searchset ();
  PracticeJson *entries, *proposals;
  gsize length;

  if (!parse_arguments (call, &arguments) || (query = make_slot_query (call, &arguments)) == NULL)
    return;
  context.strict = TRUE;
  search = practice_search_parse ("Slot", query, &context, call->outcome);
  text = search != NULL ? practice_search_run (call->store, search, call->outcome, &length) : NULL;
  found = text != NULL ? practice_json_parse (text, length, call->outcome) : NULL;
  if (found == NULL)
    return;

  copy_member (found, bundle, "total");
  entries = practice_json_get_array (found, "entry");
  proposals = json_object_new_array ();
  for (gsize i = 0; entries != NULL && i < json_object_array_length (entries); i++)
    add_match (proposals, make_proposal (call, practice_json_get_object (json_object_array_get_idx (entries, i), "resource")));
  if (json_object_array_length (proposals) > 0)
    json_object_object_add (bundle, "entry", proposals);
  else
    json_object_put (proposals);
  practice_call_respond_json (call, 200, bundle);
}

/* Brings every Slot of the Appointment from one of the states in @from to @to. */
static gboolean
move_slots (PracticeCall *call, PracticeJson *appointment, const char *const *from, const char *to)
{
  PracticeJson *slots = practice_json_get_array (appointment, "slot");

  for (gsize i = 0; slots != NULL && i < json_object_array_length (slots); i++)
    {
      PracticeJson *reference = json_object_array_get_idx (slots, i);
      const char *id = get_reference_id (practice_json_get_string (reference, "reference"), "Slot");
      g_autoptr (PracticeJson) slot = id != NULL ? load_json (call, "Slot", id) : NULL;
      g_autoptr (PracticeVersion) version = NULL;
      const char *status = slot != NULL ? practice_json_get_string (slot, "status") : NULL;

      if (status == NULL)
        {
          practice_outcome_error (call->outcome, 404, "not-found", NULL, "The appointment is for a slot that is not there");
          return FALSE;
        }
      if (!g_strv_contains (from, status))
        {
          practice_outcome_error (call->outcome, 409, "conflict", NULL, "A slot of the appointment is taken");
          return FALSE;
        }
      json_object_object_add (slot, "status", json_object_new_string (to));
      version = practice_call_store (call, slot, "Slot", id);
      if (version == NULL)
        return FALSE;
    }

  return TRUE;
}

/* appointment-reference: what is stored, or the proposal of a free Slot. */
static PracticeJson *
resolve_appointment (PracticeCall *call, const char *reference, gboolean *stored)
{
  const char *id = get_reference_id (reference, "Appointment");
  PracticeJson *appointment = id != NULL ? load_json (call, "Appointment", id) : NULL;

  *stored = appointment != NULL;
  if (appointment == NULL && id != NULL && g_str_has_prefix (id, PROPOSAL_PREFIX))
    {
      g_autoptr (PracticeJson) slot = load_json (call, "Slot", id + strlen (PROPOSAL_PREFIX));

      if (slot != NULL)
        appointment = make_proposal (call, slot);
    }
  if (appointment == NULL)
    practice_outcome_error (call->outcome, 404, "not-found", NULL, "There is no such appointment");
  return appointment;
}

static void
set_status (PracticeJson *appointment, const char *status)
{
  json_object_object_add (appointment, "status", json_object_new_string (status));
}

/* Stores the Appointment, under its id when it has been stored before, and answers with it. */
static void
store_and_respond (PracticeCall *call, PracticeJson *appointment, gboolean stored)
{
  g_autofree char *id = stored ? g_strdup (practice_json_get_string (appointment, "id")) : g_uuid_string_random ();
  g_autoptr (PracticeVersion) version = practice_call_store (call, appointment, "Appointment", id);
  g_autoptr (PracticeJson) bundle = NULL;
  PracticeJson *entries;

  if (version == NULL)
    return;

  bundle = make_searchset ();
  entries = json_object_new_array ();
  json_object_object_add (bundle, "total", json_object_new_int (1));
  add_match (entries, json_object_get (appointment));
  json_object_object_add (bundle, "entry", entries);
  practice_call_respond_json (call, 200, bundle);
}

void
practice_operation_hold (PracticeCall *call)
{
  static const char *const free_only[] = { "free", NULL };
  g_auto (Arguments) arguments = { NULL, };
  g_autofree char *reference = NULL;
  g_autoptr (PracticeJson) appointment = NULL;
  gboolean stored;

  if (!parse_arguments (call, &arguments))
    return;
  reference = argument_to_text (get_argument (&arguments, "appointment-reference"));
  appointment = resolve_appointment (call, reference, &stored);
  if (appointment == NULL)
    return;
  if (strcmp (practice_json_get_string (appointment, "status"), "proposed") != 0)
    {
      practice_outcome_error (call->outcome, 409, "conflict", NULL, "The appointment is not a proposal");
      return;
    }

  set_status (appointment, "pending");
  if (move_slots (call, appointment, free_only, "busy-tentative"))
    store_and_respond (call, appointment, stored);
}

/* patient-resource: a patient that is known by its id, or a new one; becomes a participant. */
static gboolean
add_patient (PracticeCall *call, PracticeJson *appointment, PracticeJson *patient)
{
  const char *given = practice_json_get_string (patient, "id");
  g_autofree char *id = given != NULL && practice_id_is_valid (given) ? g_strdup (given) : g_uuid_string_random ();
  g_autoptr (PracticeVersion) known = practice_store_read (call->store, "Patient", id);
  g_autoptr (PracticeVersion) version = NULL;
  PracticeJson *participants = practice_json_get_array (appointment, "participant");
  PracticeJson *participant;

  if (known == NULL || known->content == NULL)
    {
      version = practice_call_store (call, patient, "Patient", id);
      if (version == NULL)
        return FALSE;
    }

  if (participants == NULL)
    {
      participants = json_object_new_array ();
      json_object_object_add (appointment, "participant", participants);
    }
  participant = json_object_new_object ();
  json_object_object_add (participant, "actor", make_reference ("Patient", id));
  json_object_object_add (participant, "status", json_object_new_string ("accepted"));
  json_object_array_add (participants, participant);
  return TRUE;
}

/* What the slots were for before: a held or booked appointment has its own, another has none. */
static gboolean
release_former_slots (PracticeCall *call, PracticeJson *former)
{
  static const char *const taken[] = { "busy", "busy-tentative", NULL };
  static const char *const holding[] = { "pending", "booked", "arrived", "checked-in", NULL };
  const char *status = former != NULL ? practice_json_get_string (former, "status") : NULL;

  return status == NULL || !g_strv_contains (holding, status) || move_slots (call, former, taken, "free");
}

/* Without a slot nothing would keep a second visit out of the same time. */
static gboolean
check_has_slot (PracticeCall *call, PracticeJson *appointment)
{
  PracticeJson *slots = practice_json_get_array (appointment, "slot");

  if (slots != NULL && json_object_array_length (slots) > 0)
    return TRUE;

  practice_outcome_error (call->outcome, 422, "required", "Appointment.slot", "An appointment is booked into a slot");
  return FALSE;
}

/* Stores what @appointment says: cancelled frees its slots, anything else takes them. */
static void
book (PracticeCall *call, PracticeJson *appointment, gboolean stored)
{
  static const char *const free_only[] = { "free", NULL };
  const char *status = practice_json_get_string (appointment, "status");
  g_autoptr (PracticeJson) former = stored ? load_json (call, "Appointment", practice_json_get_string (appointment, "id"))
                                           : NULL;
  gboolean cancels = g_strcmp0 (status, "cancelled") == 0;

  if ((!cancels && !check_has_slot (call, appointment)) || !release_former_slots (call, former))
    return;
  if (!cancels)
    set_status (appointment, "booked");
  if (cancels || move_slots (call, appointment, free_only, "busy"))
    store_and_respond (call, appointment, stored);
}

void
practice_operation_book (PracticeCall *call)
{
  g_auto (Arguments) arguments = { NULL, };
  g_autofree char *reference = NULL;
  g_autofree char *comment = NULL;
  g_autoptr (PracticeJson) appointment = NULL;
  PracticeJson *given, *patient;
  gboolean stored = FALSE;

  if (!parse_arguments (call, &arguments))
    return;
  given = get_argument (&arguments, "appointment-resource");
  patient = get_argument (&arguments, "patient-resource");
  comment = argument_to_text (get_argument (&arguments, "comment"));
  if (given != NULL && json_object_is_type (given, json_type_object))
    {
      const char *id = practice_json_get_string (given, "id");
      g_autoptr (PracticeVersion) known = id != NULL ? practice_store_read (call->store, "Appointment", id) : NULL;

      appointment = json_object_get (given);
      stored = known != NULL && known->content != NULL;
    }
  else
    {
      reference = argument_to_text (get_argument (&arguments, "appointment-reference"));
      appointment = resolve_appointment (call, reference, &stored);
      if (appointment == NULL)
        return;
      if (!stored || strcmp (practice_json_get_string (appointment, "status"), "cancelled") != 0)
        set_status (appointment, "booked");
    }

  if (patient != NULL && json_object_is_type (patient, json_type_object) && !add_patient (call, appointment, patient))
    return;
  if (comment != NULL)
    json_object_object_add (appointment, "comment", json_object_new_string (comment));
  book (call, appointment, stored);
}
