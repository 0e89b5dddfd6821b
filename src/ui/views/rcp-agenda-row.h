/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpAgendaRowKind:
 * @RCP_AGENDA_HEAD: the head of a day
 * @RCP_AGENDA_VISIT: a visit
 * @RCP_AGENDA_FREE: time that can be booked
 * @RCP_AGENDA_KEPT: working time that is kept for something else: lunch, or what the provider's own calendar knows
 */
typedef enum
{
  RCP_AGENDA_HEAD,
  RCP_AGENDA_VISIT,
  RCP_AGENDA_FREE,
  RCP_AGENDA_KEPT,
} RcpAgendaRowKind;

/**
 * RcpAgendaRow:
 * @kind: what the row is of
 * @date: the day
 * @visit: of %RCP_AGENDA_VISIT
 * @provider: (nullable): whose column the visit or the time is in
 * @range: of a time
 * @column: of the board, of a time
 * @words: (nullable): what is known of a time
 * @n_visits: how many the day has, in its head
 * @free: how long of the day can be booked still, in microseconds, in its head; 0 where that is not told
 *
 * A row of the agenda. "changed" tells that something else is to be written there.
 */
#define RCP_TYPE_AGENDA_ROW (rcp_agenda_row_get_type ())
G_DECLARE_FINAL_TYPE (RcpAgendaRow, rcp_agenda_row, RCP, AGENDA_ROW, GObject)

struct _RcpAgendaRow
{
  GObject parent_instance;

  RcpAgendaRowKind kind;
  GDate date;
  RcpVisit *visit;
  RcpProvider *provider;
  RcpTimeRange range;
  guint column;
  char *words;
  guint n_visits;
  gint64 free;
};

RcpAgendaRow *rcp_agenda_row_new_head (const GDate *date);
RcpAgendaRow *rcp_agenda_row_new_visit (const GDate *date, RcpVisit *visit, RcpProvider *provider);
/* @kind: free or kept; @words: nullable */
RcpAgendaRow *rcp_agenda_row_new_time (const GDate *date, RcpAgendaRowKind kind, RcpTimeRange range, const char *words);
/* Whether they are of the same visit, the same day or a time that begins alike, whatever became of it. */
gboolean rcp_agenda_row_matches (RcpAgendaRow *self, RcpAgendaRow *other);
void rcp_agenda_row_tick (RcpAgendaRow *self); /* another minute has come */
/* The row stays, and with it the keyboard that is there. */
void rcp_agenda_row_take_over (RcpAgendaRow *self, RcpAgendaRow *from);

G_END_DECLS
