/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-error-text"

#include "config.h"

#include "rcp-error-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "fhir/fhir-error.h"

typedef struct
{
  FhirError code;
  const char *title;
  const char *advice;
} Words;

static const Words words[] = {
  { FHIR_ERROR_NETWORK, N_ ("The Record Cannot Be Reached"), N_ ("Check the network and the address, then try again.") },
  { FHIR_ERROR_TIMEOUT, N_ ("The Record Does Not Answer"), N_ ("The server is slow or busy. Try again in a moment.") },
  { FHIR_ERROR_UNAUTHORIZED, N_ ("Sign-In Needed"), N_ ("The server asks for a token, or does not accept this one. Enter another.") },
  { FHIR_ERROR_FORBIDDEN, N_ ("Not Allowed"), N_ ("Your token does not give the right to read this record. Ask who runs the server.") },
  { FHIR_ERROR_NOT_FOUND, N_ ("No Record There"), N_ ("The server answers, but there is no FHIR record at this address.") },
  { FHIR_ERROR_THROTTLED, N_ ("Too Many Requests"), N_ ("The server asks us to slow down. Try again in a minute.") },
  { FHIR_ERROR_SERVER, N_ ("The Server Has a Problem"), N_ ("It failed on its own side. Try again, or tell who runs it.") },
  { FHIR_ERROR_BAD_REPLY, N_ ("The Answer Makes No Sense"), N_ ("What answers at this address is not a FHIR R4 server, or its answer was cut off.") },
  { FHIR_ERROR_UNSUPPORTED, N_ ("This Server Will Not Do"), N_ ("Reception needs a FHIR R4 server (version 4.0).") },
  { FHIR_ERROR_REFUSED, N_ ("The Server Refuses the Question"), N_ ("It does not take what Reception asks. Tell who runs it.") },
};

static const Words *
find_words (const GError *error)
{
  if (!error || error->domain != FHIR_ERROR)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((int) words[i].code == error->code)
      return &words[i];
  return NULL;
}

/**
 * rcp_error_text_get_title:
 * @error: (nullable): what came back
 *
 * Returns: (transfer none): a translated title
 */
const char *
rcp_error_text_get_title (const GError *error)
{
  const Words *found = find_words (error);

  return found ? _(found->title) : _("The Record Could Not Be Opened");
}

/**
 * rcp_error_text_get_advice:
 * @error: (nullable): what came back
 *
 * Returns: (transfer none): a translated sentence that says what to do now
 */
const char *
rcp_error_text_get_advice (const GError *error)
{
  const Words *found = find_words (error);

  return found ? _(found->advice) : _("Nothing was changed. Try again.");
}

/**
 * rcp_error_text_dup_detail:
 * @error: (nullable): what came back
 *
 * Returns: (transfer full): technical text, "" when there is none
 */
char *
rcp_error_text_dup_detail (const GError *error)
{
  guint status = error ? fhir_error_get_http_status (error) : 0;

  if (!error)
    return g_strdup ("");
  return status ? g_strdup_printf ("HTTP %u, %s", status, error->message) : g_strdup (error->message);
}
