/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-application.h"
#include "rcp-window.h"
#include "shell/rcp-search-provider.h"

G_BEGIN_DECLS

struct _RcpApplication
{
  AdwApplication parent_instance;

  RcpDesk *desk;
  GSettings *settings;
  GVariantDict *given; /* the options of this start */
  RcpSearchProvider *search_provider;
  gboolean opening_for_search;
};

/* rcp-application.c */
RcpWindow *rcp_application_ensure_window (RcpApplication *self, RcpClock *clock);
/* rcp-application-verbs.c: what a start is to do first, and what the Shell asks for */
void rcp_application_add_verbs (RcpApplication *self);
/* FALSE with @error where an argument is not understood; nothing is done then. */
gboolean rcp_application_check_verbs (GVariantDict *given, GError **error);
void rcp_application_run_verbs (RcpWindow *window, GVariantDict *given);
gboolean rcp_application_export_search (RcpApplication *self, GDBusConnection *connection, const char *path, GError **error);

G_END_DECLS
