/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-c/json.h>

#include "practice/practice-outcome.h"

G_BEGIN_DECLS

/* json-c keeps the text of every decimal and the order of the members, which json-glib does not: FHIR asks that
 * "1.10" comes back as "1.10" (docs/decisions/001). */
typedef struct json_object PracticeJson;

#define PRACTICE_JSON_MAX_DEPTH 64

/* Strict JSON, valid UTF-8, at most PRACTICE_JSON_MAX_DEPTH deep, no duplicate member names, no trailing text, no
 * number that would not come back as it went in. On failure NULL and a 400 in @outcome. */
PracticeJson *practice_json_parse (const char *data, gsize length, PracticeOutcome *outcome);
/* Compact text, (transfer full). */
char *practice_json_print (PracticeJson *json, gsize *length);

/* Borrowed look-ups; NULL when absent or of another type. */
const char *practice_json_get_string (PracticeJson *object, const char *member);
PracticeJson *practice_json_get_object (PracticeJson *object, const char *member);
PracticeJson *practice_json_get_array (PracticeJson *object, const char *member);

static inline void
practice_json_unref (PracticeJson *json)
{
  json_object_put (json);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeJson, practice_json_unref)

G_END_DECLS
