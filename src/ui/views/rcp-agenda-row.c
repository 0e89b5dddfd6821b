/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-agenda-row"

#include "config.h"

#include "rcp-agenda-row.h"

G_DEFINE_FINAL_TYPE (RcpAgendaRow, rcp_agenda_row, G_TYPE_OBJECT)

static guint changed_signal;

static void
rcp_agenda_row_finalize (GObject *object)
{
  g_clear_object (&RCP_AGENDA_ROW (object)->visit);
  g_clear_object (&RCP_AGENDA_ROW (object)->provider);
  g_clear_pointer (&RCP_AGENDA_ROW (object)->words, g_free);
  G_OBJECT_CLASS (rcp_agenda_row_parent_class)->finalize (object);
}

static void
rcp_agenda_row_class_init (RcpAgendaRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_agenda_row_finalize;
  changed_signal = g_signal_new ("changed", RCP_TYPE_AGENDA_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_agenda_row_init (RcpAgendaRow *self)
{
}

static RcpAgendaRow *
make_row (RcpAgendaRowKind kind, const GDate *date)
{
  RcpAgendaRow *self = g_object_new (RCP_TYPE_AGENDA_ROW, NULL);

  self->kind = kind;
  self->date = *date;
  return self;
}

RcpAgendaRow *
rcp_agenda_row_new_head (const GDate *date)
{
  g_return_val_if_fail (date && g_date_valid (date), NULL);

  return make_row (RCP_AGENDA_HEAD, date);
}

RcpAgendaRow *
rcp_agenda_row_new_visit (const GDate *date, RcpVisit *visit, RcpProvider *provider)
{
  RcpAgendaRow *self;

  g_return_val_if_fail (date && g_date_valid (date), NULL);
  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);

  self = make_row (RCP_AGENDA_VISIT, date);
  g_set_object (&self->visit, visit);
  g_set_object (&self->provider, provider);
  return self;
}

RcpAgendaRow *
rcp_agenda_row_new_time (const GDate *date, RcpAgendaRowKind kind, RcpTimeRange range, const char *words)
{
  RcpAgendaRow *self;

  g_return_val_if_fail (date && g_date_valid (date), NULL);
  g_return_val_if_fail (kind == RCP_AGENDA_FREE || kind == RCP_AGENDA_KEPT, NULL);

  self = make_row (kind, date);
  self->range = range;
  self->words = g_strdup (words);
  return self;
}

gboolean
rcp_agenda_row_matches (RcpAgendaRow *self, RcpAgendaRow *other)
{
  const char *id = self->visit ? rcp_visit_get_id (self->visit) : NULL;
  const char *other_id = other->visit ? rcp_visit_get_id (other->visit) : NULL;

  return self->kind == other->kind && g_strcmp0 (id, other_id) == 0 && g_date_compare (&self->date, &other->date) == 0
         && (self->visit || self->range.start == other->range.start);
}

void
rcp_agenda_row_take_over (RcpAgendaRow *self, RcpAgendaRow *from)
{
  if (self == from)
    return;
  self->column = from->column;
  if (self->visit == from->visit && self->provider == from->provider && self->n_visits == from->n_visits && self->free == from->free
      && self->range.end == from->range.end && g_strcmp0 (self->words, from->words) == 0)
    return;
  g_set_object (&self->visit, from->visit);
  g_set_object (&self->provider, from->provider);
  self->range = from->range;
  self->n_visits = from->n_visits;
  self->free = from->free;
  g_free (self->words);
  self->words = g_strdup (from->words);
  g_signal_emit (self, changed_signal, 0);
}

void
rcp_agenda_row_tick (RcpAgendaRow *self)
{
  if (self->visit)
    g_signal_emit (self, changed_signal, 0);
}
