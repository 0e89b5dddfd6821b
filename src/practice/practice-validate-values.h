/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-spec-tables.h"

G_BEGIN_DECLS

/* What is wrong with a primitive value of @type: a phrase, or NULL when nothing is. @of_type is set to FALSE when the
 * kind of JSON value is another, which is a fault of structure. */
const char *practice_validate_primitive (PracticeType type, PracticeJson *value, gboolean *of_type);

G_END_DECLS
