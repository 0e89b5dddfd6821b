/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-operations.h"

#include <string.h>

#include "base/rcp-iso8601.h"

typedef struct
{
  GString *text;
  guint count;
  gint64 since;
  GStrv types; /* (nullable): of _type */
} Everything;

static gboolean
parse_everything (PracticeCall *call, Everything *everything)
{
  g_autoptr (GPtrArray) pairs = practice_query_decode (call->request->query);

  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const PracticeQueryPair *pair = pairs->pdata[i];
      RcpIso8601 since;

      if (strcmp (pair->name, "_since") == 0 && rcp_iso8601_parse (pair->value, &since))
        {
          everything->since = since.start;
        }
      else if (strcmp (pair->name, "_type") == 0)
        {
          g_strfreev (everything->types);
          everything->types = g_strsplit (pair->value, ",", -1);
        }
      else if (strcmp (pair->name, "_format") != 0)
        {
          practice_outcome_error (call->outcome, 400, "not-supported", NULL, "$everything takes _since and _type here");
          return FALSE;
        }
    }

  if (pairs == NULL)
    practice_outcome_error (call->outcome, 400, "invalid", NULL, "The query is not UTF-8");
  return pairs != NULL;
}

static void
append_version (Everything *everything, const char *base_url, const PracticeVersion *version, const char *mode)
{
  if (version == NULL || version->last_updated < everything->since
      || (everything->types != NULL && !g_strv_contains ((const char *const *) everything->types, version->type)))
    return;

  g_string_append_printf (everything->text, "%s{\"fullUrl\":\"%s/%s/%s\",\"resource\":",
                          everything->count > 0 ? "," : "", base_url, version->type, version->id);
  g_string_append_len (everything->text, version->content, version->length);
  g_string_append_printf (everything->text, ",\"search\":{\"mode\":\"%s\"}}", mode);
  everything->count++;
}

static void
append_rows (PracticeCall *call, Everything *everything, const GArray *rids, const char *mode)
{
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PracticeVersion) version = practice_search_load (call->store, g_array_index (rids, gint64, i));

      append_version (everything, call->request->base_url, version, mode);
    }
}

/* Patient/id/$everything: the patient, what refers to the patient, and what that refers to. */
static void
run_everything (PracticeCall *call)
{
  g_autoptr (PracticeVersion) patient = practice_store_read (call->store, "Patient", call->path[1]);
  g_autoptr (GArray) referrers = NULL;
  g_autoptr (GArray) referred = NULL;
  Everything everything = { .since = G_MININT64 };
  GString *head;
  gsize length;

  if (patient == NULL || patient->content == NULL)
    {
      practice_outcome_error (call->outcome, patient == NULL ? 404 : 410, patient == NULL ? "not-found" : "deleted", NULL,
                              "There is no such patient");
      return;
    }
  if (!parse_everything (call, &everything))
    {
      g_strfreev (everything.types);
      return;
    }

  everything.text = g_string_new (NULL);
  append_version (&everything, call->request->base_url, patient, "match");
  referrers = practice_search_referrers (call->store, "Patient", call->path[1]);
  append_rows (call, &everything, referrers, "match");
  referred = practice_search_referred (call->store, referrers);
  for (guint i = 0; i < referred->len; i++)
    {
      g_autoptr (PracticeVersion) version = practice_search_load (call->store, g_array_index (referred, gint64, i));

      /* Other patients (a mother, a double) are not this one's record. */
      if (version != NULL && strcmp (version->type, "Patient") != 0)
        append_version (&everything, call->request->base_url, version, "include");
    }

  head = g_string_new (NULL);
  g_string_append_printf (head, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":%u%s", everything.count,
                          everything.count > 0 ? ",\"entry\":[" : "");
  g_string_append_len (head, everything.text->str, everything.text->len);
  g_string_append (head, everything.count > 0 ? "]}" : "}");
  length = head->len;
  practice_call_respond_text (call, 200, g_string_free (head, FALSE), length);
  g_string_free (everything.text, TRUE);
  g_strfreev (everything.types);
}

#define IHE_OPERATION "http://ihe.net/fhir/ihe.iti.scheduling/OperationDefinition/"

const PracticeOperation practice_operations[] = {
  { "Patient", "everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything", TRUE, TRUE, run_everything },
  { "Appointment", "find", IHE_OPERATION "FindOperation", FALSE, TRUE, practice_operation_find },
  { "Appointment", "hold", IHE_OPERATION "HoldOperation", FALSE, FALSE, practice_operation_hold },
  { "Appointment", "book", IHE_OPERATION "BookOperation", FALSE, FALSE, practice_operation_book },
  { NULL },
};

void
practice_call_operation (PracticeCall *call)
{
  const char *name = call->path[call->depth - 1] + 1;
  const char *method = call->request->method;
  gboolean gets = strcmp (method, "GET") == 0;

  for (guint i = 0; practice_operations[i].name != NULL; i++)
    {
      const PracticeOperation *operation = &practice_operations[i];

      if (strcmp (operation->name, name) != 0 || strcmp (operation->type, call->path[0]) != 0
          || call->depth != (operation->instance ? 3u : 2u))
        continue;
      if (strcmp (method, "POST") == 0 || (gets && operation->may_get))
        operation->run (call);
      else
        practice_outcome_error (call->outcome, 405, "not-supported", NULL, "The operation is not called by that method");
      return;
    }

  practice_outcome_error (call->outcome, 404, "not-supported", NULL, "There is no such operation");
}
