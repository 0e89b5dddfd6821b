/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-patient-finder.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_FIND_EMPTY,     /* nothing typed yet */
  RCP_FIND_SEARCHING, /* the results shown are of an earlier text */
  RCP_FIND_RESULTS,
  RCP_FIND_NOTHING,
  RCP_FIND_FAILED,
} RcpFindState;

/**
 * RcpFindModel:
 *
 * The view-model of Find: text in, patients out while typing. Each new text takes back the search before it, so that a
 * late answer never replaces a newer one. Properties: "state" (RcpFindState as int), "error-text".
 */
#define RCP_TYPE_FIND_MODEL (rcp_find_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpFindModel, rcp_find_model, RCP, FIND_MODEL, GObject)

RcpFindModel *rcp_find_model_new (FhirClient *client, RcpClock *clock);
void rcp_find_model_set_text (RcpFindModel *self, const char *text);
RcpFindState rcp_find_model_get_state (RcpFindModel *self);
const char *rcp_find_model_get_error_text (RcpFindModel *self);
GListModel *rcp_find_model_get_results (RcpFindModel *self); /* of RcpFound; the same list for life */

G_END_DECLS
