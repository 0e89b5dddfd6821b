/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars/rcp-mirror-event.h"

#include <string.h>

#include "calendars/rcp-event.h"
#include "calendars/rcp-mirror-uid.h"

#define REALM "5b2c"
#define NOW (G_GINT64_CONSTANT (1795438800) * G_USEC_PER_SEC) /* 2026-11-23T13:00:00Z */
#define HOUR G_TIME_SPAN_HOUR

static RcpMirrorVisit *
make_visit (void)
{
  RcpMirrorVisit *visit = rcp_mirror_visit_new ("a.1-B", (RcpTimeRange){ NOW, NOW + HOUR }, RCP_MIRROR_CONFIRMED);

  visit->version = g_strdup ("3");
  visit->zone = g_strdup ("America/New_York");
  visit->words = g_strdup ("Garcia, María; check");
  visit->place = g_strdup ("Corner Clinic");
  visit->privacy = RCP_MIRROR_FULL;
  return visit;
}

static char *
write_new (RcpMirrorVisit *visit)
{
  RcpMirrorStep step = { .kind = RCP_MIRROR_CREATE, .visit = visit, .puts_words = TRUE };

  return rcp_mirror_event_write (&step, REALM, NOW);
}

static RcpMirrorHeld *
read_text (const char *text, const char *realm, gboolean has_server)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (RcpZones) zones = rcp_zones_new (place);
  icalcomponent *event = icalcomponent_new_from_string (text);
  RcpMirrorHeld *held = rcp_mirror_event_read (event, realm, zones, has_server);

  icalcomponent_free (event);
  return held;
}

static void
assert_line (const char *text, const char *line)
{
  g_autofree char *whole = g_strconcat ("\n", line, "\r\n", NULL);

  if (strstr (text, whole) == NULL)
    g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, whole));
}

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (text, old, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (new, parts);
}

static void
test_new (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *text = write_new (visit);

  assert_line (text, "DTSTART;TZID=America/New_York:20261123T080000");
  assert_line (text, "DTEND;TZID=America/New_York:20261123T090000");
  assert_line (text, "DTSTAMP:20261123T130000Z");
  assert_line (text, "SEQUENCE:0");
  assert_line (text, "STATUS:CONFIRMED");
  assert_line (text, "TRANSP:OPAQUE");
  assert_line (text, "CLASS:PRIVATE");
  assert_line (text, "SUMMARY:Garcia\\, María\\; check");
  assert_line (text, "LOCATION:Corner Clinic");
  assert_line (text, "X-RECEPTION-APPOINTMENT:a.1-B");
  assert_line (text, "X-RECEPTION-ETAG:3");
  g_assert_null (strstr (text, "ATTENDEE"));
  g_assert_null (strstr (text, "ORGANIZER"));
  g_assert_null (strstr (text, "METHOD"));
}

static void
test_back (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *text = write_new (visit);
  g_autofree char *uid = rcp_mirror_uid_new (REALM, "a.1-B");
  g_autoptr (RcpMirrorHeld) held = read_text (text, REALM, FALSE);
  g_autoptr (RcpMirrorHeld) unsent = read_text (text, REALM, TRUE);

  g_assert_cmpstr (held->id, ==, "a.1-B");
  g_assert_cmpstr (held->uid, ==, uid);
  g_assert_cmpint (held->range.start, ==, NOW);
  g_assert_cmpint (held->range.end, ==, NOW + HOUR);
  g_assert_cmpint (held->state, ==, RCP_MIRROR_CONFIRMED);
  g_assert_true (held->is_on_server);
  g_assert_false (unsent->is_on_server);
  g_assert_true (held->has_marks);
  g_assert_cmpint (held->own_range.start, ==, NOW);
  g_assert_cmpint (held->own_range.end, ==, NOW + HOUR);
  g_assert_cmpint (held->own_state, ==, RCP_MIRROR_CONFIRMED);
  g_assert_cmpstr (held->version, ==, "3");
  g_assert_cmpint (held->privacy, ==, RCP_MIRROR_FULL);
  g_assert_true (held->has_own_words);
  g_assert_cmpstr (held->words, ==, "Garcia, María; check");
}

/* Which events are this record's, and which can be followed. */
static void
test_others (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *text = write_new (visit);
  g_autofree char *instance = replace (text, "SEQUENCE:0", "SEQUENCE:0\r\nRECURRENCE-ID:20261123T130000Z");
  g_autofree char *timeless = replace (text, "DTSTART;TZID=America/New_York:20261123T080000", "COMMENT:none");
  g_autofree char *arrived = replace (text, "SEQUENCE:0", "SEQUENCE:7\r\nX-EVOLUTION-CALDAV-ETAG:\"1\"");
  g_autoptr (RcpMirrorHeld) held = read_text (arrived, REALM, TRUE);

  g_assert_null (read_text (text, "other", FALSE));
  g_assert_null (read_text (instance, REALM, FALSE));
  g_assert_null (read_text (timeless, REALM, FALSE));
  g_assert_true (held->is_on_server);
  g_assert_cmpuint (held->sequence, ==, 7);
}

