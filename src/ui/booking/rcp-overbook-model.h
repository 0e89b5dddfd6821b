/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-book-visit.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpFullTime:
 *
 * A time that cannot be had, but that could be taken on purpose: what is in the way, and how often that was done already in
 * that half day.
 */
#define RCP_TYPE_FULL_TIME (rcp_full_time_get_type ())
G_DECLARE_FINAL_TYPE (RcpFullTime, rcp_full_time, RCP, FULL_TIME, GObject)

RcpProvider *rcp_full_time_get_provider (RcpFullTime *self);
RcpTimeRange rcp_full_time_get_range (RcpFullTime *self);
const char *rcp_full_time_get_conflicts (RcpFullTime *self); /* a line for each, translated */
gboolean rcp_full_time_is_at_limit (RcpFullTime *self);
/* "1 of 2 overbooked visits in this half day"; NULL where there is no limit: (transfer full). */
char *rcp_full_time_describe_limit (RcpFullTime *self);

/**
 * RcpOverbookWish: for whom, and what.
 * @visit_type, @complaint: nullable
 * @schedule_id: one provider's column, or NULL: any who gives such visits
 * @duration: minutes
 */
typedef struct
{
  RcpPatient *patient;
  RcpVisitType *visit_type;
  RcpUrgency urgency;
  const char *complaint;
  const char *schedule_id;
  guint duration;
} RcpOverbookWish;

/**
 * RcpOverbookModel:
 *
 * The view-model of booking on top of what is booked: the full times of a day, each with all that is in the way, and the
 * one booking that comes of it.
 *
 * How many visits of a half day may be put beside others is set for each provider, in Preferences. At the limit a desk is
 * refused: it was set by whoever answers for the waiting room, and a limit that one more click passes is none. An emergency
 * alone goes beyond it, after a second question, because the patient is seen today in any case and it is better that the
 * board says so; the record keeps the reason and that it was beyond the limit.
 *
 * Properties: "loading" (boolean): the day is being read; "failed" (boolean): it could not be.
 */
#define RCP_TYPE_OVERBOOK_MODEL (rcp_overbook_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpOverbookModel, rcp_overbook_model, RCP, OVERBOOK_MODEL, GObject)

RcpOverbookModel *rcp_overbook_model_new (RcpDesk *desk, const RcpOverbookWish *wish, const GDate *day);
const GDate *rcp_overbook_model_get_day (RcpOverbookModel *self);
void rcp_overbook_model_set_day (RcpOverbookModel *self, const GDate *day);
GListModel *rcp_overbook_model_get_times (RcpOverbookModel *self); /* of RcpFullTime, by time; the same list for life */
/* Where the time of @provider that has @start in it stands in the list; G_MAXUINT when it does not. */
guint rcp_overbook_model_find (RcpOverbookModel *self, RcpProvider *provider, gint64 start);
/* Whether @time may be booked: below the limit, or beyond it for an emergency. */
gboolean rcp_overbook_model_may_book (RcpOverbookModel *self, RcpFullTime *time);
/* Whether that is to be asked once more. */
gboolean rcp_overbook_model_needs_second_yes (RcpOverbookModel *self, RcpFullTime *time);

/* @reason: why, in the words of the desk; not empty. Runs once at a time. */
void rcp_overbook_model_book_async (
    RcpOverbookModel *self, RcpFullTime *time, const char *reason, GAsyncReadyCallback callback, gpointer user_data);
RcpVisit *rcp_overbook_model_book_finish (RcpOverbookModel *self, GAsyncResult *result, GError **error);

G_END_DECLS
