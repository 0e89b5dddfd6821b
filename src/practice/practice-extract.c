/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-extract"

#include "practice-extract-values.h"

#include <math.h>
#include <string.h>

/* Patient.deceased.exists() and Patient.deceased != false: every patient has a value. */
static void
extract_deceased (PracticeExtractor *extractor, const PracticeSpecAction *action, PracticeJson *resource)
{
  g_autoptr (PracticeJson) value = NULL;
  PracticeJson *flag = NULL;
  gboolean deceased = json_object_object_get_ex (resource, "deceasedDateTime", NULL);

  if (!deceased && json_object_object_get_ex (resource, "deceasedBoolean", &flag))
    deceased = json_object_get_boolean (flag);

  value = json_object_new_boolean (deceased);
  practice_extract_value (extractor, action, value);
}

static gboolean
passes_filter (const PracticeSpecStep *step, PracticeJson *value)
{
  const char *found;

  if (step->filter_member == 0)
    return TRUE;

  found = practice_json_get_string (value, practice_spec_text (step->filter_member));
  return found != NULL && strcmp (found, practice_spec_text (step->filter_value)) == 0;
}

static void
visit (PracticeExtractor *extractor, const PracticeSpecStep *step, PracticeJson *value)
{
  if (json_object_is_type (value, json_type_array))
    {
      for (gsize i = 0; i < json_object_array_length (value); i++)
        visit (extractor, step, json_object_array_get_idx (value, i));
      return;
    }
  if (value == NULL || !passes_filter (step, value))
    return;

  for (guint i = 0; i < step->n_actions; i++)
    {
      const PracticeSpecAction *action = &practice_spec_actions[step->first_action + i];

      extractor->entry.param = &practice_spec_params[action->param];
      if (action->leaf == PRACTICE_LEAF_DECEASED)
        extract_deceased (extractor, action, value);
      else
        practice_extract_value (extractor, action, value);
    }

  if (!json_object_is_type (value, json_type_object))
    return;
  for (guint i = 0; i < step->n_children; i++)
    {
      const PracticeSpecStep *child = &practice_spec_steps[step->first_child + i];
      PracticeJson *found = NULL;

      if (json_object_object_get_ex (value, practice_spec_text (child->name), &found))
        visit (extractor, child, found);
    }
}

/**
 * practice_spec_extract:
 * @resource: a resource
 * @func: called for each value
 * @user_data: for @func
 *
 * Finds the values of all indexed search parameters in @resource but those of _id and _lastUpdated, which the store
 * keeps itself. Values that are not as the definitions say, and resources of unknown types, give none.
 */
void
practice_spec_extract (PracticeJson *resource, PracticeIndexFunc func, gpointer user_data)
{
  const char *name = practice_json_get_string (resource, "resourceType");
  const PracticeSpecType *type = name != NULL ? practice_spec_find_type (name) : NULL;
  PracticeExtractor extractor = { func, user_data };

  g_return_if_fail (func != NULL);

  if (type != NULL)
    visit (&extractor, &practice_spec_steps[type->step], resource);
}

/**
 * practice_spec_parse_number:
 * @text: a decimal as JSON and FHIR write it
 * @value: (out): the number
 * @low: (out): start of the range that @text stands for
 * @high: (out): end of it
 *
 * A number stands for all that round to it: half a unit of the last written digit to both sides (search.html#number).
 *
 * Returns: whether @text is a finite number
 */
gboolean
practice_spec_parse_number (const char *text, double *value, double *low, double *high)
{
  const char *point, *exponent;
  gint64 scale = 0;
  double half;
  char *end;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strspn (text, "+-0123456789.eE") != strlen (text))
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (*value))
    return FALSE;

  point = strchr (text, '.');
  exponent = strpbrk (text, "eE");
  if (exponent != NULL)
    scale = CLAMP (g_ascii_strtoll (exponent + 1, NULL, 10), -400, 400);
  if (point != NULL)
    scale -= (exponent != NULL ? exponent : end) - point - 1;
  half = 0.5 * pow (10, scale);
  *low = *value - half;
  *high = *value + half;

  return TRUE;
}
