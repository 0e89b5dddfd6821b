/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-desk.h"

G_BEGIN_DECLS

struct _RcpDesk
{
  GObject parent_instance;

  RcpClock *clock;
  RcpPracticeHost *host;
  RcpHeadStart *head_start; /* of @host, until it is taken */
  FhirClient *client;
  RcpRoster *roster;
  guint roster_asked; /* how often it was read */
  guint roster_taken; /* which of these readings is here */
  RcpDayBook *day_book;
  RcpBookingMarks *marks;
  RcpPayer *payer;          /* or NULL */
  RcpBusyTimes *busy_times; /* of whatever record is open */
  GTimeZone *zone;
  RcpDeskState state;
  GError *error;
  GCancellable *background; /* of what goes on behind an open record */
  guint publish_id;
  gboolean is_put_off;      /* publishing failed */
  gboolean is_late;         /* it was told that it did */
  guint retry;              /* milliseconds until it is tried again; longer each time */
  guint first_retry;        /* 0: as usual */
  gboolean is_refitting;    /* slots are made to follow their hours: one after the other */
  GTask *next_refit;        /* that waits for this */
  void (*begin_refit) (GTask *task);
  RcpTimeRange early; /* the day of a head start, to be read once more; empty when there was none */
  char *name;
  int undo_grace;
};

/* What rcp-desk-open.c does with the desk. */
void rcp_desk_set_state (RcpDesk *self, RcpDeskState state, const GError *error);
void rcp_desk_take_record (RcpDesk *self, FhirClient *client, RcpRoster *roster, RcpDay *day);
/* Does what rcp_desk_reload_roster_async() does, and keeps the desk no longer than @task does: (transfer full) (nullable), which tells
 * whether it was read. */
void rcp_desk_read_roster (RcpDesk *self, GCancellable *cancellable, GTask *task);
RcpHeadStart *rcp_desk_steal_head_start (RcpDesk *self); /* (transfer full) (nullable) */

/* rcp-desk-publish.c */
void rcp_desk_publish_hours (RcpDesk *self);
void rcp_desk_follow_day_book (RcpDesk *self); /* a new one */
void rcp_desk_put_off_hours (RcpDesk *self, const char *what, const GError *error); /* they are tried again later */
/* Only one at a time makes slots follow their hours: @begin is called when it is @task's turn, and it ends with
 * rcp_desk_end_refit(). Who comes while another one waits joins that one, in its task data (GPtrArray of GTask). */
void rcp_desk_queue_refit (RcpDesk *self, GTask *task, void (*begin) (GTask *task));
void rcp_desk_end_refit (RcpDesk *self);
gpointer rcp_desk_make_weak (RcpDesk *self); /* for the callback of what does not keep the desk */
RcpDesk *rcp_desk_get_from_weak (gpointer data);

G_END_DECLS
