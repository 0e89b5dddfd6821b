/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-block-time"

#include "rcp-block-plan.h"

#include "clinic/rcp-codes.h"
#include "rcp-visit-json.h"

struct _RcpBlockPlan
{
  GPtrArray *slots;   /* of FhirResource: those that overlap the range */
  GPtrArray *beside;  /* of FhirResource: the others */
  GHashTable *before; /* reference to FhirResource */
  GHashTable *after;  /* reference to JsonObject */
};

RcpBlockPlan *
rcp_block_plan_new (FhirBundle *bundle, RcpTimeRange range)
{
  RcpBlockPlan *self = g_new0 (RcpBlockPlan, 1);
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
  self->beside = g_ptr_array_new_with_free_func (g_object_unref);
  self->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_object_unref);
  for (guint i = 0; i < matches->len; i++)
    {
      RcpSlot slot;

      if (!rcp_slot_init_from_json (&slot, matches->pdata[i]))
        continue;
      g_ptr_array_add (rcp_time_range_overlaps (slot.range, range) ? self->slots : self->beside,
                       g_object_ref (matches->pdata[i]));
      rcp_slot_clear (&slot);
    }
  return self;
}

void
rcp_block_plan_free (RcpBlockPlan *self)
{
  g_ptr_array_unref (self->slots);
  g_ptr_array_unref (self->beside);
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
      JsonObject *after = fhir_resource_dup_json (slot);

      if (!is_busy (slot))
        {
          json_object_set_string_member (after, "status", "busy-unavailable");
          rcp_slot_json_unmark (after);
        }
      json_object_remove_member (after, "comment");
      if (words != NULL && *words != '\0')
        json_object_set_string_member (after, "comment", words);
      set_category (after, rcp_block_kind_to_code (kind), NULL);
      change (self, slot, after);
    }
  return self->slots->len > 0;
}

/* Whether a slot under a visit, blocked as well, goes on where @slot is. */
static gboolean
touches (FhirResource *slot, FhirResource *other)
{
  RcpSlot a = { 0 }, b = { 0 };
  gboolean is_beside = is_busy (other) && rcp_slot_json_is_blocked (fhir_resource_get_json (other))
                       && rcp_slot_init_from_json (&a, slot) && rcp_slot_init_from_json (&b, other)
                       && (a.range.start == b.range.end || a.range.end == b.range.start);

  rcp_slot_clear (&a);
  rcp_slot_clear (&b);
  return is_beside;
}

/* A block is shown around the visits in it: whoever frees a piece of it means what is under them, too. */
static void
reach_under_visits (RcpBlockPlan *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    for (guint j = self->beside->len; j > 0; j--)
      if (touches (self->slots->pdata[i], self->beside->pdata[j - 1]))
        g_ptr_array_add (self->slots, g_ptr_array_steal_index (self->beside, j - 1));
}

gboolean
rcp_block_plan_unblock (RcpBlockPlan *self)
{
  reach_under_visits (self);
  for (guint i = 0; i < self->slots->len; i++)
    {
      FhirResource *slot = self->slots->pdata[i];
      JsonObject *after;

      if (!has_status (slot, "busy-unavailable")
          && !(is_busy (slot) && rcp_slot_json_is_blocked (fhir_resource_get_json (slot))))
        continue;
      after = fhir_resource_dup_json (slot);
      json_object_remove_member (after, "comment");
      set_category (after, NULL, NULL);
      if (!is_busy (slot))
        rcp_slot_json_release (after);
      change (self, slot, after);
    }
  return g_hash_table_size (self->after) > 0;
}

gboolean
rcp_block_plan_restore (RcpBlockPlan *self, GHashTable *restore, GHashTable *expect)
{
  guint n_found = 0;

  /* It may have reached under visits beside the time. */
  g_ptr_array_extend (self->slots, self->beside, (GCopyFunc)(void *)g_object_ref, NULL);
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

RcpTimeRange
rcp_block_plan_get_reach (RcpBlockPlan *self)
{
  RcpTimeRange reach = { 0, 0 };
  GHashTableIter iter;
  gpointer resource;

  g_hash_table_iter_init (&iter, self->before);
  while (g_hash_table_iter_next (&iter, NULL, &resource))
    {
      RcpSlot slot;

      if (!rcp_slot_init_from_json (&slot, resource))
        continue;
      reach.start = reach.start == reach.end ? slot.range.start : MIN (reach.start, slot.range.start);
      reach.end = MAX (reach.end, slot.range.end);
      rcp_slot_clear (&slot);
    }
  return reach;
}

static gboolean
any_leaves_blocked (RcpBlockPlan *self, GPtrArray *slots, RcpTimeRange range)
{
  for (guint i = 0; i < slots->len; i++)
    {
      JsonObject *after = g_hash_table_lookup (self->after, fhir_resource_get_reference (slots->pdata[i]));
      gboolean overlaps;
      RcpSlot slot;

      if (!rcp_slot_init_from_json (&slot, slots->pdata[i]))
        continue;
      overlaps = rcp_time_range_overlaps (slot.range, range);
      rcp_slot_clear (&slot);
      if (overlaps && rcp_slot_json_is_blocked (after != NULL ? after : fhir_resource_get_json (slots->pdata[i])))
        return TRUE;
    }
  return FALSE;
}

gboolean
rcp_block_plan_leaves_blocked (RcpBlockPlan *self, RcpTimeRange range)
{
  return any_leaves_blocked (self, self->slots, range) || any_leaves_blocked (self, self->beside, range);
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
