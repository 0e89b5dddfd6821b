/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-name-compare.h"

#include <string.h>

#include "base/rcp-fold.h"
#include "clinic/rcp-patient-rules.h"

#define MAX_LETTERS 64 /* of a word that is compared letter by letter */
#define WINKLER_SCALE 0.1
#define WINKLER_PREFIX 4
#define SIMILAR_NAME 0.92 /* Winkler's level for names that are the same but for a slip */
#define SHORTEST_SLIP 4   /* in shorter words one letter is a difference */

typedef struct
{
  gunichar letters[MAX_LETTERS];
  guint length;
} Letters;

static Letters
take_letters (const char *text)
{
  Letters taken = { { 0 }, 0 };

  for (const char *p = text; *p != '\0' && taken.length < MAX_LETTERS; p = g_utf8_next_char (p))
    taken.letters[taken.length++] = g_utf8_get_char (p);
  return taken;
}

/* The letters of @a that have a partner in @b no further than @window away: marked in both. */
static guint
mark_matches (const Letters *a, const Letters *b, guint window, gboolean *in_a, gboolean *in_b)
{
  guint n = 0;

  for (guint i = 0; i < a->length; i++)
    {
      guint end = MIN (i + window + 1, b->length);

      for (guint j = i > window ? i - window : 0; j < end; j++)
        if (!in_b[j] && a->letters[i] == b->letters[j])
          {
            in_a[i] = in_b[j] = TRUE;
            n++;
            break;
          }
    }
  return n;
}

static guint
count_out_of_order (const Letters *a, const Letters *b, const gboolean *in_a, const gboolean *in_b)
{
  guint n = 0;

  for (guint i = 0, j = 0; i < a->length; i++)
    {
      if (!in_a[i])
        continue;
      while (!in_b[j])
        j++;
      n += a->letters[i] != b->letters[j++];
    }
  return n;
}

/**
 * rcp_text_jaro_winkler:
 * @a: valid UTF-8
 * @b: valid UTF-8
 *
 * Jaro's similarity with Winkler's bonus for a common beginning: MARTHA and MARHTA are 0.9611 (W. E. Winkler, "String
 * Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage", 1990).
 *
 * Returns: 0 for nothing in common, 1 for equal
 */
double
rcp_text_jaro_winkler (const char *a, const char *b)
{
  Letters of_a = take_letters (a);
  Letters of_b = take_letters (b);
  gboolean in_a[MAX_LETTERS] = { FALSE };
  gboolean in_b[MAX_LETTERS] = { FALSE };
  guint longer = MAX (of_a.length, of_b.length);
  guint prefix = 0;
  double matches;
  double jaro;

  if (of_a.length == 0 || of_b.length == 0)
    return of_a.length == of_b.length ? 1 : 0;
  matches = mark_matches (&of_a, &of_b, longer > 3 ? longer / 2 - 1 : 0, in_a, in_b);
  if (matches == 0)
    return 0;

  jaro = (matches / of_a.length + matches / of_b.length +
          (matches - count_out_of_order (&of_a, &of_b, in_a, in_b) / 2) / matches) / 3;
  while (prefix < WINKLER_PREFIX && prefix < MIN (of_a.length, of_b.length) && of_a.letters[prefix] == of_b.letters[prefix])
    prefix++;
  return jaro + WINKLER_SCALE * prefix * (1 - jaro);
}

/**
 * rcp_text_edit_distance:
 * @a: valid UTF-8
 * @b: valid UTF-8
 *
 * Returns: Damerau and Levenshtein's distance, in the form where no letter is touched twice
 */
