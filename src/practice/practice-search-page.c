/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

#include <string.h>

/*
 * A page token says where the page before ended: hash of the query, then per cell a letter and the value, texts with
 * their length before them; all of it in base64url. It is opaque to clients but no secret: a forged one can only name
 * another place in the same order, so it is checked for form alone.
 */
#define MAX_TOKEN 8192

static guint
hash_query (const PracticeSearch *search)
{
  return g_str_hash (search->type) * 31 + g_str_hash (search->link_query);
}

static char *
to_base64url (const GString *plain)
{
  char *text = g_base64_encode ((const guchar *) plain->str, plain->len);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  g_strdelimit (text, "=", '\0');
  return text;
}

/* (nullable): the bytes, with a NUL behind that is not counted. */
static char *
from_base64url (const char *token, gsize *length)
{
  gsize given = strlen (token);
  g_autofree char *text = NULL;
  char *plain;

  if (given == 0 || given > MAX_TOKEN || given % 4 == 1
      || strspn (token, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") != given)
    return NULL;

  text = g_strndup (token, given + 3);
  memset (text + given, '=', (4 - given % 4) % 4);
  text[given + (4 - given % 4) % 4] = '\0';
  g_strdelimit (text, "-", '+');
  g_strdelimit (text, "_", '/');

  plain = (char *) g_base64_decode (text, length);
  plain = g_realloc (plain, *length + 1);
  plain[*length] = '\0';
  return plain;
}

/**
 * practice_page_token_new:
 * @search: the search that has more
 * @cells: (element-type PracticeCell): the last row of its page
 *
 * Returns: (transfer full): a token, safe in a URL
 */
char *
practice_page_token_new (const PracticeSearch *search, const GArray *cells)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (plain, "%08x", hash_query (search));
  for (guint i = 0; i < cells->len; i++)
    {
      const PracticeCell *cell = &g_array_index (cells, PracticeCell, i);

      if (cell->kind == PRACTICE_CELL_NULL)
        g_string_append (plain, "n;");
      else if (cell->kind == PRACTICE_CELL_INTEGER)
        g_string_append_printf (plain, "i%" G_GINT64_FORMAT ";", cell->integer);
      else if (cell->kind == PRACTICE_CELL_REAL)
        g_string_append_printf (plain, "r%s;", g_ascii_dtostr (number, sizeof number, cell->real));
      else
        g_string_append_printf (plain, "t%" G_GSIZE_FORMAT ":%s;", strlen (cell->text), cell->text);
    }

  return to_base64url (plain);
}

/* Reads one cell; moves @cursor behind it. */
static gboolean
parse_cell (const char **cursor, const char *end, GArray *cells)
{
  PracticeCell cell = { .kind = PRACTICE_CELL_NULL };
  const char *p = *cursor + 1;
  char *stop = (char *) p;
  guint64 length;

  switch (**cursor)
    {
    case 'n':
      break;
    case 'i':
      cell.kind = PRACTICE_CELL_INTEGER;
      cell.integer = g_ascii_strtoll (p, &stop, 10);
      break;
    case 'r':
      cell.kind = PRACTICE_CELL_REAL;
      cell.real = g_ascii_strtod (p, &stop);
      break;
    case 't':
      length = g_ascii_strtoull (p, &stop, 10);
      if (stop == p || *stop != ':' || length >= (guint64) (end - stop)
          || !g_utf8_validate_len (stop + 1, length, NULL))
        return FALSE;
      cell.kind = PRACTICE_CELL_TEXT;
      cell.text = g_strndup (stop + 1, length);
      stop += 1 + length;
      break;
    default:
      return FALSE;
    }

  if ((cell.kind != PRACTICE_CELL_NULL && stop == p) || stop >= end || *stop != ';')
    {
      g_free (cell.text);
      return FALSE;
    }

  g_array_append_val (cells, cell);
  *cursor = stop + 1;
  return TRUE;
}

/* Takes the last cell, which names the criterion that led, and checks that the others fit this search. */
static gboolean
take_leader (const PracticeSearch *search, GArray *cells, int *leader)
{
  const PracticeCell *last = &g_array_index (cells, PracticeCell, cells->len - 1);

  if (cells->len < 2 || g_array_index (cells, PracticeCell, 0).kind != PRACTICE_CELL_INTEGER
      || last->kind != PRACTICE_CELL_INTEGER || last->integer < -1 || last->integer >= (gint64) search->clauses->len)
    return FALSE;

  *leader = (int) last->integer;
  g_array_set_size (cells, cells->len - 1);
  /* A sorted search has a cell per key; one without has the rid, and perhaps the string that led it. */
  return search->sorts->len > 0 ? cells->len == search->sorts->len + 1 : cells->len <= 2;
}

/**
 * practice_page_token_parse:
 *
 * Returns: (transfer full) (nullable): the cells of the last row before the page, or NULL when @token was not made
 *   for this search
 */
GArray *
practice_page_token_parse (const PracticeSearch *search, const char *token, int *leader)
{
  g_autoptr (GArray) cells = practice_cells_new ();
  gsize length = 0;
  g_autofree char *plain = from_base64url (token, &length);
  g_autofree char *hash = g_strdup_printf ("%08x", hash_query (search));
  const char *cursor, *end;

  if (plain == NULL || length < 8 || strlen (plain) != length || strncmp (plain, hash, 8) != 0)
    return NULL;

  end = plain + length;
  for (cursor = plain + 8; cursor < end;)
    if (!parse_cell (&cursor, end, cells))
      return NULL;

  return take_leader (search, cells, leader) ? g_steal_pointer (&cells) : NULL;
}
