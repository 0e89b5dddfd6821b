/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice"

#include "practice-sample-private.h"

#include "base/rcp-iso8601.h"

#include <string.h>

/* How far the patients of today have come: arrived, in a room, with the provider, done. People come a little early, are
 * let in about on time and wait a little there. */

#define MINUTE G_TIME_SPAN_MINUTE
#define SYSTEM_CLASS "http://terminology.hl7.org/CodeSystem/v3-ActCode"

typedef struct
{
  const char *status; /* of the Encounter */
  gint64 since;
} Phase;

static void
set_instant (PracticeJson *object, const char *member, gint64 instant)
{
  g_autofree char *text = rcp_iso8601_format_utc (instant);

  practice_sample_set (object, member, text);
}

/* What was, up to now: (transfer none) into @phases, of which there are @n. */
static guint
make_phases (PracticeSample *sample, const PracticeSampleStay *stay, Phase phases[4])
{
  gint64 arrived = MIN (stay->range.start - (3 + stay->luck % 15) * MINUTE, sample->now - (1 + stay->luck % 20) * MINUTE);
  gint64 roomed = MIN (stay->range.start - stay->luck % 3 * MINUTE, sample->now - MINUTE / 2);
  gint64 begun = stay->range.start + (2 + stay->luck % 8) * MINUTE;
  gint64 done = MAX (begun + MINUTE, MIN (stay->range.end + (gint64)(stay->luck % 9) * MINUTE - 4 * MINUTE, sample->now));
  guint n = 0;

  phases[n++] = (Phase){ "arrived", arrived };
  if (g_str_equal (stay->status, "arrived"))
    return n;
  phases[n++] = (Phase){ "triaged", MAX (roomed, arrived + MINUTE / 4) };
  if (g_str_equal (stay->status, "checked-in") && begun > sample->now)
    return n;
  phases[n++] = (Phase){ "in-progress", MAX (begun, phases[1].since) };
  if (g_str_equal (stay->status, "fulfilled"))
    phases[n++] = (Phase){ "finished", MAX (done, phases[2].since) };
  return n;
}

static void
add_history (PracticeJson *encounter, const Phase *phases, guint n)
{
  PracticeJson *period = practice_sample_object (encounter, "period");

  set_instant (period, "start", phases[0].since);
  if (g_str_equal (phases[n - 1].status, "finished"))
    set_instant (period, "end", phases[n - 1].since);
  for (guint i = 0; i + 1 < n; i++)
    {
      PracticeJson *past = practice_sample_append (practice_sample_array (encounter, "statusHistory"));
      PracticeJson *span = practice_sample_object (past, "period");

      practice_sample_set (past, "status", phases[i].status);
      set_instant (span, "start", phases[i].since);
      set_instant (span, "end", phases[i + 1].since);
    }
}

/* Where the patient was led, and perhaps still is. */
static void
add_room (PracticeJson *encounter, const PracticeSampleRoom *room, const Phase *phases, guint n)
{
  gboolean is_over = g_str_equal (phases[n - 1].status, "finished");
  g_autofree char *id = practice_sample_room_id (room);
  PracticeJson *location = practice_sample_append (practice_sample_array (encounter, "location"));
  PracticeJson *period;

  practice_sample_reference (location, "location", "Location", id, room->name);
  practice_sample_set (location, "status", is_over ? "completed" : "active");
  period = practice_sample_object (location, "period");
  set_instant (period, "start", phases[1].since);
  if (is_over)
    set_instant (period, "end", phases[n - 1].since);
}

gboolean
practice_sample_add_encounter (PracticeSample *sample, const PracticeSampleStay *stay, GError **error)
{
  g_autofree char *id = g_strconcat ("sample-e-", stay->appointment_id + strlen ("sample-v-"), NULL);
  g_autofree char *practitioner = g_strconcat ("sample-d-", stay->provider_id, NULL);
  PracticeJson *encounter, *class, *participant;
  Phase phases[4];
  guint n;

  if (!g_str_equal (stay->status, "arrived") && !g_str_equal (stay->status, "checked-in") &&
      !g_str_equal (stay->status, "fulfilled"))
    return TRUE;

  n = make_phases (sample, stay, phases);
  encounter = practice_sample_resource ("Encounter", id);
  class = practice_sample_object (encounter, "class");
  practice_sample_set (class, "system", SYSTEM_CLASS);
  practice_sample_set (class, "code", "AMB");
  practice_sample_set (encounter, "status", phases[n - 1].status);
  practice_sample_reference (encounter, "subject", "Patient", stay->patient_id, NULL);
  practice_sample_reference (practice_sample_append (practice_sample_array (encounter, "appointment")), NULL,
                             "Appointment", stay->appointment_id, NULL);
  participant = practice_sample_append (practice_sample_array (encounter, "participant"));
  practice_sample_reference (participant, "individual", "Practitioner", practitioner, NULL);
  add_history (encounter, phases, n);
  if (n > 1 && stay->room != NULL && stay->room->device == NULL)
    add_room (encounter, stay->room, phases, n);
  return practice_sample_write (sample, encounter, error);
}
