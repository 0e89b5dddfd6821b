/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts and names compared; the vectors of Jaro and Winkler are the classic published ones. */

#include "identity/rcp-name-compare.h"

static void
test_jaro_winkler (void)
{
  static const struct { const char *a, *b; double similarity; } vectors[] = {
    { "MARTHA", "MARHTA", 0.9611 }, { "DIXON", "DICKSONX", 0.8133 }, { "DWAYNE", "DUANE", 0.8400 }, { "JON", "JOHN", 0.9333 },
    { "", "", 1 }, { "A", "", 0 }, { "A", "A", 1 }, { "ABC", "XYZ", 0 }, { "ñandú", "ñandú", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_assert_cmpfloat_with_epsilon (rcp_text_jaro_winkler (vectors[i].a, vectors[i].b), vectors[i].similarity, 0.00005);
      g_assert_cmpfloat_with_epsilon (rcp_text_jaro_winkler (vectors[i].b, vectors[i].a), vectors[i].similarity, 0.00005);
    }
}

static void
test_edit_distance (void)
{
  static const struct { const char *a, *b; guint distance; } vectors[] = {
    { "", "", 0 }, { "", "abc", 3 }, { "kitten", "sitting", 3 }, { "garcia", "gracia", 1 }, { "garcia", "garcia", 0 },
    { "garcia", "garca", 1 }, { "garcia", "garrcia", 1 }, { "ca", "abc", 3 }, { "ñu", "nu", 1 }, { "1978-12-03", "1978-21-03", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_assert_cmpuint (rcp_text_edit_distance (vectors[i].a, vectors[i].b), ==, vectors[i].distance);
      g_assert_cmpuint (rcp_text_edit_distance (vectors[i].b, vectors[i].a), ==, vectors[i].distance);
    }
}

/* Random words: the distance is a metric over single edits, and both measures agree on equality. */
static void
test_random_words (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      char a[90], b[90];
      guint length_a = g_test_rand_int_range (0, 89), length_b = g_test_rand_int_range (0, 89);

      for (guint j = 0; j < length_a; j++)
        a[j] = 'a' + g_test_rand_int_range (0, 4);
      for (guint j = 0; j < length_b; j++)
        b[j] = 'a' + g_test_rand_int_range (0, 4);
      a[length_a] = b[length_b] = '\0';
      g_assert_cmpfloat (rcp_text_jaro_winkler (a, b), >=, 0);
      g_assert_cmpfloat (rcp_text_jaro_winkler (a, b), <=, 1.0000001);
      g_assert_cmpuint (rcp_text_edit_distance (a, b), <=, MAX (length_a, length_b));
      g_assert_cmpuint (rcp_text_edit_distance (a, b), ==, rcp_text_edit_distance (b, a));
      g_assert_cmpuint (rcp_text_edit_distance (a, a), ==, 0);
    }
}

static void
test_family (void)
{
  static const struct { const char *a, *b; RcpAgreement agreement; } names[] = {
    { "Garcia", "GARCÍA", RCP_AGREE_SAME },
    { "O’Brien", "OBrien", RCP_AGREE_SAME },
    { "O'Brien", "O Brien", RCP_AGREE_SAME },
    { "Mac Donald", "MacDonald", RCP_AGREE_SAME },
    { "Smith-Jones", "Smith Jones", RCP_AGREE_SAME },
    { "李", "李", RCP_AGREE_SAME },
    { "García", "García Márquez", RCP_AGREE_SIMILAR },
    { "Jones", "Smith-Jones", RCP_AGREE_SIMILAR },
    { "Garcia", "Gracia", RCP_AGREE_SIMILAR },
    { "Johnson", "Johnston", RCP_AGREE_SIMILAR },
    { "Meyer", "Meier", RCP_AGREE_SIMILAR },
    { "Smith", "Jones", RCP_AGREE_DIFFERENT },
    { "Li", "Lu", RCP_AGREE_DIFFERENT },
    { "Lee", "Lea", RCP_AGREE_DIFFERENT },
    { "", "Jones", RCP_AGREE_UNKNOWN },
    { "Unknown", "Unknown", RCP_AGREE_UNKNOWN },
    { "N/A", "n/a", RCP_AGREE_UNKNOWN },
    { "123", "Jones", RCP_AGREE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s, %s", names[i].a, names[i].b);
      g_assert_cmpint (rcp_name_compare_family (names[i].a, names[i].b), ==, names[i].agreement);
      g_assert_cmpint (rcp_name_compare_family (names[i].b, names[i].a), ==, names[i].agreement);
    }
}

static void
test_given (void)
{
  static const struct { const char *a, *b; RcpAgreement agreement; } names[] = {
    { "Maria", "María Luz", RCP_AGREE_SAME },
    { "Maria Luz", "Marialuz", RCP_AGREE_SAME },
    { "M.", "Maria", RCP_AGREE_SIMILAR },
    { "Bob", "Robert", RCP_AGREE_SIMILAR },
    { "Pepe", "José", RCP_AGREE_SIMILAR },
    { "Bill", "Will", RCP_AGREE_SIMILAR },
    { "Luz", "Maria Luz", RCP_AGREE_SIMILAR },
    { "Jonathan", "Jonathon", RCP_AGREE_SIMILAR },
    { "Ana", "Eva", RCP_AGREE_DIFFERENT },
    { "Maria", "Martin", RCP_AGREE_DIFFERENT },
    { "Baby Boy", "Maria", RCP_AGREE_UNKNOWN },
    { "", "", RCP_AGREE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s, %s", names[i].a, names[i].b);
      g_assert_cmpint (rcp_name_compare_given (names[i].a, names[i].b), ==, names[i].agreement);
      g_assert_cmpint (rcp_name_compare_given (names[i].b, names[i].a), ==, names[i].agreement);
    }
  g_assert_true (rcp_name_is_short_form ("bob", "robert"));
  g_assert_false (rcp_name_is_short_form ("bob", "william"));
  g_assert_false (rcp_name_is_short_form ("", "william"));
  g_assert_true (rcp_text_is_slip ("maria", "mraia"));
  g_assert_false (rcp_text_is_slip ("ana", "ane"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity/name-compare/jaro-winkler", test_jaro_winkler);
  g_test_add_func ("/identity/name-compare/edit-distance", test_edit_distance);
  g_test_add_func ("/identity/name-compare/random-words", test_random_words);
  g_test_add_func ("/identity/name-compare/family", test_family);
  g_test_add_func ("/identity/name-compare/given", test_given);

  return g_test_run ();
}
