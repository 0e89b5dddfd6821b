/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance/rcp-x12-benefit.h"

#include "x12-text.h"

/* rcp-x12-reply.c, rcp-x12-benefit.c and rcp-benefit.c */

#define PEOPLE                                                                                                                               \
  "BHT*0022*11*REQ-7*20260310*0915~HL*1**20*1~NM1*PR*2*ACME HEALTH*****PI*12345~HL*2*1*21*1~NM1*1P*1*RUIZ*ANA****XX*1234567893~"               \
  "HL*3*2*22*1~NM1*IL*1*DOE*JOHN*Q***MI*W1~REF*6P*G-77*SHIPYARD~N3*1 HIGH ST~N4*BOSTON*MA*02101~DMG*D8*19800214*M~"

static const RcpBenefit *
only_benefit (const RcpX12Reply *reply)
{
  const RcpInsured *insured = g_ptr_array_index (reply->insured, 0);

  g_assert_cmpuint (insured->benefits->len, ==, 1);
  return g_ptr_array_index (insured->benefits, 0);
}

static void
test_people (void)
{
  g_autofree char *text =
    x12_text_make ("271", PEOPLE "HL*4*3*23*0~TRN*2*REQ-7*9CITYCLINC~TRN*1*P-1*1PAYERABCD~NM1*03*1*DOE*JANE~DMG*D8*20101231*F~"
                                 "INS*N*19*001*25~DTP*346*D8*20260101~DTP*291*RD8*20260101-20261231~EB*1**30~");
  g_autoptr (X12Interchange) read = x12_text_read (text);
  g_autoptr (GPtrArray) replies = rcp_x12_replies_read (read);
  const RcpX12Reply *reply = g_ptr_array_index (replies, 0);
  const RcpInsured *john, *jane;
  const RcpTrace *ours;
  const RcpDatedFact *plan;

  g_assert_cmpuint (x12_interchange_get_n_issues (read), ==, 0);
  g_assert_cmpstr (reply->reference, ==, "REQ-7");
  g_assert_cmpstr (reply->payer_name, ==, "ACME HEALTH");
  g_assert_cmpstr (reply->payer_id, ==, "12345");
  g_assert_cmpstr (reply->provider_name, ==, "ANA RUIZ");
  g_assert_cmpstr (reply->provider_id, ==, "1234567893");
  g_assert_cmpuint (reply->insured->len, ==, 2);
  john = g_ptr_array_index (reply->insured, 0);
  jane = g_ptr_array_index (reply->insured, 1);
  g_assert_false (john->is_dependent);
  g_assert_cmpstr (john->family, ==, "DOE");
  g_assert_cmpstr (john->given, ==, "JOHN");
  g_assert_cmpstr (john->middle, ==, "Q");
  g_assert_cmpstr (john->member_id, ==, "W1");
  g_assert_cmpstr (john->group, ==, "G-77");
  g_assert_cmpstr (john->group_name, ==, "SHIPYARD");
  g_assert_cmpstr (john->street, ==, "1 HIGH ST");
  g_assert_cmpstr (john->city, ==, "BOSTON");
  g_assert_cmpstr (john->state, ==, "MA");
  g_assert_cmpstr (john->postal_code, ==, "02101");
  g_assert_cmpint (john->sex, ==, 'M');
  g_assert_cmpuint (john->benefits->len, ==, 0);
  g_assert_true (jane->is_dependent);
  g_assert_true (jane->is_changed);
  g_assert_false (john->is_changed);
  g_assert_cmpuint (g_date_get_day (&jane->birth_date), ==, 31);
  g_assert_null (jane->member_id);
  g_assert_cmpuint (jane->benefits->len, ==, 1);
  ours = g_ptr_array_index (jane->traces, 0);
  g_assert_true (ours->is_ours);
  g_assert_cmpstr (ours->number, ==, "REQ-7");
  g_assert_false (((RcpTrace *) g_ptr_array_index (jane->traces, 1))->is_ours);
  plan = &g_array_index (jane->dates, RcpDatedFact, 1);
  g_assert_cmpstr (plan->qualifier, ==, "291");
  g_assert_cmpuint (g_date_get_day_of_year (&plan->start), ==, 1);
  g_assert_cmpuint (g_date_get_day_of_year (&plan->end), ==, 365);
}

