/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

/* In the order of RcpBlockKind. */
static const struct
{
  const char *code;
  const char *label;
} blocks[] = {
  /* Translators: time of a provider in which no visit can be booked */
  { "blocked", N_ ("Blocked") },
  { "lunch", N_ ("Lunch") },
  { "meeting", N_ ("Meeting") },
};

/**
 * rcp_block_kind_to_code:
 * @kind: what time is blocked for
 *
 * Returns: its code of RCP_SYSTEM_BLOCK
 */
const char *
rcp_block_kind_to_code (RcpBlockKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (blocks), NULL);

  return blocks[kind].code;
}

/**
 * rcp_block_kind_to_label:
 * @kind: what time is blocked for
 *
 * Returns: a word for people, translated
 */
const char *
rcp_block_kind_to_label (RcpBlockKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (blocks), NULL);

  return _(blocks[kind].label);
}

RcpBlockKind
rcp_block_kind_from_code (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (g_strcmp0 (blocks[i].code, code) == 0)
      return i;

  return RCP_BLOCK_OTHER;
}

/**
 * rcp_slot_clear:
 * @slot: a slot
 *
 * Frees what the slot holds.
 */
void
rcp_slot_clear (RcpSlot *slot)
{
  g_clear_pointer (&slot->id, g_ref_string_release);
  g_clear_pointer (&slot->schedule_id, g_ref_string_release);
  g_clear_pointer (&slot->version_id, g_ref_string_release);
  g_clear_pointer (&slot->words, g_ref_string_release);
}

static gboolean
read_status (const char *code, RcpSlotStatus *status)
{
  static const char *const codes[] = { "free", "busy", "busy-tentative", "busy-unavailable" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i], code) == 0)
      {
        *status = i;
        return TRUE;
      }

  return FALSE;
}

/* Few words are used often: the slots share them. */
static void
read_block (RcpSlot *slot, JsonObject *json)
{
  const char *words = fhir_json_get_string (json, "comment");

  slot->block = rcp_block_kind_from_code (rcp_elements_find_code (json, "serviceCategory", RCP_SYSTEM_BLOCK));
  slot->words = words != NULL && *words != '\0' ? g_ref_string_new_intern (words) : NULL;
}

/**
 * rcp_slot_init_from_json:
 * @slot: (out caller-allocates): a slot
 * @resource: a Slot
 *
 * Returns: whether @resource is a Slot that can be shown and booked; if not, @slot holds nothing
 */
gboolean
rcp_slot_init_from_json (RcpSlot *slot, FhirResource *resource)
{
  JsonObject *json;
  g_autofree char *schedule_id = NULL;
  const char *id, *version_id;

  g_return_val_if_fail (slot != NULL, FALSE);
  g_return_val_if_fail (FHIR_IS_RESOURCE (resource), FALSE);

  *slot = (RcpSlot){ 0 };
  json = fhir_resource_get_json (resource);
  id = fhir_resource_get_id (resource);
  version_id = fhir_resource_get_version_id (resource);
  schedule_id = fhir_reference_dup_id (fhir_json_get_string (json, "schedule.reference"), "Schedule");
  if (id == NULL || schedule_id == NULL ||
      g_strcmp0 (fhir_resource_get_resource_type (resource), "Slot") != 0 ||
      !read_status (fhir_json_get_string (json, "status"), &slot->status) ||
      !rcp_iso8601_parse_instant (fhir_json_get_string (json, "start"), &slot->range.start) ||
      !rcp_iso8601_parse_instant (fhir_json_get_string (json, "end"), &slot->range.end) ||
      slot->range.start >= slot->range.end)
    return FALSE;

  slot->id = g_ref_string_new (id);
  slot->schedule_id = g_ref_string_new_intern (schedule_id);
  slot->version_id = version_id != NULL ? g_ref_string_new_intern (version_id) : NULL;
  if (slot->status == RCP_SLOT_UNAVAILABLE)
    read_block (slot, json);
  return TRUE;
}

/* Schedule ids are interned: the same pointer is the same schedule. */
static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const RcpSlot *left = a;
  const RcpSlot *right = b;
  int order = left->schedule_id == right->schedule_id ? 0 : strcmp (left->schedule_id, right->schedule_id);

  if (order == 0)
    order = (left->range.start > right->range.start) - (left->range.start < right->range.start);
  return order != 0 ? order : strcmp (left->id, right->id);
}

/**
 * rcp_slots_from_bundle:
 * @bundle: the reply to a search for slots
 *
 * Returns: (transfer full) (element-type RcpSlot): the usable slots, by schedule and start
 */
GArray *
rcp_slots_from_bundle (FhirBundle *bundle)
{
  GPtrArray *matches;
  GArray *slots;

  g_return_val_if_fail (FHIR_IS_BUNDLE (bundle), NULL);

  matches = fhir_bundle_get_matches (bundle);
  slots = g_array_sized_new (FALSE, FALSE, sizeof (RcpSlot), matches->len);
  g_array_set_clear_func (slots, (GDestroyNotify) rcp_slot_clear);
  for (guint i = 0; i < matches->len; i++)
    {
      RcpSlot slot;

      if (rcp_slot_init_from_json (&slot, g_ptr_array_index (matches, i)))
        g_array_append_val (slots, slot);
    }
  g_array_sort (slots, compare_slots);

  return slots;
}
