/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-day.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_CONFLICT_PAST,     /* the time is over */
  RCP_CONFLICT_CLOSED,   /* the place is closed */
  RCP_CONFLICT_HOURS,    /* nobody works then */
  RCP_CONFLICT_BLOCKED,  /* lunch, a meeting */
  RCP_CONFLICT_BUSY,     /* the provider's own calendar keeps the time */
  RCP_CONFLICT_PROVIDER, /* the provider has another visit */
  RCP_CONFLICT_PATIENT,  /* the patient has another visit */
  RCP_CONFLICT_ROOM,     /* the room is taken by another visit */
} RcpConflictKind;

#define RCP_CONFLICT_BIT(kind) (1u << (kind))

/**
 * RcpConflict: one thing that is in the way.
 * @range: when it is; empty for what is outside of the hours, or over
 * @visit: the other visit, or NULL
 * @block: what blocked time is for
 * @busy: how a calendar keeps the time
 * @words: in the words of who blocked it, or NULL
 * @room: for RCP_CONFLICT_ROOM: which one, or NULL when only one is asked for
 * @is_kept: whether the visit has that room already and brings it along: no other will do
 */
typedef struct
{
  RcpConflictKind kind;
  RcpTimeRange range;
  RcpVisit *visit;
  RcpBlockKind block;
  RcpBusyKind busy;
  char *words;
  RcpRoom *room;
  gboolean is_kept;
} RcpConflict;

void rcp_conflict_free (RcpConflict *conflict);

/**
 * RcpShade: starts, next to one another, that are illegal for the same reasons.
 * @starts: half-open
 * @kinds: of RCP_CONFLICT_BIT()
 */
typedef struct
{
  RcpTimeRange starts;
  guint kinds;
} RcpShade;

/**
 * RcpConflicts: what is in the way of one visit in one column on one day; pure: no I/O, no clock.
 */
typedef struct _RcpConflicts RcpConflicts;

/* @duration: of the visit, microseconds. Until hours are set, the column is always open. */
RcpConflicts *rcp_conflicts_new (RcpTimeRange day, gint64 duration, gint64 now);
void rcp_conflicts_free (RcpConflicts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpConflicts, rcp_conflicts_free)
/* The whole of it from a loaded day: the hours and blocks of @provider, and the other visits. @moved: the visit that is
 * moved, which is in nobody's way, or NULL; @patient_id: whose visit it is, or NULL for that of @moved; @room: reference of
 * the room or device that the visit takes, or NULL. */
RcpConflicts *rcp_conflicts_new_for_column (RcpDay *day,
                                            RcpProvider *provider,
                                            RcpVisit *moved,
                                            const char *patient_id,
                                            const char *room,
                                            gint64 duration,
                                            gint64 now);
/* The visit takes one of @rooms (element-type RcpRoom) along: where none is free, all that is in the way is told. @moved: as
 * above. */
void rcp_conflicts_add_rooms (RcpConflicts *self, RcpDay *day, GPtrArray *rooms, RcpVisit *moved);
/* The visit brings all of @rooms (element-type RcpRoom) along: where one is not free, that is told. @moved: as above. */
void rcp_conflicts_add_kept_rooms (RcpConflicts *self, RcpDay *day, GPtrArray *rooms, RcpVisit *moved);
void rcp_conflicts_set_hours (RcpConflicts *self, GArray *open); /* of RcpTimeRange; copied */
void rcp_conflicts_add_visit (RcpConflicts *self, RcpConflictKind kind, RcpVisit *visit);
/* @visit: or NULL: then the room is closed or blocked in @range. */
void rcp_conflicts_add_room_visit (RcpConflicts *self, RcpRoom *room, RcpTimeRange range, RcpVisit *visit);
/* The same of a room that comes along whatever others are free. */
void rcp_conflicts_add_kept_room_visit (RcpConflicts *self, RcpRoom *room, RcpTimeRange range, RcpVisit *visit);
void rcp_conflicts_set_n_rooms (RcpConflicts *self, guint n_rooms); /* how many there are to choose from; 1 */
void rcp_conflicts_add_block (RcpConflicts *self, const RcpBlock *block);
/* @busy: of RcpBusy, what the provider's calendar keeps; what is tentative is in nobody's way. */
void rcp_conflicts_add_busy (RcpConflicts *self, GArray *busy);
void rcp_conflicts_add_closed (RcpConflicts *self, RcpTimeRange closed);

/* All that is in the way of a visit at @start, the gravest first: (transfer full) (element-type RcpConflict). */
GPtrArray *rcp_conflicts_at (RcpConflicts *self, gint64 start);
/* The kinds alone, as RCP_CONFLICT_BIT(): 0 when the visit may start there. */
guint rcp_conflicts_kinds_at (RcpConflicts *self, gint64 start);
/* The illegal starts of the day, in order, without those that are legal: (transfer full) (element-type RcpShade). */
GArray *rcp_conflicts_shade (RcpConflicts *self);

/* One sentence for people: (transfer full). @provider, @room_name: nullable. */
char *rcp_conflict_describe (const RcpConflict *conflict, RcpProvider *provider, const char *room_name);

G_END_DECLS
