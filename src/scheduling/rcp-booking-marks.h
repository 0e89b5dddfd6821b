/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-day.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

#define RCP_SYSTEM_MARK "urn:reception:mark" /* Task.code: a desk is about to book; its identifier */

/**
 * RcpBookingMark: a time that another desk is about to book.
 * @schedule_id: whose column
 * @range: when
 * @desk: the name of that desk; NULL when it has none
 */
typedef struct
{
  char *schedule_id;
  RcpTimeRange range;
  char *desk;
} RcpBookingMark;

/**
 * RcpBookingMarks:
 *
 * Which times other desks are about to book, and which this one is. A mark is advice and no lock: whoever is first books. It
 * is a Task of the record (code booking of urn:reception:mark, focus the Schedule, executionPeriod the time), without any
 * patient, with an expiry (restriction.period.end) that is put off as long as the window is open, so that the mark of a desk
 * that has crashed goes by itself. Each desk has one Task, which it uses again and again and takes away when it closes. A
 * server that keeps no Tasks has no marks. IHE Scheduling's $hold is not used for this: it keeps a time from all others.
 *
 * Signal: "changed" when the marks of others are others.
 */
#define RCP_TYPE_BOOKING_MARKS (rcp_booking_marks_get_type ())
G_DECLARE_FINAL_TYPE (RcpBookingMarks, rcp_booking_marks, RCP, BOOKING_MARKS, GObject)

RcpBookingMarks *rcp_booking_marks_new (FhirClient *client, RcpClock *clock);
/* Reads the marks that there are, and learns of changes from @book; after another one was followed, from that. */
void rcp_booking_marks_follow (RcpBookingMarks *self, RcpDayBook *book);
/* For tests: how long a mark stands without being renewed, those of others too; 45 seconds. It is renewed every 20. */
void rcp_booking_marks_set_lifetime (RcpBookingMarks *self, gint64 microseconds);
/* (element-type RcpBookingMark): of the other desks; borrowed until "changed". */
GPtrArray *rcp_booking_marks_get (RcpBookingMarks *self);

/* This desk is about to book @range of @schedule_id; or, with NULL, nothing. @desk: its name, or NULL. What is marked before
 * the last was sent is left out. */
void rcp_booking_marks_set (RcpBookingMarks *self, const char *schedule_id, RcpTimeRange range, const char *desk);

G_END_DECLS