guint
rcp_text_edit_distance (const char *a, const char *b)
{
  Letters of_a = take_letters (a);
  Letters of_b = take_letters (b);
  guint rows[3][MAX_LETTERS + 1];

  for (guint j = 0; j <= of_b.length; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= of_a.length; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i + 2) % 3];
      const guint *two_above = rows[(i + 1) % 3];

      row[0] = i;
      for (guint j = 1; j <= of_b.length; j++)
        {
          gboolean differ = of_a.letters[i - 1] != of_b.letters[j - 1];

          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + differ);
          if (i > 1 && j > 1 && of_a.letters[i - 1] == of_b.letters[j - 2] && of_a.letters[i - 2] == of_b.letters[j - 1])
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }
  return rows[of_a.length % 3][of_b.length];
}

gboolean
rcp_text_is_slip (const char *a, const char *b)
{
  guint shorter = MIN (g_utf8_strlen (a, -1), g_utf8_strlen (b, -1));

  if (shorter < SHORTEST_SLIP)
    return FALSE;
  /* Which letters are partners can depend on which text is first. */
  return rcp_text_edit_distance (a, b) <= 1 || rcp_text_jaro_winkler (a, b) >= SIMILAR_NAME ||
         rcp_text_jaro_winkler (b, a) >= SIMILAR_NAME;
}

/* "o'brien-nunez" to "obrien nunez": letters and single spaces. (transfer full) */
static char *
plain (const char *name)
{
  g_autofree char *folded = rcp_fold_text (name);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean pending = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        {
          if (pending)
            g_string_append_c (text, ' ');
          pending = FALSE;
          g_string_append_unichar (text, c);
        }
      else if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == '.')
        pending = text->len > 0;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "mac donald" and "macdonald" */
static gboolean
is_same_joined (const char *a, const char *b)
{
  for (;; a++, b++)
    {
      while (*a == ' ')
        a++;
      while (*b == ' ')
        b++;
      if (*a != *b)
        return FALSE;
      if (*a == '\0')
        return TRUE;
    }
}

static gboolean
has_word (char **words, const char *word)
{
  return g_strv_contains ((const char *const *) words, word);
}

/* Whether every word of one of both is in the other: "garcia" of "garcia marquez". */
static gboolean
is_part (char **a, char **b)
{
  for (guint i = 0; a[i] != NULL; i++)
    if (!has_word (b, a[i]))
      return FALSE;
  return a[0] != NULL;
}

/**
 * rcp_name_compare_family:
 * @a: a family name
 * @b: another
 *
 * Returns: the agreement of both, without regard to case, accents, hyphens and apostrophes; one of two family names, or a
 *   slip, is similar
 */
RcpAgreement
rcp_name_compare_family (const char *a, const char *b)
{
  g_autofree char *plain_a = plain (a);
  g_autofree char *plain_b = plain (b);
  g_auto (GStrv) words_a = g_strsplit (plain_a, " ", -1);
  g_auto (GStrv) words_b = g_strsplit (plain_b, " ", -1);

  /* A word for a name that nobody knows says nothing. */
  if (rcp_patient_rules_is_no_name (plain_a) || rcp_patient_rules_is_no_name (plain_b))
    return RCP_AGREE_UNKNOWN;
  if (is_same_joined (plain_a, plain_b))
    return RCP_AGREE_SAME;
  if (is_part (words_a, words_b) || is_part (words_b, words_a) || rcp_text_is_slip (plain_a, plain_b))
    return RCP_AGREE_SIMILAR;
  return RCP_AGREE_DIFFERENT;
}

