/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-scheduling-error"

#include "rcp-scheduling-error-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "fhir/fhir-error.h"

typedef struct
{
  char *detail;
} RcpSchedulingErrorPrivate;

static void
rcp_scheduling_error_private_init (RcpSchedulingErrorPrivate *priv)
{
  priv->detail = NULL;
}

static void
rcp_scheduling_error_private_copy (const RcpSchedulingErrorPrivate *from, RcpSchedulingErrorPrivate *to)
{
  to->detail = g_strdup (from->detail);
}

static void
rcp_scheduling_error_private_clear (RcpSchedulingErrorPrivate *priv)
{
  g_free (priv->detail);
}

G_DEFINE_EXTENDED_ERROR (RcpSchedulingError, rcp_scheduling_error)

/* Every message is three whole sentences: what failed, where the visit stands, what to do now. */

static const char *const sentence_what[] = {
  [RCP_SCHEDULING_ERROR_FAILED] = N_ ("Something went wrong."),
  [RCP_SCHEDULING_ERROR_TAKEN] = N_ ("Somebody else was faster: this time is taken."),
  [RCP_SCHEDULING_ERROR_CHANGED] = N_ ("Somebody else changed this visit meanwhile."),
  [RCP_SCHEDULING_ERROR_UNKNOWN] = N_ ("The record did not answer."),
  [RCP_SCHEDULING_ERROR_NOT_KEPT] = N_ ("The record said yes, but what it holds differs from what was asked."),
  [RCP_SCHEDULING_ERROR_REFUSED] = N_ ("The record refused this."),
  [RCP_SCHEDULING_ERROR_NOT_ATOMIC]
  = N_ ("This record cannot change a visit and its times in one step, so double bookings could not be ruled out."),
  [RCP_SCHEDULING_ERROR_OFFLINE] = N_ ("The record could not be reached."),
  [RCP_SCHEDULING_ERROR_SIGN_IN] = N_ ("The record does not accept your sign-in for this."),
  [RCP_SCHEDULING_ERROR_TOO_LATE] = N_ ("The time in which this could be undone is over."),
  [RCP_SCHEDULING_ERROR_TOLD] = N_ ("The patient was told already."),
  [RCP_SCHEDULING_ERROR_LIMIT] = N_ ("No more visits may be put beside others in this half day."),
  [RCP_SCHEDULING_ERROR_BOOKED] = N_ ("There are visits in this time."),
  [RCP_SCHEDULING_ERROR_KEPT] = N_ ("The provider's own calendar keeps this time."),
};

static const char *const sentence_now[] = {
  [RCP_SCHEDULING_ERROR_FAILED] = N_ ("Try again."),
  [RCP_SCHEDULING_ERROR_TAKEN] = N_ ("Choose another time."),
  [RCP_SCHEDULING_ERROR_CHANGED] = N_ ("Look at it as it is now, then decide again."),
  [RCP_SCHEDULING_ERROR_UNKNOWN] = N_ ("Look at the board when the connection is back before you try again."),
  [RCP_SCHEDULING_ERROR_NOT_KEPT] = N_ ("Look at the board and tell whoever runs the server."),
  [RCP_SCHEDULING_ERROR_REFUSED] = N_ ("Check what was entered."),
  [RCP_SCHEDULING_ERROR_NOT_ATOMIC] = N_ ("Tell whoever runs the server."),
  [RCP_SCHEDULING_ERROR_OFFLINE] = N_ ("Try again when the connection is back."),
  [RCP_SCHEDULING_ERROR_SIGN_IN] = N_ ("Sign in again."),
  [RCP_SCHEDULING_ERROR_TOO_LATE] = N_ ("Make the change that is needed now."),
  [RCP_SCHEDULING_ERROR_TOLD] = N_ ("Make the change that is needed now, so that the patient is told again."),
  [RCP_SCHEDULING_ERROR_LIMIT] = N_ ("Choose another time."),
  [RCP_SCHEDULING_ERROR_BOOKED] = N_ ("Move them first."),
  [RCP_SCHEDULING_ERROR_KEPT] = N_ ("Choose another time, or overbook this one with a reason."),
};

static const char *const sentence_undone[] = {
  [RCP_DEED_BOOK] = N_ ("The visit is not booked."),
  [RCP_DEED_MOVE] = N_ ("The visit was not moved."),
  [RCP_DEED_CANCEL] = N_ ("The visit was not cancelled."),
  [RCP_DEED_SET_STATUS] = N_ ("The status was not changed."),
  [RCP_DEED_UNDO] = N_ ("Nothing was undone."),
  [RCP_DEED_BLOCK] = N_ ("The time was not blocked."),
  [RCP_DEED_UNBLOCK] = N_ ("The time was not freed."),
  [RCP_DEED_WAIT] = N_ ("The patient is not on the wait list."),
};

