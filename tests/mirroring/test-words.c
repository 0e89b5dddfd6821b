/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror-words"

/* rcp-mirror-words.c: what a calendar is told of a visit. */
#include "mirroring/rcp-mirror-words.h"

#include "clinic-parts.h"

#define PATIENT "{\"actor\":{\"reference\":\"Patient/7\",\"display\":\"%s\"},\"status\":\"accepted\"}"
#define PROVIDER "{\"actor\":{\"reference\":\"Practitioner/%s\"},\"status\":\"%s\"}"

static RcpVisit *
make_visit (const char *status, const char *name, const char *practitioner, const char *answer)
{
  g_autofree char *json = g_strdup_printf (
      "{\"resourceType\":\"Appointment\",\"id\":\"12\",\"meta\":{\"versionId\":\"3\"},\"status\":\"%s\","
      "\"serviceType\":[{\"text\":\"Annual check\"}],\"start\":\"2026-11-23T14:00:00Z\",\"end\":\"2026-11-23T14:15:00Z\","
      "\"participant\":[" PATIENT ",{\"actor\":{\"reference\":\"Practitioner/other\"},\"status\":\"accepted\"}," PROVIDER "]}",
      status, name, practitioner, answer);
  g_autoptr (FhirResource) resource = parts_resource (json);

  return rcp_visit_new (resource, NULL);
}

static void
expect_words (const char *name, RcpMirrorPrivacy privacy, const char *expected)
{
  g_autoptr (RcpVisit) visit = make_visit ("booked", name, "9", "accepted");
  g_autoptr (RcpMirrorVisit) mirrored = rcp_mirror_words_for (visit, "9", privacy, "Europe/Madrid", "Corner Clinic");

  g_assert_cmpstr (mirrored->words, ==, expected);
  g_assert_cmpstr (mirrored->place, ==, privacy == RCP_MIRROR_FULL ? "Corner Clinic" : NULL);
  g_assert_cmpint (mirrored->privacy, ==, privacy);
}

static void
test_words (void)
{
  expect_words ("Garcia, Maria José", RCP_MIRROR_BUSY_ONLY, "Visit");
  expect_words ("Garcia, Maria José", RCP_MIRROR_INITIALS, "MJG – Annual check");
  expect_words ("Garcia, Maria José", RCP_MIRROR_FULL, "Garcia, Maria José – Annual check");
  expect_words ("ñandú", RCP_MIRROR_INITIALS, "Ñ – Annual check");
  /* A name without a letter is none. */
  expect_words ("7", RCP_MIRROR_INITIALS, "Visit");
}

static void
test_values (void)
{
  g_autoptr (RcpVisit) visit = make_visit ("booked", "Garcia", "9", "accepted");
  g_autoptr (RcpMirrorVisit) mirrored = rcp_mirror_words_for (visit, "9", RCP_MIRROR_BUSY_ONLY, "Europe/Madrid", NULL);

  g_assert_cmpstr (mirrored->id, ==, "12");
  g_assert_cmpstr (mirrored->version, ==, "3");
  g_assert_cmpstr (mirrored->zone, ==, "Europe/Madrid");
  g_assert_cmpint (mirrored->range.start, ==, G_GINT64_CONSTANT (1795442400) * G_USEC_PER_SEC);
  g_assert_cmpint (mirrored->range.end - mirrored->range.start, ==, 15 * G_TIME_SPAN_MINUTE);
}

static void
expect_state (const char *status, const char *practitioner, const char *answer, RcpMirrorState state)
{
  g_autoptr (RcpVisit) visit = make_visit (status, "Garcia", practitioner, answer);
  g_autoptr (RcpMirrorVisit) mirrored = rcp_mirror_words_for (visit, "9", RCP_MIRROR_BUSY_ONLY, NULL, NULL);

  g_assert_cmpint (mirrored->state, ==, state);
}

static void
test_states (void)
{
  expect_state ("proposed", "9", "accepted", RCP_MIRROR_TENTATIVE);
  expect_state ("pending", "9", "accepted", RCP_MIRROR_TENTATIVE);
  expect_state ("booked", "9", "needs-action", RCP_MIRROR_CONFIRMED);
  expect_state ("arrived", "9", "accepted", RCP_MIRROR_CONFIRMED);
  expect_state ("checked-in", "9", "accepted", RCP_MIRROR_CONFIRMED);
  expect_state ("fulfilled", "9", "accepted", RCP_MIRROR_CONFIRMED);
  expect_state ("cancelled", "9", "accepted", RCP_MIRROR_CANCELLED);
  expect_state ("noshow", "9", "accepted", RCP_MIRROR_CANCELLED);
  expect_state ("waitlist", "9", "accepted", RCP_MIRROR_GONE);
  expect_state ("entered-in-error", "9", "accepted", RCP_MIRROR_GONE);
  expect_state ("booked", "9", "declined", RCP_MIRROR_GONE);
  expect_state ("booked", "8", "accepted", RCP_MIRROR_GONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mirroring/words/words", test_words);
  g_test_add_func ("/mirroring/words/values", test_values);
  g_test_add_func ("/mirroring/words/states", test_states);
  return g_test_run ();
}
