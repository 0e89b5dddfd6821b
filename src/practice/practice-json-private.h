/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-json.h"

G_BEGIN_DECLS

/* Behind the run of characters that stand in a string as they are: no quote, backslash or control character. */
static inline const char *
practice_json_skip_plain (const char *cursor, const char *end)
{
  while (cursor < end && *cursor != '"' && *cursor != '\\' && (guchar) *cursor >= 0x20)
    cursor++;

  return cursor;
}

G_END_DECLS
