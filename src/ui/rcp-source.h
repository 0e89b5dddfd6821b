/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The values of the GSettings key "last-source". */
typedef enum
{
  RCP_SOURCE_NONE,
  RCP_SOURCE_SAMPLE,
  RCP_SOURCE_PRACTICE,
  RCP_SOURCE_SERVER,
} RcpSourceKind;

/**
 * RcpSource:
 * @kind: what kind of record
 * @file: database of a practice on this computer
 * @name: what a new practice is called, or NULL
 * @import: a folder to bring into a new practice, or NULL
 * @url: base URL of a server
 * @token: for the server, or NULL: that of the keyring
 *
 * Where a record is; strings owned.
 */
typedef struct
{
  RcpSourceKind kind;
  char *file;
  char *name;
  char *import;
  char *url;
  char *token;
} RcpSource;

#define RCP_TYPE_SOURCE (rcp_source_get_type ())
GType rcp_source_get_type (void);

RcpSource *rcp_source_new (RcpSourceKind kind);
RcpSource *rcp_source_copy (const RcpSource *self);
void rcp_source_free (RcpSource *self); /* overwrites the token */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpSource, rcp_source_free)

/* What was opened last, and remembering it: never the token. */
RcpSource *rcp_source_load (GSettings *settings);
void rcp_source_save (const RcpSource *self, GSettings *settings);
/* "https://host/fhir" of what was typed: spaces and slashes at the end gone; NULL when it is no http(s) address. (transfer full). */
char *rcp_source_clean_url (const char *text);
/* By which settings know the record of others: no path, no address, and not the same for two records. (transfer full). */
char *rcp_source_dup_key (const RcpSource *self);
/* Where practices and the sample clinic are kept when nothing else is said. (transfer full). */
char *rcp_source_dup_default_file (RcpSourceKind kind);

G_END_DECLS
