/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-http"

#include "practice-http-sweeper.h"

#include <sys/socket.h>

#define INTERVAL_SECONDS 2

/* A client may end its side once the request is out and still wait for the answer. */
#define GRACE (5 * G_USEC_PER_SEC)

/* So many new connections are a reason to look at the old ones early. */
#define EAGER_COUNT 64

typedef struct
{
  GSocket *socket;
  gint64 ended; /* when the end was first seen; 0 while it is open */
} Watched;

struct _PracticeSweeper
{
  GPtrArray *watched;
  guint timer;
  guint since_sweep;
};

static void
watched_free (Watched *watched)
{
  g_object_unref (watched->socket);
  g_free (watched);
}

static gboolean
on_interval_elapsed_cb (gpointer user_data)
{
  practice_sweeper_sweep (user_data, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

PracticeSweeper *
practice_sweeper_new (void)
{
  PracticeSweeper *sweeper = g_new0 (PracticeSweeper, 1);

  sweeper->watched = g_ptr_array_new_with_free_func ((GDestroyNotify) watched_free);
  sweeper->timer = g_timeout_add_seconds (INTERVAL_SECONDS, on_interval_elapsed_cb, sweeper);
  return sweeper;
}

void
practice_sweeper_free (PracticeSweeper *sweeper)
{
  g_source_remove (sweeper->timer);
  g_ptr_array_unref (sweeper->watched);
  g_free (sweeper);
}

void
practice_sweeper_watch (PracticeSweeper *sweeper, GSocket *socket)
{
  Watched *watched = g_new0 (Watched, 1);

  watched->socket = g_object_ref (socket);
  g_ptr_array_add (sweeper->watched, watched);
  if (++sweeper->since_sweep >= EAGER_COUNT)
    practice_sweeper_sweep (sweeper, g_get_monotonic_time ());
}

/* Looks without taking: what waits there is libsoup's to read. */
static gboolean
is_at_end (GSocket *socket)
{
  char byte;

  return recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* Whether there is nothing more to watch. */
static gboolean
check (Watched *watched, gint64 now)
{
  if (g_socket_is_closed (watched->socket))
    return TRUE;

  if (!is_at_end (watched->socket))
    watched->ended = 0;
  else if (watched->ended == 0)
    watched->ended = now;
  else if (now - watched->ended >= GRACE)
    return g_socket_close (watched->socket, NULL);
  return FALSE;
}

guint
practice_sweeper_sweep (PracticeSweeper *sweeper, gint64 now)
{
  sweeper->since_sweep = 0;
  for (guint i = sweeper->watched->len; i-- > 0;)
    if (check (sweeper->watched->pdata[i], now))
      g_ptr_array_remove_index_fast (sweeper->watched, i);

  return sweeper->watched->len;
}
