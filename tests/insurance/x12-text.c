/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "x12-text.h"

#define ISA "ISA*00*          *00*          *ZZ*PAYER          *ZZ*RECEPTION      *260310*0915*^*00501*000000007*0*T*:~\n"

char *
x12_text_make (const char *set, const char *body)
{
  guint n = 2;

  for (const char *p = body; *p != '\0'; p++)
    n += *p == '~';
  return g_strdup_printf (ISA "GS*HB*PAYER*RECEPTION*20260310*0915*7*X*005010X279A1~\nST*%s*0007*005010X279A1~\n%s\nSE*%u*0007~\nGE*1*7~\n"
                              "IEA*1*000000007~\n",
                          set, body, n);
}

X12Interchange *
x12_text_read (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = x12_read (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 1);
  return x12_interchange_ref (g_ptr_array_index (read, 0));
}

gboolean
x12_text_has_issue (const X12Interchange *interchange, X12IssueCode code, guint segment, guint element)
{
  for (guint i = 0; i < x12_interchange_get_n_issues (interchange); i++)
    {
      const X12Issue *issue = x12_interchange_get_issue (interchange, i);

      if (issue->code == code && issue->segment == segment && issue->element == element)
        return TRUE;
    }
  return FALSE;
}

RcpX12Reply *
x12_text_read_benefits (const char *lines)
{
  g_autofree char *body = g_strconcat ("HL*1**20*1~HL*2*1*21*1~HL*3*2*22*0~NM1*IL*1*DOE*JANE~", lines, NULL);
  g_autofree char *text = x12_text_make ("271", body);
  g_autoptr (X12Interchange) interchange = x12_text_read (text);
  g_autoptr (GPtrArray) replies = rcp_x12_replies_read (interchange);

  g_assert_cmpuint (replies->len, ==, 1);
  return g_ptr_array_steal_index (replies, 0);
}