static void
test_benefit (void)
{
  g_autoptr (RcpX12Reply) reply =
    x12_text_read_benefits ("EB*B*FAM*98^30*HM*GOLD*27*25.5**VS*3*Y*N*HC:99213:25~DTP*292*RD8*20260101-20261231~MSG*CALL FIRST~MSG*TWICE~"
                            "III*ZZ*11~LS*2120~NM1*P3*1*JONES*MARCUS****SV*0202034~PER*IC**TE*6175550100*FX*6175550101~LE*2120~");
  const RcpBenefit *self = only_benefit (reply);
  const RcpEntity *entity = g_ptr_array_index (self->entities, 0);

  g_assert_cmpint (self->kind, ==, RCP_BENEFIT_COPAY);
  g_assert_cmpstr (self->code, ==, "B");
  g_assert_cmpint (self->level, ==, RCP_BENEFIT_LEVEL_FAMILY);
  g_assert_true (rcp_benefit_is_for (self, "98"));
  g_assert_true (rcp_benefit_is_for (self, "30"));
  g_assert_false (rcp_benefit_is_for (self, "9"));
  g_assert_false (rcp_benefit_is_for (self, NULL));
  g_assert_cmpstr (self->insurance_type, ==, "HM");
  g_assert_cmpstr (self->plan_name, ==, "GOLD");
  g_assert_cmpint (self->period, ==, RCP_BENEFIT_PERIOD_VISIT);
  g_assert_true (self->has_amount);
  g_assert_cmpint (self->amount, ==, 2550);
  g_assert_false (self->has_share);
  g_assert_cmpstr (self->quantity_unit, ==, "VS");
  g_assert_cmpstr (self->quantity, ==, "3");
  g_assert_cmpint (self->authorization, ==, RCP_AUTHORIZATION_NEEDED);
  g_assert_cmpint (self->network, ==, RCP_NETWORK_OUT);
  g_assert_cmpstr (self->procedure, ==, "HC:99213:25");
  g_assert_cmpstr (g_ptr_array_index (self->places, 0), ==, "11");
  g_assert_cmpstr (g_ptr_array_index (self->messages, 1), ==, "TWICE");
  g_assert_cmpuint (self->dates->len, ==, 1);
  g_assert_cmpstr (entity->role, ==, "P3");
  g_assert_cmpstr (entity->name, ==, "MARCUS JONES");
  g_assert_cmpstr (entity->identifier, ==, "0202034");
  g_assert_cmpstr (entity->phone, ==, "6175550100");
}

/* W and Y are codes of EB01 and of EB12, and mean another thing in each. */
static void
test_letters (void)
{
  g_autoptr (RcpX12Reply) reply = x12_text_read_benefits ("EB*W**30*********W~");
  g_autoptr (RcpX12Reply) other = x12_text_read_benefits ("EB*Y**30*********Y~");

  g_assert_cmpint (only_benefit (reply)->kind, ==, RCP_BENEFIT_OTHER);
  g_assert_cmpint (only_benefit (reply)->network, ==, RCP_NETWORK_EITHER);
  g_assert_cmpint (only_benefit (other)->kind, ==, RCP_BENEFIT_OTHER);
  g_assert_cmpint (only_benefit (other)->network, ==, RCP_NETWORK_IN);
}

