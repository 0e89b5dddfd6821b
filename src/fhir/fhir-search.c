/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-search.h"

#include "base/rcp-iso8601.h"

struct _FhirSearch
{
  char *resource_type;
  GString *query; /* already encoded, without the "?" */
};

G_DEFINE_BOXED_TYPE (FhirSearch, fhir_search, fhir_search_ref, fhir_search_unref)

/**
 * fhir_search_new:
 * @resource_type: "Slot" and the like
 *
 * Returns: (transfer full): a search without parameters
 */
FhirSearch *
fhir_search_new (const char *resource_type)
{
  FhirSearch *self;

  g_return_val_if_fail (resource_type != NULL, NULL);

  self = g_atomic_rc_box_new0 (FhirSearch);
  self->resource_type = g_strdup (resource_type);
  self->query = g_string_new (NULL);
  return self;
}

FhirSearch *
fhir_search_ref (FhirSearch *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
fhir_search_clear (gpointer data)
{
  FhirSearch *self = data;

  g_free (self->resource_type);
  g_string_free (self->query, TRUE);
}

void
fhir_search_unref (FhirSearch *self)
{
  g_atomic_rc_box_release_full (self, fhir_search_clear);
}

/**
 * fhir_search_add:
 * @self: a search
 * @parameter: a parameter with its modifier, such as "name:contains"
 * @value: its value; escaped with fhir_search_escape() where it comes from a person
 *
 * Adds a parameter. The same one may be added again: the server joins them by "and".
 */
void
fhir_search_add (FhirSearch *self, const char *parameter, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (parameter != NULL && value != NULL);

  if (self->query->len > 0)
    g_string_append_c (self->query, '&');
  g_string_append_uri_escaped (self->query, parameter, ":", FALSE);
  g_string_append_c (self->query, '=');
  /* What FHIR uses as separators stays readable; "+" and "|" must be encoded, see R4 search, section 3.1.0.1.2. */
  g_string_append_uri_escaped (self->query, value, ":/,$", FALSE);
}

/**
 * fhir_search_add_printf:
 * @self: a search
 * @parameter: a parameter with its modifier
 * @format: printf format of its value
 * @...: arguments
 *
 * Like fhir_search_add().
 */
void
fhir_search_add_printf (FhirSearch *self, const char *parameter, const char *format, ...)
{
  g_autofree char *value = NULL;
  va_list arguments;

  va_start (arguments, format);
  value = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  fhir_search_add (self, parameter, value);
}

/**
 * fhir_search_add_instant:
 * @self: a search
 * @parameter: a date parameter
 * @prefix: "ge", "lt" and the like
 * @instant: microseconds UTC
 *
 * Adds a bound in time.
 */
void
fhir_search_add_instant (FhirSearch *self, const char *parameter, const char *prefix, gint64 instant)
{
  g_autofree char *text = rcp_iso8601_format_utc (instant);

  fhir_search_add_printf (self, parameter, "%s%s", prefix, text);
}

/**
 * fhir_search_escape:
 * @value: text that a person typed
 *
 * Puts a backslash before the separators of FHIR ("$", ",", "|") and before itself.
 *
 * Returns: (transfer full): text that means itself
 */
char *
fhir_search_escape (const char *value)
{
  GString *escaped;

  g_return_val_if_fail (value != NULL, NULL);

  escaped = g_string_new (NULL);
  for (const char *c = value; *c != '\0'; c++)
    {
      if (*c == '$' || *c == ',' || *c == '|' || *c == '\\')
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *c);
    }

  return g_string_free (escaped, FALSE);
}

const char *
fhir_search_get_resource_type (FhirSearch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->resource_type;
}

/**
 * fhir_search_to_string:
 * @self: a search
 *
 * Returns: (transfer full): "Slot?status=free", relative to the base URL and percent-encoded
 */
char *
fhir_search_to_string (FhirSearch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->query->len == 0)
    return g_strdup (self->resource_type);

  return g_strconcat (self->resource_type, "?", self->query->str, NULL);
}
