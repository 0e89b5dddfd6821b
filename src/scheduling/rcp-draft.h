/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RcpDraft:
 *
 * What a form holds: texts by key. An empty text and one that was never set are the same.
 */
typedef struct _RcpDraft RcpDraft;

RcpDraft *rcp_draft_new (void);
RcpDraft *rcp_draft_copy (RcpDraft *self);
void rcp_draft_free (RcpDraft *self);
const char *rcp_draft_get (RcpDraft *self, const char *key); /* never NULL */
gboolean rcp_draft_is_set (RcpDraft *self, const char *key); /* whether it is "yes" */
void rcp_draft_set (RcpDraft *self, const char *key, const char *text);
void rcp_draft_set_flag (RcpDraft *self, const char *key, gboolean set);
void rcp_draft_set_number (RcpDraft *self, const char *key, gint64 number);
gboolean rcp_draft_equal (RcpDraft *a, RcpDraft *b);
/* What @mine, begun from @base, is on top of @theirs: where @mine changed a text it stays, else it is theirs.
 * (transfer full) */
RcpDraft *rcp_draft_merge (RcpDraft *base, RcpDraft *mine, RcpDraft *theirs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpDraft, rcp_draft_free)

G_END_DECLS
