/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-find-plan.h"

#include <string.h>

#include "base/rcp-fold.h"
#include "clinic/rcp-elements.h"

/* The order of what was found: equal, then starts with, then contains. */
enum
{
  RANK_EQUAL,
  RANK_STARTS,
  RANK_CONTAINS,
};

/* Adds the folded words of a text to the list. */
static void
add_parts (GPtrArray *parts, const char *text)
{
  g_autofree char *folded = text != NULL ? rcp_fold_text (text) : NULL;
  g_auto (GStrv) words = folded != NULL ? g_strsplit (folded, " ", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (parts, g_strdup (words[i]));
}

/* (transfer full) (element-type utf8): the words of all names that the patient has or had. */
static GPtrArray *
list_name_parts (RcpPatient *patient)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  JsonArray *names = fhir_json_get_array (fhir_resource_get_json (rcp_patient_get_resource (patient)), "name");

  for (guint i = 0; i < rcp_elements_get_length (names); i++)
    {
      JsonObject *name = rcp_elements_get_object (names, i);
      g_autofree char *formatted = rcp_elements_format_name (name, TRUE);

      add_parts (parts, formatted);
      add_parts (parts, fhir_json_get_string (name, "text"));
    }

  return parts;
}

static guint
rank_word (const char *word, GPtrArray *parts)
{
  guint best = RCP_FIND_NO_MATCH;

  for (guint i = 0; i < parts->len && best != RANK_EQUAL; i++)
    {
      const char *part = g_ptr_array_index (parts, i);

      if (g_str_equal (part, word))
        best = RANK_EQUAL;
      else if (g_str_has_prefix (part, word))
        best = MIN (best, RANK_STARTS);
      else if (strstr (part, word) != NULL)
        best = MIN (best, RANK_CONTAINS);
    }

  return best;
}

/* The worst of its words says how well a name fits. */
static guint
rank_name (const RcpFindPlan *self, RcpPatient *patient)
{
  g_autoptr (GPtrArray) parts = list_name_parts (patient);
  guint worst = RANK_EQUAL;

  for (guint i = 0; self->words[i] != NULL; i++)
    {
      guint rank = rank_word (self->words[i], parts);

      if (rank == RCP_FIND_NO_MATCH)
        return RCP_FIND_NO_MATCH;
      worst = MAX (worst, rank);
    }

  return worst;
}

static guint
rank_dates (const RcpFindPlan *self, RcpPatient *patient)
{
  const GDate *birth = rcp_patient_get_birth_date (patient);

  for (guint i = 0; birth != NULL && i < self->dates->len; i++)
    if (g_date_compare (birth, g_ptr_array_index (self->dates, i)) == 0)
      return i;

  return RCP_FIND_NO_MATCH;
}

static guint
rank_phone (const RcpFindPlan *self, RcpPatient *patient)
{
  JsonArray *points = fhir_json_get_array (fhir_resource_get_json (rcp_patient_get_resource (patient)), "telecom");
  guint best = RCP_FIND_NO_MATCH;

  for (guint i = 0; i < rcp_elements_get_length (points); i++)
    {
      const char *value = fhir_json_get_string (rcp_elements_get_object (points, i), "value");
      g_autofree char *digits = value != NULL ? rcp_fold_digits (value) : NULL;

      if (digits == NULL || *digits == '\0')
        continue;
      if (g_str_equal (digits, self->phone))
        best = RANK_EQUAL;
      /* With or without the code of the country. */
      else if (g_str_has_suffix (digits, self->phone) || (strlen (digits) >= 7 && g_str_has_suffix (self->phone, digits)))
        best = MIN (best, RANK_STARTS);
      else if (strstr (digits, self->phone) != NULL)
        best = MIN (best, RANK_CONTAINS);
    }

  return best;
}

static gboolean
has_identifier (const RcpFindPlan *self, RcpPatient *patient)
{
  JsonArray *identifiers = fhir_json_get_array (fhir_resource_get_json (rcp_patient_get_resource (patient)), "identifier");

  for (guint i = 0; i < rcp_elements_get_length (identifiers); i++)
    {
      const char *value = fhir_json_get_string (rcp_elements_get_object (identifiers, i), "value");

      if (value != NULL && g_ascii_strcasecmp (value, self->identifier) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * rcp_find_plan_rank:
 * @self: a plan
 * @patient: a patient
 *
 * Returns: how well the patient fits, 0 best; %RCP_FIND_NO_MATCH when the plan is not true of the patient
 */
guint
rcp_find_plan_rank (const RcpFindPlan *self, RcpPatient *patient)
{
  guint name = self->words[0] != NULL ? rank_name (self, patient) : RCP_FIND_NO_MATCH;
  guint dates = self->dates->len > 0 ? rank_dates (self, patient) : RCP_FIND_NO_MATCH;
  guint phone = self->phone != NULL ? rank_phone (self, patient) : RCP_FIND_NO_MATCH;

  if (self->identifier != NULL && has_identifier (self, patient))
    return RANK_EQUAL;
  /* A name with a date or a number: both are true. Without a name, any of them. */
  if (self->words[0] != NULL)
    {
      if ((self->dates->len > 0 && dates == RCP_FIND_NO_MATCH) || (self->phone != NULL && phone == RCP_FIND_NO_MATCH))
        return RCP_FIND_NO_MATCH;
      return name;
    }

  return MIN (dates, phone);
}
