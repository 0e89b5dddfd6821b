/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PracticeSweeper: closes connections whose other end is gone. libsoup 3.2 forgets those that end while they are idle
 * without closing their descriptor, and a server that runs for weeks would run out of them.
 */
typedef struct _PracticeSweeper PracticeSweeper;

PracticeSweeper *practice_sweeper_new (void);
void practice_sweeper_free (PracticeSweeper *sweeper);
void practice_sweeper_watch (PracticeSweeper *sweeper, GSocket *socket);
/* Closes what has been at its end for long enough by @now (monotonic, microseconds); returns how many are left. */
guint practice_sweeper_sweep (PracticeSweeper *sweeper, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeSweeper, practice_sweeper_free)

G_END_DECLS
