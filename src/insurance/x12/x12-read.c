/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "x12"

#include <glib/gi18n.h>
#include <string.h>

#include "x12-interchange-private.h"

/* The reader: from bytes to interchanges. It goes over them twice, once to see where an interchange ends, once to cut it. */

#define ISA_ELEMENTS 16
#define ISA_LONGEST 256 /* of a first segment that is taken for ISA; by the standard it has 106 characters */
#define REPETITION_SINCE "00402"

typedef struct
{
  const char *data;
  gsize length;
  gsize at;
} Reader;

static gboolean
is_delimiter (char c)
{
  return c != '\0' && !g_ascii_isalnum (c) && !g_ascii_isspace (c);
}

/* Lines may end segments; no other blank can. */
static gboolean
is_terminator (char c)
{
  return is_delimiter (c) || c == '\n' || c == '\r';
}

/* Where the next thing that is not a blank stands. */
static gsize
skip_blanks (const char *data, gsize at, gsize end)
{
  while (at < end && g_ascii_isspace (data[at]))
    at++;
  return at;
}

/* Whether an ISA segment starts at @at, and with which delimiters. An ISA segment tells by its place what delimits: the
 * character after its name, and the two after its 16th separator. Elements of the wrong width do no harm that way. */
static gboolean
read_header (const Reader *self, gsize at, X12Delimiters *delimiters, gboolean *is_cut)
{
  gsize end = MIN (at + ISA_LONGEST, self->length);
  guint n = 0;
  gsize i;
  char separator;

  *is_cut = FALSE;
  if (at + 4 > self->length || memcmp (self->data + at, "ISA", 3) != 0)
    return FALSE;
  separator = self->data[at + 3];
  if (!is_delimiter (separator))
    return FALSE;
  for (i = at + 3; i < end && n < ISA_ELEMENTS; i++)
    if (self->data[i] == separator)
      n++;
  if (n < ISA_ELEMENTS || i + 2 > self->length)
    {
      /* ISA01 has two characters: what else begins like this is no header. */
      *is_cut = end == self->length && (at + 6 >= self->length || self->data[at + 6] == separator);
      return FALSE;
    }
  *delimiters = (X12Delimiters) { separator, '\0', self->data[i], self->data[i + 1] };
  /* A segment that ends before its sixteenth element took its delimiters from those that follow. */
  if (memchr (self->data + at, delimiters->terminator, i - at))
    return FALSE;
  return is_delimiter (delimiters->component) && is_terminator (delimiters->terminator) && delimiters->terminator != separator &&
         delimiters->terminator != delimiters->component;
}

/* Goes to the next ISA segment. @is_stray tells that something else stood before it. */
static gboolean
find_header (Reader *self, X12Delimiters *delimiters, gboolean *is_stray, gboolean *is_cut)
{
  gboolean cut = FALSE;

  *is_stray = *is_cut = FALSE;
  self->at = skip_blanks (self->data, self->at, self->length);
  while (self->at + 3 <= self->length)
    {
      const char *next;

      if (read_header (self, self->at, delimiters, &cut))
        return TRUE;
      *is_cut |= cut;
      *is_stray = TRUE;
      next = memchr (self->data + self->at + 1, 'I', self->length - self->at - 1);
      if (next == NULL)
        break;
      self->at = next - self->data;
    }
  *is_stray |= self->at < self->length;
  self->at = self->length;
  return FALSE;
}

static gboolean
starts_with (const Reader *self, gsize at, gsize end, const char *name, char separator)
{
  return end - at >= 3 && memcmp (self->data + at, name, 3) == 0 && (end - at == 3 || self->data[at + 3] == separator);
}

/* The first byte after the interchange that starts here: after its IEA, or before the next ISA. */
static gsize
find_end (const Reader *self, const X12Delimiters *delimiters)
{
  gsize at = self->at;

  while (at < self->length)
    {
      const char *terminator = memchr (self->data + at, delimiters->terminator, self->length - at);
      gsize end = terminator ? (gsize) (terminator - self->data) : self->length;
      gsize start = skip_blanks (self->data, at, end);

      if (start > self->at && starts_with (self, start, end, "ISA", delimiters->element))
        return start;
      at = terminator ? end + 1 : end;
      if (starts_with (self, start, end, "IEA", delimiters->element))
        return at;
    }
  return at;
}

static gboolean
is_name (const char *text)
{
  gsize length = strlen (text);

  if (length < 2 || length > 3 || !g_ascii_isupper (*text))
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isupper (*text) && !g_ascii_isdigit (*text))
      return FALSE;
  return TRUE;
}

/* Cuts the text of one segment, in place. */
static void
add_segment (X12Interchange *self, char *text, gsize offset)
{
  X12Segment segment = { NULL, 0, offset };
  guint first = self->elements->len;

  while (text != NULL)
    {
      char *separator = strchr (text, self->delimiters.element);

      if (separator)
        *separator++ = '\0';
      g_ptr_array_add (self->elements, text);
      text = separator;
    }
  segment.n_elements = self->elements->len - first;
  /* The list of elements may move while it grows: until it is whole, the place in it stands for the address. */
  segment.elements = GUINT_TO_POINTER (first);
  g_array_append_val (self->segments, segment);
  if (!is_name (g_ptr_array_index (self->elements, first)))
    x12_interchange_add_issue (self, X12_ISSUE_SEGMENT_NAME, self->segments->len - 1, 0);
}

