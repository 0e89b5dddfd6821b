/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine-private.h"

G_BEGIN_DECLS

/* One operation that the server offers; the CapabilityStatement is made from the same table. */
typedef struct
{
  const char *type;
  const char *name;       /* without "$" */
  const char *definition;
  gboolean instance;      /* on Type/id, else on Type */
  gboolean may_get;
  void (*run) (PracticeCall *call);
} PracticeOperation;

extern const PracticeOperation practice_operations[];

/* practice-operations-book.c */
void practice_operation_find (PracticeCall *call);
void practice_operation_hold (PracticeCall *call);
void practice_operation_book (PracticeCall *call);

G_END_DECLS
