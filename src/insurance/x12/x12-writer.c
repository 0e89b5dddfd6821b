/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "x12"

#include "x12-writer.h"

#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

/* X12.6, section 3.3: the basic character set and of the extended one the small letters. */
#define ALLOWED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"&'()*+,-./:;?= %@[]_{}\\|<>~#$^"
#define LARGEST_CONTROL_NUMBER 999999999
#define SET_NUMBERS 10000 /* ST02 is the last four digits */

const X12Delimiters X12_USUAL_DELIMITERS = { '*', '^', ':', '~' };

struct _X12Writer
{
  X12Delimiters delimiters;
  GString *text;
  guint control_number;
  guint n_segments;   /* of the set, from ST on */
  gsize segment;      /* where the open segment starts; G_MAXSIZE when none is open */
  GError *error;
};

static void
refuse (X12Writer *self, const char *message)
{
  if (self->error == NULL)
    self->error = g_error_new_literal (X12_ERROR, X12_ERROR_NOT_ALLOWED, message);
}

/* Ends the open segment. Elements at its end that are empty are left out, as X12.6 asks. */
static void
end_segment (X12Writer *self)
{
  if (self->segment == G_MAXSIZE)
    return;
  while (self->text->len > self->segment && self->text->str[self->text->len - 1] == self->delimiters.element)
    g_string_truncate (self->text, self->text->len - 1);
  g_string_append_c (self->text, self->delimiters.terminator);
  g_string_append_c (self->text, '\n');
  self->segment = G_MAXSIZE;
}

static gboolean
is_delimiter (const X12Delimiters *delimiters, char c)
{
  return c == delimiters->element || c == delimiters->repetition || c == delimiters->component || c == delimiters->terminator;
}

static void
append_value (X12Writer *self, const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    if (is_delimiter (&self->delimiters, *p) || strchr (ALLOWED, *p) == NULL)
      {
        /* The value may be a name: it is not told. */
        refuse (self, _ ("A value has a character that X12 cannot carry"));
        return;
      }
  g_string_append (self->text, value);
}

/**
 * x12_writer_begin:
 *
 * Ends the segment before, and begins one. Its elements follow one by one.
 */
void
x12_writer_begin (X12Writer *self, const char *name)
{
  end_segment (self);
  self->segment = self->text->len;
  self->n_segments++;
  g_string_append (self->text, name);
}

/**
 * x12_writer_element:
 * @value: (nullable): %NULL and "" leave the element empty
 */
void
x12_writer_element (X12Writer *self, const char *value)
{
  g_string_append_c (self->text, self->delimiters.element);
  append_value (self, value ? value : "");
}

static void
append_list (X12Writer *self, const char *const *values, char delimiter)
{
  g_string_append_c (self->text, self->delimiters.element);
  for (guint i = 0; values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (self->text, delimiter);
      append_value (self, values[i]);
    }
}

/* One composite element, as HC:99213. */
void
x12_writer_components (X12Writer *self, const char *const *values)
{
  append_list (self, values, self->delimiters.component);
}

/* One element that is repeated, as 98^30. */
void
x12_writer_repetitions (X12Writer *self, const char *const *values)
{
  append_list (self, values, self->delimiters.repetition);
}

/**
 * x12_writer_segment:
 * @...: its elements from 01 on, up to a %NULL; "" for one that is empty
 */
void
x12_writer_segment (X12Writer *self, const char *name, ...)
{
  va_list elements;
  const char *element;

  x12_writer_begin (self, name);
  va_start (elements, name);
  while ((element = va_arg (elements, const char *)) != NULL)
    x12_writer_element (self, element);
  va_end (elements);
}

static char *
pad (X12Writer *self, const char *value, gsize width)
{
  gsize length = strlen (value);

  if (length > width)
    refuse (self, _ ("The name of the sender or of the receiver is too long for an X12 interchange"));
  return g_strdup_printf ("%-*s", (int) width, value);
}

