/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-find-plan.h"

#include <string.h>

#include "base/rcp-fold.h"
#include "base/rcp-query.h"
#include "clinic/rcp-codes.h"

#define MAX_WORDS 6
#define NATIONAL_DIGITS 10 /* of North America, whose numbers are written in many ways */

/* The words of @text as names are written: without commas, and without what else separates them. (transfer full). */
static GStrv
split_typed (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit_set (text, " ,;\t\r\n", -1);
  guint n = 0;

  for (guint i = 0; parts[i] != NULL && n < MAX_WORDS + 3; i++)
    if (parts[i][0] != '\0')
      {
        g_strv_builder_add (builder, parts[i]);
        n++;
      }

  return g_strv_builder_end (builder);
}

static gboolean
has_letter (const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static gboolean
are_names (const char *const *words, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (!has_letter (words[i]))
      return FALSE;

  return n_words > 0 && n_words <= MAX_WORDS;
}

static char *
join (const char *const *words, guint n_words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GStrv
fold_words (const char *const *words, guint n_words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *folded = rcp_fold_text (words[i]);

      if (*folded != '\0')
        g_strv_builder_add (builder, folded);
    }

  return g_strv_builder_end (builder);
}

/* Reads @words from @start as a date or as a phone number; whether they are one. */
static gboolean
read_rest (RcpFindPlan *self, const char *const *words, guint n_words, gboolean day_first, const GDate *today)
{
  g_autofree char *text = join (words, n_words);
  g_autoptr (GPtrArray) dates = rcp_query_parse_dates (text, day_first, today);

  if (dates->len > 0)
    {
      g_ptr_array_unref (self->dates);
      self->dates = g_steal_pointer (&dates);
      return TRUE;
    }
  self->phone = rcp_query_parse_phone (text);
  return self->phone != NULL;
}

/* "garcia 3 dec 1978", "12/3/78 garcia", "garcia 555-0100": the longest date or number at an end of a name. */
static gboolean
read_mixed (RcpFindPlan *self, const char *const *words, guint n_words, gboolean day_first, const GDate *today)
{
  for (guint n_names = 1; n_names < n_words; n_names++)
    {
      guint n_rest = n_words - n_names;

      if (are_names (words, n_names) && read_rest (self, words + n_names, n_rest, day_first, today))
        {
          self->words = fold_words (words, n_names);
          return TRUE;
        }
      if (are_names (words + n_rest, n_names) && read_rest (self, words, n_rest, day_first, today))
        {
          self->words = fold_words (words + n_rest, n_names);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
has_digit (const char *text)
{
  g_autofree char *digits = rcp_fold_digits (text);

  return *digits != '\0';
}

/* A text that is one thing: a date, a number, a name; or that may be several. */
static void
read_whole (RcpFindPlan *self, const char *const *words, guint n_words, gboolean day_first, const GDate *today)
{
  g_ptr_array_unref (self->dates);
  self->dates = rcp_query_parse_dates (self->typed, day_first, today);
  self->phone = rcp_query_parse_phone (self->typed);
  self->code = rcp_query_parse_code (self->typed);
  if (self->dates->len > 0 && strpbrk (self->typed, "./- ") != NULL)
    {
      /* "3.12.1978" is a date and nothing else, though its digits could be a number. */
      g_clear_pointer (&self->phone, g_free);
      g_clear_pointer (&self->code, g_free);
      return;
    }
  if (n_words == 1 && has_digit (words[0]))
    self->identifier = g_strdup (words[0]);
  if (self->dates->len == 0 && are_names (words, n_words))
    {
      g_strfreev (self->words);
      self->words = fold_words (words, n_words);
    }
}

/* "garcia 1" on the way to "garcia 12/3/78": the name holds until the rest says something. */
static void
read_unfinished (RcpFindPlan *self, const char *const *words)
{
  const char *names[MAX_WORDS];
  guint n = 0;

  for (guint i = 0; words[i] != NULL && n < MAX_WORDS; i++)
    if (has_letter (words[i]))
      names[n++] = words[i];
  g_strfreev (self->words);
  self->words = fold_words (names, n);
}

/**
 * rcp_find_plan_new:
 * @text: what was typed
 * @day_first: whether "3/12" rather means the third of December
 * @today: the day
 *
 * Returns: (transfer full): what the text can mean
 */
RcpFindPlan *
rcp_find_plan_new (const char *text, gboolean day_first, const GDate *today)
{
  RcpFindPlan *self = g_new0 (RcpFindPlan, 1);
  g_auto (GStrv) words = NULL;
  guint n_words;

  self->dates = g_ptr_array_new_with_free_func ((GDestroyNotify) g_date_free);
  self->typed = g_utf8_validate (text, -1, NULL) ? g_strstrip (g_strdup (text)) : g_strdup ("");
  words = split_typed (self->typed);
  n_words = g_strv_length (words);

  read_whole (self, (const char *const *) words, n_words, day_first, today);
  if (self->dates->len == 0 && self->phone == NULL && self->code == NULL &&
      (self->words == NULL || has_digit (self->typed)))
    {
      RcpFindPlan whole = *self;

      self->words = NULL;
      if (read_mixed (self, (const char *const *) words, n_words, day_first, today))
        g_strfreev (whole.words);
      else
        self->words = whole.words;
    }
  if (self->words == NULL)
    self->words = g_new0 (char *, 1);
  if (rcp_find_plan_is_empty (self))
    read_unfinished (self, (const char *const *) words);

  return self;
}

void
rcp_find_plan_free (RcpFindPlan *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->words);
  g_ptr_array_unref (self->dates);
  g_free (self->phone);
  g_free (self->identifier);
  g_free (self->code);
  g_free (self->typed);
  g_free (self);
}

gboolean
rcp_find_plan_is_empty (const RcpFindPlan *self)
{
  return self->words[0] == NULL && self->dates->len == 0 && self->phone == NULL && self->identifier == NULL &&
         self->code == NULL;
}

static FhirSearch *
add_search (GPtrArray *searches, const char *type, guint count)
{
  FhirSearch *search = fhir_search_new (type);

  fhir_search_add_printf (search, "_count", "%u", count);
  g_ptr_array_add (searches, search);
  return search;
}

static void
add_value (FhirSearch *search, const char *parameter, const char *value)
{
  g_autofree char *escaped = fhir_search_escape (value);

  fhir_search_add (search, parameter, escaped);
}

static void
add_dates (FhirSearch *search, GPtrArray *dates)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < dates->len; i++)
    {
      GDate *date = g_ptr_array_index (dates, i);

      g_string_append_printf (list, "%s%04u-%02d-%02u", i > 0 ? "," : "", g_date_get_year (date),
                              g_date_get_month (date), g_date_get_day (date));
    }
  if (dates->len > 0)
    fhir_search_add (search, "birthdate", list->str);
}

/* Servers compare telephone numbers as they are written: so every usual way is asked for. */
static void
add_phone (FhirSearch *search, const RcpFindPlan *self)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *digits = self->phone;
  gsize length = strlen (digits);
  g_autofree char *typed = self->words[0] == NULL ? fhir_search_escape (self->typed) : g_strdup (digits);

  g_string_append (list, digits);
  if (!g_str_equal (typed, digits))
    g_string_append_printf (list, ",%s", typed);
  if (length == NATIONAL_DIGITS + 1 && *digits == '1')
    digits++;
  if (strlen (digits) == NATIONAL_DIGITS)
    {
      const char *line = digits + 6;

      g_string_append_printf (list, ",%.3s-%.3s-%s,(%.3s) %.3s-%s,%.3s.%.3s.%s", digits, digits + 3, line, digits,
                              digits + 3, line, digits, digits + 3, line);
      g_string_append_printf (list, ",+1%s,+1 %.3s-%.3s-%s,+1 (%.3s) %.3s-%s,1-%.3s-%.3s-%s", digits, digits,
                              digits + 3, line, digits, digits + 3, line, digits, digits + 3, line);
      if (digits != self->phone)
        g_string_append_printf (list, ",%s", digits);
    }
  else if (length == 7)
    {
      g_string_append_printf (list, ",%.3s-%s", digits, digits + 3);
    }
  fhir_search_add (search, "phone", list->str);
}

