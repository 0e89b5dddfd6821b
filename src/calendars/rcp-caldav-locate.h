/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a domain has its calendars, by its DNS records (RFC 6764, 3 and 4). Private to the calendars. */

/* @url: with nothing but a domain. Blocks: for a thread. NULL where the domain does not say, or names a server of somebody else:
 * nobody is to give a password to a server that an answer without a signature names. */
char *rcp_caldav_locate (const char *url, GCancellable *cancellable);

G_END_DECLS
