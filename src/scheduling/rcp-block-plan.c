/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-block-time"

#include "rcp-block-plan.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"
#include "clinic/rcp-codes.h"
#include "rcp-visit-json.h"

#define MOST_NAMES 5

struct _RcpBlockPlan
{
  GPtrArray *slots;   /* of FhirResource */
  GHashTable *before; /* reference to FhirResource */
  GHashTable *after;  /* reference to JsonObject */
};

RcpBlockPlan *
rcp_block_plan_new (FhirBundle *bundle, RcpTimeRange range)
{
  RcpBlockPlan *self = g_new0 (RcpBlockPlan, 1);
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
  self->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_object_unref);
  for (guint i = 0; i < matches->len; i++)
    {
      RcpSlot slot;

      if (!rcp_slot_init_from_json (&slot, matches->pdata[i]))
        continue;
      if (rcp_time_range_overlaps (slot.range, range))
        g_ptr_array_add (self->slots, g_object_ref (matches->pdata[i]));
      rcp_slot_clear (&slot);
    }
  return self;
}

void
rcp_block_plan_free (RcpBlockPlan *self)
{
  g_ptr_array_unref (self->slots);
  g_hash_table_unref (self->before);
  g_hash_table_unref (self->after);
  g_free (self);
}

static gboolean
has_status (FhirResource *slot, const char *status)
{
  return g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (slot), "status"), status) == 0;
}

static gboolean
is_busy (FhirResource *slot)
{
  return has_status (slot, "busy") || has_status (slot, "busy-tentative");
}

/* Takes @after. */
static void
change (RcpBlockPlan *self, FhirResource *slot, JsonObject *after)
{
  const char *reference = fhir_resource_get_reference (slot);

  g_hash_table_replace (self->before, g_strdup (reference), g_object_ref (slot));
  g_hash_table_replace (self->after, g_strdup (reference), after);
}

/* A category of another program stays. */
static void
set_category (JsonObject *slot, const char *code, const char *label)
{
  JsonArray *old = fhir_json_get_array (slot, "serviceCategory");
  g_autoptr (JsonArray) kept = json_array_new ();

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    {
      JsonObject *concept = json_array_get_object_element (old, i);

      if (g_strcmp0 (fhir_json_get_string (concept, "coding.0.system"), RCP_SYSTEM_BLOCK) != 0)
        json_array_add_object_element (kept, json_object_ref (concept));
    }
  if (code != NULL)
    json_array_add_object_element (kept, rcp_json_concept (RCP_SYSTEM_BLOCK, code, label));
  if (json_array_get_length (kept) > 0)
    json_object_set_array_member (slot, "serviceCategory", json_array_ref (kept));
  else
    json_object_remove_member (slot, "serviceCategory");
}

gboolean
rcp_block_plan_block (RcpBlockPlan *self, RcpBlockKind kind, const char *words)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      FhirResource *slot = self->slots->pdata[i];
      JsonObject *after;

      if (is_busy (slot))
        continue;
      after = fhir_resource_dup_json (slot);
      json_object_set_string_member (after, "status", "busy-unavailable");
      json_object_remove_member (after, "comment");
      if (words != NULL && *words != '\0')
        json_object_set_string_member (after, "comment", words);
      set_category (after, rcp_block_kind_to_code (kind), NULL);
      change (self, slot, after);
    }
  return self->slots->len > 0;
}

gboolean
rcp_block_plan_unblock (RcpBlockPlan *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      FhirResource *slot = self->slots->pdata[i];
      JsonObject *after;

      if (!has_status (slot, "busy-unavailable"))
        continue;
      after = fhir_resource_dup_json (slot);
      json_object_set_string_member (after, "status", "free");
      json_object_remove_member (after, "comment");
      set_category (after, NULL, NULL);
      change (self, slot, after);
    }
  return g_hash_table_size (self->after) > 0;
}

gboolean
rcp_block_plan_restore (RcpBlockPlan *self, GHashTable *restore, GHashTable *expect)
{
  guint n_found = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      FhirResource *slot = self->slots->pdata[i];
      const char *reference = fhir_resource_get_reference (slot);
      FhirResource *old = g_hash_table_lookup (restore, reference);
      FhirResource *expected = g_hash_table_lookup (expect, reference);

      if (old == NULL)
        continue;
      if (expected == NULL
          || g_strcmp0 (fhir_resource_get_version_id (slot), fhir_resource_get_version_id (expected)) != 0)
        return FALSE;
      change (self, slot, fhir_resource_dup_json (old));
      n_found++;
    }
  return n_found == g_hash_table_size (restore);
}

gboolean
rcp_block_plan_is_booked (RcpBlockPlan *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (is_busy (self->slots->pdata[i]))
      return TRUE;
  return FALSE;
}

