/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-scheduling-error-private.h"

#include <gio/gio.h>
#include <string.h>

#include "fhir/fhir-error.h"

static void
test_transitions (void)
{
  g_assert_true (rcp_visit_status_may_become (RCP_VISIT_BOOKED, RCP_VISIT_ARRIVED));
  g_assert_true (rcp_visit_status_may_become (RCP_VISIT_ARRIVED, RCP_VISIT_CHECKED_IN));
  g_assert_true (rcp_visit_status_may_become (RCP_VISIT_NOSHOW, RCP_VISIT_ARRIVED));
  g_assert_false (rcp_visit_status_may_become (RCP_VISIT_CHECKED_IN, RCP_VISIT_NOSHOW));
  g_assert_false (rcp_visit_status_may_become (RCP_VISIT_CANCELLED, RCP_VISIT_BOOKED));
  g_assert_false (rcp_visit_status_may_become (RCP_VISIT_FULFILLED, RCP_VISIT_CANCELLED));
  /* What holds no slot does not come to one by its status alone, and what holds one does not lose it so. */
  g_assert_false (rcp_visit_status_may_become (RCP_VISIT_PROPOSED, RCP_VISIT_BOOKED));
  g_assert_false (rcp_visit_status_may_become (RCP_VISIT_WAITLIST, RCP_VISIT_PENDING));
  g_assert_false (rcp_visit_status_may_become (RCP_VISIT_PENDING, RCP_VISIT_PROPOSED));
  for (RcpVisitStatus status = RCP_VISIT_PROPOSED; status <= RCP_VISIT_ERROR; status++)
    {
      g_assert_false (rcp_visit_status_may_become (status, status));
      g_assert_cmpint (rcp_visit_status_may_become (status, RCP_VISIT_ERROR), ==, status != RCP_VISIT_ERROR);
    }
}

/* Nobody is in a status from which the day cannot go on or be set right, and what is a step back says so. */
static void
test_steps (void)
{
  static const RcpVisitStatus course[] = { RCP_VISIT_BOOKED, RCP_VISIT_ARRIVED, RCP_VISIT_ROOMED,
                                           RCP_VISIT_WITH_PROVIDER, RCP_VISIT_FULFILLED };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (course); i++)
    {
      g_assert_cmpint (rcp_visit_status_get_next (course[i]), ==, course[i + 1]);
      for (guint j = 0; j < G_N_ELEMENTS (course); j++)
        {
          RcpVisitStep step = rcp_visit_status_get_step (course[i], course[j]);

          if (j > i)
            g_assert_cmpint (step, ==, RCP_STEP_FORWARD);
          else if (j < i && !(course[i] == RCP_VISIT_WITH_PROVIDER && j == 0))
            g_assert_cmpint (step, ==, RCP_STEP_CORRECTION);
          else
            g_assert_cmpint (step, ==, RCP_STEP_NONE);
        }
    }
  g_assert_cmpint (rcp_visit_status_get_next (RCP_VISIT_FULFILLED), ==, RCP_VISIT_ERROR);
  g_assert_cmpint (rcp_visit_status_get_step (RCP_VISIT_BOOKED, RCP_VISIT_CONFIRMED), ==, RCP_STEP_FORWARD);
  g_assert_cmpint (rcp_visit_status_get_step (RCP_VISIT_CONFIRMED, RCP_VISIT_BOOKED), ==, RCP_STEP_CORRECTION);
  g_assert_cmpint (rcp_visit_status_get_step (RCP_VISIT_ROOMED, RCP_VISIT_LEFT), ==, RCP_STEP_FORWARD);
  g_assert_cmpint (rcp_visit_status_get_step (RCP_VISIT_ARRIVED, RCP_VISIT_NOSHOW), ==, RCP_STEP_CORRECTION);
  g_assert_cmpint (rcp_visit_status_get_step (RCP_VISIT_CANCELLED, RCP_VISIT_ARRIVED), ==, RCP_STEP_NONE);
  g_assert_true (rcp_visit_status_may_move (RCP_VISIT_CONFIRMED));
  g_assert_false (rcp_visit_status_may_move (RCP_VISIT_ROOMED));
}

static void
test_reasons (void)
{
  guint n_reasons;
  const RcpCancelReason *reasons = rcp_cancel_reasons (&n_reasons);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (n_reasons, >, 5);
  for (guint i = 0; i < n_reasons; i++)
    {
      g_assert_true (g_hash_table_add (seen, (char *)reasons[i].code));
      g_assert_cmpuint (strlen (reasons[i].label), >, 3);
    }
  g_assert_true (g_hash_table_contains (seen, "pat"));
  g_assert_true (g_hash_table_contains (seen, "prov"));
}

/* Every message tells where the visit stands, and none of them says that it is certain when it is not. */
static void
test_messages (void)
{
  for (RcpSchedulingError code = RCP_SCHEDULING_ERROR_FAILED; code <= RCP_SCHEDULING_ERROR_KEPT; code++)
    for (RcpDeed deed = RCP_DEED_BOOK; deed <= RCP_DEED_UNBLOCK; deed++)
      {
        g_autoptr (GError) error = rcp_scheduling_error_new (code, deed, "technical");
        g_autoptr (GError) copy = g_error_copy (error);
        gboolean unsure = code == RCP_SCHEDULING_ERROR_UNKNOWN || code == RCP_SCHEDULING_ERROR_NOT_KEPT;

        g_assert_cmpint (strstr (error->message, "not certain") != NULL, ==, unsure);
        g_assert_null (strstr (error->message, "technical"));
        g_assert_cmpstr (rcp_scheduling_error_get_detail (copy), ==, "technical");
      }
  g_assert_null (rcp_scheduling_error_get_detail (NULL));
}

