/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "fhir/fhir-error-private.h"

/* All of it survives a copy and a propagation with a prefix. */
static void
test_copy (void)
{
  g_autoptr (GError) error = fhir_error_new_full (FHIR_ERROR_CONFLICT, 409, "conflict", "Slot/77 has moved on", "Taken");
  g_autoptr (GError) copy = NULL;
  GError *carried = NULL;

  fhir_error_mark_outcome_unknown (error);
  copy = g_error_copy (error);
  g_clear_error (&error);
  g_propagate_prefixed_error (&carried, g_steal_pointer (&copy), "Booking: ");

  g_assert_error (carried, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  g_assert_cmpstr (carried->message, ==, "Booking: Taken");
  g_assert_cmpuint (fhir_error_get_http_status (carried), ==, 409);
  g_assert_cmpstr (fhir_error_get_issue_code (carried), ==, "conflict");
  g_assert_cmpstr (fhir_error_get_diagnostics (carried), ==, "Slot/77 has moved on");
  g_assert_true (fhir_error_is_outcome_unknown (carried));
  g_error_free (carried);
}

static void
test_plain (void)
{
  g_autoptr (GError) error = g_error_new_literal (FHIR_ERROR, FHIR_ERROR_NETWORK, "No network");

  g_assert_cmpuint (fhir_error_get_http_status (error), ==, 0);
  g_assert_null (fhir_error_get_issue_code (error));
  g_assert_null (fhir_error_get_diagnostics (error));
  g_assert_false (fhir_error_is_outcome_unknown (error));
}

static void
test_other_domain (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  fhir_error_mark_outcome_unknown (error);
  fhir_error_mark_outcome_unknown (NULL);
  g_assert_cmpuint (fhir_error_get_http_status (error), ==, 0);
  g_assert_null (fhir_error_get_issue_code (error));
  g_assert_false (fhir_error_is_outcome_unknown (error));
  g_assert_false (fhir_error_is_outcome_unknown (NULL));
  g_assert_true (fhir_error_is_outcome_unknown (cancelled));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/error/copy", test_copy);
  g_test_add_func ("/fhir/error/plain", test_plain);
  g_test_add_func ("/fhir/error/other-domain", test_other_domain);

  return g_test_run ();
}
