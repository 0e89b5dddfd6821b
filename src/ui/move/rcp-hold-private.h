/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-hold-model.h"

G_BEGIN_DECLS

/* Visits start at these minutes. */
#define RCP_HOLD_GRAIN 15

struct _RcpHoldModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpBoardModel *board;
  GListStore *pinboard;
  RcpVisit *held;
  GPtrArray *days; /* RcpDay of each column, or NULL until it is asked for */
  gboolean has_place;
  guint column;
  int minute;
  GPtrArray *conflicts; /* RcpConflicts of each column, or NULL where it is not known yet */
  GPtrArray *shades;    /* GArray of each column, likewise */
  gboolean is_busy;
};

/* rcp-hold-model.c */
void rcp_hold_model_changed (RcpHoldModel *self);
/* Drops what was known of the way. */
void rcp_hold_model_forget (RcpHoldModel *self);
/* The pinned visit of the same id is @fresh now. */
void rcp_hold_model_renew (RcpHoldModel *self, RcpVisit *fresh);
/* rcp-hold-place.c */
RcpDay *rcp_hold_model_get_day (RcpHoldModel *self, guint column); /* borrowed; or NULL */
gint64 rcp_hold_model_get_duration (RcpHoldModel *self);
RcpOffer *rcp_hold_model_make_offer (RcpHoldModel *self, guint column, int minute); /* NULL: the time is not free */
RcpOffer *rcp_hold_model_make_overbook_offer (RcpHoldModel *self);
void rcp_hold_model_choose_place (RcpHoldModel *self);
void rcp_hold_model_keep_place (RcpHoldModel *self); /* within the columns that there are */

G_END_DECLS
