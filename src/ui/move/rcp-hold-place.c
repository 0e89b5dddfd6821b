/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a held visit may be put, and what is in the way elsewhere. */

#define G_LOG_DOMAIN "rcp-hold-place"

#include "config.h"

#include "rcp-hold-private.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-openings.h"
#include "scheduling/rcp-overbook.h"
#include "scheduling/rcp-rooms.h"

RcpDay *
rcp_hold_model_get_day (RcpHoldModel *self, guint column)
{
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);
  const GDate *date = rcp_board_model_get_column_date (self->board, column);

  if (!book || !date)
    return NULL;
  if (self->days->len <= column)
    g_ptr_array_set_size (self->days, (int) rcp_board_model_get_n_columns (self->board));
  if (!self->days->pdata[column])
    self->days->pdata[column] = rcp_day_book_get (book, date);
  return self->days->pdata[column];
}

gint64
rcp_hold_model_get_duration (RcpHoldModel *self)
{
  RcpTimeRange range = rcp_visit_get_range (self->held);

  return range.end - range.start;
}

/* Of what such visits need any that fits will do. Of what this one has besides nothing may be in use: each comes along. */
static void
add_rooms (RcpHoldModel *self, RcpConflicts *conflicts, RcpDay *day, RcpProvider *provider)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  const char *needs = rcp_rooms_get_needs (roster, rcp_visit_get_type_code (self->held));
  g_autoptr (GPtrArray) fitting = rcp_rooms_list_fitting (roster, needs, provider);
  g_autoptr (GPtrArray) kept = rcp_rooms_list_kept (roster, self->held, provider);

  if (fitting->len > 0)
    rcp_conflicts_add_rooms (conflicts, day, fitting, self->held);
  if (kept->len > 0)
    rcp_conflicts_add_kept_rooms (conflicts, day, kept, self->held);
}

static RcpConflicts *
get_conflicts (RcpHoldModel *self, guint column)
{
  RcpProvider *provider = rcp_board_model_get_provider (self->board, column);
  RcpDay *day = rcp_hold_model_get_day (self, column);

  if (!self->held || !provider || !day || !rcp_day_is_loaded (day))
    return NULL;
  if (self->conflicts->len <= column)
    g_ptr_array_set_size (self->conflicts, (int) rcp_board_model_get_n_columns (self->board));
  if (!self->conflicts->pdata[column])
    {
      self->conflicts->pdata[column] =
        rcp_conflicts_new_for_column (day, provider, self->held, NULL, NULL, rcp_hold_model_get_duration (self),
                                      rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
      add_rooms (self, self->conflicts->pdata[column], day, provider);
    }
  return self->conflicts->pdata[column];
}

static const char *const *
get_own_slots (RcpHoldModel *self)
{
  return rcp_visit_get_slot_ids (self->held);
}

/* The room or device that such visits need comes along, wherever the visit goes, and what it has besides. */
static void
bring_rooms (RcpHoldModel *self, RcpOffer *offer)
{
  rcp_rooms_bring (offer, rcp_desk_get_roster (self->desk), self->held);
}

RcpOffer *
rcp_hold_model_make_offer (RcpHoldModel *self, guint column, int minute)
{
  RcpProvider *provider = rcp_board_model_get_provider (self->board, column);
  RcpDay *day = rcp_hold_model_get_day (self, column);
  GArray *slots = provider && day ? rcp_day_get_slots (day, rcp_provider_get_schedule_id (provider)) : NULL;
  guint duration = (guint) (rcp_hold_model_get_duration (self) / G_TIME_SPAN_MINUTE);
  RcpOpening opening;
  RcpOffer *offer;

  if (!slots || !rcp_openings_find_at ((const RcpSlot *) (gpointer) slots->data, slots->len,
                                       rcp_board_model_get_instant (self->board, column, minute), duration, get_own_slots (self), &opening))
    return NULL;
  offer = rcp_offer_new (provider, opening.first, opening.n_slots);
  bring_rooms (self, offer);
  return offer;
}

RcpOffer *
rcp_hold_model_make_overbook_offer (RcpHoldModel *self)
{
  RcpProvider *provider = rcp_board_model_get_provider (self->board, self->column);
  RcpDay *day = rcp_hold_model_get_day (self, self->column);
  gint64 start = rcp_board_model_get_instant (self->board, self->column, self->minute);
  RcpTimeRange range = { start, start + rcp_hold_model_get_duration (self) };
  RcpOffer *offer = provider && day ? rcp_overbook_make_offer (day, provider, range) : NULL;

  if (offer)
    bring_rooms (self, offer);
  return offer;
}

static gboolean
is_own_place (RcpHoldModel *self, guint column, int minute)
{
  guint own;

  return rcp_board_model_get_instant (self->board, column, minute) == rcp_visit_get_range (self->held).start
         && rcp_board_model_find_column (self->board, self->held, &own) && own == column;
}

RcpOffer *
rcp_hold_model_dup_offer (RcpHoldModel *self)
{
  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), NULL);

  if (!rcp_hold_model_may_put (self) || is_own_place (self, self->column, self->minute))
    return NULL;
  return rcp_hold_model_make_offer (self, self->column, self->minute);
}

