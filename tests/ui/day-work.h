/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window-fixture.h"

G_BEGIN_DECLS

/* A day's work in the real window, in process: what a front desk does, again and again, and nothing is left behind of it. */

typedef struct
{
  WindowFixture *window;
  PracticeFixture *practice;
  FhirClient *other;  /* of another desk */
  GPtrArray *patients; /* of RcpPatient, for bookings */
  guint next;          /* counts on, so that it is not always the same visit */
  guint n_refused;     /* moves that the record did not allow */
  guint n_operations;  /* done so far; a dialog that was opened and closed is one */
  gint64 morning;      /* of the first day: a Monday */
  guint n_days;        /* working days since then */
} DayWork;

void day_work_init (DayWork *self, WindowFixture *window);
void day_work_clear (DayWork *self);

/* Waited for until the board and the record have it; most of them take back what they do. */
void day_work_arrive (DayWork *self);       /* and that was the wrong patient: 2 operations */
void day_work_see (DayWork *self);          /* arrived, in a room, with the provider, done: 4, of a visit that nobody has touched */
void day_work_book (DayWork *self);         /* in the booking window, and cancelled: 2 */
void day_work_move (DayWork *self);         /* cut, put, and undone: 2 */
void day_work_turn (DayWork *self);         /* to the next day and back: 2 */
void day_work_find (DayWork *self);         /* the search, opened and closed: 1 */
void day_work_look (DayWork *self);         /* a visit and its panel, opened and closed: 2 */
void day_work_other_desk (DayWork *self);   /* another desk changes a visit, which is seen here: 1 */

/* One hour: 10 times as long with @share 10. The clock goes on a little. Each visit goes through its day but once, so that a few of
 * them are all that a day has. */
void day_work_hour (DayWork *self, guint share);
/* The morning of the next day but Saturdays and Sundays, with visits that nobody has touched. */
void day_work_next_day (DayWork *self);
/* A day without visits, after more of such, until no day of work is in memory any longer, nor the text of its visits: what
 * a visit has gone through is kept with it, and each day has more or fewer of them. */
void day_work_rest (DayWork *self);

/* Bytes in use by the heap, after what can be given back was. */
gsize day_work_get_heap (void);
/* Bytes of memory that the process holds. */
gsize day_work_get_resident (void);
/* The growth of a series by step: the slope of the straight line nearest to it. */
double day_work_get_slope (const gsize *values, guint n_values);

G_END_DECLS
