/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-outcome"

#include "practice-outcome.h"

#include <json-c/json.h>

typedef struct
{
  const char *severity;
  char *code;
  char *expression;
  char *text;
} Issue;

struct _PracticeOutcome
{
  guint status;
  GArray *issues; /* of Issue, in the order found */
};

static void
issue_clear (gpointer data)
{
  Issue *issue = data;

  g_free (issue->code);
  g_free (issue->expression);
  g_free (issue->text);
}

/**
 * practice_outcome_new:
 *
 * Returns: (transfer full): an outcome without issues, status 200
 */
PracticeOutcome *
practice_outcome_new (void)
{
  PracticeOutcome *outcome = g_new0 (PracticeOutcome, 1);

  outcome->status = 200;

  return outcome;
}

/**
 * practice_outcome_free:
 * @outcome: (transfer full) (nullable): an outcome
 */
void
practice_outcome_free (PracticeOutcome *outcome)
{
  if (outcome == NULL)
    return;

  g_clear_pointer (&outcome->issues, g_array_unref);
  g_free (outcome);
}

static void
add_issue (PracticeOutcome *outcome, const char *severity, const char *code, const char *expression,
           const char *format, va_list args)
{
  Issue issue = { severity, g_strdup (code), g_strdup (expression), g_strdup_vprintf (format, args) };

  /* Most outcomes stay empty: the array is made with the first issue. */
  if (outcome->issues == NULL)
    {
      outcome->issues = g_array_new (FALSE, FALSE, sizeof (Issue));
      g_array_set_clear_func (outcome->issues, issue_clear);
    }
  g_array_append_val (outcome->issues, issue);
}

/**
 * practice_outcome_error:
 * @outcome: an outcome
 * @http_status: what to answer if this is the first error
 * @code: an IssueType code
 * @expression: (nullable): where, as FHIRPath
 * @format: what is wrong, without values of the resource
 * @...: arguments of @format
 */
void
practice_outcome_error (PracticeOutcome *outcome, guint http_status, const char *code, const char *expression,
                        const char *format, ...)
{
  va_list args;

  g_return_if_fail (outcome != NULL);
  g_return_if_fail (http_status >= 400);
  g_return_if_fail (code != NULL);

  if (outcome->status < 400)
    outcome->status = http_status;
  va_start (args, format);
  add_issue (outcome, "error", code, expression, format, args);
  va_end (args);
}

/**
 * practice_outcome_warning:
 * @outcome: an outcome
 * @code: an IssueType code
 * @expression: (nullable): where, as FHIRPath
 * @format: what to know, without values of the resource
 * @...: arguments of @format
 *
 * Adds an issue that leaves the status alone.
 */
void
practice_outcome_warning (PracticeOutcome *outcome, const char *code, const char *expression, const char *format, ...)
{
  va_list args;

  g_return_if_fail (outcome != NULL);
  g_return_if_fail (code != NULL);

  va_start (args, format);
  add_issue (outcome, "warning", code, expression, format, args);
  va_end (args);
}

/**
 * practice_outcome_has_error:
 * @outcome: an outcome
 *
 * Returns: whether an error was added
 */
gboolean
practice_outcome_has_error (const PracticeOutcome *outcome)
{
  g_return_val_if_fail (outcome != NULL, FALSE);

  return outcome->status >= 400;
}

/**
 * practice_outcome_get_status:
 * @outcome: an outcome
 *
 * Returns: the HTTP status of the first error, 200 while there is none
 */
guint
practice_outcome_get_status (const PracticeOutcome *outcome)
{
  g_return_val_if_fail (outcome != NULL, 500);

  return outcome->status;
}

/**
 * practice_outcome_get_first_text:
 * @outcome: an outcome
 *
 * Returns: (nullable): the text of the first error, else that of the first issue
 */
const char *
practice_outcome_get_first_text (const PracticeOutcome *outcome)
{
  g_return_val_if_fail (outcome != NULL, NULL);

  if (outcome->issues == NULL)
    return NULL;
  for (guint i = 0; i < outcome->issues->len; i++)
    if (g_str_equal (g_array_index (outcome->issues, Issue, i).severity, "error"))
      return g_array_index (outcome->issues, Issue, i).text;

  return g_array_index (outcome->issues, Issue, 0).text;
}

static struct json_object *
issue_to_json (const Issue *issue)
{
  struct json_object *json = json_object_new_object ();
  struct json_object *details = json_object_new_object ();

  json_object_object_add (json, "severity", json_object_new_string (issue->severity));
  json_object_object_add (json, "code", json_object_new_string (issue->code));
  json_object_object_add (details, "text", json_object_new_string (issue->text));
  json_object_object_add (json, "details", details);
  if (issue->expression != NULL)
    {
      struct json_object *expressions = json_object_new_array ();

      json_object_array_add (expressions, json_object_new_string (issue->expression));
      json_object_object_add (json, "expression", expressions);
    }

  return json;
}

/**
 * practice_outcome_to_json:
 * @outcome: an outcome
 *
 * Makes the OperationOutcome resource. It needs an issue by the standard (issue 1..*): an outcome without one says
 * that all is well, as http.html shows for a validation without findings.
 *
 * Returns: (transfer full): the resource
 */
struct json_object *
practice_outcome_to_json (const PracticeOutcome *outcome)
{
  struct json_object *json = json_object_new_object ();
  struct json_object *issues = json_object_new_array ();

  g_return_val_if_fail (outcome != NULL, json);

  json_object_object_add (json, "resourceType", json_object_new_string ("OperationOutcome"));
  json_object_object_add (json, "issue", issues);
  if (outcome->issues == NULL)
    {
      const Issue fine = { "information", (char *) "informational", NULL, (char *) "No issues" };

      json_object_array_add (issues, issue_to_json (&fine));
      return json;
    }
  for (guint i = 0; i < outcome->issues->len; i++)
    json_object_array_add (issues, issue_to_json (&g_array_index (outcome->issues, Issue, i)));

  return json;
}
