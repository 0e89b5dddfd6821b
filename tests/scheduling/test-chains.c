/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-chains.c against a slow reference that tries every combination, on random hours and visits, of which many lie over
 * a change of the clocks. */
#include "scheduling/rcp-chains.h"

#include "clinic-parts.h"
#include "scheduling/rcp-openings.h"

#define ROUNDS 400
#define MAX_COLUMNS 4
#define MAX_PARTS 4
#define MAX_SLOTS 26
#define QUARTER (15 * G_TIME_SPAN_MINUTE)

static const char *const zones[] = { "UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe" };

/* The clocks change within hours of each of these. */
static const gint64 changes[] = { 1762063200, 1772953200, 1774746000, 1792976400, 1775343600, 1700000000 };

typedef struct
{
  RcpProvider *providers[MAX_COLUMNS];
  GArray *slots[MAX_COLUMNS];
  RcpRoom *room;
  GArray *room_slots;
  guint n_columns;
  guint n_parts;
  guint durations[MAX_PARTS];
  guint suits[MAX_PARTS]; /* bit by column */
  gboolean needs[MAX_PARTS];
  RcpTimeOfDay time_of_day;
  RcpTimeRange window;
  RcpChainRule rule;
  GTimeZone *zone;
} Scene;

static RcpProvider *
make_provider (guint index)
{
  g_autofree char *schedule_json = g_strdup_printf ("{\"resourceType\":\"Schedule\",\"id\":\"c%u\"}", index);
  g_autofree char *place_json = g_strdup_printf ("{\"resourceType\":\"Location\",\"id\":\"p%u\",\"name\":\"P\"}", index % 2);
  g_autoptr (FhirResource) schedule = parts_resource (schedule_json);
  g_autoptr (FhirResource) location = parts_resource (place_json);
  g_autoptr (FhirResource) practitioner
      = parts_resource ("{\"resourceType\":\"Practitioner\",\"id\":\"doc\",\"name\":[{\"family\":\"Ruiz\"}]}");
  g_autoptr (RcpPlace) place = rcp_place_new (location);

  return rcp_provider_new (schedule, NULL, practitioner, place);
}

static GArray *
draw_slots (gint64 start)
{
  GArray *slots = g_array_new (FALSE, TRUE, sizeof (RcpSlot));
  guint n_slots = g_test_rand_int_range (1, MAX_SLOTS);
  gint64 at = start + g_test_rand_int_range (0, 4) * QUARTER;

  g_array_set_clear_func (slots, (GDestroyNotify)rcp_slot_clear);
  for (guint i = 0; i < n_slots; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      RcpSlot slot = { .id = g_ref_string_new (id), .range.start = at };

      slot.status = g_test_rand_int_range (0, 10) < 7 ? RCP_SLOT_FREE : RCP_SLOT_BUSY;
      at += g_test_rand_int_range (0, 8) == 0 ? 20 * G_TIME_SPAN_MINUTE : QUARTER;
      slot.range.end = at;
      g_array_append_val (slots, slot);
      if (g_test_rand_int_range (0, 10) == 0)
        at += 2 * QUARTER;
    }
  return slots;
}

static RcpRoom *
make_room (void)
{
  g_autoptr (FhirResource) schedule = parts_resource ("{\"resourceType\":\"Schedule\",\"id\":\"r\"}");
  g_autoptr (FhirResource) device = parts_resource ("{\"resourceType\":\"Device\",\"id\":\"d\"}");

  return rcp_room_new (schedule, device, NULL);
}

