/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/* The calls of the client, waited for. Each runs the main loop until its callback came. */
FhirCapabilities *await_capabilities (FhirClient *client, GError **error);
FhirResource *await_read (FhirClient *client, const char *reference, GError **error);
FhirBundle *await_search (FhirClient *client, FhirSearch *search, GError **error);
FhirBundle *await_search_next (FhirClient *client, FhirBundle *page, GError **error);
FhirBundle *await_search_all (FhirClient *client, FhirSearch *search, guint limit, GError **error);
FhirResource *await_create (FhirClient *client, JsonObject *resource, const char *if_none_exist, GError **error);
FhirResource *await_update (FhirClient *client, JsonObject *resource, const char *if_match, GError **error);
FhirResource *await_patch (FhirClient *client, const char *reference, JsonArray *patch, const char *if_match,
                           GError **error);
gboolean await_delete (FhirClient *client, const char *reference, const char *if_match, GError **error);
FhirBundle *await_transact (FhirClient *client, FhirTransaction *transaction, GError **error);
FhirResource *await_operation (FhirClient *client, const char *path, JsonObject *parameters, GError **error);
FhirResource *await_operation_get (FhirClient *client, const char *path, GError **error);

GPtrArray *await_history (FhirClient *client, const char *reference, guint limit, gboolean *is_cut, GError **error);
gboolean await_verify_transactions (FhirClient *client, GError **error);

/* Waits for a call that the test starts by itself with await_cb() and a GAsyncResult to fill. */
void await_cb (GObject *source, GAsyncResult *result, gpointer user_data);
void await_result (GAsyncResult **result);
/* Runs the main loop for a while. */
void await_ms (guint ms);

/* A JsonObject of text that is correct. */
JsonObject *await_json (const char *text);

G_END_DECLS
