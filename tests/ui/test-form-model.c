/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms of Preferences without a display: rcp-form-model.c, rcp-setup-apply.c and rcp-periods-model.c. */

#define G_LOG_DOMAIN "test-form-model"

#include "practice-fixture.h"
#include "clinic/rcp-codes.h"
#include "ui/preferences/rcp-form-model.h"
#include "ui/preferences/rcp-periods-model.h"
#include "ui/preferences/rcp-setup-apply.h"
#include "ui/rcp-desk-private.h"

#define NOW G_GINT64_CONSTANT (1795425960000000) /* Monday 23 November 2026, 9:26 UTC */

static void
take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  RcpDesk *desk;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *const arguments[] = { "--sample", "--date", "2026-11-23T09:26:00Z", "--time-zone", "UTC", NULL };
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (NOW);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->practice = practice_fixture_new (arguments);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->desk = rcp_desk_new (clock);
  g_object_set (fixture->desk, "name", "Desk 2", NULL);
  rcp_desk_open_async (fixture->desk, fixture->client, NULL, take_result, &result);
  wait_for (&result);
  rcp_desk_open_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->desk);
  g_clear_object (&fixture->client);
  practice_fixture_free (fixture->practice);
}

static gboolean
save (RcpFormModel *model, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rcp_form_model_save_async (model, take_result, &result);
  g_assert_true (rcp_form_model_is_busy (model));
  g_assert_false (rcp_form_model_can_save (model));
  wait_for (&result);
  return rcp_form_model_save_finish (model, result, error);
}

static void
apply (Fixture *fixture, RcpRefitReport *report)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpRoster) before = g_object_ref (rcp_desk_get_roster (fixture->desk));

  rcp_setup_apply_async (fixture->desk, NULL, take_result, &result);
  wait_for (&result);
  rcp_setup_apply_finish (result, report, &error);
  g_assert_no_error (error);
  while (rcp_desk_get_roster (fixture->desk) == before)
    g_main_context_iteration (NULL, TRUE);
}

static char *
dup_first (Fixture *fixture, RcpSetupKind kind)
{
  g_autoptr (GPtrArray) items = rcp_setup_list (rcp_desk_get_roster (fixture->desk), kind);

  return g_strdup (((RcpSetupItem *) items->pdata[0])->reference);
}

static void
count_change (guint *n_changes)
{
  ++*n_changes;
}

/* Nobody is blamed for an empty form, but it cannot be saved, and says why. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  RcpFormModel *model = rcp_form_model_new (fixture->desk, RCP_SETUP_PROVIDER, NULL);
  guint n_changes = 0;
  g_autofree char *reason = rcp_form_model_dup_reason (model);
  g_autofree char *none = NULL;

  g_assert_true (rcp_form_model_is_new (model));
  g_assert_cmpstr (reason, ==, "Write the family name");
  g_assert_null (rcp_form_model_get_fault (model, RCP_KEY_FAMILY));
  g_signal_connect_swapped (model, "changed", G_CALLBACK (count_change), &n_changes);
  rcp_form_model_set_text (model, RCP_KEY_FAMILY, "Q");
  rcp_form_model_set_text (model, RCP_KEY_FAMILY, "");
  g_assert_cmpstr (rcp_form_model_get_fault (model, RCP_KEY_FAMILY), ==, "Write the family name");
  rcp_form_model_set_text (model, RCP_KEY_FAMILY, "Quint");
  rcp_form_model_set_text (model, RCP_KEY_FAMILY, "Quint");
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_null (rcp_form_model_get_fault (model, RCP_KEY_FAMILY));
  none = rcp_form_model_dup_reason (model);
  g_assert_null (none);
  g_assert_finalize_object (model);
}

static void
test_hours (Fixture *fixture, gconstpointer data)
{
  g_autofree char *provider = dup_first (fixture, RCP_SETUP_PROVIDER);
  g_autofree char *place = NULL;
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (rcp_desk_get_roster (fixture->desk));
  RcpFormModel *model = rcp_form_model_new (fixture->desk, RCP_SETUP_PROVIDER, provider);
  RcpRefitReport report = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = rcp_form_model_dup_reason (model);
  g_autofree char *friday = NULL;
  g_autofree char *monday = NULL;

  g_assert_cmpstr (reason, ==, "Nothing was changed");
  for (guint i = 0; i < sites->len && place == NULL; i++)
    {
      g_autofree char *works = g_strconcat ("works:", fhir_resource_get_id (sites->pdata[i]), NULL);

      if (rcp_form_model_is_set (model, works))
        place = g_strdup (fhir_resource_get_id (sites->pdata[i]));
    }
  monday = g_strdup_printf (RCP_KEY_HOURS, place, 1);
  friday = g_strdup_printf (RCP_KEY_HOURS, place, 5);
  rcp_form_model_set_text (model, monday, "9-10");
  rcp_form_model_copy_monday (model, place);
  g_assert_cmpstr (rcp_form_model_get_text (model, friday), ==, "9-10");
  g_assert_true (rcp_form_model_can_save (model));
  g_assert_true (save (model, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (model);
  apply (fixture, &report);
  /* Rooms and devices are open while anybody works at their site. */
  g_assert_cmpuint (report.n_schedules, ==, 1 + g_list_model_get_n_items (rcp_roster_get_rooms (rcp_desk_get_roster (fixture->desk))));
  g_assert_cmpuint (report.n_removed, >, 0);
  g_assert_cmpuint (report.n_visits, >, 0);
}

