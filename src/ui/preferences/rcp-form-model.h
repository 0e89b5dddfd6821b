/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-setup.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpFormModel:
 *
 * The rules of one form of Preferences: what is typed, what is wrong with it, and saving it. Signal "changed" when any
 * of that is other than before.
 */
#define RCP_TYPE_FORM_MODEL (rcp_form_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpFormModel, rcp_form_model, RCP, FORM_MODEL, GObject)

/* @reference: what is edited, or NULL for a new one. */
RcpFormModel *rcp_form_model_new (RcpDesk *desk, RcpSetupKind kind, const char *reference);
RcpSetupKind rcp_form_model_get_kind (RcpFormModel *self);
gboolean rcp_form_model_is_new (RcpFormModel *self);
const char *rcp_form_model_get_reference (RcpFormModel *self); /* of what is edited, or NULL */
RcpRoster *rcp_form_model_get_roster (RcpFormModel *self); /* what it was read from */

void rcp_form_model_get_today (RcpFormModel *self, GDate *today);

const char *rcp_form_model_get_text (RcpFormModel *self, const char *key);
gboolean rcp_form_model_is_set (RcpFormModel *self, const char *key);
void rcp_form_model_set_text (RcpFormModel *self, const char *key, const char *text);
void rcp_form_model_set_flag (RcpFormModel *self, const char *key, gboolean set);
/* Monday's hours for Tuesday to Friday as well. */
void rcp_form_model_copy_monday (RcpFormModel *self, const char *place_id);

/* What is wrong with a field, once it was changed; of a whole form, whether seen or not. NULL when nothing is. */
const char *rcp_form_model_get_fault (RcpFormModel *self, const char *key);
void rcp_form_model_set_unfinished (RcpFormModel *self, const char *key, const char *reason);
gboolean rcp_form_model_is_changed (RcpFormModel *self);
gboolean rcp_form_model_can_save (RcpFormModel *self);
/* Why it cannot be saved, for people: (transfer full), NULL when it can. */
char *rcp_form_model_dup_reason (RcpFormModel *self);
gboolean rcp_form_model_is_busy (RcpFormModel *self);
/* Another desk saved first: rcp_form_model_reload_async() puts what was typed on top of that. */
gboolean rcp_form_model_is_outdated (RcpFormModel *self);

void rcp_form_model_save_async (RcpFormModel *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_form_model_save_finish (RcpFormModel *self, GAsyncResult *result, GError **error);
void rcp_form_model_reload_async (RcpFormModel *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_form_model_reload_finish (RcpFormModel *self, GAsyncResult *result, GError **error);

G_END_DECLS