char *
rcp_block_plan_list_busy (RcpBlockPlan *self)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < self->slots->len; i++)
    if (is_busy (self->slots->pdata[i]))
      g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "",
                              fhir_resource_get_reference (self->slots->pdata[i]));
  return g_string_free (list, FALSE);
}

static void
append_visit (GString *names, RcpVisit *visit, GTimeZone *zone)
{
  g_autofree char *start = rcp_when_text_day_and_clock (rcp_visit_get_range (visit).start, zone);

  g_string_append_printf (names, "%s%s %s", names->len > 0 ? "; " : "", start, rcp_visit_get_patient_name (visit));
}

char *
rcp_block_plan_name_visits (FhirBundle *bundle, RcpTimeRange range, GTimeZone *zone)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);

      if (!rcp_visit_status_takes_time (rcp_visit_get_status (visit))
          || !rcp_time_range_overlaps (rcp_visit_get_range (visit), range))
        continue;
      if (++n <= MOST_NAMES)
        append_visit (names, visit, zone);
      else if (n == MOST_NAMES + 1)
        g_string_append (names, "; …");
    }
  return n > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

GHashTable *
rcp_block_plan_get_before (RcpBlockPlan *self)
{
  return self->before;
}

static gboolean
is_as_asked (RcpBlockPlan *self, FhirResource *current, JsonObject *asked)
{
  JsonObject *json = fhir_resource_get_json (current);

  return g_strcmp0 (fhir_json_get_string (json, "status"), fhir_json_get_string (asked, "status")) == 0
         && g_strcmp0 (fhir_json_get_string (json, "comment"), fhir_json_get_string (asked, "comment")) == 0
         && g_strcmp0 (fhir_json_get_string (json, "serviceCategory.0.coding.0.code"),
                       fhir_json_get_string (asked, "serviceCategory.0.coding.0.code"))
                == 0;
}

static RcpVerdict
judge (RcpRecordState *state, gpointer user_data, char **difference)
{
  RcpBlockPlan *self = user_data;
  guint n_done = 0;
  GHashTableIter iter;
  gpointer reference;
  gpointer asked;

  g_hash_table_iter_init (&iter, self->after);
  while (g_hash_table_iter_next (&iter, &reference, &asked))
    {
      FhirResource *current = rcp_record_state_lookup (state, reference);

      if (current != NULL && is_as_asked (self, current, asked))
        n_done++;
      else if (*difference == NULL)
        *difference = g_strdup_printf ("%s.status", (const char *)reference);
    }
  if (n_done == g_hash_table_size (self->after))
    return RCP_VERDICT_WHOLE;
  return n_done == 0 ? RCP_VERDICT_ABSENT : RCP_VERDICT_PART;
}

/* What is just as we wrote it over something else becomes what it was. */
static JsonObject *
undo (RcpRecordState *state, FhirResource *current, gpointer user_data)
{
  RcpBlockPlan *self = user_data;
  const char *reference = fhir_resource_get_reference (current);
  FhirResource *before = g_hash_table_lookup (self->before, reference);

  if (before == NULL || !is_as_asked (self, current, g_hash_table_lookup (self->after, reference))
      || g_strcmp0 (fhir_resource_get_version_id (before), fhir_resource_get_version_id (current)) == 0)
    return NULL;
  return fhir_resource_dup_json (before);
}

RcpCommitPlan *
rcp_block_plan_make_commit (RcpBlockPlan *self, RcpDeed deed, const char *desk, const char *words, gint64 now)
{
  RcpCommitPlan *plan = rcp_commit_plan_new (deed, judge, undo, self);
  RcpTrace trace = {
    .operation = "UPDATE",
    .code = deed == RCP_DEED_BLOCK ? "block" : deed == RCP_DEED_UNBLOCK ? "unblock" : "undo",
    .desk = desk,
    .reason = words,
    .now = now,
  };
  g_autoptr (JsonObject) provenance = NULL;
  JsonArray *targets = json_array_new ();
  GHashTableIter iter;
  gpointer reference;
  gpointer before;

  plan->transaction = fhir_transaction_new ();
  g_hash_table_iter_init (&iter, self->before);
  while (g_hash_table_iter_next (&iter, &reference, &before))
    {
      g_autofree char *if_match = fhir_resource_dup_if_match (before);

      fhir_transaction_update (plan->transaction, g_hash_table_lookup (self->after, reference), if_match);
      json_array_add_object_element (targets, rcp_json_reference (reference, NULL));
    }
  provenance = rcp_provenance_json_new (&trace);
  json_object_set_array_member (provenance, "target", targets);
  fhir_transaction_create (plan->transaction, provenance, NULL);
  return plan;
}
