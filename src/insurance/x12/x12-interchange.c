/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "x12"

#include "x12-interchange-private.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK (x12-error-quark, x12_error)

/**
 * x12_interchange_new:
 * @text: (transfer full): the bytes of the interchange, which become its elements in place
 * @start: of @text in what was read, in bytes
 */
X12Interchange *
x12_interchange_new (char *text, gsize start, X12Delimiters delimiters)
{
  X12Interchange *self = g_atomic_rc_box_new0 (X12Interchange);

  self->text = text;
  self->start = start;
  self->delimiters = delimiters;
  self->elements = g_ptr_array_new ();
  self->segments = g_array_new (FALSE, FALSE, sizeof (X12Segment));
  self->issues = g_array_new (FALSE, FALSE, sizeof (X12Issue));
  return self;
}

static void
x12_interchange_clear (gpointer data)
{
  X12Interchange *self = data;

  g_free (self->text);
  g_ptr_array_unref (self->elements);
  g_array_unref (self->segments);
  g_array_unref (self->issues);
}

X12Interchange *
x12_interchange_ref (X12Interchange *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
x12_interchange_unref (X12Interchange *self)
{
  g_atomic_rc_box_release_full (self, x12_interchange_clear);
}

const X12Delimiters *
x12_interchange_get_delimiters (const X12Interchange *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return &self->delimiters;
}

guint
x12_interchange_get_n_segments (const X12Interchange *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->segments->len;
}

const X12Segment *
x12_interchange_get_segment (const X12Interchange *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->segments->len, NULL);
  return &g_array_index (self->segments, X12Segment, index);
}

guint
x12_interchange_get_n_issues (const X12Interchange *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->issues->len;
}

const X12Issue *
x12_interchange_get_issue (const X12Interchange *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->issues->len, NULL);
  return &g_array_index (self->issues, X12Issue, index);
}

/**
 * x12_interchange_add_issue:
 * @segment: number of the segment
 * @element: number of the element, or 0
 *
 * For who reads a meaning out of the segments and finds that one cannot be.
 */
void
x12_interchange_add_issue (X12Interchange *self, X12IssueCode code, guint segment, guint element)
{
  gsize offset = segment < self->segments->len ? x12_interchange_get_segment (self, segment)->offset : self->start;
  X12Issue issue = { code, offset, segment, element };

  g_array_append_val (self->issues, issue);
}

/**
 * x12_interchange_write:
 * @text: what it is appended to
 *
 * Writes every segment as it was read, with the interchange's own delimiters, and a line's end after each.
 */
void
x12_interchange_write (const X12Interchange *self, GString *text)
{
  g_return_if_fail (self != NULL);
  for (guint i = 0; i < self->segments->len; i++)
    {
      const X12Segment *segment = x12_interchange_get_segment (self, i);

      for (guint j = 0; j < segment->n_elements; j++)
        {
          if (j > 0)
            g_string_append_c (text, self->delimiters.element);
          g_string_append (text, segment->elements[j]);
        }
      g_string_append_c (text, self->delimiters.terminator);
      if (self->delimiters.terminator != '\n')
        g_string_append_c (text, '\n');
    }
}

static const char *
describe_code (X12IssueCode code)
{
  switch (code)
    {
    case X12_ISSUE_ISA_WIDTH:
      return _ ("An element of ISA has the wrong width");
    case X12_ISSUE_DELIMITERS:
      return _ ("Two delimiters are the same character");
    case X12_ISSUE_SEGMENT_NAME:
      return _ ("A segment has no proper name");
    case X12_ISSUE_STRAY:
      return _ ("A segment stands outside of its envelope");
    case X12_ISSUE_COUNT:
      return _ ("The count is not the number of what is there");
    case X12_ISSUE_CONTROL_NUMBER:
      return _ ("The control numbers at the beginning and at the end differ");
    case X12_ISSUE_NOT_CLOSED:
      return _ ("The end of an envelope is missing");
    case X12_ISSUE_NOT_TERMINATED:
      return _ ("It ends within a segment");
    case X12_ISSUE_VALUE:
      return _ ("An element has a value that it cannot have");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * x12_issue_describe:
 *
 * What is odd, and where, for people. It names no content.
 *
 * Returns: (transfer full): translated
 */
char *
x12_issue_describe (const X12Issue *self)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GSIZE_FORMAT, self->offset);

  if (self->element == 0)
    /* Translators: what is odd; the number of the segment, from 1; the byte */
    return g_strdup_printf (_ ("%s (segment %u, byte %s)"), describe_code (self->code), self->segment + 1, offset);
  /* Translators: what is odd; the number of the segment, from 1; of its element; the byte */
  return g_strdup_printf (_ ("%s (segment %u, element %u, byte %s)"), describe_code (self->code), self->segment + 1, self->element, offset);
}

gboolean
x12_segment_is (const X12Segment *self, const char *name)
{
  return strcmp (self->elements[0], name) == 0;
}

/**
 * x12_segment_get:
 * @element: its number as the standard counts: 3 for EB03
 *
 * Returns: the bytes as they came; empty when the segment is shorter
 */
const char *
x12_segment_get (const X12Segment *self, guint element)
{
  return element < self->n_elements ? self->elements[element] : "";
}

/**
 * x12_segment_dup_text:
 *
 * An element for people to read. X12 says nothing of encodings: what is not UTF-8 is taken for ISO 8859-1.
 *
 * Returns: (transfer full) (nullable): UTF-8 without blanks around it; %NULL when it is empty
 */
char *
x12_segment_dup_text (const X12Segment *self, guint element)
{
  const char *value = x12_segment_get (self, element);
  g_autofree char *text =
    g_utf8_validate (value, -1, NULL) ? g_strdup (value) : g_convert (value, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);

  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

/**
 * x12_split:
 * @delimiter: of repetitions or of components; 0 when there is none
 *
 * Returns: (transfer full): the parts of an element; none when it is empty
 */
char **
x12_split (const char *value, char delimiter)
{
  const char separator[] = { delimiter, '\0' };

  if (*value == '\0')
    return g_new0 (char *, 1);
  if (delimiter == '\0')
    return g_strdupv ((char *[]) { (char *) value, NULL });
  return g_strsplit (value, separator, -1);
}
