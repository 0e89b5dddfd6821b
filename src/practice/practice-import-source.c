/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-import"

#include "practice-import-private.h"

#include <errno.h>
#include <fcntl.h>
#include <lzma.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file, or the inside of an .xz file, read in pieces: memory is bounded by the longest line or document that is
 * asked for. Whether it is compressed is told by its first bytes, not by its name. */

#define CHUNK (256 * 1024)
#define MEMORY_LIMIT (256 * 1024 * 1024)

static const guint8 xz_magic[] = { 0xfd, '7', 'z', 'X', 'Z', 0 };

struct _PracticeImportSource
{
  int fd;
  guint64 size;          /* of the file */
  guint64 consumed;      /* bytes of the file that were read */
  guint64 produced;      /* bytes that came out */
  gboolean compressed;
  gboolean at_end;       /* of what comes out */
  lzma_stream stream;
  guint8 *input;         /* CHUNK bytes of the file */
  gsize input_start;
  gsize input_end;
  char *buffer;          /* what came out and was not asked for yet */
  gsize buffer_size;
  gsize start;
  gsize end;
};

static gboolean
fill_input (PracticeImportSource *source, GError **error)
{
  gssize n;

  if (source->input_start < source->input_end)
    return TRUE;

  do
    n = read (source->fd, source->input, CHUNK);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  source->input_start = 0;
  source->input_end = n;
  source->consumed += n;
  return TRUE;
}

static gboolean
start_decoder (PracticeImportSource *source, GError **error)
{
  if (source->input_end < sizeof xz_magic || memcmp (source->input, xz_magic, sizeof xz_magic) != 0)
    return TRUE;

  source->compressed = TRUE;
  if (lzma_stream_decoder (&source->stream, MEMORY_LIMIT, LZMA_CONCATENATED) == LZMA_OK)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no memory to decompress");
  return FALSE;
}

static void
skip_byte_order_mark (PracticeImportSource *source)
{
  if (!source->compressed && source->input_end >= 3 && memcmp (source->input, "\xef\xbb\xbf", 3) == 0)
    source->input_start = 3;
}

PracticeImportSource *
practice_import_source_open (const char *path, GError **error)
{
  g_autoptr(PracticeImportSource) source = g_new0 (PracticeImportSource, 1);
  struct stat status;

  source->input = g_malloc (CHUNK);
  source->stream = (lzma_stream) LZMA_STREAM_INIT;
  source->fd = open (path, O_RDONLY | O_CLOEXEC);
  if (source->fd < 0 || fstat (source->fd, &status) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }

  source->size = status.st_size;
  if (!fill_input (source, error) || !start_decoder (source, error))
    return NULL;
  skip_byte_order_mark (source);

  return g_steal_pointer (&source);
}

void
practice_import_source_close (PracticeImportSource *source)
{
  if (source == NULL)
    return;

  lzma_end (&source->stream);
  if (source->fd >= 0)
    close (source->fd);
  g_free (source->input);
  g_free (source->buffer);
  g_free (source);
}

static void
set_decoder_error (lzma_ret result, GError **error)
{
  const char *reason;

  switch (result)
    {
    case LZMA_BUF_ERROR:
      reason = "the compressed file is cut off";
      break;
    case LZMA_MEMLIMIT_ERROR:
      reason = "it needs too much memory to decompress";
      break;
    default:
      reason = "the compressed file is damaged";
      break;
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason);
}

static gssize
read_plain (PracticeImportSource *source, char *buffer, gsize size, GError **error)
{
  gsize n;

  if (!fill_input (source, error))
    return -1;

  n = MIN (size, source->input_end - source->input_start);
  memcpy (buffer, source->input + source->input_start, n);
  source->input_start += n;
  return n;
}