static void
add_names (FhirSearch *search, const RcpFindPlan *self, const char *parameter)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    add_value (search, parameter, self->words[i]);
}

/**
 * rcp_find_plan_make_searches:
 * @self: a plan
 * @count: how many matches are wanted of each
 *
 * Returns: (transfer full) (element-type FhirSearch): one search for a name, with what narrows it; up to four for a text
 *   that may be several things
 */
GPtrArray *
rcp_find_plan_make_searches (const RcpFindPlan *self, guint count)
{
  GPtrArray *searches = g_ptr_array_new_with_free_func ((GDestroyNotify) fhir_search_unref);

  if (self->words[0] != NULL)
    {
      FhirSearch *search = add_search (searches, "Patient", count);

      add_names (search, self, "name");
      add_dates (search, self->dates);
      if (self->phone != NULL)
        add_phone (search, self);
    }
  else
    {
      if (self->dates->len > 0)
        add_dates (add_search (searches, "Patient", count), self->dates);
      if (self->phone != NULL)
        add_phone (add_search (searches, "Patient", count), self);
    }
  if (self->identifier != NULL)
    add_value (add_search (searches, "Patient", count), "identifier", self->identifier);
  if (self->code != NULL)
    {
      FhirSearch *search = add_search (searches, "Appointment", 5);

      fhir_search_add_printf (search, "identifier", "%s|%s", RCP_SYSTEM_CONFIRMATION, self->code);
      fhir_search_add (search, "_include", "Appointment:patient");
    }

  return searches;
}

/**
 * rcp_find_plan_make_wider_search:
 * @self: a plan
 * @count: how many matches are wanted
 *
 * Servers match the beginning of a name. This asks for the words anywhere inside of names.
 *
 * Returns: (transfer full) (nullable): the search; %NULL when the plan has no name, or a word so short that it is everywhere
 */
FhirSearch *
rcp_find_plan_make_wider_search (const RcpFindPlan *self, guint count)
{
  FhirSearch *search;

  if (self->words[0] == NULL || self->phone != NULL)
    return NULL;
  for (guint i = 0; self->words[i] != NULL; i++)
    if (g_utf8_strlen (self->words[i], -1) < 2)
      return NULL;

  search = fhir_search_new ("Patient");
  fhir_search_add_printf (search, "_count", "%u", count);
  add_names (search, self, "name:contains");
  add_dates (search, self->dates);
  return search;
}
