/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-conflicts.c against a slow reference that looks at each minute of a visit, on random days of which many have a
 * change of the clocks. */
#include "scheduling/rcp-conflicts.h"

#include "clinic-parts.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define MAX_OBSTACLES 24
#define MAX_ROOMS 3

typedef struct
{
  RcpTimeRange range;
  RcpConflictKind kind;
  guint room;
  gboolean is_kept; /* no other room will do */
} Obstacle;

typedef struct
{
  RcpTimeRange day;
  gint64 duration;
  gint64 now;
  GArray *open;
  Obstacle obstacles[MAX_OBSTACLES];
  guint n_obstacles;
  guint n_rooms; /* of which the visit takes one */
} Scene;

static RcpRoom *rooms[MAX_ROOMS];

static RcpRoom *
get_room (guint index)
{
  g_autofree char *actor = g_strdup_printf (
      "{\"resourceType\":\"Location\",\"id\":\"r%u\",\"physicalType\":{\"coding\":[{\"code\":\"ro\"}]}}", index);
  g_autoptr (FhirResource) schedule = NULL;
  g_autoptr (FhirResource) location = NULL;

  if (rooms[index] == NULL)
    {
      schedule = parts_resource ("{\"resourceType\":\"Schedule\",\"id\":\"s\"}");
      location = parts_resource (actor);
      rooms[index] = rcp_room_new (schedule, location, NULL);
    }
  return rooms[index];
}

static RcpVisit *
make_visit (RcpTimeRange range)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (range.start / G_USEC_PER_SEC);
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (range.end / G_USEC_PER_SEC);
  g_autofree char *from = g_date_time_format (start, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *to = g_date_time_format (end, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *json = g_strdup_printf (
      "{\"resourceType\":\"Appointment\",\"id\":\"v\",\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\"}", from, to);
  g_autoptr (FhirResource) resource = parts_resource (json);

  return rcp_visit_new (resource, NULL);
}

/* The days on which clocks change are as frequent as all others together. */
static RcpTimeRange
draw_day (void)
{
  static const char *const zones[] = { "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC" };
  static const struct
  {
    guint month;
    guint first;
  } changes[] = { { 3, 8 }, { 11, 1 }, { 3, 25 }, { 10, 25 }, { 4, 1 }, { 10, 1 } };
  g_autoptr (GTimeZone) zone
      = g_time_zone_new_identifier (zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))]);
  GDate date;

  g_date_clear (&date, 1);
  if (g_test_rand_bit ())
    {
      guint i = g_test_rand_int_range (0, G_N_ELEMENTS (changes));

      g_date_set_dmy (&date, changes[i].first, changes[i].month, 2026);
      while (g_date_get_weekday (&date) != G_DATE_SUNDAY)
        g_date_add_days (&date, 1);
    }
  else
    {
      g_date_set_julian (&date, 739000 + g_test_rand_int_range (0, 700));
    }
  return rcp_time_range_of_day (&date, zone);
}

static RcpTimeRange
draw_range (RcpTimeRange day, int most_minutes)
{
  gint64 length = (day.end - day.start) / MINUTE;
  gint64 start = day.start + g_test_rand_int_range (-60, (int)length) * MINUTE;

  return (RcpTimeRange){ start, start + g_test_rand_int_range (1, most_minutes) * MINUTE };
}

static RcpConflicts *
draw_scene (Scene *scene)
{
  RcpConflicts *conflicts;

  scene->day = draw_day ();
  scene->duration = g_test_rand_int_range (1, 120) * MINUTE;
  scene->now = scene->day.start + g_test_rand_int_range (-600, 1500) * MINUTE;
  scene->open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  conflicts = rcp_conflicts_new (scene->day, scene->duration, scene->now);
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    {
      RcpTimeRange range = draw_range (scene->day, 400);

      g_array_append_val (scene->open, range);
    }
  rcp_conflicts_set_hours (conflicts, scene->open);
  scene->n_obstacles = g_test_rand_int_range (0, MAX_OBSTACLES);
  scene->n_rooms = g_test_rand_int_range (1, MAX_ROOMS + 1);
  rcp_conflicts_set_n_rooms (conflicts, scene->n_rooms);
  for (guint i = 0; i < scene->n_obstacles; i++)
    {
      Obstacle *obstacle = &scene->obstacles[i];

      obstacle->range = draw_range (scene->day, 90);
      obstacle->kind = g_test_rand_bit () ? RCP_CONFLICT_BLOCKED : g_test_rand_int_range (RCP_CONFLICT_PROVIDER, RCP_CONFLICT_ROOM + 1);
      if (obstacle->kind == RCP_CONFLICT_BLOCKED)
        {
          RcpBlock block = { .range = obstacle->range };

          rcp_conflicts_add_block (conflicts, &block);
        }
      else if (obstacle->kind == RCP_CONFLICT_ROOM)
        {
          g_autoptr (RcpVisit) visit = make_visit (obstacle->range);

          obstacle->room = g_test_rand_int_range (0, (int)scene->n_rooms);
          obstacle->is_kept = g_test_rand_int_range (0, 4) == 0;
          if (obstacle->is_kept)
            rcp_conflicts_add_kept_room_visit (conflicts, get_room (obstacle->room), obstacle->range, visit);
          else
            rcp_conflicts_add_room_visit (conflicts, scene->n_rooms > 1 ? get_room (obstacle->room) : NULL, obstacle->range,
                                          visit);
        }
      else
        {
          g_autoptr (RcpVisit) visit = make_visit (obstacle->range);

          rcp_conflicts_add_visit (conflicts, obstacle->kind, visit);
        }
    }
  return conflicts;
}

