/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fhir/fhir-bundle.h"
#include "fhir/fhir-capabilities.h"
#include "fhir/fhir-error.h"
#include "fhir/fhir-resource.h"
#include "fhir/fhir-search.h"
#include "fhir/fhir-transaction.h"

G_BEGIN_DECLS

/**
 * FhirClient:
 *
 * The asynchronous client of one FHIR R4 server. Every call belongs to the thread-default main context of its caller.
 *
 * Reads are repeated with back-off (and Retry-After) after 429, 502, 503, 504 and broken connections; writes only
 * where the server says that nothing was done (429, 503 with Retry-After) or where repeating is safe by construction
 * (a conditional create; a PUT with If-Match is not). See fhir_error_is_outcome_unknown().
 */
#define FHIR_TYPE_CLIENT (fhir_client_get_type ())
G_DECLARE_FINAL_TYPE (FhirClient, fhir_client, FHIR, CLIENT, GObject)

FhirClient *fhir_client_new (const char *base_url);              /* "https://host/fhir" */
FhirClient *fhir_client_new_for_socket (const char *socket_path); /* Unix socket, base path /fhir */

const char *fhir_client_get_base_url (FhirClient *self);
void fhir_client_set_bearer_token (FhirClient *self, const char *token); /* cleared on free */
void fhir_client_set_timeout (FhirClient *self, guint seconds);  /* of one attempt; default 20 */
void fhir_client_set_max_retries (FhirClient *self, guint retries); /* default 3 */
guint64 fhir_client_get_n_requests (FhirClient *self);           /* sent so far, for tests and measures */

/* CapabilityStatement, asked once and kept. Refuses another fhirVersion than 4.0.x. */
void fhir_client_load_capabilities_async (FhirClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirCapabilities *fhir_client_load_capabilities_finish (FhirClient *self, GAsyncResult *result, GError **error); /* (transfer full) */

void fhir_client_read_async (FhirClient *self, const char *reference, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirResource *fhir_client_read_finish (FhirClient *self, GAsyncResult *result, GError **error);

/* One version of a resource: @resource is NULL for the one that deleted it; @updated in microseconds UTC, 0 when not told. */
typedef struct
{
  FhirResource *resource;
  gint64 updated;
} FhirVersion;

void fhir_version_free (FhirVersion *version);

/* All versions of @reference, also of one that was deleted; no further page is read once @limit are there. */
void fhir_client_history_async (FhirClient *self, const char *reference, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *fhir_client_history_finish (FhirClient *self, GAsyncResult *result, gboolean *is_cut, GError **error); /* (element-type FhirVersion) (transfer full) */

/* One page. */
void fhir_client_search_async (FhirClient *self, FhirSearch *search, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirBundle *fhir_client_search_finish (FhirClient *self, GAsyncResult *result, GError **error);
/* The page behind fhir_bundle_get_next(); refuses another origin than the base URL's. */
void fhir_client_search_next_async (FhirClient *self, FhirBundle *page, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirBundle *fhir_client_search_next_finish (FhirClient *self, GAsyncResult *result, GError **error);
/* Every page, joined into one Bundle; at most @limit matches (0: no limit), duplicates by id removed. */
void fhir_client_search_all_async (FhirClient *self, FhirSearch *search, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirBundle *fhir_client_search_all_finish (FhirClient *self, GAsyncResult *result, GError **error);

void fhir_client_create_async (FhirClient *self, JsonObject *resource, const char *if_none_exist, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirResource *fhir_client_create_finish (FhirClient *self, GAsyncResult *result, GError **error);
void fhir_client_update_async (FhirClient *self, JsonObject *resource, const char *if_match, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirResource *fhir_client_update_finish (FhirClient *self, GAsyncResult *result, GError **error);
void fhir_client_patch_async (FhirClient *self, const char *reference, JsonArray *patch, const char *if_match, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirResource *fhir_client_patch_finish (FhirClient *self, GAsyncResult *result, GError **error);
void fhir_client_delete_async (FhirClient *self, const char *reference, const char *if_match, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean fhir_client_delete_finish (FhirClient *self, GAsyncResult *result, GError **error);

/* Sends @transaction and checks the reply: as many entries as were sent, each 2xx, or an error; a 200 around a failed
 * entry is FHIR_ERROR_BAD_REPLY with an unknown outcome. */
void fhir_client_transact_async (FhirClient *self, FhirTransaction *transaction, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirBundle *fhir_client_transact_finish (FhirClient *self, GAsyncResult *result, GError **error);

/* Asks @paths, each a GET relative to the base, in one request of type batch. The reply has as many responses as were asked,
 * in that order; each tells its own status, and only a reply that is none is an error. */
void fhir_client_batch_get_async (FhirClient *self, const char *const *paths, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirBundle *fhir_client_batch_get_finish (FhirClient *self, GAsyncResult *result, GError **error);

/* Tries on scratch resources whether the server's transactions are all or nothing and heed ifMatch. Where they do not,
 * fhir_client_transact_async() refuses with FHIR_ERROR_UNSUPPORTED from then on. */
void fhir_client_verify_transactions_async (FhirClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Whether they can be relied upon; FALSE without @error means that they cannot. */
gboolean fhir_client_verify_transactions_finish (FhirClient *self, GAsyncResult *result, GError **error);

/* POST [base]/@path, such as "Appointment/$book", with a Parameters resource. */
void fhir_client_operation_async (FhirClient *self, const char *path, JsonObject *parameters, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* GET [base]/@path, for operations that change nothing. */
void fhir_client_operation_get_async (FhirClient *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirResource *fhir_client_operation_finish (FhirClient *self, GAsyncResult *result, GError **error);

/* GET [base]/@path, answered when it is another answer than was @seen. */
void fhir_client_poll_async (FhirClient *self, const char *path, const char *seen, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirResource *fhir_client_poll_finish (FhirClient *self, GAsyncResult *result, char **seen, GError **error);

G_END_DECLS
