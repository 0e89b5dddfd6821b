/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A name service that says what a test has it say. All names lead to this computer. */

#include <gio/gio.h>

G_BEGIN_DECLS

#define CANNED_TYPE_RESOLVER (canned_resolver_get_type ())
G_DECLARE_FINAL_TYPE (CannedResolver, canned_resolver, CANNED, RESOLVER, GResolver)

/* @name: as "_caldavs._tcp.example.org"; @target: NULL for none; @path: of the TXT record, NULL for none. In the place of the usual one. */
CannedResolver *canned_resolver_install (const char *name, const char *target, guint16 port, const char *path);
void canned_resolver_remove (CannedResolver *self);

G_END_DECLS
