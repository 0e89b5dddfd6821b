/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: one change of the record that is made exactly once or not at all, whatever becomes of the
 * replies. */

#include "fhir/fhir-client.h"
#include "scheduling/rcp-scheduling-error-private.h"

G_BEGIN_DECLS

/**
 * RcpRecordState: what the probes of a plan read, one after the other: by reference.
 */
typedef struct _RcpRecordState RcpRecordState;

RcpRecordState *rcp_record_state_new (void);
void rcp_record_state_free (RcpRecordState *self);
void rcp_record_state_add (RcpRecordState *self, FhirBundle *bundle);
FhirResource *rcp_record_state_lookup (RcpRecordState *self, const char *reference); /* borrowed, or NULL */
/* The first of @type whose first identifier of @system is @value: borrowed, or NULL. */
FhirResource *rcp_record_state_find (RcpRecordState *self, const char *type, const char *system, const char *value);
GPtrArray *rcp_record_state_dup_all (RcpRecordState *self); /* (element-type FhirResource), in no order */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpRecordState, rcp_record_state_free)

typedef enum
{
  RCP_VERDICT_ABSENT, /* nothing of the change is in the record */
  RCP_VERDICT_PART,   /* some of it */
  RCP_VERDICT_WHOLE,
} RcpVerdict;

/* @difference: (out): what is missing or other than asked, without content of the record; not for RCP_VERDICT_WHOLE */
typedef RcpVerdict (*RcpCommitJudge) (RcpRecordState *state, gpointer user_data, char **difference);
/* What to write so that @current, which the change left behind in part, is as if it had not been: a resource to PUT
 * (transfer full), or NULL when @current is not of the change. */
typedef JsonObject *(*RcpCommitUndo) (RcpRecordState *state, FhirResource *current, gpointer user_data);

/**
 * RcpCommitPlan:
 * @deed: for the messages
 * @transaction: what to send; or NULL, then @update with @if_match
 * @probes: (element-type FhirSearch): what to read to see whether it is there
 * @n_probes_after_yes: the first so many of them are enough for the first look after a plain yes
 * @judge: tells it from what they read
 * @undo: how to take a part of it back
 * @visits: (element-type FhirResource): those that are changed, as they were; empty for new ones; their versions tell
 *   RCP_SCHEDULING_ERROR_CHANGED from RCP_SCHEDULING_ERROR_TAKEN
 */
typedef struct
{
  RcpDeed deed;
  FhirTransaction *transaction;
  JsonObject *update;
  char *if_match;
  GPtrArray *probes;
  guint n_probes_after_yes;
  RcpCommitJudge judge;
  RcpCommitUndo undo;
  gpointer user_data;
  GPtrArray *visits;
} RcpCommitPlan;

RcpCommitPlan *rcp_commit_plan_new (RcpDeed deed, RcpCommitJudge judge, RcpCommitUndo undo, gpointer user_data);
void rcp_commit_plan_free (RcpCommitPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpCommitPlan, rcp_commit_plan_free)

/* Takes @plan, whose user_data must live until the callback. @cancellable is heeded only until the change is sent. */
void rcp_commit_async (FhirClient *client,
                       RcpCommitPlan *plan,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
/* The record with the whole change in it: (transfer full); NULL with a RcpSchedulingError. */
RcpRecordState *rcp_commit_finish (GAsyncResult *result, GError **error);

G_END_DECLS