/* Our own events are never busy time. */
static void
test_not_busy (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *text = write_new (visit);
  icalcomponent *event = icalcomponent_new_from_string (text);

  g_assert_cmpint (rcp_event_get_kind (event, NULL), ==, RCP_BUSY_NONE);
  icalcomponent_free (event);
}

/* The hour that comes twice: the second cannot be said by the wall clock. */
static void
test_autumn (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *text = NULL;
  g_autoptr (RcpMirrorHeld) held = NULL;

  /* 2026-11-01, 01:30 EDT and 01:30 EST. */
  visit->range = (RcpTimeRange){ G_GINT64_CONSTANT (1793511000) * G_USEC_PER_SEC, G_GINT64_CONSTANT (1793514600) * G_USEC_PER_SEC };
  text = write_new (visit);
  assert_line (text, "DTSTART;TZID=America/New_York:20261101T013000");
  assert_line (text, "DTEND:20261101T063000Z");
  held = read_text (text, REALM, FALSE);
  g_assert_cmpint (held->range.start, ==, visit->range.start);
  g_assert_cmpint (held->range.end, ==, visit->range.end);
}

static void
test_states (void)
{
  static const char *const statuses[] = { "STATUS:TENTATIVE", "STATUS:CONFIRMED", "STATUS:CANCELLED" };
  static const char *const transps[] = { "TRANSP:OPAQUE", "TRANSP:OPAQUE", "TRANSP:TRANSPARENT" };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (RcpMirrorVisit) visit = make_visit ();
      g_autofree char *text = NULL;
      g_autoptr (RcpMirrorHeld) held = NULL;

      visit->state = i;
      text = write_new (visit);
      assert_line (text, statuses[i]);
      assert_line (text, transps[i]);
      held = read_text (text, REALM, FALSE);
      g_assert_cmpint (held->state, ==, i);
      g_assert_cmpint (held->own_state, ==, i);
    }
}

/* What the provider and the calendar's server have added stays, and what is changed is the event that they gave. */
static void
test_change (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *text = write_new (visit);
  g_autofree char *theirs = replace (text, "SEQUENCE:0\r\n", "SEQUENCE:0\r\nX-EVOLUTION-CALDAV-ETAG:\"1\"\r\nDESCRIPTION:ring first\r\n"
                                                             "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT10M\r\nEND:VALARM\r\n");
  g_autoptr (RcpMirrorHeld) held = read_text (theirs, REALM, TRUE);
  RcpMirrorStep step = { .kind = RCP_MIRROR_CHANGE, .visit = visit, .held = held, .sequence = 1 };
  g_autofree char *changed = NULL;
  g_autoptr (RcpMirrorHeld) after = NULL;

  visit->range = (RcpTimeRange){ NOW + HOUR, NOW + 3 * HOUR };
  visit->state = RCP_MIRROR_CANCELLED;
  g_free (visit->words);
  visit->words = g_strdup ("Visit");
  changed = rcp_mirror_event_write (&step, REALM, NOW + HOUR);
  assert_line (changed, "DTSTART;TZID=America/New_York:20261123T090000");
  assert_line (changed, "X-EVOLUTION-CALDAV-ETAG:\"1\"");
  assert_line (changed, "DESCRIPTION:ring first");
  assert_line (changed, "BEGIN:VALARM");
  assert_line (changed, "SEQUENCE:1");
  assert_line (changed, "DTSTAMP:20261123T140000Z");
  assert_line (changed, "SUMMARY:Garcia\\, María\\; check");
  after = read_text (changed, REALM, TRUE);
  g_assert_true (after->has_own_words);
  g_assert_cmpint (after->own_range.start, ==, NOW + HOUR);
  g_assert_cmpint (after->own_state, ==, RCP_MIRROR_CANCELLED);
  g_assert_cmpstr (after->revision, !=, held->revision);
}

static void
test_words (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *text = write_new (visit);
  g_autofree char *theirs = replace (text, "SUMMARY:Garcia", "SUMMARY:Ring Garcia");
  g_autoptr (RcpMirrorHeld) held = read_text (theirs, REALM, FALSE);
  RcpMirrorStep step = { .kind = RCP_MIRROR_CHANGE, .visit = visit, .held = held, .puts_words = TRUE };
  g_autofree char *changed = NULL;
  g_autoptr (RcpMirrorHeld) after = NULL;

  g_assert_false (held->has_own_words);
  visit->privacy = RCP_MIRROR_BUSY_ONLY;
  g_free (visit->words);
  visit->words = g_strdup ("Visit");
  g_clear_pointer (&visit->place, g_free);
  changed = rcp_mirror_event_write (&step, REALM, NOW);
  g_assert_null (strstr (changed, "Garcia"));
  g_assert_null (strstr (changed, "LOCATION"));
  after = read_text (changed, REALM, FALSE);
  g_assert_true (after->has_own_words);
  g_assert_cmpint (after->privacy, ==, RCP_MIRROR_BUSY_ONLY);
}