static gssize
read_compressed (PracticeImportSource *source, char *buffer, gsize size, GError **error)
{
  source->stream.next_out = (guint8 *) buffer;
  source->stream.avail_out = size;

  while (source->stream.avail_out == size)
    {
      lzma_ret result;
      gboolean last;

      if (!fill_input (source, error))
        return -1;
      last = source->input_start == source->input_end;
      source->stream.next_in = source->input + source->input_start;
      source->stream.avail_in = source->input_end - source->input_start;
      result = lzma_code (&source->stream, last ? LZMA_FINISH : LZMA_RUN);
      source->input_start = source->input_end - source->stream.avail_in;
      if (result == LZMA_STREAM_END)
        {
          source->at_end = TRUE;
          break;
        }
      if (result != LZMA_OK && source->stream.avail_out == size)
        {
          set_decoder_error (result, error);
          return -1;
        }
    }

  return size - source->stream.avail_out;
}

/**
 * practice_import_source_read:
 *
 * Returns: bytes that were put into @buffer, 0 at the end, -1 on error
 */
gssize
practice_import_source_read (PracticeImportSource *source, char *buffer, gsize size, GError **error)
{
  gssize n;

  if (source->at_end)
    return 0;

  n = source->compressed ? read_compressed (source, buffer, size, error) : read_plain (source, buffer, size, error);
  if (n == 0)
    source->at_end = TRUE;
  if (n > 0)
    source->produced += n;
  return n;
}

guint
practice_import_source_get_percent (PracticeImportSource *source)
{
  return source->size > 0 ? MIN (100, source->consumed * 100 / source->size) : 100;
}

guint64
practice_import_source_get_bytes (PracticeImportSource *source)
{
  return source->produced;
}

/* Reads one more piece behind what the buffer holds. FALSE at the end or on @error. */
static gboolean
extend_buffer (PracticeImportSource *source, GError **error)
{
  gssize n;

  if (source->start > 0)
    {
      memmove (source->buffer, source->buffer + source->start, source->end - source->start);
      source->end -= source->start;
      source->start = 0;
    }
  if (source->buffer_size - source->end < CHUNK)
    {
      source->buffer_size = MAX (source->buffer_size * 2, 4 * CHUNK);
      source->buffer = g_realloc (source->buffer, source->buffer_size);
    }

  n = practice_import_source_read (source, source->buffer + source->end, source->buffer_size - source->end, error);
  if (n <= 0)
    return FALSE;
  source->end += n;
  return TRUE;
}

/* Drops what is left of a line that is too long. */
static gboolean
skip_line (PracticeImportSource *source, GError **error)
{
  for (;;)
    {
      char *newline = source->end > source->start
                        ? memchr (source->buffer + source->start, '\n', source->end - source->start)
                        : NULL;

      if (newline != NULL)
        {
          source->start = newline + 1 - source->buffer;
          return TRUE;
        }
      source->start = source->end;
      if (!extend_buffer (source, error))
        return *error == NULL;
    }
}

gboolean
practice_import_source_read_line (PracticeImportSource *source, gsize max, const char **text, gsize *length,
                                  GError **error)
{
  g_autoptr(GError) failure = NULL;
  gsize seen = 0;
  char *newline = NULL;
  gboolean more = TRUE;

  *text = NULL;
  *length = 0;
  for (;;)
    {
      gsize have = source->end - source->start;

      newline = have > seen ? memchr (source->buffer + source->start + seen, '\n', have - seen) : NULL;
      seen = newline != NULL ? (gsize) (newline - source->buffer - source->start) : have;
      if (newline != NULL || !more || seen > max)
        break;
      more = extend_buffer (source, &failure);
    }

  if (failure == NULL && seen > max)
    skip_line (source, &failure);
  else if (failure == NULL && (newline != NULL || seen > 0))
    {
      *text = source->buffer + source->start;
      *length = seen;
      source->start += seen + (newline != NULL ? 1 : 0);
    }

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return *text != NULL || seen > max;
}

const char *
practice_import_source_read_all (PracticeImportSource *source, gsize max, gsize *length, GError **error)
{
  g_autoptr(GError) failure = NULL;

  while (source->end - source->start <= max && extend_buffer (source, &failure))
    ;
  if (failure == NULL && source->end - source->start > max)
    g_set_error (&failure, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "longer than %" G_GSIZE_FORMAT " MB",
                 max / 1000000);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  *length = source->end - source->start;
  return source->buffer != NULL ? source->buffer + source->start : "";
}