static void
scene_draw (Scene *scene, guint round)
{
  gint64 start
      = (changes[round % G_N_ELEMENTS (changes)] - g_test_rand_int_range (0, 12) * 900) * G_USEC_PER_SEC;

  scene->zone = g_time_zone_new_identifier (zones[round % G_N_ELEMENTS (zones)]);
  scene->n_columns = g_test_rand_int_range (1, MAX_COLUMNS + 1);
  scene->n_parts = g_test_rand_int_range (1, MAX_PARTS + 1);
  scene->rule = (RcpChainRule){ g_test_rand_bit (), g_test_rand_int_range (0, 4) * 20 * G_TIME_SPAN_MINUTE };
  scene->time_of_day = g_test_rand_int_range (0, 8) < 4 ? RCP_TIME_OF_DAY_ANY : g_test_rand_int_range (1, 4);
  scene->window = (RcpTimeRange){ start + QUARTER, start + 10 * G_TIME_SPAN_HOUR };
  scene->room = make_room ();
  scene->room_slots = draw_slots (start);
  for (guint i = 0; i < scene->n_columns; i++)
    {
      scene->providers[i] = make_provider (i);
      scene->slots[i] = draw_slots (start);
    }
  for (guint i = 0; i < scene->n_parts; i++)
    {
      scene->durations[i] = g_test_rand_int_range (1, 5) * 10;
      scene->suits[i] = g_test_rand_int_range (1, 1 << scene->n_columns) | (g_test_rand_bit () ? 0xf : 0);
      scene->needs[i] = g_test_rand_int_range (0, 4) == 0;
    }
}

static void
scene_clear (Scene *scene)
{
  for (guint i = 0; i < scene->n_columns; i++)
    {
      g_object_unref (scene->providers[i]);
      g_array_unref (scene->slots[i]);
    }
  g_object_unref (scene->room);
  g_array_unref (scene->room_slots);
  g_time_zone_unref (scene->zone);
}

/* The slow way. */

typedef struct
{
  RcpTimeRange range;
  guint column;
} Part;

typedef struct
{
  gint64 start;
  gint64 end;
  guint group;
} Chain;