/* One name per line, its forms behind it: English and Spanish ones that people use at a desk. */
static const char *const short_forms[] = {
  "abigail abby gail", "alexander alex al sandy", "alexandra alex sandra sandy", "alfredo fredo", "andrew andy drew", "anthony tony",
  "antonio tono tony", "barbara barb babs", "benjamin ben benny", "catherine cathy cate kate katie", "katherine kathy kate katie kay",
  "charles charlie chuck chas", "christine chris chrissy tina", "christopher chris kit", "consuelo chelo", "daniel dan danny",
  "david dave davy", "deborah deb debbie", "dolores lola", "donald don donny", "dorothy dot dottie", "edward ed eddie ted ned",
  "eduardo lalo edu", "elizabeth liz lizzie beth betty betsy eliza libby", "enrique quique kike", "ernesto neto", "eugene gene",
  "francisco paco pancho frank cisco", "francisca paca", "frederick fred freddy", "gabriel gabe", "gabriela gaby", "gerald gerry jerry",
  "gregory greg", "guadalupe lupe lupita", "guillermo memo guille", "harold harry hal", "henry hank harry", "ignacio nacho",
  "isabel isa chabela", "jacob jake", "jacqueline jackie", "james jim jimmy jamie", "janet jan", "jeffrey jeff", "jennifer jen jenny",
  "jessica jess jessie", "jesus chuy", "john jack johnny jon", "jonathan jon", "jose pepe", "josefa pepa", "joseph joe joey",
  "joshua josh", "juan juanito", "judith judy", "kenneth ken kenny", "lawrence larry", "leonard len lenny", "luis lucho",
  "manuel manny manolo", "margaret maggie meg peggy marge greta", "maria mary mari", "matthew matt", "mercedes meche", "michael mike mick mickey",
  "nancy nan", "nathaniel nathan nate", "nicholas nick nicky", "pamela pam", "patricia pat patty tricia paty", "patrick pat paddy",
  "peter pete", "philip phil", "rafael rafa", "raymond ray", "rebecca becky", "richard rick ricky rich dick", "robert bob bobby rob robbie bert",
  "roberto beto", "ronald ron ronny", "rosario charo chayo", "samuel sam sammy", "samantha sam", "sandra sandy", "santiago santi diego",
  "stephen steve", "steven steve", "susan sue susie suzy", "teresa tere", "theodore ted teddy theo", "theresa terry tess", "thomas tom tommy",
  "timothy tim", "valentina vale", "veronica vero", "victoria vicky tori", "vincent vince vinny", "virginia ginny", "william will bill billy liam willy",
};

gboolean
rcp_name_is_short_form (const char *a, const char *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (short_forms); i++)
    {
      g_auto (GStrv) forms = g_strsplit (short_forms[i], " ", -1);

      if (has_word (forms, a) && has_word (forms, b))
        return TRUE;
    }
  return FALSE;
}

static RcpAgreement
compare_first (const char *a, const char *b)
{
  gboolean is_initial = a[0] == b[0] && (a[1] == '\0' || b[1] == '\0');

  if (g_str_equal (a, b))
    return RCP_AGREE_SAME;
  if (is_initial || rcp_name_is_short_form (a, b) || rcp_text_is_slip (a, b))
    return RCP_AGREE_SIMILAR;
  return RCP_AGREE_DIFFERENT;
}

/**
 * rcp_name_compare_given:
 * @a: given names
 * @b: others
 *
 * Returns: the agreement of the first of both, without regard to case and accents; further names may be left out. An
 *   initial, a short form or a slip is similar, and so is a first name of one that is a later one of the other
 */
RcpAgreement
rcp_name_compare_given (const char *a, const char *b)
{
  g_autofree char *plain_a = plain (a);
  g_autofree char *plain_b = plain (b);
  g_auto (GStrv) words_a = g_strsplit (plain_a, " ", -1);
  g_auto (GStrv) words_b = g_strsplit (plain_b, " ", -1);
  RcpAgreement agreement;

  /* A word for a name that nobody knows says nothing. */
  if (rcp_patient_rules_is_no_name (plain_a) || rcp_patient_rules_is_no_name (plain_b))
    return RCP_AGREE_UNKNOWN;
  if (is_same_joined (plain_a, plain_b))
    return RCP_AGREE_SAME;
  agreement = compare_first (words_a[0], words_b[0]);
  if (agreement == RCP_AGREE_DIFFERENT && (has_word (words_a + 1, words_b[0]) || has_word (words_b + 1, words_a[0])))
    return RCP_AGREE_SIMILAR;
  return agreement;
}
