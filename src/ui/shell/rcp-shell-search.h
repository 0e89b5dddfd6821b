/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-link.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpShellResult:
 * @link: where it leads: the next visit of the patient, or the patient
 * @name: of the patient
 * @description: day, time and provider of the next visit, or that there is none
 */
typedef struct
{
  RcpLink *link;
  char *name;
  char *description;
} RcpShellResult;

/**
 * RcpShellSearch:
 *
 * Finds the patients whom some words fit, and the next visit of each. To be run once.
 */
G_DECLARE_FINAL_TYPE (RcpShellSearch, rcp_shell_search, RCP, SHELL_SEARCH, GObject)
#define RCP_TYPE_SHELL_SEARCH (rcp_shell_search_get_type ())

/* @desk: an open one. */
RcpShellSearch *rcp_shell_search_new (RcpDesk *desk, const char *text);
void rcp_shell_search_run_async (RcpShellSearch *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type RcpShellResult): best first, a few. */
GPtrArray *rcp_shell_search_run_finish (RcpShellSearch *self, GAsyncResult *result, GError **error);

G_END_DECLS
