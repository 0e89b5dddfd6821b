/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

/* Must never be seen outside of the record. */
#define SECRET_NAME "Zweifelhofer"

/* reception-practice (RECEPTION_PRACTICE in the environment) on a database of its own, and the last answer it gave. */
typedef struct
{
  char *folder;
  char *database;
  char *socket;
  GSubprocess *process;
  GDataInputStream *output;
  char *base;      /* where to ask */
  char *token;     /* NULL on the socket */
  SoupSession *session;
  /* of the last answer */
  SoupMessageHeaders *headers;
  char *body;
} HttpFixture;

/* Starts the program on its socket, or on a free port with a token. */
HttpFixture *http_fixture_new (gboolean port);

/* Ends the program, which must end well and say nothing more, and removes its folder. */
void         http_fixture_free (HttpFixture *server);

/* Starts a program on the same database; @arguments end with NULL. */
GSubprocess *http_fixture_spawn (HttpFixture *server, const char *const *arguments);

void         http_fixture_start (HttpFixture *server, gboolean port);

/* What it says next. */
char        *http_fixture_read_line (HttpFixture *server);

/* Ends the program by @signal, and returns what else it said. */
char        *http_fixture_stop (HttpFixture *server, int signal);

SoupMessage *http_fixture_make_message (HttpFixture *server, const char *method, const char *path);

/* Takes @message, and returns the status. */
guint        http_fixture_send_message (HttpFixture *server, SoupMessage *message, const void *body, gsize length);

/* The same in short; apostrophes in @body stand for quotes. */
guint        http_fixture_request (HttpFixture *server, const char *method, const char *path, const char *body);

const char  *http_fixture_get_header (HttpFixture *server, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpFixture, http_fixture_free)
