/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-resource.h"

#include <string.h>

/* A name of a resource type: a capital letter and more letters. */
static gboolean
is_type (const char *text, gsize length)
{
  if (length == 0 || !g_ascii_isupper (text[0]))
    return FALSE;

  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isalpha (text[i]))
      return FALSE;

  return TRUE;
}

/* An id as FHIR R4 defines it: [A-Za-z0-9\-\.]{1,64}. */
static gboolean
is_id (const char *text, gsize length)
{
  if (length == 0 || length > 64)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '.')
      return FALSE;

  return TRUE;
}

/* Finds "Type/id" at the end of @reference, with or without a version behind it. */
static gboolean
find_parts (const char *reference, const char **type, gsize *type_length, const char **id, gsize *id_length)
{
  const char *history = strstr (reference, "/_history/");
  const char *end = history != NULL ? history : reference + strlen (reference);
  const char *slash = memrchr (reference, '/', (gsize) (end - reference));
  const char *before;

  if (slash == NULL)
    return FALSE;

  before = memrchr (reference, '/', (gsize) (slash - reference));
  *type = before != NULL ? before + 1 : reference;
  *type_length = (gsize) (slash - *type);
  *id = slash + 1;
  *id_length = (gsize) (end - *id);
  return is_type (*type, *type_length) && is_id (*id, *id_length);
}

/**
 * fhir_reference_dup_relative:
 * @reference: (nullable): Reference.reference, a Location header or a fullUrl
 *
 * Returns: (transfer full) (nullable): "Patient/12"; %NULL when it is not a literal reference to a resource
 */
char *
fhir_reference_dup_relative (const char *reference)
{
  const char *type, *id;
  gsize type_length, id_length;

  if (reference == NULL || !find_parts (reference, &type, &type_length, &id, &id_length))
    return NULL;

  return g_strdup_printf ("%.*s/%.*s", (int) type_length, type, (int) id_length, id);
}

/**
 * fhir_reference_dup_id:
 * @reference: (nullable): Reference.reference
 * @type: the type that it must have
 *
 * Returns: (transfer full) (nullable): the id; %NULL when it is not a literal reference to a @type
 */
char *
fhir_reference_dup_id (const char *reference, const char *type)
{
  const char *found, *id;
  gsize found_length, id_length;

  g_return_val_if_fail (type != NULL, NULL);

  if (reference == NULL || !find_parts (reference, &found, &found_length, &id, &id_length))
    return NULL;
  if (strlen (type) != found_length || strncmp (found, type, found_length) != 0)
    return NULL;

  return g_strndup (id, id_length);
}
