/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-operation-arguments.h"

#include <string.h>

void
practice_arguments_clear (PracticeArguments *arguments)
{
  g_clear_pointer (&arguments->names, g_ptr_array_unref);
  g_clear_pointer (&arguments->values, g_ptr_array_unref);
}

static void
add_argument (PracticeArguments *arguments, const char *name, PracticeJson *value)
{
  g_ptr_array_add (arguments->names, g_strdup (name));
  g_ptr_array_add (arguments->values, value);
}

/* "valueReference", "valueString", "resource" ...: whatever the parameter carries. */
static void
add_parameter (PracticeArguments *arguments, PracticeJson *parameter)
{
  const char *name = practice_json_get_string (parameter, "name");

  if (name == NULL)
    return;
  json_object_object_foreach (parameter, member, value)
    if (g_str_has_prefix (member, "value") || strcmp (member, "resource") == 0)
      add_argument (arguments, name, json_object_get (value));
}

gboolean
practice_arguments_parse (PracticeCall *call, PracticeArguments *arguments)
{
  g_autoptr (GPtrArray) pairs = practice_query_decode (call->request->query);
  g_autoptr (PracticeJson) body = NULL;
  PracticeJson *parameters;

  arguments->names = g_ptr_array_new_with_free_func (g_free);
  arguments->values = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_json_unref);
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const PracticeQueryPair *pair = pairs->pdata[i];

      add_argument (arguments, pair->name, json_object_new_string (pair->value));
    }
  if (call->resource == NULL && call->request->body_length == 0)
    return TRUE;

  body = practice_call_parse_body (call);
  if (body == NULL)
    return FALSE;
  if (g_strcmp0 (practice_json_get_string (body, "resourceType"), "Parameters") != 0)
    {
      practice_outcome_error (call->outcome, 400, "invalid", NULL, "The operation takes Parameters");
      return FALSE;
    }

  parameters = practice_json_get_array (body, "parameter");
  for (gsize i = 0; parameters != NULL && i < json_object_array_length (parameters); i++)
    {
      PracticeJson *parameter = json_object_array_get_idx (parameters, i);

      if (json_object_is_type (parameter, json_type_object))
        add_parameter (arguments, parameter);
    }
  return TRUE;
}

PracticeJson *
practice_arguments_get (const PracticeArguments *arguments, const char *name)
{
  for (guint i = 0; i < arguments->names->len; i++)
    if (strcmp (arguments->names->pdata[i], name) == 0)
      return arguments->values->pdata[i];

  return NULL;
}

char *
practice_argument_to_text (PracticeJson *value)
{
  PracticeJson *codings;
  const char *text;

  if (value == NULL)
    return NULL;
  if (json_object_is_type (value, json_type_string))
    return g_strdup (json_object_get_string (value));
  if (!json_object_is_type (value, json_type_object))
    return NULL;

  text = practice_json_get_string (value, "reference");
  codings = practice_json_get_array (value, "coding");
  if (text == NULL && codings != NULL && json_object_array_length (codings) > 0)
    {
      PracticeJson *coding = json_object_array_get_idx (codings, 0);
      const char *system = practice_json_get_string (coding, "system");
      const char *code = practice_json_get_string (coding, "code");

      return code == NULL ? NULL : system != NULL ? g_strdup_printf ("%s|%s", system, code) : g_strdup (code);
    }
  return g_strdup (text != NULL ? text : practice_json_get_string (value, "text"));
}

char *
practice_arguments_join (const PracticeArguments *arguments, const char *name)
{
  GString *text = NULL;

  for (guint i = 0; i < arguments->names->len; i++)
    {
      g_autofree char *value = strcmp (arguments->names->pdata[i], name) == 0
                               ? practice_argument_to_text (arguments->values->pdata[i]) : NULL;

      if (value == NULL || *value == '\0')
        continue;
      if (text == NULL)
        text = g_string_new (value);
      else
        g_string_append_printf (text, ",%s", value);
    }

  return text != NULL ? g_string_free (text, FALSE) : NULL;
}
