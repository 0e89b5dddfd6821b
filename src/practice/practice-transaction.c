/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-bundle-private.h"

#include <string.h>

#include "practice-rule-overlap.h"

typedef struct
{
  PracticeCall *call;
  GPtrArray *entries;
  GHashTable *targets;    /* fullUrl, or Type/id of one, to "Type/id" here */
  gboolean in_document;   /* whether the references are those of a Bundle in the Bundle */
} Transaction;

static gboolean
has_method (const PracticeEntry *entry, const char *method)
{
  return strcmp (entry->request.method, method) == 0;
}

static gboolean
creates (const PracticeEntry *entry)
{
  return has_method (entry, "POST") && strchr (entry->path, '/') == NULL && practice_spec_is_resource_type (entry->type);
}

/* A conditional create finds what exists, or gets a new id, before anything refers to it. */
static gboolean
resolve_create (Transaction *transaction, PracticeEntry *entry)
{
  PracticeCall *call = transaction->call;
  const char *condition = entry->request.if_none_exist;
  int matches = 0;

  g_clear_pointer (&entry->id, g_free);
  if (condition != NULL)
    {
      const char *question = strchr (condition, '?');

      matches = practice_call_match (call, entry->type, question != NULL ? question + 1 : condition, &entry->id);
    }

  if (matches > 1)
    practice_outcome_error (call->outcome, 412, "multiple-matches", NULL, "Several resources meet ifNoneExist");
  entry->exists = matches == 1;
  if (matches == 0)
    entry->id = g_uuid_string_random ();
  return matches == 0 || matches == 1;
}

/* PUT, PATCH and DELETE with criteria instead of an id. */
static gboolean
resolve_conditional (Transaction *transaction, PracticeEntry *entry)
{
  PracticeCall *call = transaction->call;
  int matches = practice_call_match (call, entry->type, entry->request.query, &entry->id);

  if (matches > 1)
    practice_outcome_error (call->outcome, 412, "multiple-matches", NULL, "Several resources meet the criteria of an entry");
  if (matches == 0 && has_method (entry, "PUT"))
    {
      const char *given = entry->resource != NULL ? practice_json_get_string (entry->resource, "id") : NULL;

      entry->id = given != NULL && practice_id_is_valid (given) ? g_strdup (given) : g_uuid_string_random ();
    }
  if (matches == 0 || matches == 1)
    {
      if (entry->id != NULL && !has_method (entry, "DELETE"))
        {
          g_free (entry->path);
          entry->path = g_strdup_printf ("%s/%s", entry->type, entry->id);
          entry->request.path = entry->path;
          entry->request.query = NULL;
          if (has_method (entry, "PUT") && entry->resource != NULL)
            json_object_object_add (entry->resource, "id", json_object_new_string (entry->id));
        }
      return TRUE;
    }

  return FALSE;
}

static void
note_targets (Transaction *transaction, const PracticeEntry *entry)
{
  const char *full_url = practice_json_get_string (entry->json, "fullUrl");
  g_autofree char *local = NULL;
  g_auto (GStrv) parts = NULL;
  guint n;

  if (full_url == NULL || entry->id == NULL)
    return;

  local = g_strdup_printf ("%s/%s", entry->type, entry->id);
  /* The resource that was Patient/1 where it comes from may get another id here; "Patient/1" in the Bundle means it. */
  parts = g_strsplit (full_url, "/", -1);
  n = g_strv_length (parts);
  if (creates (entry) && n > 2 && strcmp (parts[n - 2], entry->type) == 0)
    g_hash_table_insert (transaction->targets, g_strdup_printf ("%s/%s", parts[n - 2], parts[n - 1]), g_strdup (local));
  g_hash_table_insert (transaction->targets, g_strdup (full_url), g_steal_pointer (&local));
}

static void
fail_at (Transaction *transaction, guint index)
{
  g_autofree char *expression = g_strdup_printf ("Bundle.entry[%u]", index);

  practice_outcome_warning (transaction->call->outcome, "processing", expression,
                            "The transaction failed at this entry; nothing of it was stored");
}

/* http.html#trules: one resource, one entry. */
static gboolean
check_identities (Transaction *transaction)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < transaction->entries->len; i++)
    {
      const PracticeEntry *entry = transaction->entries->pdata[i];

      if (entry->id == NULL || entry->exists || has_method (entry, "GET") || has_method (entry, "HEAD"))
        continue;
      if (!g_hash_table_add (seen, g_strdup_printf ("%s/%s", entry->type, entry->id)))
        {
          practice_outcome_error (transaction->call->outcome, 400, "duplicate", NULL,
                                  "Two entries of the transaction are about one resource");
          fail_at (transaction, i);
          return FALSE;
        }
    }

  for (guint i = 0; i < transaction->entries->len; i++)
    {
      const PracticeEntry *entry = transaction->entries->pdata[i];
      const char *condition = entry->request.if_none_exist;

      if (creates (entry) && condition != NULL && !entry->exists
          && !g_hash_table_add (seen, g_strdup_printf ("%s?%s", entry->type, condition)))
        {
          practice_outcome_error (transaction->call->outcome, 400, "duplicate", NULL,
                                  "Two entries of the transaction have the same ifNoneExist");
          fail_at (transaction, i);
          return FALSE;
        }
    }

  return TRUE;
}

