/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For identity and insurance: one entry or one change of the record that is made exactly once or not at all, whatever
 * becomes of the replies; each together with its Provenance. */

#include "fhir/fhir-client.h"
#include "identity/rcp-identity-error.h"

G_BEGIN_DECLS

/**
 * RcpAct: what is done, by whom, when and why: for the Provenance.
 * @code: of RCP_SYSTEM_DEED, static
 * @desk: (nullable): the name of the desk
 * @reason: (nullable): in the words of the desk
 */
typedef struct
{
  const char *code;
  char *desk;
  char *reason;
  gint64 now;
} RcpAct;

RcpAct *rcp_act_new (const char *code, const char *desk, const char *reason, gint64 now);
RcpAct *rcp_act_copy (const RcpAct *self);
void rcp_act_free (RcpAct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpAct, rcp_act_free)

/* @activity: "CREATE" or "UPDATE". (transfer full) */
JsonObject *rcp_act_to_provenance (const RcpAct *self, const char *target, const char *activity);

/* Sends @resource once: as a PUT with @condition as If-Match when it has an id, else as a POST with @condition as
 * If-None-Exist. Where a server has no transactions its Provenance follows by itself. */
void rcp_identity_send_async (FhirClient *client, JsonObject *resource, const char *condition, const RcpAct *act,
                              GAsyncReadyCallback callback, gpointer user_data);
/* The ETag of a PUT, "" when the server told none; NULL with a FhirError. (transfer full) */
char *rcp_identity_send_finish (GAsyncResult *result, GError **error);

/* Whether the record may hold it although @failure came back; or the same may simply be sent again. */
gboolean rcp_identity_must_look (const GError *failure);
/* Calls @next with @task after a pause that grows with @n_tries. */
void rcp_identity_pause_then (GTask *task, guint n_tries, void (*next) (GTask *task));

#define RCP_IDENTITY_MAX_SENDS 6

/* Enters @resource, whose first identifier is of RCP_SYSTEM_REGISTRATION and its own. */
void rcp_identity_create_async (FhirClient *client, JsonObject *resource, const RcpAct *act, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* As the record holds it: (transfer full); NULL with a RcpIdentityError. */
FhirResource *rcp_identity_create_finish (GAsyncResult *result, GError **error);

/* What to write over @current: (transfer full); NULL when nothing is left to write; NULL with @error to give up. */
typedef JsonObject *(*RcpIdentityPrepare) (FhirResource *current, gpointer user_data, GError **error);

/* Changes what was last read as @known. @prepare is called again with what another desk made of it meanwhile. */
void rcp_identity_update_async (FhirClient *client, FhirResource *known, RcpIdentityPrepare prepare, gpointer prepare_data,
                                const RcpAct *act, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* As the record holds it: (transfer full); NULL with a RcpIdentityError. */
FhirResource *rcp_identity_update_finish (GAsyncResult *result, GError **error);

/* Ends @task with what @make makes of @stored, or with @error; takes both. */
typedef gpointer (*RcpIdentityMake) (FhirResource *stored);
void rcp_identity_return (GTask *task, FhirResource *stored, GError *error, RcpIdentityMake make);

G_END_DECLS
