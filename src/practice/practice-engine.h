/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-store.h"

G_BEGIN_DECLS

/**
 * PracticeRequest:
 *
 * One FHIR interaction without HTTP: what an entry of a Bundle and a request on the socket have in common.
 */
typedef struct
{
  const char *method;        /* "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD" */
  const char *path;          /* behind the base, no leading slash: "Patient/12", "Appointment/$find", "" */
  const char *query;         /* undecoded, or NULL */
  const char *content_type;  /* or NULL */
  const char *body;
  gsize body_length;
  const char *if_match;
  const char *if_none_match;
  const char *if_modified_since;
  const char *if_none_exist;
  const char *prefer;
  const char *base_url;      /* for absolute URLs in Bundles, no trailing slash */
  gint64 now;                /* microseconds UTC: the clock is injected */
} PracticeRequest;

typedef struct
{
  guint status;
  char *body;                /* JSON, or NULL */
  gsize body_length;
  char *etag;                /* W/"3" or NULL */
  char *location;            /* relative "Patient/12/_history/1" or NULL */
  gint64 last_modified;      /* microseconds UTC, 0 when none */
} PracticeResponse;

/* Whether it only reads, and so may run on a reader connection. */
gboolean practice_request_is_read_only (const PracticeRequest *request);
/* Runs one request inside a transaction (read) or savepoint (write) that the caller owns: when the answer is an
 * error, nothing of it remains in the store. Synchronous; call it on the thread of @store. */
void practice_engine_handle (PracticeStore *store, const PracticeRequest *request, PracticeResponse *response);
void practice_response_clear (PracticeResponse *response);

G_END_DECLS
