/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance/rcp-x12-inquiry.h"

#include <string.h>

#include "x12-text.h"

static const char *const OFFICE_VISIT[] = { "98", NULL };

static RcpInquiry
make_inquiry (void)
{
  RcpInquiry self = { "Acme Health", "PI", "12345", "City Clinic", NULL, "1234567893", "REQ-0001", "9CITYCLINC" };

  self.subscriber = (RcpInquiryPerson) { "Doe", "Jane", "W123456789", { 0 }, 'F' };
  g_date_clear (&self.subscriber.birth_date, 1);
  g_date_set_dmy (&self.subscriber.birth_date, 14, 2, 1980);
  g_date_clear (&self.service_date, 1);
  g_date_set_dmy (&self.service_date, 10, 3, 2026);
  self.service_types = OFFICE_VISIT;
  return self;
}

static char *
write_inquiry (const RcpInquiry *inquiry, GError **error)
{
  g_autoptr (GDateTime) when = g_date_time_new_utc (2026, 3, 10, 9, 15, 0);
  X12Envelope envelope = { "ZZ", "RECEPTION", "ZZ", "PAYER", when, 1, NULL, NULL, NULL, TRUE, FALSE };

  return rcp_x12_inquiry_write (inquiry, &envelope, &X12_USUAL_DELIMITERS, error);
}

/* Segment by segment the example of the fact sheet. */
static void
test_subscriber (void)
{
  RcpInquiry inquiry = make_inquiry ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = write_inquiry (&inquiry, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "ISA*00*          *00*          *ZZ*RECEPTION      *ZZ*PAYER          *260310*0915*^*00501*000000001*0*T*:~\n"
                   "GS*HS*RECEPTION*PAYER*20260310*0915*1*X*005010X279A1~\n"
                   "ST*270*0001*005010X279A1~\n"
                   "BHT*0022*13*REQ-0001*20260310*0915~\n"
                   "HL*1**20*1~\n"
                   "NM1*PR*2*ACME HEALTH*****PI*12345~\n"
                   "HL*2*1*21*1~\n"
                   "NM1*1P*2*CITY CLINIC*****XX*1234567893~\n"
                   "HL*3*2*22*0~\n"
                   "TRN*1*REQ-0001*9CITYCLINC~\n"
                   "NM1*IL*1*DOE*JANE****MI*W123456789~\n"
                   "DMG*D8*19800214*F~\n"
                   "DTP*291*D8*20260310~\n"
                   "EQ*98~\n"
                   "SE*13*0001~\n"
                   "GE*1*1~\n"
                   "IEA*1*000000001~\n");
}

static void
test_dependent (void)
{
  RcpInquiry inquiry = make_inquiry ();
  RcpInquiryPerson child = { "Doe", "Zoë", NULL, { 0 }, 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_date_clear (&child.birth_date, 1);
  g_date_set_dmy (&child.birth_date, 1, 5, 2019);
  inquiry.dependent = &child;
  inquiry.relationship = "19";
  inquiry.provider_family = "Ruiz";
  inquiry.provider_given = "Ana";
  inquiry.service_types = NULL;
  inquiry.procedure = "99213";
  text = write_inquiry (&inquiry, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "NM1*1P*1*RUIZ*ANA****XX*1234567893~\n"
                                  "HL*3*2*22*1~\nNM1*IL*1*DOE*JANE****MI*W123456789~\n"
                                  "HL*4*3*23*0~\nTRN*1*REQ-0001*9CITYCLINC~\nNM1*03*1*DOE*ZOE~\nDMG*D8*20190501~\nINS*N*19~\n"
                                  "DTP*291*D8*20260310~\nEQ**HC:99213~\nSE*16*0001~\n"));
}

static void
check_refused (const RcpInquiry *inquiry)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = write_inquiry (inquiry, &error);

  g_assert_null (text);
  g_assert_error (error, X12_ERROR, X12_ERROR_NOT_ALLOWED);
}

static void
test_refused (void)
{
  RcpInquiry short_company = make_inquiry (), no_trace = make_inquiry (), no_day = make_inquiry (), nothing = make_inquiry ();
  RcpInquiry both = make_inquiry (), nobody = make_inquiry (), bad_member = make_inquiry ();

  short_company.company = "9CITY";
  check_refused (&short_company);
  no_trace.reference = "";
  check_refused (&no_trace);
  g_date_clear (&no_day.service_date, 1);
  check_refused (&no_day);
  nothing.service_types = NULL;
  check_refused (&nothing);
  both.procedure = "99213";
  check_refused (&both);
  nobody.subscriber.member_id = NULL;
  g_date_clear (&nobody.subscriber.birth_date, 1);
  check_refused (&nobody);
  /* A number is never mended: another one would be another member. */
  bad_member.subscriber.member_id = "W12*3";
  check_refused (&bad_member);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/inquiry/subscriber", test_subscriber);
  g_test_add_func ("/insurance/inquiry/dependent", test_dependent);
  g_test_add_func ("/insurance/inquiry/refused", test_refused);
  return g_test_run ();
}
