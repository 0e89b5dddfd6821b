/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance/x12/x12-acknowledgment.h"

#include "x12-text.h"

static void
test_ta1 (void)
{
  g_autoptr (X12Interchange) read =
    x12_text_read ("ISA*00*          *00*          *ZZ*A              *ZZ*B              *090501*0758*^*00501*000000001*0*P*:~"
                   "TA1*000000050*200229*1200*A*000~TA1*000000051*200229*1200*R*006~TA1*000000052*200229*1200*Z*~IEA*0*000000001~");
  g_autoptr (GPtrArray) all = x12_acknowledgments_read (read);
  const X12Acknowledgment *first, *second, *third;

  g_assert_cmpuint (all->len, ==, 3);
  first = g_ptr_array_index (all, 0);
  second = g_ptr_array_index (all, 1);
  third = g_ptr_array_index (all, 2);
  g_assert_cmpint (first->kind, ==, X12_ACKNOWLEDGMENT_TA1);
  g_assert_cmpint (first->status, ==, X12_ACKNOWLEDGMENT_ACCEPTED);
  g_assert_cmpstr (first->control_number, ==, "000000050");
  g_assert_cmpstr (first->note, ==, "000");
  g_assert_cmpint (second->status, ==, X12_ACKNOWLEDGMENT_REJECTED);
  g_assert_cmpstr (second->note, ==, "006");
  g_assert_cmpint (third->status, ==, X12_ACKNOWLEDGMENT_UNKNOWN);
  g_assert_true (x12_text_has_issue (read, X12_ISSUE_VALUE, 3, 4));
}

static const X12Fault *
fault (const X12Acknowledgment *self, guint i)
{
  g_assert_cmpuint (i, <, self->faults->len);
  return g_ptr_array_index (self->faults, i);
}

static void
test_999 (void)
{
  g_autofree char *text = x12_text_make ("999", "AK1*HS*17456*005010X279A1~AK2*270*0001~IK5*A~AK2*270*0002~IK3*DMG*11**8~CTX*SITUATIONAL~"
                                                "IK4*2:1*1251*8*19801399~IK4*3*1068*7~IK5*R*5*I6~AK9*P*2*2*1~");
  g_autoptr (X12Interchange) read = x12_text_read (text);
  g_autoptr (GPtrArray) all = x12_acknowledgments_read (read);
  const X12Acknowledgment *self;

  g_assert_cmpuint (all->len, ==, 1);
  self = g_ptr_array_index (all, 0);
  g_assert_cmpint (self->kind, ==, X12_ACKNOWLEDGMENT_999);
  g_assert_cmpint (self->status, ==, X12_ACKNOWLEDGMENT_PARTLY_ACCEPTED);
  g_assert_cmpstr (self->control_number, ==, "17456");
  g_assert_cmpuint (self->faults->len, ==, 5);
  g_assert_cmpstr (fault (self, 0)->segment, ==, "DMG");
  g_assert_cmpstr (fault (self, 0)->set, ==, "0002");
  g_assert_cmpuint (fault (self, 0)->position, ==, 11);
  g_assert_cmpuint (fault (self, 0)->element, ==, 0);
  g_assert_cmpstr (fault (self, 0)->code, ==, "8");
  g_assert_cmpuint (fault (self, 1)->element, ==, 2);
  g_assert_cmpuint (fault (self, 2)->element, ==, 3);
  g_assert_cmpstr (fault (self, 2)->code, ==, "7");
  g_assert_cmpstr (fault (self, 3)->segment, ==, "");
  g_assert_cmpstr (fault (self, 4)->code, ==, "I6");
}

/* A 997, and a group that never says how it ended: it must not count as accepted. */
static void
test_997_cut (void)
{
  g_autofree char *text = x12_text_make ("997", "AK1*HS*1~AK2*270*0001~AK3*NM1*8**8~AK4*8*66*7*MI~AK5*R*5~AK9*R*1*1*0~AK1*HS*2~AK2*270*0001~AK5*A~");
  g_autoptr (X12Interchange) read = x12_text_read (text);
  g_autoptr (GPtrArray) all = x12_acknowledgments_read (read);

  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (((X12Acknowledgment *) g_ptr_array_index (all, 0))->kind, ==, X12_ACKNOWLEDGMENT_997);
  g_assert_cmpint (((X12Acknowledgment *) g_ptr_array_index (all, 0))->status, ==, X12_ACKNOWLEDGMENT_REJECTED);
  g_assert_cmpuint (((X12Acknowledgment *) g_ptr_array_index (all, 0))->faults->len, ==, 3);
  g_assert_cmpint (((X12Acknowledgment *) g_ptr_array_index (all, 1))->status, ==, X12_ACKNOWLEDGMENT_UNKNOWN);
}

static void
test_stray (void)
{
  g_autofree char *text = x12_text_make ("271", "IK3*DMG*11**8~IK4*1**8~IK5*R*5~AK9*A~AK2*270*1~");
  g_autoptr (X12Interchange) read = x12_text_read (text);
  g_autoptr (GPtrArray) all = x12_acknowledgments_read (read);

  g_assert_cmpuint (all->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/x12/acknowledgment/ta1", test_ta1);
  g_test_add_func ("/x12/acknowledgment/999", test_999);
  g_test_add_func ("/x12/acknowledgment/997-cut", test_997_cut);
  g_test_add_func ("/x12/acknowledgment/stray", test_stray);
  return g_test_run ();
}