/* Another desk saves between: nothing that was typed is lost, and both changes are in the record. */
static void
test_outdated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *type = dup_first (fixture, RCP_SETUP_VISIT_TYPE);
  RcpFormModel *mine = rcp_form_model_new (fixture->desk, RCP_SETUP_VISIT_TYPE, type);
  RcpFormModel *theirs = rcp_form_model_new (fixture->desk, RCP_SETUP_VISIT_TYPE, type);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  rcp_form_model_set_text (theirs, RCP_KEY_PREPARATION, "Bring a friend.");
  g_assert_true (save (theirs, NULL));
  rcp_form_model_set_text (mine, RCP_KEY_MINUTES, "60");
  g_assert_false (save (mine, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  g_assert_true (rcp_form_model_is_outdated (mine));
  reason = rcp_form_model_dup_reason (mine);
  g_assert_cmpstr (reason, ==, "Changed at another desk");
  rcp_form_model_reload_async (mine, take_result, &result);
  wait_for (&result);
  g_assert_true (rcp_form_model_reload_finish (mine, result, NULL));
  g_clear_object (&result);
  g_assert_cmpstr (rcp_form_model_get_text (mine, RCP_KEY_MINUTES), ==, "60");
  g_assert_cmpstr (rcp_form_model_get_text (mine, RCP_KEY_PREPARATION), ==, "Bring a friend.");
  g_assert_true (save (mine, NULL));
  g_assert_finalize_object (mine);
  g_assert_finalize_object (theirs);
}

/* Right after saving, while free times still follow, and behind a form that is open: nobody else was there. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  RcpFormModel *first = rcp_form_model_new (fixture->desk, RCP_SETUP_VISIT_TYPE, "HealthcareService/sample-h-consultation");
  RcpFormModel *second;
  g_autoptr (RcpDraft) held = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GError) error = NULL;
  RcpRefitReport report;

  g_assert_cmpstr (rcp_form_model_get_text (first, RCP_KEY_NEEDS), ==, "");
  rcp_form_model_set_text (first, RCP_KEY_NEEDS, RCP_NEEDS_ROOM);
  g_assert_true (save (first, &error));
  g_assert_no_error (error);
  rcp_setup_apply_async (fixture->desk, NULL, take_result, &applied);
  second = rcp_form_model_new (fixture->desk, RCP_SETUP_VISIT_TYPE, "HealthcareService/sample-h-consultation");
  g_assert_cmpstr (rcp_form_model_get_text (second, RCP_KEY_NEEDS), ==, RCP_NEEDS_ROOM);
  wait_for (&applied);
  g_assert_true (rcp_setup_apply_finish (applied, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_schedules, >, 0);
  /* What it needs marks the Schedules of rooms, which are newer now than this form knows. */
  rcp_form_model_set_text (second, RCP_KEY_NEEDS, "");
  g_assert_true (save (second, &error));
  g_assert_no_error (error);
  g_assert_false (rcp_form_model_is_outdated (second));
  held = rcp_setup_read (rcp_desk_get_roster (fixture->desk), RCP_SETUP_VISIT_TYPE, "HealthcareService/sample-h-consultation");
  g_assert_cmpstr (rcp_draft_get (held, RCP_KEY_NEEDS), ==, "");
  g_assert_finalize_object (first);
  g_assert_finalize_object (second);
}

/* The key of the first day's hours at the first place where the provider works: (transfer full). */
static char *
dup_hours_key (RcpFormModel *model, RcpRoster *roster)
{
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (roster);

  for (guint i = 0; i < sites->len; i++)
    {
      const char *id = fhir_resource_get_id (sites->pdata[i]);
      g_autofree char *works = g_strconcat ("works:", id, NULL);

      if (rcp_form_model_is_set (model, works))
        return g_strdup_printf (RCP_KEY_HOURS, id, 1);
    }
  g_assert_not_reached ();
}

