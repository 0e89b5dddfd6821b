/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "x12-interchange.h"

G_BEGIN_DECLS

/* The strict writer of one interchange with one transaction set. What may not stand there is refused, never mended: X12 has no
 * escape. The first refusal is kept and told at the end. */

/**
 * X12Envelope:
 * @sender_qualifier: ISA05: "ZZ" mutually defined, "30" federal tax id, ...
 * @when: in the sender's local time
 * @control_number: 1 to 999,999,999; of the interchange, the group and (its last four digits) the set
 * @function: GS01: "HS" for 270
 * @set: ST01: "270"
 * @version: GS08 and ST03: "005010X279A1"
 */
typedef struct
{
  const char *sender_qualifier;
  const char *sender;
  const char *receiver_qualifier;
  const char *receiver;
  GDateTime *when;
  guint control_number;
  const char *function;
  const char *set;
  const char *version;
  gboolean is_test;
  gboolean wants_acknowledgment;
} X12Envelope;

extern const X12Delimiters X12_USUAL_DELIMITERS;

typedef struct _X12Writer X12Writer;

X12Writer *x12_writer_new (const X12Delimiters *delimiters, const X12Envelope *envelope);
void x12_writer_free (X12Writer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X12Writer, x12_writer_free)

void x12_writer_segment (X12Writer *self, const char *name, ...) G_GNUC_NULL_TERMINATED;
void x12_writer_begin (X12Writer *self, const char *name);
void x12_writer_element (X12Writer *self, const char *value);
void x12_writer_components (X12Writer *self, const char *const *values);
void x12_writer_repetitions (X12Writer *self, const char *const *values);
char *x12_writer_finish (X12Writer *self, GError **error);

char *x12_text_clean (const char *text, const X12Delimiters *delimiters);

G_END_DECLS