static gboolean
slow_is_in_part (gint64 start, RcpTimeOfDay time_of_day, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (start / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  int hour = g_date_time_get_hour (local);

  return time_of_day == RCP_TIME_OF_DAY_ANY || (time_of_day == RCP_TIME_OF_DAY_MORNING && hour < 12)
         || (time_of_day == RCP_TIME_OF_DAY_AFTERNOON && hour >= 12 && hour < 17)
         || (time_of_day == RCP_TIME_OF_DAY_EVENING && hour >= 17);
}

/* Minute for minute: is the room free? */
static gboolean
slow_has_room (Scene *scene, RcpTimeRange range)
{
  for (gint64 minute = range.start; minute < range.end; minute += G_TIME_SPAN_MINUTE)
    {
      gboolean is_free = FALSE;

      for (guint i = 0; i < scene->room_slots->len; i++)
        {
          const RcpSlot *slot = &g_array_index (scene->room_slots, RcpSlot, i);

          is_free |= slot->status == RCP_SLOT_FREE && slot->range.start <= minute && minute < slot->range.end;
        }
      if (!is_free)
        return FALSE;
    }
  return TRUE;
}

/* The end of an opening from slot @first on; 0 when there is none. */
static gint64
slow_find_end (Scene *scene, guint part, guint column, guint first)
{
  GArray *slots = scene->slots[column];
  gint64 have = 0;

  for (guint i = first; i < slots->len; i++)
    {
      const RcpSlot *slot = &g_array_index (slots, RcpSlot, i);

      if (slot->status != RCP_SLOT_FREE || slot->range.start < scene->window.start || slot->range.end > scene->window.end
          || (i > first && slot->range.start != g_array_index (slots, RcpSlot, i - 1).range.end))
        return 0;
      have += slot->range.end - slot->range.start;
      if (have >= scene->durations[part] * G_TIME_SPAN_MINUTE)
        return slot->range.end;
    }
  return 0;
}

static guint
slow_group (Scene *scene, guint column)
{
  return scene->rule.same_provider ? column : column % 2;
}

static void
slow_extend (Scene *scene, Part *parts, guint n, GArray *chains)
{
  if (n == scene->n_parts)
    {
      Chain chain = { parts[0].range.start, parts[n - 1].range.end, slow_group (scene, parts[0].column) };

      g_array_append_val (chains, chain);
      return;
    }
  for (guint column = 0; column < scene->n_columns; column++)
    for (guint i = 0; (scene->suits[n] & (1 << column)) && i < scene->slots[column]->len; i++)
      {
        gint64 start = g_array_index (scene->slots[column], RcpSlot, i).range.start;
        Part part = { { start, slow_find_end (scene, n, column, i) }, column };

        if (part.range.end == 0 || (n == 0 && !slow_is_in_part (start, scene->time_of_day, scene->zone))
            || (n > 0 && slow_group (scene, column) != slow_group (scene, parts[0].column))
            || (n > 0 && (start < parts[n - 1].range.end || start > parts[n - 1].range.end + scene->rule.most_gap))
            || (scene->needs[n] && !slow_has_room (scene, part.range)))
          continue;
        parts[n] = part;
        slow_extend (scene, parts, n + 1, chains);
      }
}

static gboolean
slow_is_worse (GArray *chains, const Chain *chain)
{
  for (guint i = 0; i < chains->len; i++)
    {
      const Chain *other = &g_array_index (chains, Chain, i);

      if (other->group == chain->group && other->start >= chain->start && other->end <= chain->end
          && (other->start > chain->start || other->end < chain->end))
        return TRUE;
    }
  return FALSE;
}

/* The times of the best chains, each once. */
static GHashTable *
slow_collect (Scene *scene)
{
  g_autoptr (GArray) chains = g_array_new (FALSE, FALSE, sizeof (Chain));
  GHashTable *best = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Part parts[MAX_PARTS];

  slow_extend (scene, parts, 0, chains);
  for (guint i = 0; i < chains->len; i++)
    {
      const Chain *chain = &g_array_index (chains, Chain, i);

      if (!slow_is_worse (chains, chain))
        g_hash_table_add (best, g_strdup_printf ("%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, chain->group, chain->start,
                                                 chain->end));
    }
  return best;
}

static GPtrArray *
make_parts (Scene *scene)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < scene->n_parts; i++)
    {
      GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_chain_column_free);
      g_autoptr (GArray) days
          = rcp_openings_get_days (scene->window, i == 0 ? scene->time_of_day : RCP_TIME_OF_DAY_ANY, scene->zone);

      for (guint j = 0; j < scene->n_columns; j++)
        {
          RcpChainColumn *column;

          if ((scene->suits[i] & (1 << j)) == 0)
            continue;
          column = g_new0 (RcpChainColumn, 1);
          column->provider = g_object_ref (scene->providers[j]);
          column->openings = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
          rcp_openings_collect ((const RcpSlot *)(void *)scene->slots[j]->data, scene->slots[j]->len,
                                scene->durations[i], scene->window, days, column->openings);
          if (scene->needs[i])
            {
              column->rooms = rcp_free_rooms_new ("device");
              rcp_free_rooms_add (column->rooms, scene->room, scene->room_slots, NULL);
            }
          g_ptr_array_add (columns, column);
        }
      g_ptr_array_add (parts, columns);
    }
  return parts;
}

static guint
find_column (Scene *scene, RcpOffer *offer)
{
  for (guint i = 0; i < scene->n_columns; i++)
    if (scene->providers[i] == rcp_offer_get_provider (offer))
      return i;
  g_assert_not_reached ();
}