static void
save_monday (Fixture *fixture, const char *provider, const char *hours)
{
  g_autoptr (RcpFormModel) model = rcp_form_model_new (fixture->desk, RCP_SETUP_PROVIDER, provider);
  g_autofree char *monday = dup_hours_key (model, rcp_desk_get_roster (fixture->desk));
  g_autoptr (GError) error = NULL;

  rcp_form_model_set_text (model, monday, hours);
  g_assert_true (save (model, &error));
  g_assert_no_error (error);
}

/* Saved again, and once more, while free times still follow what was saved before: one after the other, the last two at once. */
static void
test_quick_savings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *provider = dup_first (fixture, RCP_SETUP_PROVIDER);
  g_autoptr (GAsyncResult) first = NULL, second = NULL, third = NULL, read = NULL;
  RcpRefitReport reports[3];
  g_autoptr (GError) error = NULL;

  save_monday (fixture, provider, "9-10");
  rcp_setup_apply_async (fixture->desk, NULL, take_result, &first);
  save_monday (fixture, provider, "9-11");
  g_assert_null (first);
  rcp_setup_apply_async (fixture->desk, NULL, take_result, &second);
  rcp_setup_apply_async (fixture->desk, NULL, take_result, &third);
  wait_for (&first);
  g_assert_null (second);
  g_assert_null (third);
  wait_for (&second);
  wait_for (&third);
  g_assert_true (rcp_setup_apply_finish (first, &reports[0], &error));
  g_assert_true (rcp_setup_apply_finish (second, &reports[1], &error));
  g_assert_true (rcp_setup_apply_finish (third, &reports[2], &error));
  g_assert_no_error (error);
  g_assert_cmpuint (reports[1].n_added, >, 0);
  g_assert_cmpuint (reports[2].n_schedules, ==, 0);
  g_assert_false (fixture->desk->is_refitting);
  rcp_desk_reload_roster_async (fixture->desk, NULL, take_result, &read);
  wait_for (&read);
  g_assert_true (rcp_desk_reload_roster_finish (fixture->desk, read, &error));
  g_assert_false (rcp_refit_is_needed (rcp_desk_get_roster (fixture->desk)));
}

static void
check_period (const char *first, const char *last, RcpPeriodsFault fault, const char *expected)
{
  GDate today;
  RcpPeriodsFault found;
  g_autofree char *text = NULL;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, G_DATE_NOVEMBER, 2026);
  text = rcp_periods_model_add ("", first, last, "Away", &today, &found);
  g_assert_cmpint (found, ==, fault);
  g_assert_cmpstr (text, ==, expected);
  g_assert_true ((rcp_periods_model_describe_fault (found) == NULL) == (fault == RCP_PERIODS_FINE));
}

static void
test_periods (void)
{
  g_autofree char *rest = rcp_periods_model_remove ("2026-12-24/2026-12-26 A\n2027-01-01/2027-01-01 B", 0);
  g_autoptr (GPtrArray) periods = rcp_periods_parse ("2026-12-24/2026-12-26 A\n2027-01-01/2027-01-01 B");
  g_autofree char *days = rcp_periods_model_describe (periods->pdata[0]);
  g_autofree char *day = rcp_periods_model_describe (periods->pdata[1]);

  check_period ("24 Dec 2026", "2026-12-26", RCP_PERIODS_FINE, "2026-12-24/2026-12-26 Away");
  check_period ("24 Dec", "", RCP_PERIODS_FINE, "2026-12-24/2026-12-24 Away");
  /* Without a year it is the next such day. */
  check_period ("3 Jan", "", RCP_PERIODS_FINE, "2027-01-03/2027-01-03 Away");
  check_period ("", "2026-12-26", RCP_PERIODS_NO_FIRST, NULL);
  check_period ("soon", "", RCP_PERIODS_NO_FIRST, NULL);
  check_period ("24 Dec 2026", "later", RCP_PERIODS_NO_LAST, NULL);
  check_period ("26 Dec 2026", "24 Dec 2026", RCP_PERIODS_BACKWARDS, NULL);
  g_assert_cmpstr (rest, ==, "2027-01-01/2027-01-01 B");
  g_assert_nonnull (strstr (days, " – "));
  g_assert_null (strstr (day, " – "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/form-model/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/ui/form-model/hours", Fixture, NULL, set_up, test_hours, tear_down);
  g_test_add ("/ui/form-model/outdated", Fixture, NULL, set_up, test_outdated, tear_down);
  g_test_add ("/ui/form-model/again", Fixture, NULL, set_up, test_again, tear_down);
  g_test_add ("/ui/form-model/quick-savings", Fixture, NULL, set_up, test_quick_savings, tear_down);
  g_test_add_func ("/ui/form-model/periods", test_periods);
  return g_test_run ();
}
