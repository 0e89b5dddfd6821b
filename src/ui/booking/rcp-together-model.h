/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-wish.h"
#include "ui/booking/rcp-together-part.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_TOGETHER_SEARCHING,
  RCP_TOGETHER_READY,
  RCP_TOGETHER_NOTHING, /* nothing fits: see "notice" */
  RCP_TOGETHER_FAILED,  /* the openings could not be read: see "notice" */
  RCP_TOGETHER_BUSY,    /* being booked: nothing may be changed */
  RCP_TOGETHER_DONE,
} RcpTogetherState;

/**
 * RcpTogetherModel:
 *
 * The view-model of several visits that are booked as one: several people with one provider, one person with several
 * visits in a row, or several people in one visit; the openings that follow one another; and the one transaction that
 * comes of it. Every change searches anew.
 *
 * Properties: "state" (int), "notice" (string or NULL), "in-one" (boolean).
 */
#define RCP_TYPE_TOGETHER_MODEL (rcp_together_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpTogetherModel, rcp_together_model, RCP, TOGETHER_MODEL, GObject)

/* The first part; @wish tells from when on, at what time of day, how soon and with whom. @visit_type, @complaint:
 * nullable. */
RcpTogetherModel *rcp_together_model_new (RcpDesk *desk,
                                          RcpPatient *patient,
                                          RcpVisitType *visit_type,
                                          const RcpWish *wish,
                                          const char *complaint);
RcpDesk *rcp_together_model_get_desk (RcpTogetherModel *self);
GListModel *rcp_together_model_get_parts (RcpTogetherModel *self); /* of RcpTogetherPart; the same list for life */
/* One more person, for what the last one comes for; FALSE when nothing may be changed any more. */
gboolean rcp_together_model_add_person (RcpTogetherModel *self, RcpPatient *patient);
/* One more visit of the last person, for what is chosen then. */
gboolean rcp_together_model_add_visit (RcpTogetherModel *self);
void rcp_together_model_remove (RcpTogetherModel *self, guint position); /* not the only one */
void rcp_together_model_set_visit_type (RcpTogetherModel *self, guint position, RcpVisitType *visit_type);
/* All people in one visit; only where each of them is there once. */
gboolean rcp_together_model_may_be_in_one (RcpTogetherModel *self);
void rcp_together_model_set_in_one (RcpTogetherModel *self, gboolean in_one);
gboolean rcp_together_model_is_in_one (RcpTogetherModel *self);

RcpTogetherState rcp_together_model_get_state (RcpTogetherModel *self);
const char *rcp_together_model_get_notice (RcpTogetherModel *self);
GListModel *rcp_together_model_get_offers (RcpTogetherModel *self); /* of RcpOffer: first parts; the same list for life */
/* "9:00 Maria Garcia, Dr. Ruiz" in a line for each part: (transfer full). */
char *rcp_together_model_describe (RcpTogetherModel *self, RcpOffer *offer);
/* "Tue, 24 Nov, 9:00 to 10:30": (transfer full). */
char *rcp_together_model_describe_time (RcpTogetherModel *self, RcpOffer *offer);

/* Books all of it in one transaction. On failure the model has a notice and searches anew. */
void rcp_together_model_book_async (RcpTogetherModel *self,
                                    RcpOffer *offer,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* The visits as the record holds them: (transfer full) (element-type RcpVisit). */
GPtrArray *rcp_together_model_book_finish (RcpTogetherModel *self, GAsyncResult *result, GError **error);

G_END_DECLS
