/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-change-source.h"

/* Changes are told by the server's clock: the first question is for the latest change that it knows, and each
 * further one reaches back a little behind the latest seen, as a long transaction may show late what it wrote early.
 * What comes twice is known by id and version. */

#define OVERLAP (30 * G_TIME_SPAN_SECOND)
#define PAGE 200
/* When an answer has told nothing new for so long, nothing that is older than the latest can come late any more. */
#define QUIET (2 * OVERLAP)

static GHashTable *
new_seen (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RcpChangeSource *
rcp_change_source_new (RcpChangeSourceKind kind, const char *type, const char *elements)
{
  RcpChangeSource *self = g_new0 (RcpChangeSource, 1);

  self->kind = kind;
  self->type = type;
  self->elements = elements;
  self->latest = G_MININT64;
  self->total = -1;
  self->seen = new_seen ();
  return self;
}

void
rcp_change_source_free (RcpChangeSource *self)
{
  g_hash_table_unref (self->seen);
  g_free (self);
}

static void
advance (RcpChangeSource *self, const RcpChange *change)
{
  if (change->updated <= self->latest)
    return;
  self->latest = change->updated;
  self->advanced = g_get_monotonic_time ();
  self->is_settled = FALSE;
}

/* Notes what came, and tells what had not come before. Takes the items of @told. */
static gboolean
sort_out (RcpChangeSource *self, GPtrArray *told, GPtrArray *changes)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->seen);
  gboolean is_full = told->len >= PAGE;
  gboolean is_new = FALSE;

  self->seen = new_seen ();
  self->is_settled |= g_get_monotonic_time () - self->advanced > QUIET;
  while (told->len > 0)
    {
      g_autoptr (RcpChange) change = g_ptr_array_steal_index (told, 0);
      char *key = rcp_change_dup_key (change);

      /* A server that tells no version is believed to have changed it: a refresh too much does no harm. */
      is_new = change->version == NULL || !g_hash_table_contains (before, key);
      g_hash_table_add (self->seen, key);
      advance (self, change);
      if (is_new)
        g_ptr_array_add (changes, g_steal_pointer (&change));
    }

  /* The latest come first: when even the last of a full page is new, there is more behind it that was not read. */
  return is_full && (is_new || self->cannot_sort);
}

static void
take_total (RcpChangeSource *self, JsonObject *bundle, GPtrArray *changes)
{
  gint64 total = fhir_json_get_int (bundle, "total", -1);

  if (self->total >= 0 && total != self->total)
    {
      RcpChange *change = g_new0 (RcpChange, 1);

      change->type = g_strdup (self->type);
      change->updated = G_MININT64;
      change->range = self->range;
      g_ptr_array_add (changes, change);
    }
  self->total = total;
}

gboolean
rcp_change_source_take (RcpChangeSource *self, JsonObject *bundle, GPtrArray *changes)
{
  g_autoptr (GPtrArray) told = NULL;

  if (self->kind == RCP_CHANGE_SOURCE_COUNT)
    {
      take_total (self, bundle, changes);
      return FALSE;
    }

  told = rcp_changes_from_bundle (bundle);
  if (self->latest != G_MININT64)
    return sort_out (self, told, changes);

  /* The latest change that the server has tells where its clock is. */
  self->latest = 0;
  for (guint i = 0; i < told->len; i++)
    advance (self, g_ptr_array_index (told, i));
  return FALSE;
}

/* What was written in the last half minute may be much, as the free times of a quarter are: it is not told again each second for as long
 * as nothing happens. */
static gint64
get_since (const RcpChangeSource *self)
{
  return MAX (self->is_settled ? self->latest : self->latest - OVERLAP, 0);
}

static char *
make_count_path (RcpChangeSource *self, RcpTimeRange range)
{
  g_autoptr (FhirSearch) search = fhir_search_new (self->type);

  if (range.start != self->range.start || range.end != self->range.end)
    self->total = -1;
  self->range = range;
  fhir_search_add_instant (search, "date", "ge", range.start);
  fhir_search_add_instant (search, "date", "lt", range.end);
  fhir_search_add (search, "_summary", "count");
  return fhir_search_to_string (search);
}

static char *
make_search_path (const RcpChangeSource *self, gboolean is_first)
{
  g_autoptr (FhirSearch) search = fhir_search_new (self->type);

  if (!is_first)
    fhir_search_add_instant (search, "_lastUpdated", "ge", get_since (self));
  if (!self->cannot_sort)
    fhir_search_add (search, "_sort", "-_lastUpdated");
  fhir_search_add (search, "_count", is_first ? "1" : G_STRINGIFY (PAGE));
  fhir_search_add (search, "_elements", is_first ? "id,meta" : self->elements);
  return fhir_search_to_string (search);
}

static char *
make_history_path (const RcpChangeSource *self, gboolean is_first)
{
  g_autofree char *path = self->type != NULL ? g_strconcat (self->type, "/_history", NULL) : g_strdup ("_history");
  g_autoptr (FhirSearch) search = fhir_search_new (path);

  if (!is_first)
    fhir_search_add_instant (search, "_since", "", get_since (self));
  fhir_search_add (search, "_count", is_first ? "1" : G_STRINGIFY (PAGE));
  return fhir_search_to_string (search);
}

char *
rcp_change_source_dup_path (RcpChangeSource *self, RcpTimeRange range)
{
  gboolean is_first = self->latest == G_MININT64;

  if (self->kind == RCP_CHANGE_SOURCE_COUNT)
    return make_count_path (self, range);
  return self->kind == RCP_CHANGE_SOURCE_TYPE_SEARCH ? make_search_path (self, is_first) : make_history_path (self, is_first);
}