static char *
unfold (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\r\n ", -1);

  return g_strjoinv (NULL, parts);
}

#define GUEST "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=%s;RSVP=TRUE:mailto:maria@example.org"

static char *
change (RcpMirrorVisit *visit, const char *text, RcpMirrorGuestDeed guest)
{
  g_autoptr (RcpMirrorHeld) held = read_text (text, REALM, FALSE);
  RcpMirrorStep step = { .kind = RCP_MIRROR_CHANGE, .visit = visit, .held = held, .guest = guest, .host = "ana@clinic.example" };
  g_autofree char *changed = rcp_mirror_event_write (&step, REALM, NOW);

  return unfold (changed);
}

/* Invited, answered, asked again for another time, told of the end, and taken out; a guest of the provider's stays. */
static void
test_guest (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *plain = write_new (visit), *asked = g_strdup_printf (GUEST, "NEEDS-ACTION"), *accepted = g_strdup_printf (GUEST, "ACCEPTED");
  g_autofree char *invited = NULL, *answered = NULL, *again = NULL, *moved = NULL, *cancelled = NULL, *theirs = NULL, *out = NULL, *last = NULL;
  g_autoptr (RcpMirrorHeld) before = read_text (plain, REALM, FALSE), held = NULL, after = NULL;

  g_assert_cmpint (before->invited, ==, RCP_MIRROR_INVITED_UNTOLD);
  visit->guest = g_strdup ("maria@example.org");
  invited = change (visit, plain, RCP_MIRROR_GUEST_IS_INVITED);
  assert_line (invited, asked);
  assert_line (invited, "ORGANIZER:mailto:ana@clinic.example");
  g_assert_null (strstr (invited, "CN="));
  held = read_text (invited, REALM, FALSE);
  g_assert_cmpint (held->invited, ==, RCP_MIRROR_INVITED_YES);
  g_assert_cmpstr (held->guest, ==, "maria@example.org");

  /* An answer is neither a change of the visit nor undone by the next writing. */
  answered = replace (invited, "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED");
  g_clear_pointer (&visit->words, g_free);
  visit->words = g_strdup ("Visit");
  again = change (visit, answered, RCP_MIRROR_GUEST_STAYS);
  assert_line (again, accepted);
  visit->state = RCP_MIRROR_CANCELLED;
  cancelled = change (visit, answered, RCP_MIRROR_GUEST_STAYS);
  assert_line (cancelled, accepted);
  assert_line (cancelled, "STATUS:CANCELLED");
  visit->state = RCP_MIRROR_CONFIRMED;
  visit->range = (RcpTimeRange){ NOW + HOUR, NOW + 2 * HOUR };
  moved = change (visit, answered, RCP_MIRROR_GUEST_STAYS);
  g_assert_nonnull (strstr (moved, "PARTSTAT=NEEDS-ACTION"));
  g_assert_null (strstr (moved, "ACCEPTED"));

  theirs = replace (moved, "END:VEVENT", "ATTENDEE:mailto:Bob@clinic.example\r\nEND:VEVENT");
  out = change (visit, theirs, RCP_MIRROR_GUEST_IS_TAKEN_OUT);
  g_assert_null (strstr (out, "maria"));
  assert_line (out, "ATTENDEE:mailto:Bob@clinic.example");
  assert_line (out, "ORGANIZER:mailto:ana@clinic.example");
  last = change (visit, moved, RCP_MIRROR_GUEST_IS_TAKEN_OUT);
  g_assert_null (strstr (last, "ATTENDEE"));
  g_assert_null (strstr (last, "ORGANIZER"));
  after = read_text (last, REALM, FALSE);
  g_assert_cmpint (after->invited, ==, RCP_MIRROR_INVITED_NO);
  g_assert_null (after->guest);
}

/* A server that keeps nothing it does not know. */
static void
test_no_marks (void)
{
  g_autoptr (RcpMirrorVisit) visit = make_visit ();
  g_autofree char *text = write_new (visit);
  g_autofree char *bare = replace (text, "X-RECEPTION-TIME", "X-OTHER");
  g_autoptr (RcpMirrorHeld) held = read_text (bare, REALM, FALSE);
  g_autofree char *broken = replace (text, "X-RECEPTION-TIME:20261123T130000Z/", "X-RECEPTION-TIME:20261123/");
  g_autoptr (RcpMirrorHeld) odd = read_text (broken, REALM, FALSE);

  g_assert_false (held->has_marks);
  g_assert_false (odd->has_marks);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/calendars/mirror-event/" path, function)
  ADD ("new", test_new);
  ADD ("back", test_back);
  ADD ("others", test_others);
  ADD ("not-busy", test_not_busy);
  ADD ("autumn", test_autumn);
  ADD ("states", test_states);
  ADD ("change", test_change);
  ADD ("words", test_words);
  ADD ("guest", test_guest);
  ADD ("no-marks", test_no_marks);
  return g_test_run ();
}
