/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-parse.h"

#include "fhir-error.h"
#include "fhir-resource.h"

/* Below this size parsing takes less than a frame, and a thread would cost more than it spares. */
#define PARSE_IN_PLACE_BYTES (64 * 1024)

/* The deepest nesting of @text, without recursion and without building anything. */
static gboolean
is_depth_sane (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (quoted)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            quoted = FALSE;
        }
      else if (c == '"')
        quoted = TRUE;
      else if (c == '{' || c == '[')
        {
          if (++depth > FHIR_PARSE_MAX_DEPTH)
            return FALSE;
        }
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
    }

  return TRUE;
}

/**
 * fhir_parse:
 * @bytes: the body of a reply
 * @error: return location
 *
 * The error names no content: what is wrong with a body may be a patient's name.
 *
 * Returns: (transfer full): the resource in it, sealed; %NULL with FHIR_ERROR_BAD_REPLY
 */
JsonObject *
fhir_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  JsonNode *root;

  if (length == 0 || !g_utf8_validate_len (text, length, NULL) || !is_depth_sane (text, length)
      || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    {
      g_set_error_literal (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY, "The reply is not readable JSON");
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || fhir_json_get_string (json_node_get_object (root), "resourceType") == NULL)
    {
      g_set_error_literal (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY, "The reply is not a FHIR resource");
      return NULL;
    }

  return json_object_ref (json_node_get_object (root));
}

static void
parse_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  JsonObject *object = fhir_parse (data, &error);

  if (object == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, object, (GDestroyNotify) json_object_unref);
}

static void
parse_bundle_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (JsonObject) object = fhir_parse (data, &error);

  if (object == NULL)
    g_task_return_error (task, error);
  else if (g_strcmp0 (fhir_json_get_string (object, "resourceType"), "Bundle") != 0)
    g_task_return_new_error (task, FHIR_ERROR, FHIR_ERROR_BAD_REPLY, "The reply is not a Bundle");
  else
    g_task_return_pointer (task, fhir_bundle_new (object), g_object_unref);
}

static void
start (GBytes *bytes, gpointer tag, GTaskThreadFunc parse, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);

  if (g_bytes_get_size (bytes) > PARSE_IN_PLACE_BYTES)
    g_task_run_in_thread (task, parse);
  else
    parse (task, NULL, bytes, cancellable);
}

/**
 * fhir_parse_async:
 * @bytes: the body of a reply
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Parses large bodies on a thread: a day of a large clinic is a megabyte and would drop frames.
 */
void
fhir_parse_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start (bytes, fhir_parse_async, parse_in_thread, cancellable, callback, user_data);
}

JsonObject *
fhir_parse_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fhir_parse_bundle_async:
 * @bytes: the body of a reply to a search
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * As fhir_parse_async(), and makes the Bundle and its resources on the same thread, where what is left over goes too: of a large
 * day that is more work than a frame has time for.
 */
void
fhir_parse_bundle_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start (bytes, fhir_parse_bundle_async, parse_bundle_in_thread, cancellable, callback, user_data);
}

/**
 * fhir_parse_bundle_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): what the Bundle holds; %NULL with FHIR_ERROR_BAD_REPLY, also when the reply is something else
 */
FhirBundle *
fhir_parse_bundle_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