static gboolean
is_open_at (Scene *scene, gint64 minute)
{
  for (guint i = 0; i < scene->open->len; i++)
    {
      RcpTimeRange range = g_array_index (scene->open, RcpTimeRange, i);

      if (range.start <= minute && minute < range.end)
        return TRUE;
    }
  return FALSE;
}

static gboolean
slow_is_in_use (Scene *scene, const Obstacle *obstacle, gint64 start)
{
  return obstacle->kind == RCP_CONFLICT_ROOM && obstacle->range.start < start + scene->duration && start < obstacle->range.end;
}

/* Whether each of the rooms is in use at some minute of the visit, or one that comes along. */
static gboolean
slow_is_without_room (Scene *scene, gint64 start)
{
  for (guint i = 0; i < scene->n_obstacles; i++)
    if (scene->obstacles[i].is_kept && slow_is_in_use (scene, &scene->obstacles[i], start))
      return TRUE;
  for (guint room = 0; room < scene->n_rooms; room++)
    {
      gboolean is_taken = FALSE;

      for (guint i = 0; i < scene->n_obstacles; i++)
        is_taken |= !scene->obstacles[i].is_kept && scene->obstacles[i].room == room
                    && slow_is_in_use (scene, &scene->obstacles[i], start);
      if (!is_taken)
        return FALSE;
    }
  return TRUE;
}

/* Minute for minute of the visit. */
static guint
slow_kinds_at (Scene *scene, gint64 start)
{
  guint kinds = start < scene->now ? RCP_CONFLICT_BIT (RCP_CONFLICT_PAST) : 0;

  for (gint64 minute = start; minute < start + scene->duration; minute += MINUTE)
    {
      if (!is_open_at (scene, minute))
        kinds |= RCP_CONFLICT_BIT (RCP_CONFLICT_HOURS);
      for (guint i = 0; i < scene->n_obstacles; i++)
        if (scene->obstacles[i].kind != RCP_CONFLICT_ROOM && scene->obstacles[i].range.start <= minute
            && minute < scene->obstacles[i].range.end)
          kinds |= RCP_CONFLICT_BIT (scene->obstacles[i].kind);
    }
  if (slow_is_without_room (scene, start))
    kinds |= RCP_CONFLICT_BIT (RCP_CONFLICT_ROOM);
  return kinds;
}

static guint
shaded_kinds_at (GArray *shades, gint64 start)
{
  for (guint i = 0; i < shades->len; i++)
    {
      const RcpShade *shade = &g_array_index (shades, RcpShade, i);

      if (shade->starts.start <= start && start < shade->starts.end)
        return shade->kinds;
    }
  return 0;
}

static guint
listed_kinds_at (RcpConflicts *conflicts, gint64 start)
{
  g_autoptr (GPtrArray) listed = rcp_conflicts_at (conflicts, start);
  guint kinds = 0;

  for (guint i = 0; i < listed->len; i++)
    {
      RcpConflict *conflict = listed->pdata[i];

      g_assert_true (i == 0 || ((RcpConflict *)listed->pdata[i - 1])->kind <= conflict->kind);
      g_assert_cmpint (conflict->visit != NULL, ==, conflict->kind >= RCP_CONFLICT_PROVIDER);
      kinds |= RCP_CONFLICT_BIT (conflict->kind);
    }
  return kinds;
}

static void
test_random (void)
{
  for (guint round = 0; round < 150; round++)
    {
      Scene scene = { 0 };
      g_autoptr (RcpConflicts) conflicts = draw_scene (&scene);
      g_autoptr (GArray) shades = rcp_conflicts_shade (conflicts);

      for (gint64 start = scene.day.start; start < scene.day.end; start += MINUTE)
        {
          guint expected = slow_kinds_at (&scene, start);

          g_assert_cmphex (rcp_conflicts_kinds_at (conflicts, start), ==, expected);
          g_assert_cmphex (shaded_kinds_at (shades, start), ==, expected);
          if (g_test_rand_int_range (0, 20) == 0)
            g_assert_cmphex (listed_kinds_at (conflicts, start), ==, expected);
        }
      for (guint i = 1; i < shades->len; i++)
        g_assert_cmpint (g_array_index (shades, RcpShade, i - 1).starts.end, <=,
                         g_array_index (shades, RcpShade, i).starts.start);
      g_array_unref (scene.open);
    }
}

