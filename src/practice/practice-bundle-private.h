/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine-private.h"

G_BEGIN_DECLS

/* One entry on its way. The request borrows from the Bundle and from the strings here. */
typedef struct
{
  PracticeJson *json;     /* borrowed */
  PracticeJson *resource; /* borrowed, or NULL */
  PracticeRequest request;
  PracticeResponse response;
  char *path;
  char *type;             /* first segment of the path */
  char *id;               /* second segment; for a POST the id that it gets or that its condition found */
  gboolean exists;        /* ifNoneExist found the resource: nothing to do but tell */
} PracticeEntry;

/* Runs an entry; errors go to @outcome. */
void practice_entry_run (PracticeCall *call, PracticeEntry *entry, PracticeOutcome *outcome);

/* practice-transaction.c: all of the entries, or FALSE with an error in the outcome of @call. */
gboolean practice_transaction_run (PracticeCall *call, GPtrArray *entries);

G_END_DECLS
