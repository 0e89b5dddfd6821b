/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpAgendaRow:
 * @date: the day
 * @visit: what the row is of; NULL: it is the head of the day
 * @provider: (nullable): whose column the visit is in
 * @n_visits: how many the day has, in its head
 *
 * A row of the agenda. "changed" tells that something else is to be written there.
 */
#define RCP_TYPE_AGENDA_ROW (rcp_agenda_row_get_type ())
G_DECLARE_FINAL_TYPE (RcpAgendaRow, rcp_agenda_row, RCP, AGENDA_ROW, GObject)

struct _RcpAgendaRow
{
  GObject parent_instance;

  GDate date;
  RcpVisit *visit;
  RcpProvider *provider;
  guint n_visits;
};

RcpAgendaRow *rcp_agenda_row_new (const GDate *date, RcpVisit *visit, RcpProvider *provider);
/* Whether they are of the same visit, or the same day, whatever became of it. */
gboolean rcp_agenda_row_matches (RcpAgendaRow *self, RcpAgendaRow *other);
void rcp_agenda_row_tick (RcpAgendaRow *self); /* another minute has come */
/* The row stays, and with it the keyboard that is there. */
void rcp_agenda_row_take_over (RcpAgendaRow *self, RcpAgendaRow *from);

G_END_DECLS
