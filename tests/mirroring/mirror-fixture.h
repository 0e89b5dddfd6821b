/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A real record with a clinic, a real calendar (of this computer, or on a CalDAV server over HTTPS with a password), and desks that mirror the
 * visits of its first provider there. */

#include "caldav-server.h"
#include "desk-fixture.h"
#include "eds-fixture.h"

#include "mirroring/rcp-mirror.h"
#include "scheduling/rcp-mirror-request.h"

G_BEGIN_DECLS

typedef struct
{
  DeskFixture *desk;
  CaldavServer *server;     /* NULL: a calendar of this computer */
  RcpCalendars *calendars;
  RcpCalendar *calendar;    /* of the first desk, and of the provider's own program */
  ECalClient *other;        /* that program, on a calendar of this computer */
  const char *password;
  guint n_asked;            /* for the password */
  guint n_touched;
  char *realm;
} MirrorTown;

/* FALSE, and the test is skipped, where there is no Radicale. */
gboolean mirror_town_open (MirrorTown *town, gboolean with_server, guint n_days);
void mirror_town_close (MirrorTown *town);
/* Another desk's way to the same calendar, with a cache of its own: (transfer full). */
RcpCalendar *mirror_town_add_calendar (MirrorTown *town);
const char *mirror_town_get_practitioner (MirrorTown *town);

/* A mirror that runs, impatient; @client: (nullable) the record as it reaches it; @calendar: (nullable) that of the town. */
RcpMirror *mirror_town_start (MirrorTown *town, FhirClient *client, RcpCalendar *calendar);
/* Ends it as it is, and waits until nothing holds it. */
void mirror_town_end (RcpMirror *mirror);

/* What the provider does in another program; FALSE where the event is not there. */
gboolean mirror_town_move_event (MirrorTown *town, const char *visit_id, RcpTimeRange range);
gboolean mirror_town_delete_event (MirrorTown *town, const char *visit_id);
char *mirror_town_read_event (MirrorTown *town, const char *visit_id); /* (transfer full), or NULL */
/* The same, and no line goes on in the next. */
char *mirror_town_read_lines (MirrorTown *town, const char *visit_id);
gboolean mirror_town_edit_event (MirrorTown *town, const char *visit_id, const char *old, const char *new);

/* "ID@1123T1300+15 ..." of the visits that are on, and of the events that are on: sorted, (transfer full). */
char *mirror_town_print_record (MirrorTown *town);
char *mirror_town_print_calendar (MirrorTown *town);
/* Waits until they are equal; ends the test when they do not become so. Lets @mirrors (NULL at the end) look all the time. */
void mirror_town_wait_equal (MirrorTown *town, RcpMirror *const *mirrors);
/* Waits until exactly @n requests wait for an answer: (transfer full), of RcpMirrorRequest. */
GPtrArray *mirror_town_wait_requests (MirrorTown *town, RcpMirror *const *mirrors, guint n);
GPtrArray *mirror_town_read_requests (MirrorTown *town); /* also refused ones whose event is not back */
void mirror_town_refuse (MirrorTown *town, RcpMirrorRequest *request);
/* Books a visit of the first provider: (transfer full). */
RcpVisit *mirror_town_book (MirrorTown *town, guint day, guint minute);
RcpVisit *mirror_town_read_visit (MirrorTown *town, const char *id); /* (transfer full) */

G_END_DECLS
