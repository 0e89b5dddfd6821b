/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-http"

#include "practice-http-waits.h"

#include <string.h>

struct _PracticeWaits
{
  GPtrArray *waiting; /* Waiting */
  guint64 n_changes;
  guint32 start; /* tells one run of the server from the next */
  guint release_id;
};

typedef struct
{
  PracticeWaits *waits;
  PracticeWaitFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
  guint timeout_id;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_clear_handle_id (&waiting->timeout_id, g_source_remove);
  if (waiting->destroy != NULL)
    waiting->destroy (waiting->user_data);
  g_free (waiting);
}

PracticeWaits *
practice_waits_new (void)
{
  PracticeWaits *waits = g_new0 (PracticeWaits, 1);

  waits->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) waiting_free);
  waits->start = g_random_int ();
  return waits;
}

void
practice_waits_free (PracticeWaits *waits)
{
  g_clear_handle_id (&waits->release_id, g_source_remove);
  g_ptr_array_unref (waits->waiting);
  g_free (waits);
}

char *
practice_waits_dup_etag (PracticeWaits *waits)
{
  return g_strdup_printf ("W/\"%x-%" G_GUINT64_FORMAT "\"", waits->start, waits->n_changes);
}

guint
practice_waits_get_seconds (const char *prefer)
{
  g_auto (GStrv) parts = g_strsplit_set (prefer != NULL ? prefer : "", ",;", -1);
  guint64 seconds = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (g_str_has_prefix (part, "wait=")
          && g_ascii_string_to_unsigned (part + strlen ("wait="), 10, 0, G_MAXUINT32, &seconds, NULL))
        return (guint) MIN (seconds, PRACTICE_WAITS_MAX_SECONDS);
    }
  return 0;
}

/* Ends the wait of @index; its data belongs to the function from here on. */
static void
release (PracticeWaits *waits, guint index)
{
  Waiting *waiting = g_ptr_array_steal_index (waits->waiting, index);
  PracticeWaitFunc func = waiting->func;
  gpointer user_data = waiting->user_data;

  waiting->destroy = NULL;
  waiting_free (waiting);
  func (user_data);
}

static gboolean
on_time_up_cb (gpointer data)
{
  Waiting *waiting = data;
  guint index = 0;

  waiting->timeout_id = 0;
  if (g_ptr_array_find (waiting->waits->waiting, waiting, &index))
    release (waiting->waits, index);
  return G_SOURCE_REMOVE;
}

gboolean
practice_waits_add (PracticeWaits *waits, const char *if_none_match, guint seconds, PracticeWaitFunc func,
                    gpointer user_data, GDestroyNotify destroy)
{
  g_autofree char *etag = practice_waits_dup_etag (waits);
  Waiting *waiting;

  if (seconds == 0 || g_strcmp0 (etag, if_none_match) != 0 || waits->waiting->len >= PRACTICE_WAITS_MAX_LENGTH)
    return FALSE;

  waiting = g_new0 (Waiting, 1);
  *waiting = (Waiting){ waits, func, user_data, destroy, 0 };
  waiting->timeout_id = g_timeout_add_seconds (seconds, on_time_up_cb, waiting);
  g_ptr_array_add (waits->waiting, waiting);
  return TRUE;
}

void
practice_waits_remove (PracticeWaits *waits, gpointer user_data)
{
  for (guint i = 0; i < waits->waiting->len; i++)
    {
      Waiting *waiting = waits->waiting->pdata[i];

      if (waiting->user_data != user_data)
        continue;
      waiting->destroy = NULL;
      g_ptr_array_remove_index (waits->waiting, i);
      return;
    }
}

guint
practice_waits_get_length (PracticeWaits *waits)
{
  return waits->waiting->len;
}

/* Those who come while the others are let go have seen the change. */
static gboolean
on_release_cb (gpointer data)
{
  PracticeWaits *waits = data;

  waits->release_id = 0;
  for (guint n = waits->waiting->len; n > 0; n--)
    release (waits, 0);
  return G_SOURCE_REMOVE;
}

/* What one commit wrote is told of one after the other: all of it has been when those who wait are let go. */
void
practice_waits_change (PracticeWaits *waits)
{
  waits->n_changes++;
  if (waits->release_id == 0 && waits->waiting->len > 0)
    waits->release_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_release_cb, waits, NULL);
}
