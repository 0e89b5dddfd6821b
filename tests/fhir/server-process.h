/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ServerProcess:
 *
 * A server in a process of its own, ended with the test. Its standard input is a pipe that closes with the test too.
 */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
} ServerProcess;

ServerProcess *server_process_new (const char *const *argv);
/* The next line of its output, or NULL at its end. */
char *server_process_read_line (ServerProcess *self);
/* Waits for its end; the exit status. */
int server_process_wait (ServerProcess *self);
void server_process_free (ServerProcess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerProcess, server_process_free)

G_END_DECLS
