/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-spec-tables.h"

G_BEGIN_DECLS

/* The way down to a place in a resource; on the stack, made into a FHIRPath only when there is something to say. */
typedef struct _PracticeFrame PracticeFrame;

struct _PracticeFrame
{
  const PracticeFrame *parent;
  const char *name;
  gssize index; /* -1 when it is no item of an array */
};

typedef struct
{
  PracticeOutcome *outcome;
  guint n_errors;
  PracticeJson *container; /* the resource whose contained ones "#id" names */
  gboolean contained;      /* inside one of those */
} PracticeValidator;

void practice_validator_fail (PracticeValidator *validator, const PracticeFrame *frame, guint status, const char *code,
                              const char *format, ...) G_GNUC_PRINTF (5, 6);

/* The invariants of an object whose members were judged. */
void practice_validate_rules (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecNode *node,
                              PracticeJson *object);
void practice_validate_reference (PracticeValidator *validator, const PracticeFrame *frame,
                                  const PracticeSpecMember *member, PracticeJson *reference);
void practice_validate_concept (PracticeValidator *validator, const PracticeFrame *frame,
                                const PracticeSpecMember *member, PracticeJson *concept);

G_END_DECLS
