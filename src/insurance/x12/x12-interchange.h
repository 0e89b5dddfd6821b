/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ASC X12 as it comes from a clearinghouse: an interchange (ISA to IEA) is a list of segments, a segment a list of elements. Read
 * leniently: what is odd is kept as an issue with its place, and the rest is read on. */

#define X12_ERROR (x12_error_quark ())
GQuark x12_error_quark (void);

/**
 * X12Error:
 * @X12_ERROR_NOT_X12: there is no ISA segment in it: a page of HTML, say, or nothing at all
 * @X12_ERROR_TRUNCATED: it ends within the first ISA segment
 * @X12_ERROR_TOO_LONG: more than X12_LONGEST bytes
 * @X12_ERROR_NOT_ALLOWED: what should be written cannot stand in an interchange
 */
typedef enum
{
  X12_ERROR_NOT_X12,
  X12_ERROR_TRUNCATED,
  X12_ERROR_TOO_LONG,
  X12_ERROR_NOT_ALLOWED,
} X12Error;

#define X12_LONGEST (64 * 1024 * 1024)

/**
 * X12Delimiters:
 * @repetition: 0 in versions before 00402, which have none
 */
typedef struct
{
  char element;
  char repetition;
  char component;
  char terminator;
} X12Delimiters;

/**
 * X12Segment:
 * @elements: the first is the segment's name ("EB"), so that `elements[3]` is EB03; borrowed from the interchange
 * @offset: of its first byte in what was read
 */
typedef struct
{
  const char *const *elements;
  guint n_elements;
  gsize offset;
} X12Segment;

/**
 * X12IssueCode:
 * @X12_ISSUE_ISA_WIDTH: an element of ISA is not as wide as it must be
 * @X12_ISSUE_DELIMITERS: two delimiters are the same character
 * @X12_ISSUE_SEGMENT_NAME: not two or three capitals and digits
 * @X12_ISSUE_STRAY: a segment outside of the envelope that it belongs into
 * @X12_ISSUE_COUNT: SE01, GE01 or IEA01 is not the number of what it closes
 * @X12_ISSUE_CONTROL_NUMBER: SE02, GE02 or IEA02 is not that of what it closes
 * @X12_ISSUE_NOT_CLOSED: SE, GE or IEA is missing
 * @X12_ISSUE_NOT_TERMINATED: the bytes end within a segment
 * @X12_ISSUE_VALUE: an element that cannot be what it should be
 */
typedef enum
{
  X12_ISSUE_ISA_WIDTH,
  X12_ISSUE_DELIMITERS,
  X12_ISSUE_SEGMENT_NAME,
  X12_ISSUE_STRAY,
  X12_ISSUE_COUNT,
  X12_ISSUE_CONTROL_NUMBER,
  X12_ISSUE_NOT_CLOSED,
  X12_ISSUE_NOT_TERMINATED,
  X12_ISSUE_VALUE,
} X12IssueCode;

/**
 * X12Issue:
 * @offset: of the segment's first byte
 * @segment: its number in the interchange, from 0
 * @element: its number in the segment, 0 for the segment as a whole
 */
typedef struct
{
  X12IssueCode code;
  gsize offset;
  guint segment;
  guint element;
} X12Issue;

typedef struct _X12Interchange X12Interchange;

GPtrArray *x12_read (GBytes *bytes, GError **error);

X12Interchange *x12_interchange_ref (X12Interchange *self);
void x12_interchange_unref (X12Interchange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X12Interchange, x12_interchange_unref)

const X12Delimiters *x12_interchange_get_delimiters (const X12Interchange *self);
guint x12_interchange_get_n_segments (const X12Interchange *self);
const X12Segment *x12_interchange_get_segment (const X12Interchange *self, guint index);
guint x12_interchange_get_n_issues (const X12Interchange *self);
const X12Issue *x12_interchange_get_issue (const X12Interchange *self, guint index);
void x12_interchange_add_issue (X12Interchange *self, X12IssueCode code, guint segment, guint element);
void x12_interchange_write (const X12Interchange *self, GString *text);
char *x12_issue_describe (const X12Issue *self);

gboolean x12_segment_is (const X12Segment *self, const char *name);
const char *x12_segment_get (const X12Segment *self, guint element);
char *x12_segment_dup_text (const X12Segment *self, guint element);
char **x12_split (const char *value, char delimiter);

G_END_DECLS
