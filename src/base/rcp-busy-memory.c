/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-busy-memory"

#include "rcp-busy-memory.h"

#include <glib/gstdio.h>

/* Of one record: by Practitioner as of when, and start, end and kind of each range. */
#define RECORD_TYPE "a{s(xa(xxy))}"
#define FILE_TYPE "a{s" RECORD_TYPE "}"
#define MAX_BYTES (16 * 1024 * 1024)

/**
 * rcp_busy_memory_dup_default_file:
 *
 * Returns: (transfer full): where it is kept
 */
char *
rcp_busy_memory_dup_default_file (void)
{
  return g_build_filename (g_get_user_data_dir (), "reception", "busy-times", NULL);
}

/* (transfer full): empty when there is no such file, or it is none of ours. */
static GVariant *
read_file (const char *file, GError **error)
{
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) read = NULL;
  gsize length;

  if (!g_file_get_contents (file, &data, &length, error))
    return NULL;
  if (length > MAX_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The file is too large");
      return NULL;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  read = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FILE_TYPE), bytes, FALSE));
  return g_variant_get_normal_form (read);
}

static void
tell (RcpBusyTimes *times, const char *person, gint64 as_of, GVariantIter *ranges)
{
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  gint64 start, end;
  guint8 kind;

  while (g_variant_iter_next (ranges, "(xxy)", &start, &end, &kind))
    {
      RcpBusy item = { { start, end }, kind };

      if (kind > RCP_BUSY_NONE && kind <= RCP_BUSY_AWAY && start < end)
        g_array_append_val (busy, item);
    }
  rcp_busy_normalize (busy);
  if (as_of > 0)
    rcp_busy_times_set (times, person, busy, as_of);
}

/**
 * rcp_busy_memory_load:
 * @file: path
 * @record: which record the people are of
 * @times: what is told
 * @error: why it could not be read
 *
 * Returns: whether there was such a file
 */
gboolean
rcp_busy_memory_load (const char *file, const char *record, RcpBusyTimes *times, GError **error)
{
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GVariant) own = NULL;
  GVariantIter iter;
  GVariantIter *ranges;
  const char *person;
  gint64 as_of;

  g_return_val_if_fail (file != NULL && record != NULL, FALSE);
  g_return_val_if_fail (RCP_IS_BUSY_TIMES (times), FALSE);

  all = read_file (file, error);
  if (all == NULL)
    return FALSE;
  own = g_variant_lookup_value (all, record, G_VARIANT_TYPE (RECORD_TYPE));
  if (own == NULL)
    return TRUE;
  g_variant_iter_init (&iter, own);
  while (g_variant_iter_loop (&iter, "{&s(xa(xxy))}", &person, &as_of, &ranges))
    tell (times, person, as_of, ranges);
  return TRUE;
}

/**
 * rcp_busy_memory_copy:
 * @times: what is known
 * @now: the time: of now is what is live
 *
 * Returns: (transfer full): the same, for rcp_busy_memory_save()
 */
GVariant *
rcp_busy_memory_copy (RcpBusyTimes *times, gint64 now)
{
  g_auto (GStrv) people = rcp_busy_times_list_people (times);
  g_auto (GVariantBuilder) record = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (RECORD_TYPE));

  for (guint i = 0; people[i] != NULL; i++)
    {
      GArray *busy = rcp_busy_times_get (times, people[i]);
      gint64 as_of = rcp_busy_times_get_as_of (times, people[i]);
      g_auto (GVariantBuilder) ranges = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(xxy)"));

      for (guint j = 0; j < busy->len; j++)
        {
          const RcpBusy *item = &g_array_index (busy, RcpBusy, j);

          g_variant_builder_add (&ranges, "(xxy)", item->range.start, item->range.end, (guint8) item->kind);
        }
      g_variant_builder_add (&record, "{s(xa(xxy))}", people[i], as_of != 0 ? as_of : now, &ranges);
    }
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

/* (transfer full): @all with @copy for @record. */
static GVariant *
replace (GVariant *all, const char *record, GVariant *copy)
{
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *other;
  const char *name;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (FILE_TYPE));
  if (all != NULL)
    {
      g_variant_iter_init (&iter, all);
      while (g_variant_iter_loop (&iter, "{&s@" RECORD_TYPE "}", &name, &other))
        if (g_strcmp0 (name, record) != 0)
          g_variant_builder_add (&builder, "{s@" RECORD_TYPE "}", name, other);
    }
  if (g_variant_n_children (copy) > 0)
    g_variant_builder_add (&builder, "{s@" RECORD_TYPE "}", record, copy);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * rcp_busy_memory_save:
 * @file: path; its folder is made
 * @record: which record the people are of
 * @copy: of rcp_busy_memory_copy()
 * @error: why it could not be written
 *
 * A file that cannot be read, or is none of ours, is written anew. Only the user can read it.
 *
 * Returns: whether it is written
 */
gboolean
rcp_busy_memory_save (const char *file, const char *record, GVariant *copy, GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GVariant) before = NULL;
  g_autoptr (GVariant) all = NULL;

  g_return_val_if_fail (file != NULL && record != NULL, FALSE);
  g_return_val_if_fail (g_variant_is_of_type (copy, G_VARIANT_TYPE (RECORD_TYPE)), FALSE);

  folder = g_path_get_dirname (file);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The folder cannot be made");
      return FALSE;
    }
  before = read_file (file, NULL);
  all = replace (before, record, copy);
  return g_file_set_contents_full (file, g_variant_get_data (all), (gssize) g_variant_get_size (all), G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}
