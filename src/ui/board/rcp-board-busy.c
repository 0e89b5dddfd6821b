/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Working time that the provider's own calendars keep. */

#define G_LOG_DOMAIN "rcp-board-busy"

#include "config.h"

#include "rcp-board-model-private.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"

/* Only what lies in working time: the rest of a day is nobody's business, and nothing can be booked there. */
static void
add_busy (RcpBoardModel *self, RcpBoardColumn *column, const RcpBusy *busy)
{
  const RcpBoardDay *day = rcp_board_model_get_day_of (self, column);
  RcpBoardSpan span;

  if (!rcp_time_range_overlaps (busy->range, day->range))
    return;
  span.start = rcp_board_model_get_minute_of_day (self, day, MAX (busy->range.start, day->range.start));
  span.end = rcp_board_model_get_minute_of_day (self, day, MIN (busy->range.end, day->range.end));
  for (guint i = 0; i < column->open->len; i++)
    {
      RcpBoardSpan open = g_array_index (column->open, RcpBoardSpan, i);
      RcpBoardBusy kept = { { MAX (open.start, span.start), MIN (open.end, span.end) }, busy->kind };

      if (kept.span.start < kept.span.end)
        g_array_append_val (column->busy, kept);
    }
}

static void
lay_busy_of_column (RcpBoardModel *self, RcpBoardColumn *column)
{
  GArray *busy = column->provider ? rcp_busy_times_get (self->busy_times, rcp_provider_get_practitioner_id (column->provider)) : NULL;

  g_array_set_size (column->busy, 0);
  for (guint i = 0; busy && i < busy->len; i++)
    add_busy (self, column, &g_array_index (busy, RcpBusy, i));
}

/* After the working time. */
void
rcp_board_model_lay_busy (RcpBoardModel *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    lay_busy_of_column (self, rcp_board_model_get_column (self, i));
}

static void
on_changed_cb (RcpBoardModel *self)
{
  rcp_board_model_lay_busy (self);
  rcp_board_model_contents_changed (self);
}

/**
 * rcp_board_model_set_busy_times:
 * @self: a board
 * @times: (nullable): when the providers are busy by their calendars; followed
 */
void
rcp_board_model_set_busy_times (RcpBoardModel *self, RcpBusyTimes *times)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  if (self->busy_times == times)
    return;
  if (self->busy_times)
    g_signal_handlers_disconnect_by_func (self->busy_times, on_changed_cb, self);
  g_set_object (&self->busy_times, times);
  if (times)
    g_signal_connect_object (times, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  on_changed_cb (self);
}

const RcpBoardBusy *
rcp_board_model_get_busy (RcpBoardModel *self, guint index, guint *n_busy)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  *n_busy = column ? column->busy->len : 0;
  return column ? (const RcpBoardBusy *) (gpointer) column->busy->data : NULL;
}

static const char *
get_label (RcpBusyKind kind)
{
  switch (kind)
    {
    case RCP_BUSY_TENTATIVE:
      /* Translators: what a provider's own calendar keeps for something that is not certain. */
      return _("Perhaps busy");
    case RCP_BUSY_AWAY:
      /* Translators: a provider is out of the office, by the own calendar. */
      return _("Away");
    case RCP_BUSY_NONE:
    case RCP_BUSY_BUSY:
    default:
      /* Translators: what a provider's own calendar keeps for something that is not told. */
      return _("Busy");
    }
}

/**
 * rcp_board_model_describe_busy:
 * @self: a board
 * @column: a column
 * @busy: time in it that a calendar keeps
 *
 * Returns: (transfer full): what is known of it, and of when that is where it is old
 */
char *
rcp_board_model_describe_busy (RcpBoardModel *self, guint index, const RcpBoardBusy *busy)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);
  gint64 as_of = column && column->provider
                   ? rcp_busy_times_get_as_of (self->busy_times, rcp_provider_get_practitioner_id (column->provider))
                   : 0;
  g_autofree char *when = NULL;
  RcpBoardDay *day;

  g_return_val_if_fail (busy != NULL, NULL);

  if (as_of == 0 || as_of == RCP_BUSY_TIMES_PART)
    return g_strdup (get_label (busy->kind));
  day = rcp_board_model_get_day_of (self, column);
  when = as_of >= day->range.start && as_of < day->range.end ? rcp_when_text_clock (as_of, self->zone)
                                                             : rcp_when_text_day_and_clock (as_of, self->zone);
  /* Translators: "Busy", and when that was known last: a time, or a day and a time. */
  return g_strdup_printf (_("%s, as of %s"), get_label (busy->kind), when);
}

gboolean
rcp_board_stop_is_free (const RcpBoardStop *stop)
{
  return !stop->visit && !stop->block && !(stop->busy && rcp_busy_kind_takes_time (stop->busy->kind));
}

static const RcpBoardBusy *
find_busy (RcpBoardColumn *column, RcpBoardSpan span)
{
  const RcpBoardBusy *found = NULL;

  for (guint i = 0; i < column->busy->len; i++)
    {
      const RcpBoardBusy *busy = &g_array_index (column->busy, RcpBoardBusy, i);

      if (busy->span.start < span.end && span.start < busy->span.end && (!found || busy->kind > found->kind))
        found = busy;
    }
  return found;
}

static int
compare_stops (gconstpointer a, gconstpointer b)
{
  return ((const RcpBoardStop *) a)->span.start - ((const RcpBoardStop *) b)->span.start;
}

/* Each of them is one stop instead of the free time that it takes. Of free time that is perhaps busy the stop knows. */
void
rcp_board_model_add_busy_stops (RcpBoardModel *self, guint index, GArray *stops)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);
  guint n_kept = 0;

  if (column->busy->len == 0)
    return;
  for (guint i = 0; i < stops->len; i++)
    {
      RcpBoardStop stop = g_array_index (stops, RcpBoardStop, i);

      if (rcp_board_stop_is_free (&stop))
        stop.busy = find_busy (column, stop.span);
      if (stop.visit || stop.block || rcp_board_stop_is_free (&stop))
        g_array_index (stops, RcpBoardStop, n_kept++) = stop;
    }
  g_array_set_size (stops, n_kept);
  for (guint i = 0; i < column->busy->len; i++)
    {
      const RcpBoardBusy *busy = &g_array_index (column->busy, RcpBoardBusy, i);
      RcpBoardStop stop = { busy->span, NULL, NULL, busy };

      if (rcp_busy_kind_takes_time (busy->kind))
        g_array_append_val (stops, stop);
    }
  g_array_sort (stops, compare_stops);
}
