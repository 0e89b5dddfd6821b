/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "x12"

#include <string.h>

#include "x12-interchange-private.h"

/* Interchange (ISA-IEA), functional groups (GS-GE) and transaction sets (ST-SE): each end counts what it closes and repeats the
 * control number of its beginning. ASC X12.5 and X12.6. */

#define NONE G_MAXUINT

typedef struct
{
  X12Interchange *interchange;
  guint group;    /* segment that opened it, or NONE */
  guint set;
  guint n_groups;
  guint n_sets;
  gboolean is_closed;
} Walk;

static gboolean
same_number (const char *a, const char *b)
{
  while (*a == '0')
    a++;
  while (*b == '0')
    b++;
  return strcmp (a, b) == 0;
}

/* The end in segment @end says @count, and the number of what segment @beginning opened with @element. */
static void
check_end (Walk *self, guint end, guint count, guint beginning, guint element)
{
  const X12Segment *closing = x12_interchange_get_segment (self->interchange, end);
  const X12Segment *opening = x12_interchange_get_segment (self->interchange, beginning);
  char counted[16];

  g_snprintf (counted, sizeof counted, "%u", count);
  if (!same_number (x12_segment_get (closing, 1), counted))
    x12_interchange_add_issue (self->interchange, X12_ISSUE_COUNT, end, 1);
  if (!same_number (x12_segment_get (closing, 2), x12_segment_get (opening, element)))
    x12_interchange_add_issue (self->interchange, X12_ISSUE_CONTROL_NUMBER, end, 2);
}

/* An end or another beginning has come while this one was open. */
static void
leave (Walk *self, guint *open)
{
  if (*open != NONE)
    x12_interchange_add_issue (self->interchange, X12_ISSUE_NOT_CLOSED, *open, 0);
  *open = NONE;
}

static void
walk_begin (Walk *self, guint i, gboolean is_group)
{
  leave (self, &self->set);
  if (is_group)
    {
      leave (self, &self->group);
      self->group = i;
      self->n_groups++;
      self->n_sets = 0;
      return;
    }
  if (self->group == NONE)
    x12_interchange_add_issue (self->interchange, X12_ISSUE_STRAY, i, 0);
  self->set = i;
  self->n_sets++;
}

static void
walk_end (Walk *self, guint i, gboolean is_group)
{
  guint *open = is_group ? &self->group : &self->set;

  if (is_group)
    leave (self, &self->set);
  if (*open == NONE)
    x12_interchange_add_issue (self->interchange, X12_ISSUE_STRAY, i, 0);
  else if (is_group)
    check_end (self, i, self->n_sets, self->group, 6);
  else
    check_end (self, i, i - self->set + 1, self->set, 2);
  *open = NONE;
}

static void
walk (Walk *self, guint i)
{
  const X12Segment *segment = x12_interchange_get_segment (self->interchange, i);

  if (self->is_closed)
    x12_interchange_add_issue (self->interchange, X12_ISSUE_STRAY, i, 0);
  else if (x12_segment_is (segment, "GS") || x12_segment_is (segment, "ST"))
    walk_begin (self, i, x12_segment_is (segment, "GS"));
  else if (x12_segment_is (segment, "GE") || x12_segment_is (segment, "SE"))
    walk_end (self, i, x12_segment_is (segment, "GE"));
  else if (x12_segment_is (segment, "IEA"))
    {
      leave (self, &self->set);
      leave (self, &self->group);
      check_end (self, i, self->n_groups, 0, 13);
      self->is_closed = TRUE;
    }
  else if (x12_segment_is (segment, "TA1") ? self->group != NONE : self->set == NONE)
    x12_interchange_add_issue (self->interchange, X12_ISSUE_STRAY, i, 0);
}

/* Notes among the issues where the envelopes do not fit. */
void
x12_interchange_check_envelopes (X12Interchange *self)
{
  Walk state = { .interchange = self, .group = NONE, .set = NONE };

  for (guint i = 1; i < x12_interchange_get_n_segments (self); i++)
    walk (&state, i);
  leave (&state, &state.set);
  leave (&state, &state.group);
  if (!state.is_closed)
    x12_interchange_add_issue (self, X12_ISSUE_NOT_CLOSED, 0, 0);
}