static void
test_values (void)
{
  const struct
  {
    const char *line;
    gboolean has_amount;
    gint64 amount;
    gboolean has_share;
    guint share;
    guint bad_element;
  } cases[] = {
    { "EB*C*IND*30***23*0~", TRUE, 0, FALSE, 0, 0 },
    { "EB*C*IND*30***23~", FALSE, 0, FALSE, 0, 0 },
    { "EB*C*IND*30***23*1,500~", FALSE, 0, FALSE, 0, 7 },
    { "EB*C*IND*30***23*-5~", FALSE, 0, FALSE, 0, 7 },
    { "EB*C*IND*30***23*99999999999999999999~", FALSE, 0, FALSE, 0, 7 },
    { "EB*C*IND*30***23* 10 ~", TRUE, 1000, FALSE, 0, 0 },
    { "EB*A*IND*30***27**.2~", FALSE, 0, TRUE, 200000, 0 },
    { "EB*A*IND*30***27**0~", FALSE, 0, TRUE, 0, 0 },
    { "EB*A*IND*30***27**1~", FALSE, 0, TRUE, 1000000, 0 },
    { "EB*A*IND*30***27**20~", FALSE, 0, FALSE, 0, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strconcat ("HL*3*2*22*0~NM1*IL*1*DOE~", cases[i].line, NULL);
      g_autofree char *text = x12_text_make ("271", body);
      g_autoptr (X12Interchange) read = x12_text_read (text);
      g_autoptr (GPtrArray) replies = rcp_x12_replies_read (read);
      const RcpBenefit *benefit = only_benefit (g_ptr_array_index (replies, 0));

      g_assert_cmpint (benefit->has_amount, ==, cases[i].has_amount);
      g_assert_cmpint (benefit->has_share, ==, cases[i].has_share);
      if (benefit->has_amount)
        g_assert_cmpint (benefit->amount, ==, cases[i].amount);
      if (benefit->has_share)
        g_assert_cmpuint (benefit->share, ==, cases[i].share);
      g_assert_cmpuint (x12_interchange_get_n_issues (read), ==, cases[i].bad_element > 0);
      if (cases[i].bad_element > 0)
        g_assert_true (x12_text_has_issue (read, X12_ISSUE_VALUE, 5, cases[i].bad_element));
    }
}

static void
test_dates (void)
{
  GDate date;

  g_assert_true (rcp_x12_date_parse ("20240229", &date));
  g_assert_cmpuint (g_date_get_day (&date), ==, 29);
  g_assert_false (rcp_x12_date_parse ("20230229", &date));
  g_assert_false (rcp_x12_date_parse ("00000101", &date));
  g_assert_false (rcp_x12_date_parse ("2024022", &date));
  g_assert_false (rcp_x12_date_parse ("2024O229", &date));
  {
    g_autofree char *text = x12_text_make ("271", "HL*3*2*22*0~DTP*291*RD8*20260101~DTP*291*D8*~DTP*291*RD8*20260101-2026~DMG*D8*1980~");
    g_autoptr (X12Interchange) read = x12_text_read (text);
    g_autoptr (GPtrArray) replies = rcp_x12_replies_read (read);
    const RcpInsured *insured = g_ptr_array_index (((RcpX12Reply *) g_ptr_array_index (replies, 0))->insured, 0);

    g_assert_cmpuint (insured->dates->len, ==, 0);
    g_assert_false (g_date_valid (&insured->birth_date));
    for (guint segment = 4; segment <= 6; segment++)
      g_assert_true (x12_text_has_issue (read, X12_ISSUE_VALUE, segment, 3));
    g_assert_true (x12_text_has_issue (read, X12_ISSUE_VALUE, 7, 2));
  }
}

/* Each level has its own rejections. */
static void
test_rejections (void)
{
  g_autofree char *text =
    x12_text_make ("271", "HL*1**20*1~AAA*N**42*R~HL*2*1*21*1~AAA*Y**51*C~HL*3*2*22*0~NM1*IL*1*DOE~AAA*N**75*C~EB*V**30~AAA*N**52*N~");
  g_autoptr (X12Interchange) read = x12_text_read (text);
  g_autoptr (GPtrArray) replies = rcp_x12_replies_read (read);
  const RcpX12Reply *reply = g_ptr_array_index (replies, 0);
  const RcpInsured *insured = g_ptr_array_index (reply->insured, 0);
  const RcpRejection *payer = &g_array_index (reply->rejections, RcpRejection, 0);
  const RcpRejection *provider = &g_array_index (reply->rejections, RcpRejection, 1);
  const RcpRejection *subscriber = &g_array_index (insured->rejections, RcpRejection, 0);

  g_assert_cmpuint (reply->rejections->len, ==, 2);
  g_assert_cmpstr (payer->code, ==, "42");
  g_assert_cmpstr (payer->follow_up, ==, "R");
  g_assert_cmpstr (payer->loop, ==, "20");
  g_assert_cmpstr (provider->loop, ==, "21");
  g_assert_cmpuint (insured->rejections->len, ==, 1);
  g_assert_cmpstr (subscriber->code, ==, "75");
  g_assert_cmpuint (only_benefit (reply)->rejections->len, ==, 1);
  g_assert_cmpint (only_benefit (reply)->kind, ==, RCP_BENEFIT_CANNOT_PROCESS);
}

/* Two sets in one interchange do not mix, what is no 271 is passed over, and benefits before any person harm nothing. */
static void
test_sets (void)
{
  g_autofree char *text = x12_text_make ("271", "EB*1**30~HL*3*2*22*0~EB*1**30~SE*4*0007~ST*999*8~EB*1~SE*3*8~ST*271*9~HL*3*2*22*0~EB*6**30~");
  g_autoptr (X12Interchange) read = x12_text_read (text);
  g_autoptr (GPtrArray) replies = rcp_x12_replies_read (read);

  g_assert_cmpuint (replies->len, ==, 2);
  g_assert_cmpint (only_benefit (g_ptr_array_index (replies, 0))->kind, ==, RCP_BENEFIT_ACTIVE);
  g_assert_cmpint (only_benefit (g_ptr_array_index (replies, 1))->kind, ==, RCP_BENEFIT_INACTIVE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/reply/people", test_people);
  g_test_add_func ("/insurance/reply/benefit", test_benefit);
  g_test_add_func ("/insurance/reply/letters", test_letters);
  g_test_add_func ("/insurance/reply/values", test_values);
  g_test_add_func ("/insurance/reply/dates", test_dates);
  g_test_add_func ("/insurance/reply/rejections", test_rejections);
  g_test_add_func ("/insurance/reply/sets", test_sets);
  return g_test_run ();
}