/* ISA is of fixed width, and holds the delimiters themselves as its elements. */
static void
write_isa (X12Writer *self, const X12Envelope *envelope)
{
  const X12Delimiters *with = &self->delimiters;
  g_autofree char *sender_qualifier = pad (self, envelope->sender_qualifier, 2);
  g_autofree char *receiver_qualifier = pad (self, envelope->receiver_qualifier, 2);
  g_autofree char *sender = pad (self, envelope->sender, 15);
  g_autofree char *receiver = pad (self, envelope->receiver, 15);
  g_autofree char *blank = pad (self, "", 10);
  g_autofree char *date = g_date_time_format (envelope->when, "%y%m%d");
  g_autofree char *time = g_date_time_format (envelope->when, "%H%M");
  g_autofree char *number = g_strdup_printf ("%09u", envelope->control_number);

  x12_writer_segment (self, "ISA", "00", blank, "00", blank, sender_qualifier, sender, receiver_qualifier, receiver, date, time, NULL);
  g_string_append_printf (self->text, "%c%c%c00501", with->element, with->repetition, with->element);
  x12_writer_element (self, number);
  x12_writer_element (self, envelope->wants_acknowledgment ? "1" : "0");
  x12_writer_element (self, envelope->is_test ? "T" : "P");
  g_string_append_printf (self->text, "%c%c", with->element, with->component);
}

static void
write_openings (X12Writer *self, const X12Envelope *envelope)
{
  g_autofree char *date = g_date_time_format (envelope->when, "%Y%m%d");
  g_autofree char *time = g_date_time_format (envelope->when, "%H%M");
  g_autofree char *group = g_strdup_printf ("%u", envelope->control_number);
  g_autofree char *set = g_strdup_printf ("%04u", envelope->control_number % SET_NUMBERS);

  write_isa (self, envelope);
  x12_writer_segment (self, "GS", envelope->function, envelope->sender, envelope->receiver, date, time, group, "X", envelope->version, NULL);
  self->n_segments = 0;
  x12_writer_segment (self, "ST", envelope->set, set, envelope->version, NULL);
}

static gboolean
are_apart (const X12Delimiters *d)
{
  return d->element != d->repetition && d->element != d->component && d->element != d->terminator && d->repetition != d->component &&
         d->repetition != d->terminator && d->component != d->terminator;
}

/**
 * x12_writer_new:
 * @delimiters: all four, each another
 *
 * Writes the beginning of the interchange, of its group and of its set.
 *
 * Returns: (transfer full)
 */
X12Writer *
x12_writer_new (const X12Delimiters *delimiters, const X12Envelope *envelope)
{
  X12Writer *self;

  g_return_val_if_fail (are_apart (delimiters), NULL);
  self = g_new0 (X12Writer, 1);
  self->delimiters = *delimiters;
  self->text = g_string_new (NULL);
  self->control_number = envelope->control_number;
  self->segment = G_MAXSIZE;
  if (envelope->control_number == 0 || envelope->control_number > LARGEST_CONTROL_NUMBER)
    refuse (self, _ ("An X12 control number is between 1 and 999,999,999"));
  write_openings (self, envelope);
  return self;
}

void
x12_writer_free (X12Writer *self)
{
  g_string_free (self->text, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * x12_writer_finish:
 *
 * Ends what was begun, with its counts. The writer is of no use afterwards.
 *
 * Returns: (transfer full): the interchange; %NULL with X12_ERROR_NOT_ALLOWED when anything in it was refused
 */
char *
x12_writer_finish (X12Writer *self, GError **error)
{
  g_autofree char *count = g_strdup_printf ("%u", self->n_segments + 1);
  g_autofree char *set = g_strdup_printf ("%04u", self->control_number % SET_NUMBERS);
  g_autofree char *group = g_strdup_printf ("%u", self->control_number);
  g_autofree char *interchange = g_strdup_printf ("%09u", self->control_number);

  x12_writer_segment (self, "SE", count, set, NULL);
  x12_writer_segment (self, "GE", "1", group, NULL);
  x12_writer_segment (self, "IEA", "1", interchange, NULL);
  end_segment (self);
  if (self->error)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  return g_strdup (self->text->str);
}

/**
 * x12_text_clean:
 * @text: (nullable): what a person typed: a name, an address
 *
 * Makes of it what X12 can carry: capitals, letters without their accents, no delimiter. What has no Latin letters is lost.
 *
 * Returns: (transfer full): never %NULL
 */
char *
x12_text_clean (const char *text, const X12Delimiters *delimiters)
{
  g_autofree char *ascii = text ? g_str_to_ascii (text, "en") : g_strdup ("");
  GString *clean = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0'; p++)
    {
      gboolean is_known = *p != '?' && strchr (ALLOWED, *p) != NULL && !is_delimiter (delimiters, *p);
      char c = is_known ? g_ascii_toupper (*p) : ' ';

      if (c != ' ' || (clean->len > 0 && clean->str[clean->len - 1] != ' '))
        g_string_append_c (clean, c);
    }
  return g_strchomp (g_string_free (clean, FALSE));
}