/* Back to back is no conflict; a visit that just fits before lunch does. */
static void
test_touching (void)
{
  RcpTimeRange day = { 0, 24 * G_TIME_SPAN_HOUR };
  RcpTimeRange morning = { 9 * G_TIME_SPAN_HOUR, 12 * G_TIME_SPAN_HOUR };
  g_autoptr (RcpConflicts) conflicts = rcp_conflicts_new (day, 30 * MINUTE, 0);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  g_autoptr (RcpVisit) visit = make_visit ((RcpTimeRange){ 10 * G_TIME_SPAN_HOUR, 11 * G_TIME_SPAN_HOUR });
  g_autoptr (GArray) shades = NULL;

  g_array_append_val (open, morning);
  rcp_conflicts_set_hours (conflicts, open);
  rcp_conflicts_add_visit (conflicts, RCP_CONFLICT_PROVIDER, visit);
  g_assert_cmphex (rcp_conflicts_kinds_at (conflicts, 9 * G_TIME_SPAN_HOUR + 30 * MINUTE), ==, 0);
  g_assert_cmphex (rcp_conflicts_kinds_at (conflicts, 11 * G_TIME_SPAN_HOUR), ==, 0);
  g_assert_cmphex (rcp_conflicts_kinds_at (conflicts, 11 * G_TIME_SPAN_HOUR + 30 * MINUTE), ==, 0);
  g_assert_cmphex (rcp_conflicts_kinds_at (conflicts, 11 * G_TIME_SPAN_HOUR + 31 * MINUTE), ==,
                   RCP_CONFLICT_BIT (RCP_CONFLICT_HOURS));
  shades = rcp_conflicts_shade (conflicts);
  g_assert_cmpuint (shades->len, ==, 3);
  g_assert_cmpint (g_array_index (shades, RcpShade, 0).starts.end, ==, 9 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (g_array_index (shades, RcpShade, 1).starts.start, ==, 9 * G_TIME_SPAN_HOUR + 30 * MINUTE + 1);
}

/* A drag asks for every column at once: a frame has room for much less than what it may cost. */
static void
test_fast (void)
{
  RcpTimeRange day = { 0, 24 * G_TIME_SPAN_HOUR };
  g_autoptr (RcpConflicts) conflicts = rcp_conflicts_new (day, 30 * MINUTE, 8 * G_TIME_SPAN_HOUR);
  const char *preload = g_getenv ("LD_PRELOAD");
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 32; i++)
    {
      g_autoptr (RcpVisit) visit
          = make_visit ((RcpTimeRange){ (480 + 15 * i) * MINUTE, (480 + 15 * i + 15) * MINUTE });

      rcp_conflicts_add_visit (conflicts, RCP_CONFLICT_PROVIDER, visit);
    }
  for (guint round = 0; round < 10; round++)
    {
      gint64 begin = g_get_monotonic_time ();

      for (guint column = 0; column < 40; column++)
        g_array_unref (rcp_conflicts_shade (conflicts));
      best = MIN (best, g_get_monotonic_time () - begin);
    }
  g_test_message ("40 columns: %" G_GINT64_FORMAT " us", best);
  /* Not under a sanitizer, nor under valgrind, which shows in what is preloaded. */
  if (g_getenv ("ASAN_OPTIONS") == NULL && (preload == NULL || g_strrstr (preload, "vgpreload") == NULL))
    g_assert_cmpint (best, <, 2000);
}

static void
test_words (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("s", "207Q00000X");
  g_autoptr (RcpVisit) visit
      = make_visit ((RcpTimeRange){ G_GINT64_CONSTANT (1795442400) * G_USEC_PER_SEC,
                                    G_GINT64_CONSTANT (1795444200) * G_USEC_PER_SEC });

  for (RcpConflictKind kind = RCP_CONFLICT_PAST; kind <= RCP_CONFLICT_ROOM; kind++)
    {
      RcpConflict conflict = { .kind = kind, .range = rcp_visit_get_range (visit), .visit = visit,
                               .block = RCP_BLOCK_MEETING, .words = (char *)"tumour board" };
      g_autofree char *text = rcp_conflict_describe (&conflict, provider, "Room 3");

      g_assert_true (g_str_has_suffix (text, "."));
      if (kind == RCP_CONFLICT_BLOCKED)
        g_assert_nonnull (g_strrstr (text, "Meeting, tumour board (9:00 to 9:30)"));
      if (kind == RCP_CONFLICT_ROOM)
        g_assert_true (g_str_has_prefix (text, "Room 3 is taken"));
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/conflicts/random", test_random);
  g_test_add_func ("/scheduling/conflicts/touching", test_touching);
  g_test_add_func ("/scheduling/conflicts/fast", test_fast);
  g_test_add_func ("/scheduling/conflicts/words", test_words);
  status = g_test_run ();
  for (guint i = 0; i < MAX_ROOMS; i++)
    g_clear_object (&rooms[i]);
  return status;
}