static void
test_from_fhir (void)
{
  static const struct
  {
    FhirError from;
    RcpSchedulingError to;
  } cases[] = {
    { FHIR_ERROR_NETWORK, RCP_SCHEDULING_ERROR_OFFLINE },   { FHIR_ERROR_TIMEOUT, RCP_SCHEDULING_ERROR_OFFLINE },
    { FHIR_ERROR_THROTTLED, RCP_SCHEDULING_ERROR_OFFLINE }, { FHIR_ERROR_UNAUTHORIZED, RCP_SCHEDULING_ERROR_SIGN_IN },
    { FHIR_ERROR_FORBIDDEN, RCP_SCHEDULING_ERROR_SIGN_IN }, { FHIR_ERROR_REFUSED, RCP_SCHEDULING_ERROR_REFUSED },
    { FHIR_ERROR_CONFLICT, RCP_SCHEDULING_ERROR_CHANGED },  { FHIR_ERROR_UNSUPPORTED, RCP_SCHEDULING_ERROR_NOT_ATOMIC },
    { FHIR_ERROR_BAD_REPLY, RCP_SCHEDULING_ERROR_FAILED },  { FHIR_ERROR_NOT_FOUND, RCP_SCHEDULING_ERROR_CHANGED },
  };
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stop");
  g_autoptr (GError) kept = rcp_scheduling_error_new_from_fhir (cancelled, RCP_DEED_BOOK);

  g_assert_error (kept, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) cause = g_error_new (FHIR_ERROR, cases[i].from, "said the server");
      g_autoptr (GError) error = rcp_scheduling_error_new_from_fhir (cause, RCP_DEED_BOOK);

      g_assert_error (error, RCP_SCHEDULING_ERROR, (int)cases[i].to);
      g_assert_nonnull (strstr (error->message, "not booked"));
      g_assert_nonnull (strstr (rcp_scheduling_error_get_detail (error), "said the server"));
    }
}

/* rcp-people-rules.c: one key for several, of whom each may be somewhere else. */
static void
test_people (void)
{
#define B RCP_VISIT_BOOKED
#define A RCP_VISIT_ARRIVED
#define R RCP_VISIT_ROOMED
#define P RCP_VISIT_WITH_PROVIDER
#define D RCP_VISIT_FULFILLED
#define X RCP_VISIT_NOSHOW
#define L RCP_VISIT_LEFT
  static const struct
  {
    RcpVisitStatus from[3], to;
    const char *who; /* "f" forward, "c" corrected, "-" stays */
    RcpVisitStep kind;
  } cases[] = {
    { { B, B, B }, A, "fff", RCP_STEP_FORWARD },
    { { B, A, B }, A, "f-f", RCP_STEP_FORWARD },
    /* Who waits is led to the room, who did not come yet is not. */
    { { B, A, A }, R, "-ff", RCP_STEP_FORWARD },
    { { B, B, B }, R, "fff", RCP_STEP_FORWARD },
    { { B, R, P }, D, "-ff", RCP_STEP_FORWARD },
    { { B, X, D }, D, "f--", RCP_STEP_FORWARD },
    { { B, A, D }, X, "f--", RCP_STEP_FORWARD },
    { { B, A, R }, L, "-ff", RCP_STEP_FORWARD },
    { { X, B, A }, A, "-f-", RCP_STEP_FORWARD },
    /* Back only where nobody is there already. */
    { { P, P, P }, A, "ccc", RCP_STEP_CORRECTION },
    { { P, A, D }, A, "---", RCP_STEP_NONE },
    { { D, D, L }, P, "cc-", RCP_STEP_CORRECTION },
    { { A, A, A }, A, "---", RCP_STEP_NONE },
    { { P, P, D }, L, "ccc", RCP_STEP_CORRECTION },
    /* Nobody was seen, or it is not cancelled. */
    { { B, A, X }, RCP_VISIT_CANCELLED, "ff-", RCP_STEP_FORWARD },
    { { B, A, D }, RCP_VISIT_CANCELLED, "---", RCP_STEP_NONE },
    { { B, B, P }, RCP_VISIT_CANCELLED, "---", RCP_STEP_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RcpVisitStep steps[3];
      char who[4] = "";

      g_assert_cmpint (rcp_people_plan_steps (cases[i].from, 3, cases[i].to, steps), ==, cases[i].kind);
      for (guint k = 0; k < 3; k++)
        who[k] = "-fc"[steps[k]];
      g_assert_cmpstr (who, ==, cases[i].who);
    }
#undef B
#undef A
#undef R
#undef P
#undef D
#undef X
#undef L
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/visit-rules/transitions", test_transitions);
  g_test_add_func ("/scheduling/visit-rules/steps", test_steps);
  g_test_add_func ("/scheduling/visit-rules/reasons", test_reasons);
  g_test_add_func ("/scheduling/scheduling-error/messages", test_messages);
  g_test_add_func ("/scheduling/scheduling-error/from-fhir", test_from_fhir);
  g_test_add_func ("/scheduling/visit-rules/people", test_people);
  return g_test_run ();
}
