/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-pass"

#include "rcp-mirror-seen.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-values.h"
#include "rcp-mirror-words.h"

#define ALL_AGAIN (10 * G_TIME_SPAN_MINUTE)
/* A long transaction may show late what it wrote early: as for who watches the record (docs/decisions/013). */
#define OVERLAP (30 * G_TIME_SPAN_SECOND)
/* The window goes on with the time; what comes into it is asked for before it does. */
#define AHEAD G_TIME_SPAN_DAY

typedef struct
{
  RcpMirrorVisit *visit;
  char *patient_id; /* or NULL */
} Seen;

struct _RcpMirrorSeen
{
  GHashTable *visits;  /* of Seen by id; also some of outside of the window */
  RcpTimeRange window; /* that was asked for last */
  RcpTimeRange whole;  /* in which all have been asked for */
  gint64 time;         /* when that was */
  gint64 latest;       /* change that was seen, by the record's clock; 0: none */
  gint64 advanced;     /* when that was first asked for */
  gboolean is_settled; /* all that was written until then has been seen */
  gboolean is_whole;   /* what the last search asked for */
  gint64 asked;        /* when that was */
  gboolean is_stale;   /* it was forgotten since */
};

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  rcp_mirror_visit_free (seen->visit);
  g_free (seen->patient_id);
  g_free (seen);
}

RcpMirrorSeen *
rcp_mirror_seen_new (void)
{
  RcpMirrorSeen *self = g_new0 (RcpMirrorSeen, 1);

  self->visits = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, seen_free);
  return self;
}

void
rcp_mirror_seen_free (RcpMirrorSeen *self)
{
  g_hash_table_unref (self->visits);
  g_free (self);
}

void
rcp_mirror_seen_forget (RcpMirrorSeen *self)
{
  g_return_if_fail (self != NULL);

  self->whole = (RcpTimeRange){ 0, 0 };
  self->is_stale = TRUE;
}

static gboolean
needs_all (RcpMirrorSeen *self, gboolean can_ask_since, gint64 time)
{
  return !can_ask_since || self->latest == 0 || time - self->time >= ALL_AGAIN || self->window.start < self->whole.start
         || self->window.end > self->whole.end;
}

/**
 * rcp_mirror_seen_make_search:
 * @self: what was seen
 * @practitioner_id: of whom
 * @window: which visits matter
 * @can_ask_since: whether the record searches by "_lastUpdated"
 * @time: microseconds of a clock that only goes on
 *
 * A visit that was given to somebody else names the new provider alone: what has changed is asked for whoever it is with. What was written
 * at once, as all of a record that was filled, is asked for again until half a minute is over, and not each time until a visit is changed.
 *
 * Returns: (transfer full): what to ask the record for
 */
FhirSearch *
rcp_mirror_seen_make_search (RcpMirrorSeen *self, const char *practitioner_id, RcpTimeRange window, gboolean can_ask_since, gint64 time)
{
  FhirSearch *search;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (practitioner_id != NULL, NULL);

  search = fhir_search_new ("Appointment");
  self->window = window;
  self->is_whole = needs_all (self, can_ask_since, time);
  self->asked = time;
  self->is_stale = FALSE;
  if (self->is_whole)
    {
      fhir_search_add_printf (search, "actor", "Practitioner/%s", practitioner_id);
      fhir_search_add_instant (search, "date", "ge", window.start);
      fhir_search_add_instant (search, "date", "lt", window.end + AHEAD);
    }
  else if (self->is_settled)
    fhir_search_add_instant (search, "_lastUpdated", "gt", self->latest);
  else
    fhir_search_add_instant (search, "_lastUpdated", "ge", self->latest - OVERLAP);
  fhir_search_add (search, "_include", "Appointment:patient");
  return search;
}

static void
advance (RcpMirrorSeen *self, FhirResource *resource)
{
  const char *text = fhir_json_get_string (fhir_resource_get_json (resource), "meta.lastUpdated");
  gint64 updated;

  if (text != NULL && rcp_iso8601_parse_instant (text, &updated))
    self->latest = MAX (self->latest, updated);
}

/* Of those that changed most are with others. */
static void
keep (RcpMirrorSeen *self, RcpVisit *visit, const RcpMirrorTongue *tongue)
{
  g_autoptr (RcpMirrorVisit) mirrored
      = rcp_mirror_words_for (visit, tongue->practitioner_id, tongue->privacy, tongue->zone, tongue->place);
  Seen *seen;

  if (!self->is_whole && mirrored->state == RCP_MIRROR_GONE && !g_hash_table_contains (self->visits, mirrored->id))
    return;
  seen = g_new0 (Seen, 1);
  seen->visit = g_steal_pointer (&mirrored);
  seen->patient_id = g_strdup (rcp_visit_get_patient_id (visit));
  g_hash_table_replace (self->visits, seen->visit->id, seen);
}

/**
 * rcp_mirror_seen_take:
 * @self: what was seen
 * @bundle: what the last search has found
 * @tongue: how it is put into words
 */
void
rcp_mirror_seen_take (RcpMirrorSeen *self, FhirBundle *bundle, const RcpMirrorTongue *tongue)
{
  GPtrArray *matches;
  gint64 before;

  g_return_if_fail (self != NULL);
  g_return_if_fail (FHIR_IS_BUNDLE (bundle));

  before = self->latest;
  if (self->is_whole)
    {
      g_hash_table_remove_all (self->visits);
      self->latest = 0;
      self->time = self->asked;
      if (!self->is_stale)
        self->whole = (RcpTimeRange){ self->window.start, self->window.end + AHEAD };
    }
  matches = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);

      advance (self, matches->pdata[i]);
      if (rcp_visit_get_id (visit) != NULL)
        keep (self, visit, tongue);
    }
  if (self->latest != before)
    self->advanced = self->asked;
  self->is_settled = self->asked - self->advanced >= OVERLAP;
}

/**
 * rcp_mirror_seen_tell:
 * @self: what was seen
 * @wanted: gets RcpMirrorVisit by id
 * @patients: gets ids of patients by that of the visit
 */
void
rcp_mirror_seen_tell (RcpMirrorSeen *self, GHashTable *wanted, GHashTable *patients)
{
  GHashTableIter iter;
  Seen *seen;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->visits);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &seen))
    {
      RcpMirrorVisit *copy;

      if (seen->visit->range.start < self->window.start || seen->visit->range.start >= self->window.end)
        continue;
      copy = rcp_mirror_visit_copy (seen->visit);
      g_hash_table_replace (wanted, copy->id, copy);
      if (seen->patient_id != NULL)
        g_hash_table_replace (patients, g_strdup (copy->id), g_strdup (seen->patient_id));
    }
}