/* Ids for everything that other entries may refer to. */
static gboolean
resolve_ids (Transaction *transaction)
{
  for (guint i = 0; i < transaction->entries->len; i++)
    {
      PracticeEntry *entry = transaction->entries->pdata[i];
      gboolean conditional = (has_method (entry, "PUT") || has_method (entry, "PATCH"))
                             && entry->id == NULL && entry->request.query != NULL;

      if (!practice_spec_is_resource_type (entry->type))
        continue;
      if ((creates (entry) && !resolve_create (transaction, entry))
          || (conditional && !resolve_conditional (transaction, entry)))
        {
          fail_at (transaction, i);
          return FALSE;
        }
      note_targets (transaction, entry);
    }

  return check_identities (transaction);
}

/* A reference that only this Bundle could resolve. A document keeps its own beside what they mean. */
static gboolean
is_lost (const Transaction *transaction, const char *reference)
{
  return !transaction->in_document
         && (g_str_has_prefix (reference, "urn:uuid:") || g_str_has_prefix (reference, "urn:oid:"));
}

static char *
rewrite_reference (const char *reference, gpointer user_data)
{
  Transaction *transaction = user_data;
  PracticeCall *call = transaction->call;
  const char *target = g_hash_table_lookup (transaction->targets, reference);
  const char *question = strchr (reference, '?');
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;
  int matches;

  if (target != NULL)
    return g_strdup (target);
  if (is_lost (transaction, reference))
    practice_outcome_error (call->outcome, 400, "not-found", NULL, "No entry of the transaction has the fullUrl %.80s",
                            reference);
  if (question == NULL)
    return NULL;

  /* "Patient?identifier=..": the one resource that meets the criteria. */
  type = g_strndup (reference, question - reference);
  if (!practice_spec_is_resource_type (type))
    return NULL;
  matches = practice_call_match (call, type, question + 1, &id);
  if (matches == 1)
    return g_strdup_printf ("%s/%s", type, id);
  if (matches >= 0)
    practice_outcome_error (call->outcome, 412, matches == 0 ? "not-found" : "multiple-matches", NULL,
                            "The criteria of a reference do not lead to one resource");
  return NULL;
}

static char *
note_condition (const char *reference, gpointer user_data)
{
  gboolean *conditional = user_data;

  *conditional |= strchr (reference, '?') != NULL;
  return NULL;
}

static gboolean
has_conditional_reference (const PracticeEntry *entry)
{
  gboolean conditional = FALSE;

  if (entry->resource != NULL)
    practice_spec_map_references (entry->resource, note_condition, &conditional);
  return conditional;
}

/* What an entry that had nothing to do answers: the resource that was there. */
static void
tell_existing (PracticeCall *call, PracticeEntry *entry)
{
  g_autoptr (PracticeVersion) version = practice_store_read (call->store, entry->type, entry->id);
  PracticeCall inner;

  practice_call_init (&inner, call->store, &entry->request, &entry->response, call->outcome);
  inner.in_bundle = TRUE;
  practice_call_respond_version (&inner, 200, version, TRUE);
  practice_call_clear (&inner);
}

static gboolean
run_step (Transaction *transaction, guint index)
{
  PracticeCall *call = transaction->call;
  PracticeEntry *entry = transaction->entries->pdata[index];

  transaction->in_document = strcmp (entry->type, "Bundle") == 0;
  if (entry->resource != NULL && !entry->exists)
    practice_spec_map_references (entry->resource, rewrite_reference, transaction);
  if (!practice_outcome_has_error (call->outcome))
    {
      if (entry->exists)
        tell_existing (call, entry);
      else
        practice_entry_run (call, entry, call->outcome);
    }

  if (!practice_outcome_has_error (call->outcome))
    return TRUE;
  fail_at (transaction, index);
  return FALSE;
}

/* All entries of one method; those with conditional references after the others, which they may mean. */
static gboolean
run_method (Transaction *transaction, const char *method)
{
  for (int late = 0; late < 2; late++)
    for (guint i = 0; i < transaction->entries->len; i++)
      {
        PracticeEntry *entry = transaction->entries->pdata[i];

        if (has_method (entry, method) && entry->response.status == 0
            && (late || !has_conditional_reference (entry)) && !run_step (transaction, i))
          return FALSE;
      }

  return TRUE;
}

/* Of the visits as all entries together leave them: what one entry cancels is in no other's way. */
static gboolean
check_visits (Transaction *transaction)
{
  for (guint i = 0; i < transaction->entries->len; i++)
    {
      const PracticeEntry *entry = transaction->entries->pdata[i];

      if (strcmp (entry->type, "Appointment") != 0 || entry->id == NULL || entry->exists
          || !(creates (entry) || has_method (entry, "PUT") || has_method (entry, "PATCH")))
        continue;
      if (!practice_rule_check_overlap (transaction->call, entry->id))
        {
          fail_at (transaction, i);
          return FALSE;
        }
    }

  return TRUE;
}

/* http.html#trules: DELETE, POST, PUT and PATCH, GET and HEAD, whatever the order of the entries is. */
gboolean
practice_transaction_run (PracticeCall *call, GPtrArray *entries)
{
  g_autoptr (GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Transaction transaction = { call, entries, targets };

  return run_method (&transaction, "DELETE") && resolve_ids (&transaction)
         && run_method (&transaction, "POST") && run_method (&transaction, "PUT")
         && run_method (&transaction, "PATCH") && check_visits (&transaction) && run_method (&transaction, "GET")
         && run_method (&transaction, "HEAD");
}
