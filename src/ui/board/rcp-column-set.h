/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_COLUMNS_BY_PROVIDER,
  RCP_COLUMNS_BY_ROOM,
  RCP_COLUMNS_BY_DEVICE,
} RcpColumnsBy;

/**
 * RcpColumnSet:
 *
 * Which columns a board shows: by provider, by room or by device, and which of them. A choice names a place, a specialty or one column by its
 * Schedule; a column is shown when any choice means it, and so is one that is new at that place. Without choices: all. Immutable.
 */
#define RCP_TYPE_COLUMN_SET (rcp_column_set_get_type ())
G_DECLARE_FINAL_TYPE (RcpColumnSet, rcp_column_set, RCP, COLUMN_SET, GObject)

/* @choices: nullable; see the functions below */
RcpColumnSet *rcp_column_set_new (const char *name, RcpColumnsBy by, const char *const *choices);
RcpColumnSet *rcp_column_set_rename (RcpColumnSet *self, const char *name);
const char *rcp_column_set_get_name (RcpColumnSet *self);
RcpColumnsBy rcp_column_set_get_by (RcpColumnSet *self);
const char *const *rcp_column_set_get_choices (RcpColumnSet *self);
gboolean rcp_column_set_equal (RcpColumnSet *a, RcpColumnSet *b); /* whether they show the same; the name does not matter */
/* @place_id, @specialty, @schedule_id: nullable */
gboolean rcp_column_set_has (RcpColumnSet *self, const char *place_id, const char *specialty, const char *schedule_id);

/* Choices: (transfer full). */
char *rcp_column_choice_place (const char *place_id);
char *rcp_column_choice_specialty (const char *code);
char *rcp_column_choice_schedule (const char *schedule_id);

/* Whether @room, a room or a device, may be a column of such a set. */
gboolean rcp_columns_by_takes (RcpColumnsBy by, RcpRoom *room);

/* As settings keep it: the nick of by, and back. */
const char *rcp_columns_by_to_nick (RcpColumnsBy by);
RcpColumnsBy rcp_columns_by_from_nick (const char *nick); /* by provider, for what is none */

G_END_DECLS
