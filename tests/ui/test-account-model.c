/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to an account of a calendar server, step by step, and what is forgotten with one: rcp-account-model, rcp-calendar-choice. */

#define G_LOG_DOMAIN "test-account-model"

#include "config.h"

#include "fake-calendars.h"
#include "ui/calendars/rcp-account-model.h"
#include "ui/calendars/rcp-calendar-choice.h"

typedef struct
{
  FakeCalendars *calendars;
  RcpAccountModel *model;
  guint n_changes;
} Fixture;

static void
on_changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer uid)
{
  fixture->calendars = fake_calendars_new ();
  fixture->model = rcp_account_model_new (RCP_CALENDAR_SERVICE (fixture->calendars),
                                          uid ? fake_calendars_add_account (fixture->calendars, uid, "ana, example", RCP_ACCOUNT_NEEDS_PASSWORD)
                                              : NULL);
  g_signal_connect_swapped (fixture->model, "changed", G_CALLBACK (on_changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer uid)
{
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->calendars);
}

static void
assert_step (Fixture *fixture, RcpAccountStep step, const char *asked, const char *problem)
{
  g_assert_cmpint (rcp_account_model_get_step (fixture->model), ==, step);
  g_assert_cmpstr (fake_calendars_get_asked (fixture->calendars), ==, asked);
  if (problem)
    g_assert_nonnull (strstr (rcp_account_model_get_problem (fixture->model), problem));
  else
    g_assert_null (rcp_account_model_get_problem (fixture->model));
}

static GPtrArray *
make_found (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_found_calendar_free);

  g_ptr_array_add (found, rcp_found_calendar_new ("Diary", "#62a0ea", TRUE));
  return found;
}

static RcpServerCertificate *
make_certificate (void)
{
  RcpServerCertificate *certificate = g_new0 (RcpServerCertificate, 1);

  certificate->pem = g_strdup ("PEM");
  certificate->fingerprint = g_strdup ("AB:CD");
  return certificate;
}

static void
look (Fixture *fixture, const char *address)
{
  rcp_account_model_look (fixture->model, address, "ana", "secret");
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  assert_step (fixture, RCP_ACCOUNT_STEP_ASK, NULL, NULL);
  g_assert_true (rcp_account_model_is_new (fixture->model));
  look (fixture, "a.example");
  assert_step (fixture, RCP_ACCOUNT_STEP_LOOK, "look https://a.example/ ana secret -", NULL);
  look (fixture, "b.example"); /* not while one is asked */
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  fake_calendars_answer (fixture->calendars, NULL, make_certificate (),
                         g_error_new_literal (RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NOT_TRUSTED, "x"));
  assert_step (fixture, RCP_ACCOUNT_STEP_JUDGE, NULL, NULL);
  g_assert_cmpstr (rcp_account_model_get_certificate (fixture->model)->fingerprint, ==, "AB:CD");
  rcp_account_model_keep (fixture->model); /* not before it was found */
  assert_step (fixture, RCP_ACCOUNT_STEP_JUDGE, NULL, NULL);
  rcp_account_model_trust (fixture->model);
  assert_step (fixture, RCP_ACCOUNT_STEP_LOOK, "look https://a.example/ ana secret PEM", NULL);
  g_assert_null (rcp_account_model_get_certificate (fixture->model));
  fake_calendars_answer (fixture->calendars, make_found (), NULL, NULL);
  assert_step (fixture, RCP_ACCOUNT_STEP_FOUND, NULL, NULL);
  g_assert_cmpuint (rcp_account_model_get_found (fixture->model)->len, ==, 1);
  rcp_account_model_keep (fixture->model);
  assert_step (fixture, RCP_ACCOUNT_STEP_KEEP, "sign-in new https://a.example/ ana secret PEM", NULL);
  rcp_account_model_go_back (fixture->model); /* too late */
  fake_calendars_answer (fixture->calendars, make_found (), NULL, NULL);
  assert_step (fixture, RCP_ACCOUNT_STEP_DONE, NULL, NULL);
}

/* Whoever mistypes the password judges the certificate once; another server's is another. */
static void
test_trust_stays (Fixture *fixture, gconstpointer data)
{
  look (fixture, "a.example");
  fake_calendars_answer (fixture->calendars, NULL, make_certificate (),
                         g_error_new_literal (RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NOT_TRUSTED, "x"));
  rcp_account_model_trust (fixture->model);
  fake_calendars_answer_error (fixture->calendars, RCP_CALENDAR_ERROR_PASSWORD);
  look (fixture, "https://a.example");
  assert_step (fixture, RCP_ACCOUNT_STEP_LOOK, "look https://a.example/ ana secret PEM", NULL);
  fake_calendars_answer_error (fixture->calendars, RCP_CALENDAR_ERROR_PASSWORD);
  look (fixture, "b.example");
  assert_step (fixture, RCP_ACCOUNT_STEP_LOOK, "look https://b.example/ ana secret -", NULL);
  fake_calendars_answer_error (fixture->calendars, RCP_CALENDAR_ERROR_PASSWORD);
}

