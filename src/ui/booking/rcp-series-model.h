/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-series.h"
#include "scheduling/rcp-undo.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_SERIES_SEARCHING,
  RCP_SERIES_READY,
  RCP_SERIES_FAILED, /* the dates could not be read: see "notice" */
  RCP_SERIES_BUSY,   /* being booked or taken back */
  RCP_SERIES_DONE,   /* booked as far as it went: each date says what became of it */
} RcpSeriesState;

/**
 * RcpSeriesRow:
 *
 * One date of a series: the time that is wanted, and what can be had.
 */
#define RCP_TYPE_SERIES_ROW (rcp_series_row_get_type ())
G_DECLARE_FINAL_TYPE (RcpSeriesRow, rcp_series_row, RCP, SERIES_ROW, GObject)

gint64 rcp_series_row_get_wanted (RcpSeriesRow *self);
RcpSeriesFit rcp_series_row_get_fit (RcpSeriesRow *self);
RcpOffer *rcp_series_row_get_offer (RcpSeriesRow *self);    /* the nearest where the wanted time cannot be had; or NULL */
gboolean rcp_series_row_is_chosen (RcpSeriesRow *self);

/**
 * RcpSeriesModel:
 *
 * The view-model of a repeated visit: how often, the dates that come of it with what stands against each, what is chosen of
 * them, and what became of each when they were booked.
 *
 * Properties: "state" (int), "n-chosen" (uint), "notice" (string or NULL).
 */
#define RCP_TYPE_SERIES_MODEL (rcp_series_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpSeriesModel, rcp_series_model, RCP, SERIES_MODEL, GObject)

/* @offer: the first visit; @visit_type, @complaint: nullable */
RcpSeriesModel *rcp_series_model_new (RcpDesk *desk,
                                      RcpPatient *patient,
                                      RcpOffer *offer,
                                      RcpVisitType *visit_type,
                                      RcpUrgency urgency,
                                      const char *complaint);
/* Every second week, six times, until told otherwise. Reads the dates anew. */
void rcp_series_model_set_rule (RcpSeriesModel *self, RcpSeriesUnit unit, guint every, guint count);
const RcpSeriesRule *rcp_series_model_get_rule (RcpSeriesModel *self);
RcpPatient *rcp_series_model_get_patient (RcpSeriesModel *self);
RcpSeriesState rcp_series_model_get_state (RcpSeriesModel *self);
const char *rcp_series_model_get_notice (RcpSeriesModel *self);
guint rcp_series_model_get_n_chosen (RcpSeriesModel *self);
GListModel *rcp_series_model_get_dates (RcpSeriesModel *self); /* of RcpSeriesRow; the same list for life */
/* What fits is chosen from the start, an exception only on purpose. */
void rcp_series_model_choose (RcpSeriesModel *self, RcpSeriesRow *row, gboolean is_chosen);
/* "Tue, 24 Nov, 9:00": of an instant in the zone of the provider. */
char *rcp_series_model_describe_time (RcpSeriesModel *self, gint64 instant);
/* What stands against the date and what is near, in words; NULL when nothing does. */
char *rcp_series_model_describe_exception (RcpSeriesModel *self, RcpSeriesRow *row);
/* Once booked: what became of the date, in words, and whether it is booked. NULL before. */
char *rcp_series_model_describe_outcome (RcpSeriesModel *self, RcpSeriesRow *row, gboolean *is_booked);

/* Books what is chosen, one after the other. */
void rcp_series_model_book_async (RcpSeriesModel *self, GAsyncReadyCallback callback, gpointer user_data);
/* The first visit that was booked: (transfer full); NULL when none was. */
RcpVisit *rcp_series_model_book_finish (RcpSeriesModel *self, GAsyncResult *result);
gboolean rcp_series_model_can_undo (RcpSeriesModel *self);
/* Takes back all of it; "notice" says what could not be. */
void rcp_series_model_undo_async (RcpSeriesModel *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_series_model_undo_finish (RcpSeriesModel *self, GAsyncResult *result);
/* Once nobody looks at it any more: what stays booked can be undone from the desk, all at once. */
void rcp_series_model_tell_done (RcpSeriesModel *self);

G_END_DECLS
