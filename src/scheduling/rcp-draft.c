/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-draft"

#include "rcp-draft.h"

struct _RcpDraft
{
  GHashTable *texts;
};

RcpDraft *
rcp_draft_new (void)
{
  RcpDraft *self = g_new0 (RcpDraft, 1);

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

RcpDraft *
rcp_draft_copy (RcpDraft *self)
{
  RcpDraft *copy = rcp_draft_new ();
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &key, &text))
    rcp_draft_set (copy, key, text);
  return copy;
}

void
rcp_draft_free (RcpDraft *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->texts);
  g_free (self);
}

const char *
rcp_draft_get (RcpDraft *self, const char *key)
{
  const char *text = g_hash_table_lookup (self->texts, key);

  return text != NULL ? text : "";
}

gboolean
rcp_draft_is_set (RcpDraft *self, const char *key)
{
  return g_str_equal (rcp_draft_get (self, key), "yes");
}

void
rcp_draft_set (RcpDraft *self, const char *key, const char *text)
{
  if (text == NULL || *text == '\0')
    g_hash_table_remove (self->texts, key);
  else
    g_hash_table_replace (self->texts, g_strdup (key), g_strdup (text));
}

void
rcp_draft_set_flag (RcpDraft *self, const char *key, gboolean set)
{
  rcp_draft_set (self, key, set ? "yes" : NULL);
}

void
rcp_draft_set_number (RcpDraft *self, const char *key, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  rcp_draft_set (self, key, text);
}

static gboolean
holds_all (RcpDraft *self, RcpDraft *other)
{
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, other->texts);
  while (g_hash_table_iter_next (&iter, &key, &text))
    if (g_strcmp0 (rcp_draft_get (self, key), text) != 0)
      return FALSE;
  return TRUE;
}

gboolean
rcp_draft_equal (RcpDraft *a, RcpDraft *b)
{
  return holds_all (a, b) && holds_all (b, a);
}

/* Takes over into @merged what @from has, where @mine is as it was. */
static void
take_untouched (RcpDraft *merged, RcpDraft *keys, RcpDraft *base, RcpDraft *mine, RcpDraft *theirs)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, keys->texts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_equal (rcp_draft_get (base, key), rcp_draft_get (mine, key)))
      rcp_draft_set (merged, key, rcp_draft_get (theirs, key));
}

RcpDraft *
rcp_draft_merge (RcpDraft *base, RcpDraft *mine, RcpDraft *theirs)
{
  RcpDraft *merged = rcp_draft_copy (mine);

  take_untouched (merged, base, base, mine, theirs);
  take_untouched (merged, theirs, base, mine, theirs);
  return merged;
}
