/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-choice-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* First a line that says what it is and the checksum of what follows: by record the choices, the oldest first. All are bytes, so that it
 * is the same on every machine. */
#define TITLE "Reception choices 1 "
#define CHECKSUM G_CHECKSUM_SHA256
#define CHECKSUM_LENGTH 64
#define HEAD_LENGTH (strlen (TITLE) + CHECKSUM_LENGTH + 1)
#define RECORD_TYPE "aay"
#define FILE_TYPE "a{s" RECORD_TYPE "}"
#define MAX_BYTES (8 * 1024 * 1024)

/**
 * rcp_choice_file_dup_default:
 *
 * Returns: (transfer full): where it is kept
 */
char *
rcp_choice_file_dup_default (void)
{
  return g_build_filename (g_get_user_data_dir (), "reception", "choices", NULL);
}

static GPtrArray *
new_choices (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

/* By record the choices, of what was read; NULL when it is none of ours, or not whole. */
static GHashTable *
parse (const char *data, gsize length)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) read = NULL;
  g_autofree char *checksum = NULL;
  GVariantIter iter;
  GVariant *choices;
  const char *record;

  if (length < HEAD_LENGTH || length > MAX_BYTES || !g_str_has_prefix (data, TITLE) || data[HEAD_LENGTH - 1] != '\n')
    return NULL;
  checksum = g_compute_checksum_for_data (CHECKSUM, (const guchar *) data + HEAD_LENGTH, length - HEAD_LENGTH);
  if (strncmp (data + strlen (TITLE), checksum, CHECKSUM_LENGTH) != 0)
    return NULL;
  bytes = g_bytes_new (data + HEAD_LENGTH, length - HEAD_LENGTH);
  read = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FILE_TYPE), bytes, FALSE));
  if (!g_variant_is_normal_form (read))
    return NULL;
  g_variant_iter_init (&iter, read);
  while (g_variant_iter_loop (&iter, "{&s@" RECORD_TYPE "}", &record, &choices))
    {
      g_autoptr (GPtrArray) own = new_choices ();

      for (gsize i = 0; i < g_variant_n_children (choices); i++)
        {
          g_autoptr (GVariant) child = g_variant_get_child_value (choices, i);
          g_autoptr (GBytes) choice = g_bytes_new (g_variant_get_data (child), g_variant_get_size (child));

          if (!rcp_choice_is_valid (choice))
            {
              g_variant_unref (choices);
              return NULL;
            }
          g_ptr_array_add (own, g_steal_pointer (&choice));
        }
      g_hash_table_insert (all, g_strdup (record), g_steal_pointer (&own));
    }
  return g_steal_pointer (&all);
}