static gboolean
is_legal (RcpHoldModel *self, guint column, int minute)
{
  RcpConflicts *conflicts = get_conflicts (self, column);
  g_autoptr (RcpOffer) offer = NULL;

  if (!conflicts)
    return FALSE;
  if (is_own_place (self, column, minute))
    return TRUE;
  if (rcp_conflicts_kinds_at (conflicts, rcp_board_model_get_instant (self->board, column, minute)) != 0)
    return FALSE;
  offer = rcp_hold_model_make_offer (self, column, minute);
  return offer != NULL;
}

static GArray *
find_shades (RcpHoldModel *self, guint column)
{
  GArray *shades = g_array_new (FALSE, FALSE, sizeof (RcpBoardSpan));
  RcpBoardSpan hours = rcp_board_model_get_hours (self->board);

  for (int minute = hours.start; minute < hours.end; minute += RCP_HOLD_GRAIN)
    {
      RcpBoardSpan span = { minute, minute + RCP_HOLD_GRAIN };

      if (is_legal (self, column, minute))
        continue;
      if (shades->len > 0 && g_array_index (shades, RcpBoardSpan, shades->len - 1).end == minute)
        g_array_index (shades, RcpBoardSpan, shades->len - 1).end = span.end;
      else
        g_array_append_val (shades, span);
    }
  return shades;
}

GArray *
rcp_hold_model_get_shades (RcpHoldModel *self, guint column)
{
  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), NULL);

  if (!self->held || column >= rcp_board_model_get_n_columns (self->board))
    return NULL;
  if (self->shades->len <= column)
    g_ptr_array_set_size (self->shades, (int) rcp_board_model_get_n_columns (self->board));
  if (!self->shades->pdata[column])
    self->shades->pdata[column] = find_shades (self, column);
  return self->shades->pdata[column];
}

static int
snap (RcpHoldModel *self, int minute)
{
  RcpBoardSpan hours = rcp_board_model_get_hours (self->board);
  int snapped = minute - ((minute % RCP_HOLD_GRAIN) + RCP_HOLD_GRAIN) % RCP_HOLD_GRAIN;

  return CLAMP (snapped, hours.start, hours.end - RCP_HOLD_GRAIN);
}

void
rcp_hold_model_set_place (RcpHoldModel *self, guint column, int minute)
{
  g_return_if_fail (RCP_IS_HOLD_MODEL (self));

  if (!self->held || self->is_busy || column >= rcp_board_model_get_n_columns (self->board))
    return;
  minute = snap (self, minute);
  if (self->has_place && self->column == column && self->minute == minute)
    return;
  self->has_place = TRUE;
  self->column = column;
  self->minute = minute;
  rcp_hold_model_changed (self);
}

void
rcp_hold_model_keep_place (RcpHoldModel *self)
{
  guint n_columns = rcp_board_model_get_n_columns (self->board);

  if (n_columns == 0)
    self->has_place = FALSE;
  else if (self->column >= n_columns)
    self->column = n_columns - 1;
  if (self->held && n_columns > 0 && !self->has_place)
    rcp_hold_model_choose_place (self);
}

/* Where it is, if that is seen; or where the keyboard is. */
void
rcp_hold_model_choose_place (RcpHoldModel *self)
{
  RcpBoardSpan hours = rcp_board_model_get_hours (self->board);
  RcpBoardStop stop;
  guint column = 0;
  int minute = -1;

  self->has_place = rcp_board_model_get_n_columns (self->board) > 0;
  if (rcp_board_model_find_column (self->board, self->held, &column))
    minute = rcp_board_model_get_minute (self->board, column, rcp_visit_get_range (self->held).start);
  if (minute >= hours.start && minute < hours.end)
    self->column = column;
  else if (rcp_board_model_get_cursor (self->board, &column, &stop))
    {
      self->column = column;
      minute = stop.span.start;
    }
  else
    {
      self->column = 0;
      minute = MAX (hours.start, rcp_board_model_get_now (self->board));
    }
  self->minute = snap (self, minute);
}

/**
 * rcp_hold_model_step:
 * @self: a hand that holds a visit
 * @move: where to
 *
 * Returns: whether the place is another now
 */
