/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine-private.h"

G_BEGIN_DECLS

/**
 * PracticeArguments: what Parameters, or a query, give to an operation, in the order given.
 */
typedef struct
{
  GPtrArray *names;
  GPtrArray *values; /* PracticeJson: a string, or an object */
} PracticeArguments;

/* Reads the query and the body of a call; FALSE with an error when the body is no Parameters. */
gboolean practice_arguments_parse (PracticeCall *call, PracticeArguments *arguments);
void practice_arguments_clear (PracticeArguments *arguments);
/* Borrowed: the first value of that name, or NULL. */
PracticeJson *practice_arguments_get (const PracticeArguments *arguments, const char *name);
/* (transfer full) (nullable): all values of that name as text, joined by commas: an "or" of a search. */
char *practice_arguments_join (const PracticeArguments *arguments, const char *name);
/* (transfer full) (nullable): a string, a Reference's reference, or "system|code" of a CodeableConcept's first coding. */
char *practice_argument_to_text (PracticeJson *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PracticeArguments, practice_arguments_clear)

G_END_DECLS
