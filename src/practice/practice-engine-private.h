/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine.h"
#include "practice/practice-search.h"

G_BEGIN_DECLS

/**
 * PracticeCall: one request on its way through the engine. A handler either fills the response or adds an error to the
 * outcome; what it wrote before is undone by whoever holds the savepoint.
 */
typedef struct
{
  PracticeStore *store;
  const PracticeRequest *request;
  PracticeResponse *response;
  PracticeOutcome *outcome;
  GStrv path;              /* segments behind the base */
  guint depth;             /* number of segments */
  PracticeJson *resource;  /* (nullable): the body when it is parsed already, as in a Bundle */
  const char *assigned_id; /* (nullable): id for a POST, given by the transaction */
  gboolean in_bundle;
} PracticeCall;

void practice_call_init (PracticeCall *call, PracticeStore *store, const PracticeRequest *request,
                         PracticeResponse *response, PracticeOutcome *outcome);
void practice_call_clear (PracticeCall *call);
void practice_call_dispatch (PracticeCall *call);

/* The context of searches that a call makes. */
PracticeSearchContext practice_call_get_search_context (const PracticeCall *call);
/* (transfer full) (nullable): the body as object; errors go to the outcome. */
PracticeJson *practice_call_parse_body (PracticeCall *call);
void practice_call_fail_store (PracticeCall *call, GError *error);
/* Answers with a version: headers always, the body as Prefer wants it. */
void practice_call_respond_version (PracticeCall *call, guint status, const PracticeVersion *version, gboolean written);
/* Takes @body. */
void practice_call_respond_text (PracticeCall *call, guint status, char *body, gsize length);
void practice_call_respond_json (PracticeCall *call, guint status, PracticeJson *json);

/* "W/\"3\"" */
char *practice_etag_new (gint64 version);
/* Whether an If-Match or If-None-Match names the version. */
gboolean practice_etag_matches (const char *header, gint64 version);
gboolean practice_id_is_valid (const char *id);

/* practice-engine-read.c */
void practice_call_read (PracticeCall *call);
void practice_call_vread (PracticeCall *call);
void practice_call_history (PracticeCall *call);
void practice_call_search (PracticeCall *call);

/* practice-engine-write.c */
void practice_call_create (PracticeCall *call);
void practice_call_update (PracticeCall *call);
void practice_call_patch (PracticeCall *call);
void practice_call_delete (PracticeCall *call);
/* Validates and stores, as part of another interaction. (transfer full) (nullable) */
PracticeVersion *practice_call_store (PracticeCall *call, PracticeJson *resource, const char *type, const char *id);
/* Resolves the criteria of a conditional interaction: number of matches (2: several), @id of the only one; -1 on error. */
int practice_call_match (PracticeCall *call, const char *type, const char *query, char **id);

/* practice-bundle.c */
void practice_call_bundle (PracticeCall *call);
/* practice-operations.c */
void practice_call_operation (PracticeCall *call);
/* practice-capability.c */
PracticeJson *practice_capability_new (PracticeStore *store, const char *base_url, gint64 now);

G_END_DECLS