/* Whatever goes wrong is said in words, and what was typed can be mended. */
static void
test_problems (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = {
    [RCP_CALENDAR_ERROR_OFFLINE] = "cannot be reached",   [RCP_CALENDAR_ERROR_TIMED_OUT] = "does not answer",
    [RCP_CALENDAR_ERROR_PASSWORD] = "does not accept",    [RCP_CALENDAR_ERROR_NO_SERVER] = "not a calendar server",
    [RCP_CALENDAR_ERROR_NO_CALENDARS] = "no calendars of", [RCP_CALENDAR_ERROR_FAILED] = "could not be asked",
  };

  look (fixture, "two words");
  assert_step (fixture, RCP_ACCOUNT_STEP_ASK, NULL, "not an address");
  look (fixture, "http://a.example");
  assert_step (fixture, RCP_ACCOUNT_STEP_ASK, NULL, "others could read the password");
  for (guint code = 0; code < G_N_ELEMENTS (words); code++)
    if (words[code])
      {
        look (fixture, "a.example");
        assert_step (fixture, RCP_ACCOUNT_STEP_LOOK, "look https://a.example/ ana secret -", NULL);
        fake_calendars_answer_error (fixture->calendars, (RcpCalendarError) code);
        assert_step (fixture, RCP_ACCOUNT_STEP_ASK, NULL, words[code]);
        g_assert_null (strstr (rcp_account_model_get_problem (fixture->model), "technical"));
      }
  look (fixture, "a.example");
  fake_calendars_answer (fixture->calendars, make_found (), NULL, NULL);
  rcp_account_model_keep (fixture->model);
  fake_calendars_answer_error (fixture->calendars, RCP_CALENDAR_ERROR_KEYRING);
  assert_step (fixture, RCP_ACCOUNT_STEP_ASK, NULL, "keyring");
  g_assert_null (rcp_account_model_get_found (fixture->model));
}

/* What is given up says nothing any more, also where its answer was on the way. */
static void
test_go_back (Fixture *fixture, gconstpointer data)
{
  look (fixture, "a.example");
  rcp_account_model_go_back (fixture->model);
  g_assert_true (fake_calendars_is_given_up (fixture->calendars));
  fake_calendars_answer (fixture->calendars, NULL, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x"));
  assert_step (fixture, RCP_ACCOUNT_STEP_ASK, NULL, NULL);
  look (fixture, "a.example");
  fake_calendars_answer (fixture->calendars, make_found (), NULL, NULL);
  rcp_account_model_go_back (fixture->model);
  assert_step (fixture, RCP_ACCOUNT_STEP_ASK, NULL, NULL);
  g_assert_null (rcp_account_model_get_found (fixture->model));
}

/* An account that is there: the server lets it in, and that is all. */
static void
test_again (Fixture *fixture, gconstpointer uid)
{
  g_autofree char *address = rcp_account_model_dup_address (fixture->model), *user = rcp_account_model_dup_user (fixture->model);

  g_assert_false (rcp_account_model_is_new (fixture->model));
  g_assert_cmpstr (user, ==, "ana");
  look (fixture, address);
  fake_calendars_answer_error (fixture->calendars, RCP_CALENDAR_ERROR_PASSWORD);
  look (fixture, address);
  fake_calendars_answer (fixture->calendars, make_found (), NULL, NULL);
  assert_step (fixture, RCP_ACCOUNT_STEP_KEEP, "sign-in the-account https://calendar.example.org/ ana secret -", NULL);
  fake_calendars_answer (fixture->calendars, make_found (), NULL, NULL);
  assert_step (fixture, RCP_ACCOUNT_STEP_DONE, NULL, NULL);
}

static void
choose (GSettings *settings, const char *record, const char *person, const char *first, const char *second, const char *mirror)
{
  g_autoptr (RcpCalendarChoice) choice = rcp_calendar_choice_load (settings, record, person);

  rcp_calendar_choice_set_busy (choice, first, TRUE);
  rcp_calendar_choice_set_busy (choice, second, TRUE);
  g_free (choice->mirror);
  choice->mirror = g_strdup (mirror);
  rcp_calendar_choice_save (choice, settings, record, person);
}

static void
assert_chosen (GSettings *settings, const char *record, const char *person, const char *busy, const char *mirror)
{
  g_autoptr (RcpCalendarChoice) choice = rcp_calendar_choice_load (settings, record, person);
  g_autofree char *all = g_strjoinv (" ", choice->busy);

  g_assert_cmpstr (all, ==, busy);
  g_assert_cmpstr (choice->mirror, ==, mirror);
}

/* The calendars of an account that was removed are nobody's; the others stay. */
static void
test_forget (void)
{
  const char *const gone[] = { "b", "c", NULL };
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  choose (settings, "one", "ana", "a", "b", "c");
  choose (settings, "one", "ben", "b", "c", "a");
  choose (settings, "two", "ana", "b", "d", "d");
  choose (settings, "two", "cho", "a", "d", "");
  rcp_calendar_choice_forget (settings, gone);
  assert_chosen (settings, "one", "ana", "a", "");
  assert_chosen (settings, "one", "ben", "", "a");
  assert_chosen (settings, "two", "ana", "d", "d");
  assert_chosen (settings, "two", "cho", "a d", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/account-model/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/ui/account-model/trust-stays", Fixture, NULL, set_up, test_trust_stays, tear_down);
  g_test_add ("/ui/account-model/problems", Fixture, NULL, set_up, test_problems, tear_down);
  g_test_add ("/ui/account-model/go-back", Fixture, NULL, set_up, test_go_back, tear_down);
  g_test_add ("/ui/account-model/again", Fixture, "the-account", set_up, test_again, tear_down);
  g_test_add_func ("/ui/account-model/forget", test_forget);
  return g_test_run ();
}
