/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-patch"

#include "practice/practice-patch.h"

#include <string.h>

static PracticeJson *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  PracticeJson *json = practice_json_parse (quoted, strlen (quoted), outcome);

  g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
  return json;
}

/* The cases of RFC 6902 appendix A, and what lies between them. @result NULL: @status is the refusal. */
static const struct
{
  const char *document, *patch, *result;
  guint status;
} cases[] = {
  { "{'foo':'bar'}", "[{'op':'add','path':'/baz','value':'qux'}]", "{'foo':'bar','baz':'qux'}", 0 },
  { "{'foo':['bar','baz']}", "[{'op':'add','path':'/foo/1','value':'qux'}]", "{'foo':['bar','qux','baz']}", 0 },
  { "{'baz':'qux','foo':'bar'}", "[{'op':'remove','path':'/baz'}]", "{'foo':'bar'}", 0 },
  { "{'foo':['bar','qux','baz']}", "[{'op':'remove','path':'/foo/1'}]", "{'foo':['bar','baz']}", 0 },
  { "{'baz':'qux','foo':'bar'}", "[{'op':'replace','path':'/baz','value':'boo'}]", "{'baz':'boo','foo':'bar'}", 0 },
  { "{'foo':{'bar':'baz','waldo':'fred'},'qux':{'corge':'grault'}}", "[{'op':'move','from':'/foo/waldo','path':'/qux/thud'}]",
    "{'foo':{'bar':'baz'},'qux':{'corge':'grault','thud':'fred'}}", 0 },
  { "{'foo':['all','grass','cows','eat']}", "[{'op':'move','from':'/foo/1','path':'/foo/3'}]",
    "{'foo':['all','cows','eat','grass']}", 0 },
  { "{'baz':'qux','foo':['a',2,'c']}", "[{'op':'test','path':'/baz','value':'qux'},{'op':'test','path':'/foo/1','value':2}]",
    "{'baz':'qux','foo':['a',2,'c']}", 0 },
  { "{'baz':'qux'}", "[{'op':'test','path':'/baz','value':'bar'}]", NULL, 422 },
  { "{'foo':'bar'}", "[{'op':'add','path':'/child','value':{'grandchild':{}}}]", "{'foo':'bar','child':{'grandchild':{}}}", 0 },
  { "{'foo':'bar'}", "[{'op':'add','path':'/baz','value':'qux','xyz':123}]", "{'foo':'bar','baz':'qux'}", 0 },
  { "{'foo':'bar'}", "[{'op':'add','path':'/baz/bat','value':'qux'}]", NULL, 422 },
  { "{'/':9,'~1':10}", "[{'op':'test','path':'/~01','value':10}]", "{'/':9,'~1':10}", 0 },
  { "{'/':9,'~1':10}", "[{'op':'test','path':'/~01','value':'10'}]", NULL, 422 },
  { "{'foo':['bar']}", "[{'op':'add','path':'/foo/-','value':['abc','def']}]", "{'foo':['bar',['abc','def']]}", 0 },
  { "{'a':1}", "[{'op':'copy','from':'/a','path':'/b'},{'op':'replace','path':'/a','value':2}]", "{'a':2,'b':1}", 0 },
  { "{'a':[1]}", "[{'op':'copy','from':'/a','path':'/b'},{'op':'add','path':'/a/-','value':2}]", "{'a':[1,2],'b':[1]}", 0 },
  { "{'a':1}", "[{'op':'replace','path':'','value':{'b':2}}]", "{'b':2}", 0 },
  { "{'a':1}", "[{'op':'add','path':'','value':{'b':2}}]", "{'b':2}", 0 },
  { "{'a':1}", "[{'op':'move','from':'/a','path':'/a'}]", "{'a':1}", 0 },
  { "{'a':1.0}", "[{'op':'test','path':'/a','value':1}]", "{'a':1.0}", 0 },
  { "{'a':null}", "[{'op':'test','path':'/a','value':null}]", "{'a':null}", 0 },
  { "{'a':1.10}", "[{'op':'copy','from':'/a','path':'/b'}]", "{'a':1.10,'b':1.10}", 0 },
  { "{'a':{'b':1}}", "[{'op':'move','from':'/a','path':'/a/c'}]", NULL, 422 },
  { "{'a':1}", "[{'op':'remove','path':'/b'}]", NULL, 422 },
  { "{'a':1}", "[{'op':'remove','path':''}]", NULL, 422 },
  { "{'a':1}", "[{'op':'replace','path':'/b','value':1}]", NULL, 422 },
  { "{'a':[1]}", "[{'op':'replace','path':'/a/-','value':1}]", NULL, 422 },
  { "{'a':[1]}", "[{'op':'add','path':'/a/2','value':1}]", NULL, 422 },
  { "{'a':[1]}", "[{'op':'add','path':'/a/01','value':1}]", NULL, 422 },
  { "{'a':[1]}", "[{'op':'remove','path':'/a/x'}]", NULL, 422 },
  { "{'a':1}", "[{'op':'test','path':'a','value':1}]", NULL, 422 },
  { "{'a':1}", "[{'op':'test','path':'/a~2','value':1}]", NULL, 422 },
  { "{'a':1}", "[{'op':'copy','from':'/z','path':'/b'}]", NULL, 422 },
  { "{'a':1}", "[{'op':'copy','path':'/b'}]", NULL, 400 },
  { "{'a':1}", "[{'op':'add','path':'/b'}]", NULL, 400 },
  { "{'a':1}", "[{'op':'add','value':1}]", NULL, 400 },
  { "{'a':1}", "[{'op':'merge','path':'/b','value':1}]", NULL, 400 },
  { "{'a':1}", "[1]", NULL, 400 },
  { "{'a':1}", "{'op':'add'}", NULL, 400 },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
      g_autoptr (PracticeJson) document = parse (cases[i].document);
      g_autoptr (PracticeJson) patch = parse (cases[i].patch);
      g_autofree char *before = practice_json_print (patch, NULL);
      g_autofree char *after = NULL;
      gboolean applied = practice_patch_apply (&document, patch, outcome);

      if (applied != (cases[i].result != NULL))
        g_error ("%s on %s: %s", cases[i].patch, cases[i].document, practice_outcome_get_first_text (outcome));
      if (applied)
        {
          g_autofree char *result = practice_json_print (document, NULL);
          g_autofree char *expected = g_strdelimit (g_strdup (cases[i].result), "'", '"');

          g_assert_cmpstr (result, ==, expected);
        }
      else
        {
          g_assert_cmpuint (practice_outcome_get_status (outcome), ==, cases[i].status);
        }
      /* The patch is not touched by what it does. */
      after = practice_json_print (patch, NULL);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_too_many (void)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) document = parse ("{'a':1}");
  g_autoptr (PracticeJson) patch = json_object_new_array ();

  for (int i = 0; i < 1001; i++)
    json_object_array_add (patch, parse ("{'op':'test','path':'/a','value':1}"));
  g_assert_false (practice_patch_apply (&document, patch, outcome));
  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, 400);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/patch/cases", test_cases);
  g_test_add_func ("/practice/patch/too-many", test_too_many);
  return g_test_run ();
}