gboolean
rcp_hold_model_step (RcpHoldModel *self, RcpBoardMove move)
{
  RcpBoardSpan hours;
  guint column;
  int minute;

  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), FALSE);

  if (!self->has_place || self->is_busy)
    return FALSE;
  hours = rcp_board_model_get_hours (self->board);
  column = self->column;
  minute = self->minute;
  switch (move)
    {
    case RCP_BOARD_MOVE_UP:
    case RCP_BOARD_MOVE_DOWN:
      minute += move == RCP_BOARD_MOVE_UP ? -RCP_HOLD_GRAIN : RCP_HOLD_GRAIN;
      break;
    case RCP_BOARD_MOVE_BACK:
    case RCP_BOARD_MOVE_FORWARD:
      column += move == RCP_BOARD_MOVE_BACK ? G_MAXUINT : 1;
      break;
    case RCP_BOARD_MOVE_FIRST:
      minute = hours.start;
      break;
    case RCP_BOARD_MOVE_LAST:
    default:
      minute = hours.end - RCP_HOLD_GRAIN;
    }
  if (column >= rcp_board_model_get_n_columns (self->board) || minute < hours.start || minute >= hours.end)
    return FALSE;
  rcp_hold_model_set_place (self, column, minute);
  return TRUE;
}

gboolean
rcp_hold_model_get_place (RcpHoldModel *self, guint *column, RcpBoardSpan *span)
{
  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), FALSE);

  if (!self->held || !self->has_place)
    return FALSE;
  *column = self->column;
  span->start = self->minute;
  span->end = self->minute + (int) (rcp_hold_model_get_duration (self) / G_TIME_SPAN_MINUTE);
  return TRUE;
}

GPtrArray *
rcp_hold_model_list_conflicts (RcpHoldModel *self)
{
  RcpConflicts *conflicts;

  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), NULL);

  conflicts = self->has_place ? get_conflicts (self, self->column) : NULL;
  if (!conflicts || is_own_place (self, self->column, self->minute))
    return g_ptr_array_new ();
  return rcp_conflicts_at (conflicts, rcp_board_model_get_instant (self->board, self->column, self->minute));
}

static char *
explain_no_conflict (RcpHoldModel *self)
{
  if (rcp_hold_model_may_put (self))
    return NULL;
  if (!rcp_board_model_get_provider (self->board, self->column))
    return g_strdup (_("Show the columns of providers to move a visit."));
  if (!get_conflicts (self, self->column))
    return g_strdup (_("The day is still being read."));
  return g_strdup (_("Another desk is booking this time, or it is not open for visits."));
}

char *
rcp_hold_model_describe_conflicts (RcpHoldModel *self)
{
  g_autoptr (GPtrArray) conflicts = rcp_hold_model_list_conflicts (self);
  RcpProvider *provider = rcp_board_model_get_provider (self->board, self->column);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!self->held || !self->has_place)
    return NULL;
  if (conflicts->len == 0)
    return explain_no_conflict (self);
  for (guint i = 0; i < conflicts->len; i++)
    {
      g_autofree char *line = rcp_conflict_describe (conflicts->pdata[i], provider, NULL);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rcp_hold_model_describe (RcpHoldModel *self)
{
  g_autofree char *conflicts = NULL, *time = NULL, *text = NULL;
  RcpTimeRange range;

  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), NULL);

  if (!self->held || !self->has_place)
    return NULL;
  range.start = rcp_board_model_get_instant (self->board, self->column, self->minute);
  range.end = range.start + rcp_hold_model_get_duration (self);
  time = rcp_board_model_describe_time (self->board, range);
  /* Translators: who is moved, to when ("10:15 to 10:45") and to whose column. */
  text = g_strdup_printf (_("%s: %s with %s"), rcp_visit_get_patient_name (self->held), time,
                          rcp_board_model_get_column_name (self->board, self->column));
  conflicts = rcp_hold_model_describe_conflicts (self);
  return conflicts ? g_strconcat (text, "\n", conflicts, NULL) : g_steal_pointer (&text);
}

gboolean
rcp_hold_model_may_put (RcpHoldModel *self)
{
  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), FALSE);

  return self->held && self->has_place && !self->is_busy && is_legal (self, self->column, self->minute);
}

gboolean
rcp_hold_model_may_overbook (RcpHoldModel *self)
{
  RcpConflicts *conflicts;
  guint kinds;

  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), FALSE);

  conflicts = self->held && self->has_place && !self->is_busy ? get_conflicts (self, self->column) : NULL;
  if (!conflicts)
    return FALSE;
  kinds = rcp_conflicts_kinds_at (conflicts, rcp_board_model_get_instant (self->board, self->column, self->minute));
  return rcp_overbook_is_possible (kinds);
}