/* (transfer full): empty when there is no such file. */
static GHashTable *
read_file (const char *file, GError **error)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) own = NULL;
  GHashTable *all;
  gsize length;

  if (!g_file_get_contents (file, &data, &length, &own))
    {
      if (g_error_matches (own, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
      g_propagate_error (error, g_steal_pointer (&own));
      return NULL;
    }
  all = parse (data, length);
  if (all == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("The file of what was booked is damaged."));
  return all;
}

static gboolean
write_file (const char *file, GHashTable *all, GError **error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (FILE_TYPE));
  g_autoptr (GVariant) written = NULL;
  g_autofree char *checksum = NULL;
  g_autoptr (GString) text = g_string_new (TITLE);
  GHashTableIter iter;
  gpointer record, choices;

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &record, &choices))
    {
      GPtrArray *own = choices;

      g_variant_builder_open (&builder, G_VARIANT_TYPE ("{s" RECORD_TYPE "}"));
      g_variant_builder_add (&builder, "s", record);
      g_variant_builder_open (&builder, G_VARIANT_TYPE (RECORD_TYPE));
      for (guint i = 0; i < own->len; i++)
        g_variant_builder_add_value (&builder, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, own->pdata[i], TRUE));
      g_variant_builder_close (&builder);
      g_variant_builder_close (&builder);
    }
  written = g_variant_ref_sink (g_variant_builder_end (&builder));
  checksum = g_compute_checksum_for_data (CHECKSUM, g_variant_get_data (written), g_variant_get_size (written));
  g_string_append_printf (text, "%s\n", checksum);
  g_string_append_len (text, g_variant_get_data (written), (gssize) g_variant_get_size (written));
  return g_file_set_contents_full (file, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* So that of two desks of this user each keeps what the other has added: a descriptor to be closed, or -1. */
static int
lock (const char *file, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (file), *name = g_strconcat (file, ".lock", NULL);
  int fd = -1, locked = -1, saved;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (name, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  while (fd >= 0 && (locked = flock (fd, LOCK_EX)) != 0 && errno == EINTR)
    ;
  if (locked == 0)
    return fd;
  saved = errno;
  if (fd >= 0)
    close (fd);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s", g_strerror (saved));
  return -1;
}

/**
 * rcp_choice_file_load:
 * @file: path
 * @record: which record was booked in
 * @error: why it could not be read, in words for the user
 *
 * Returns: (transfer full) (element-type GBytes): the choices, the oldest first; none when there is no such file
 */
GPtrArray *
rcp_choice_file_load (const char *file, const char *record, GError **error)
{
  g_autoptr (GHashTable) all = NULL;
  GPtrArray *choices;

  g_return_val_if_fail (file != NULL && record != NULL, NULL);

  all = read_file (file, error);
  if (all == NULL)
    return NULL;
  choices = g_hash_table_lookup (all, record);
  return choices != NULL ? g_ptr_array_ref (choices) : new_choices ();
}

static gboolean
add_locked (const char *file, const char *record, GBytes *choice, GError **error)
{
  g_autoptr (GHashTable) all = read_file (file, error);
  GPtrArray *choices;

  if (all == NULL)
    return FALSE;
  choices = g_hash_table_lookup (all, record);
  if (choices == NULL)
    {
      choices = new_choices ();
      g_hash_table_insert (all, g_strdup (record), choices);
    }
  g_ptr_array_add (choices, g_bytes_ref (choice));
  if (choices->len > RCP_CHOICE_FILE_MOST)
    g_ptr_array_remove_range (choices, 0, choices->len - RCP_CHOICE_FILE_MOST);
  return write_file (file, all, error);
}

/**
 * rcp_choice_file_add:
 * @file: path; its folder is made
 * @record: which record was booked in
 * @choice: a valid one
 * @error: why it could not be kept
 *
 * A file that cannot be read is left as it is. What is older than %RCP_CHOICE_FILE_MOST choices goes.
 *
 * Returns: whether it is kept
 */
gboolean
rcp_choice_file_add (const char *file, const char *record, GBytes *choice, GError **error)
{
  gboolean is_added;
  int fd;

  g_return_val_if_fail (file != NULL && record != NULL, FALSE);
  g_return_val_if_fail (rcp_choice_is_valid (choice), FALSE);

  fd = lock (file, error);
  if (fd < 0)
    return FALSE;
  is_added = add_locked (file, record, choice, error);
  close (fd);
  return is_added;
}

static gboolean
forget_locked (const char *file, const char *record, GError **error)
{
  g_autoptr (GHashTable) all = read_file (file, NULL);

  if (all != NULL)
    g_hash_table_remove (all, record);
  if (all != NULL && g_hash_table_size (all) > 0)
    return write_file (file, all, error);
  if (g_unlink (file) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
  return FALSE;
}

/**
 * rcp_choice_file_forget:
 * @file: path
 * @record: whose choices are to go
 * @error: why they are still there
 *
 * A file that cannot be read goes as a whole.
 *
 * Returns: whether they are gone
 */
gboolean
rcp_choice_file_forget (const char *file, const char *record, GError **error)
{
  gboolean is_gone;
  int fd;

  g_return_val_if_fail (file != NULL && record != NULL, FALSE);

  fd = lock (file, error);
  if (fd < 0)
    return FALSE;
  is_gone = forget_locked (file, record, error);
  close (fd);
  return is_gone;
}
