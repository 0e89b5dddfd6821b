/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clinic/rcp-roster.h"
#include "ui/board/rcp-column-set.h"

G_BEGIN_DECLS

/**
 * RcpColumnSets:
 *
 * The named column sets of this desk, as a GListModel of RcpColumnSet: those that the open record has columns for. They are kept in the
 * settings with the ids of providers and places, never of patients. Until a desk keeps its own, every place is one when there are
 * several, and so are the rooms when there are any.
 */
#define RCP_TYPE_COLUMN_SETS (rcp_column_sets_get_type ())
G_DECLARE_FINAL_TYPE (RcpColumnSets, rcp_column_sets, RCP, COLUMN_SETS, GObject)

RcpColumnSets *rcp_column_sets_new (GSettings *settings);
void rcp_column_sets_set_roster (RcpColumnSets *self, RcpRoster *roster);
/* Takes the place of the one of that name, or comes last. FALSE: it has no name. */
gboolean rcp_column_sets_save (RcpColumnSets *self, RcpColumnSet *set);
/* FALSE: the name is empty or another has it. */
gboolean rcp_column_sets_rename (RcpColumnSets *self, guint position, const char *name);
void rcp_column_sets_remove (RcpColumnSets *self, guint position);
/* Changes places with the one before (-1) or after (1). */
void rcp_column_sets_move (RcpColumnSets *self, guint position, int by);

G_END_DECLS
