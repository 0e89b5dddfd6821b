/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "x12-interchange.h"

G_BEGIN_DECLS

/* Shared by the reader and the interchange that it makes. */

struct _X12Interchange
{
  char *text;
  gsize start;
  X12Delimiters delimiters;
  GPtrArray *elements; /* of all segments, into text */
  GArray *segments;    /* of X12Segment */
  GArray *issues;      /* of X12Issue */
};

X12Interchange *x12_interchange_new (char *text, gsize start, X12Delimiters delimiters);
void x12_interchange_check_envelopes (X12Interchange *self);

G_END_DECLS
