/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A mirrored visit comes back from a server of others, where its provider may have done anything to it. What is read of it is whole
 * and the same each time, nothing of other events is taken for ours, and what is written over it says what the visit says. */

#define G_LOG_DOMAIN "fuzz-mirror-event"

#include "calendars/rcp-mirror-event.h"
#include "calendars/rcp-mirror-uid.h"

#define REALM "5b2c"
#define NOW (G_GINT64_CONSTANT (1795438800) * G_USEC_PER_SEC)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_same (const RcpMirrorHeld *held, const RcpMirrorHeld *again)
{
  g_assert_nonnull (again);
  g_assert_cmpstr (held->id, ==, again->id);
  g_assert_cmpstr (held->uid, ==, again->uid);
  g_assert_cmpstr (held->words, ==, again->words);
  g_assert_cmpstr (held->version, ==, again->version);
  g_assert_cmpstr (held->text, ==, again->text);
  g_assert_cmpstr (held->revision, ==, again->revision);
  g_assert_true (held->range.start == again->range.start && held->range.end == again->range.end);
  g_assert_true (held->state == again->state && held->sequence == again->sequence && held->is_on_server == again->is_on_server);
  g_assert_true (held->has_marks == again->has_marks && held->privacy == again->privacy);
  g_assert_true (!held->has_marks
                 || (held->own_range.start == again->own_range.start && held->own_range.end == again->own_range.end));
}

static void
check_whole (const RcpMirrorHeld *held, icalcomponent *event)
{
  g_autofree char *id = rcp_mirror_uid_dup_appointment_id (held->uid, REALM);

  g_assert_cmpstr (held->id, ==, id);
  g_assert_cmpstr (held->uid, ==, icalcomponent_get_uid (event));
  g_assert_null (icalcomponent_get_first_property (event, ICAL_RECURRENCEID_PROPERTY));
  g_assert_nonnull (held->words);
  g_assert_nonnull (held->text);
  g_assert_true (held->state <= RCP_MIRROR_CANCELLED && held->own_state <= RCP_MIRROR_CANCELLED);
  g_assert_true (held->privacy <= RCP_MIRROR_FULL);
  g_assert_true (held->range.start <= held->range.end);
}

/* As when the provider's change is refused: the event is put back. */
static void
check_put_back (RcpMirrorHeld *held, RcpZones *zones)
{
  g_autoptr (RcpMirrorVisit) visit
      = rcp_mirror_visit_new (held->id, (RcpTimeRange){ NOW, NOW + G_TIME_SPAN_HOUR }, RCP_MIRROR_TENTATIVE);
  RcpMirrorStep step = { .kind = RCP_MIRROR_CHANGE, .visit = visit, .held = held, .puts_words = TRUE, .sequence = 7 };
  g_autofree char *text = NULL;
  g_autoptr (RcpMirrorHeld) read = NULL;
  icalcomponent *event;

  visit->words = g_strdup ("Busy");
  visit->version = g_strdup ("3");
  text = rcp_mirror_event_write (&step, REALM, NOW);
  event = icalcomponent_new_from_string (text);
  g_assert_nonnull (event);
  read = rcp_mirror_event_read (event, REALM, zones, FALSE);
  icalcomponent_free (event);
  g_assert_nonnull (read);
  g_assert_cmpstr (read->id, ==, held->id);
  g_assert_cmpstr (read->words, ==, "Busy");
  g_assert_cmpstr (read->version, ==, "3");
  g_assert_true (read->range.start == visit->range.start && read->range.end == visit->range.end);
  g_assert_true (read->state == RCP_MIRROR_TENTATIVE && read->own_state == RCP_MIRROR_TENTATIVE);
  g_assert_true (read->has_marks && read->has_own_words && read->privacy == RCP_MIRROR_BUSY_ONLY);
  g_assert_true (read->own_range.start == visit->range.start && read->own_range.end == visit->range.end);
  g_assert_cmpuint (read->sequence, ==, 7);
}

static void
check_event (icalcomponent *event, RcpZones *zones)
{
  g_autoptr (RcpMirrorHeld) held = rcp_mirror_event_read (event, REALM, zones, TRUE);
  g_autoptr (RcpMirrorHeld) again = NULL, foreign = NULL;

  foreign = rcp_mirror_event_read (event, "another", zones, TRUE);
  if (foreign != NULL)
    g_assert_true (held == NULL);
  if (held == NULL)
    return;
  again = rcp_mirror_event_read (event, REALM, zones, TRUE);
  check_whole (held, event);
  check_same (held, again);
  check_put_back (held, zones);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (RcpZones) zones = rcp_zones_new (place);
  icalcomponent *calendar = icalcomponent_new_from_string (text);
  icalcomponent *event;

  if (calendar == NULL)
    return 0;
  if (icalcomponent_isa (calendar) == ICAL_VEVENT_COMPONENT)
    check_event (calendar, zones);
  else
    for (event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT); event != NULL;
         event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT))
      check_event (event, zones);
  icalcomponent_free (calendar);
  return 0;
}