static void
cut_segments (X12Interchange *self, gsize length)
{
  char *end = self->text + length;

  for (char *at = self->text; at < end;)
    {
      char *terminator = memchr (at, self->delimiters.terminator, end - at);
      char *stop = terminator ? terminator : end;
      char *start = self->text + skip_blanks (self->text, at - self->text, stop - self->text);

      *stop = '\0';
      /* Where lines end segments, an editor may have made CR LF of the line's end. */
      for (char *last = stop; self->delimiters.terminator == '\n' && last > start && last[-1] == '\r'; last--)
        last[-1] = '\0';
      if (*start != '\0')
        add_segment (self, start, self->start + (start - self->text));
      if (*start != '\0' && terminator == NULL)
        x12_interchange_add_issue (self, X12_ISSUE_NOT_TERMINATED, self->segments->len - 1, 0);
      at = stop + 1;
    }
  for (guint i = 0; i < self->segments->len; i++)
    {
      X12Segment *segment = &g_array_index (self->segments, X12Segment, i);

      segment->elements = (const char *const *) self->elements->pdata + GPOINTER_TO_UINT (segment->elements);
    }
}

/* Versions from 00402 on have a repetition separator in ISA11; before, it held the letter of a standard. */
static void
read_repetition (X12Interchange *self)
{
  const X12Segment *isa = x12_interchange_get_segment (self, 0);
  const char *repetition = x12_segment_get (isa, 11);

  if (strlen (repetition) == 1 && is_delimiter (*repetition) && strcmp (x12_segment_get (isa, 12), REPETITION_SINCE) >= 0)
    self->delimiters.repetition = *repetition;
}

static void
check_header (X12Interchange *self)
{
  static const guint widths[ISA_ELEMENTS] = { 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1 };
  const X12Segment *isa = x12_interchange_get_segment (self, 0);
  const X12Delimiters *has = &self->delimiters;

  for (guint i = 1; i <= ISA_ELEMENTS; i++)
    if (strlen (x12_segment_get (isa, i)) != widths[i - 1])
      x12_interchange_add_issue (self, X12_ISSUE_ISA_WIDTH, 0, i);
  if (has->component == has->element)
    x12_interchange_add_issue (self, X12_ISSUE_DELIMITERS, 0, 16);
  if (has->repetition != '\0' && (has->repetition == has->element || has->repetition == has->component))
    x12_interchange_add_issue (self, X12_ISSUE_DELIMITERS, 0, 11);
}

static X12Interchange *
read_interchange (Reader *reader, X12Delimiters delimiters)
{
  gsize end = find_end (reader, &delimiters);
  gsize length = end - reader->at;
  X12Interchange *self = x12_interchange_new (g_strndup (reader->data + reader->at, length), reader->at, delimiters);

  cut_segments (self, length);
  read_repetition (self);
  check_header (self);
  x12_interchange_check_envelopes (self);
  reader->at = end;
  return self;
}

/**
 * x12_read:
 * @bytes: what a clearinghouse sent, or a file: one interchange after the other
 *
 * A byte order mark, blanks between segments and whatever stands before the first ISA are passed over.
 *
 * Returns: (transfer full) (element-type X12Interchange): at least one; %NULL with an X12Error when there is none. What is odd
 *   within an interchange is among its issues.
 */
GPtrArray *
x12_read (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) interchanges = g_ptr_array_new_with_free_func ((GDestroyNotify) x12_interchange_unref);
  Reader reader = { NULL, 0, 0 };
  X12Delimiters delimiters;
  gboolean is_stray, is_cut;

  reader.data = g_bytes_get_data (bytes, &reader.length);
  if (reader.length > X12_LONGEST)
    {
      g_set_error (error, X12_ERROR, X12_ERROR_TOO_LONG, _ ("The answer is too long: more than %d MB"), X12_LONGEST >> 20);
      return NULL;
    }
  /* No X12 has it, and it would end a text early. */
  if (reader.length > 0 && memchr (reader.data, '\0', reader.length))
    {
      g_set_error_literal (error, X12_ERROR, X12_ERROR_NOT_X12, _ ("This is not an X12 interchange: it has bytes that no text has"));
      return NULL;
    }
  while (find_header (&reader, &delimiters, &is_stray, &is_cut))
    {
      if (is_stray && interchanges->len > 0)
        x12_interchange_add_issue (g_ptr_array_index (interchanges, interchanges->len - 1), X12_ISSUE_STRAY,
                                   x12_interchange_get_n_segments (g_ptr_array_index (interchanges, interchanges->len - 1)) - 1, 0);
      g_ptr_array_add (interchanges, read_interchange (&reader, delimiters));
    }
  if (interchanges->len > 0)
    return g_steal_pointer (&interchanges);
  if (is_cut)
    g_set_error_literal (error, X12_ERROR, X12_ERROR_TRUNCATED, _ ("The X12 interchange ends within its first segment"));
  else
    g_set_error_literal (error, X12_ERROR, X12_ERROR_NOT_X12, _ ("This is not an X12 interchange: it has no ISA segment"));
  return NULL;
}
