/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The envelope in which X12 travels over HTTP: CAQH CORE Connectivity vC2.2.0, as MIME multipart or as SOAP 1.2. */

#define RCP_CORE_ERROR (rcp_core_error_quark ())
GQuark rcp_core_error_quark (void);

/**
 * RcpCoreError:
 * @RCP_CORE_ERROR_NO_ENVELOPE: what came is neither an envelope nor X12: a page of HTML, say
 * @RCP_CORE_ERROR_TOO_LONG: more than RCP_CORE_LONGEST bytes
 */
typedef enum
{
  RCP_CORE_ERROR_NO_ENVELOPE,
  RCP_CORE_ERROR_TOO_LONG,
} RcpCoreError;

#define RCP_CORE_LONGEST (16 * 1024 * 1024)
#define RCP_CORE_REQUEST_270 "X12_270_Request_005010X279A1"
#define RCP_CORE_SUCCESS "Success"

typedef enum
{
  RCP_CORE_FORM_MIME,
  RCP_CORE_FORM_SOAP,
} RcpCoreForm;

/**
 * RcpCoreEnvelope:
 * @payload_type: "X12_270_Request_005010X279A1", "X12_271_Response_005010X279A1", "CoreEnvelopeError", ...; empty for a bare payload
 * @payload_id: a UUID, new for every attempt
 * @time_stamp: "2026-03-10T14:15:00Z"
 * @payload: the X12; empty when there is none
 * @error_code: of an answer: "Success", "Sender", ...; empty when it does not say
 */
typedef struct
{
  char *payload_type;
  char *payload_id;
  char *time_stamp;
  char *sender;
  char *receiver;
  char *payload;
  char *error_code;
  char *error_message;
} RcpCoreEnvelope;

RcpCoreEnvelope *rcp_core_envelope_new (void);
void rcp_core_envelope_free (RcpCoreEnvelope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpCoreEnvelope, rcp_core_envelope_free)

GBytes *rcp_core_envelope_write (const RcpCoreEnvelope *self, RcpCoreForm form, const char *user_name, const char *password,
                                 char **content_type);
RcpCoreEnvelope *rcp_core_envelope_read (const char *content_type, GBytes *body, GError **error);

G_END_DECLS
