/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-spec-tables.h"

G_BEGIN_DECLS

/* Where the values go; @entry is filled anew for each value. */
typedef struct
{
  PracticeIndexFunc func;
  gpointer user_data;
  PracticeIndexEntry entry;
} PracticeExtractor;

void practice_extract_value (PracticeExtractor *extractor, const PracticeSpecAction *action, PracticeJson *value);

G_END_DECLS