/* Each part is where it may be, and follows the one before; (transfer full): its times. */
static char *
check_chain (Scene *scene, RcpOffer *first)
{
  RcpOffer *last = NULL;
  guint n = 0;

  for (RcpOffer *offer = first; offer != NULL; offer = rcp_offer_get_next (offer), n++)
    {
      RcpTimeRange range = rcp_offer_get_range (offer);
      guint column = find_column (scene, offer);

      g_assert_cmpuint (n, <, scene->n_parts);
      g_assert_true (scene->suits[n] & (1 << column));
      g_assert_cmpint (range.end - range.start, >=, scene->durations[n] * G_TIME_SPAN_MINUTE);
      g_assert_cmpuint (slow_group (scene, column), ==, slow_group (scene, find_column (scene, first)));
      g_assert_cmpint (rcp_offer_get_needs (offer) != NULL, ==, scene->needs[n]);
      g_assert_true (!scene->needs[n] || slow_has_room (scene, range));
      if (last != NULL)
        {
          g_assert_cmpint (range.start, >=, rcp_offer_get_range (last).end);
          g_assert_cmpint (range.start, <=, rcp_offer_get_range (last).end + scene->rule.most_gap);
        }
      last = offer;
    }
  g_assert_cmpuint (n, ==, scene->n_parts);
  return g_strdup_printf ("%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, slow_group (scene, find_column (scene, first)),
                          rcp_offer_get_range (first).start, rcp_offer_get_range (last).end);
}

static void
test_against_slow_reference (void)
{
  guint n_found = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      Scene scene = { 0 };
      g_autoptr (GPtrArray) parts = NULL;
      g_autoptr (GPtrArray) chains = NULL;
      g_autoptr (GHashTable) best = NULL;

      scene_draw (&scene, round);
      parts = make_parts (&scene);
      chains = rcp_chains_collect (parts, &scene.rule);
      best = slow_collect (&scene);
      for (guint i = 0; i < chains->len; i++)
        {
          g_autofree char *times = check_chain (&scene, chains->pdata[i]);

          g_assert_true (i == 0
                         || rcp_offer_get_range (chains->pdata[i - 1]).start <= rcp_offer_get_range (chains->pdata[i]).start);
          /* Each is one of the best, and there once. */
          g_assert_true (g_hash_table_remove (best, times));
        }
      g_assert_cmpuint (g_hash_table_size (best), ==, 0);
      n_found += chains->len;
      g_clear_pointer (&chains, g_ptr_array_unref);
      g_clear_pointer (&parts, g_ptr_array_unref);
      scene_clear (&scene);
    }
  /* The comparison means something only when there is much to find. */
  g_assert_cmpuint (n_found, >, ROUNDS);
}

/* At most so many of a day, the first among them, and still in order. */
static void
test_thin (void)
{
  g_autoptr (RcpProvider) provider = make_provider (0);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (GPtrArray) chains = g_ptr_array_new_with_free_func (g_object_unref);
  RcpChainRule rule = { TRUE, 0 };
  gint64 start = G_GINT64_CONSTANT (1795442400) * G_USEC_PER_SEC; /* 2026-11-23 09:00 in New York */
  g_autoptr (GArray) days = rcp_openings_get_days ((RcpTimeRange){ start, start + 2 * G_TIME_SPAN_DAY },
                                                   RCP_TIME_OF_DAY_ANY, zone);

  for (guint day = 0; day < 2; day++)
    for (guint i = 0; i < (day == 0 ? 9 : 2); i++)
      g_ptr_array_add (chains, parts_offer (provider, start + day * G_TIME_SPAN_DAY + i * QUARTER, 1));
  rcp_chains_thin (chains, &rule, days, 4);
  g_assert_cmpuint (chains->len, ==, 6);
  g_assert_true (rcp_offer_get_range (chains->pdata[0]).start == start);
  g_assert_true (rcp_offer_get_range (chains->pdata[3]).start == start + 6 * QUARTER);
  g_assert_true (rcp_offer_get_range (chains->pdata[4]).start == start + G_TIME_SPAN_DAY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/chains/slow-reference", test_against_slow_reference);
  g_test_add_func ("/scheduling/chains/thin", test_thin);
  return g_test_run ();
}