static const char *const sentence_unsure[] = {
  [RCP_DEED_BOOK] = N_ ("It is not certain whether the visit is booked."),
  [RCP_DEED_MOVE] = N_ ("It is not certain whether the visit was moved."),
  [RCP_DEED_CANCEL] = N_ ("It is not certain whether the visit was cancelled."),
  [RCP_DEED_SET_STATUS] = N_ ("It is not certain whether the status was changed."),
  [RCP_DEED_UNDO] = N_ ("It is not certain whether it was undone."),
  [RCP_DEED_BLOCK] = N_ ("It is not certain whether the time was blocked."),
  [RCP_DEED_UNBLOCK] = N_ ("It is not certain whether the time was freed."),
  [RCP_DEED_WAIT] = N_ ("It is not certain whether the patient is on the wait list."),
};

GError *
rcp_scheduling_error_new_because (RcpSchedulingError code, RcpDeed deed, const char *what, const char *detail)
{
  gboolean unsure = code == RCP_SCHEDULING_ERROR_UNKNOWN || code == RCP_SCHEDULING_ERROR_NOT_KEPT;
  const char *stands = unsure ? _ (sentence_unsure[deed]) : _ (sentence_undone[deed]);
  GError *error = g_error_new (RCP_SCHEDULING_ERROR, code, "%s %s %s", what, stands, _ (sentence_now[code]));
  RcpSchedulingErrorPrivate *priv = rcp_scheduling_error_get_private (error);

  priv->detail = g_strdup (detail);
  return error;
}

GError *
rcp_scheduling_error_new (RcpSchedulingError code, RcpDeed deed, const char *detail)
{
  return rcp_scheduling_error_new_because (code, deed, _ (sentence_what[code]), detail);
}

char *
rcp_scheduling_error_describe (const GError *cause)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (fhir_error_get_http_status (cause) != 0)
    g_string_append_printf (text, "HTTP %u: ", fhir_error_get_http_status (cause));
  if (fhir_error_get_issue_code (cause) != NULL)
    g_string_append_printf (text, "%s: ", fhir_error_get_issue_code (cause));
  g_string_append (text, cause->message);
  if (fhir_error_get_diagnostics (cause) != NULL)
    g_string_append_printf (text, " (%s)", fhir_error_get_diagnostics (cause));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static RcpSchedulingError
code_from_fhir (const GError *cause)
{
  if (cause->domain != FHIR_ERROR)
    return RCP_SCHEDULING_ERROR_FAILED;
  switch ((FhirError)cause->code)
    {
    case FHIR_ERROR_NETWORK:
    case FHIR_ERROR_TIMEOUT:
    case FHIR_ERROR_THROTTLED:
    case FHIR_ERROR_SERVER:
    case FHIR_ERROR_TRY_AGAIN:
      return RCP_SCHEDULING_ERROR_OFFLINE;
    case FHIR_ERROR_UNAUTHORIZED:
    case FHIR_ERROR_FORBIDDEN:
      return RCP_SCHEDULING_ERROR_SIGN_IN;
    case FHIR_ERROR_CONFLICT:
    case FHIR_ERROR_NOT_FOUND:
      return RCP_SCHEDULING_ERROR_CHANGED;
    case FHIR_ERROR_REFUSED:
      return RCP_SCHEDULING_ERROR_REFUSED;
    case FHIR_ERROR_UNSUPPORTED:
      return RCP_SCHEDULING_ERROR_NOT_ATOMIC;
    case FHIR_ERROR_FAILED:
    case FHIR_ERROR_BAD_REPLY:
    default:
      return RCP_SCHEDULING_ERROR_FAILED;
    }
}

GError *
rcp_scheduling_error_new_from_fhir (const GError *cause, RcpDeed deed)
{
  g_autofree char *detail = NULL;

  g_return_val_if_fail (cause != NULL, NULL);

  if (cause->domain == RCP_SCHEDULING_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  detail = rcp_scheduling_error_describe (cause);
  return rcp_scheduling_error_new (code_from_fhir (cause), deed, detail);
}

/**
 * rcp_scheduling_error_get_detail:
 * @error: any error
 *
 * Returns: (nullable): the technical text behind @error, for whoever runs the server; %NULL when there is none
 */
const char *
rcp_scheduling_error_get_detail (const GError *error)
{
  if (error == NULL || error->domain != RCP_SCHEDULING_ERROR)
    return NULL;
  return rcp_scheduling_error_get_private (error)->detail;
}
