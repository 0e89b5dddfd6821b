/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Calendars without Evolution Data Server: answers what a test has laid ready, when the test says so. */

#include "calendars/rcp-calendar-service.h"

G_BEGIN_DECLS

#define FAKE_TYPE_CALENDARS (fake_calendars_get_type ())
G_DECLARE_FINAL_TYPE (FakeCalendars, fake_calendars, FAKE, CALENDARS, GObject)

/* A property that is read from a member of its object: a string (char *), guint or gboolean. */
typedef struct
{
  const char *name;
  GType type;
  gsize offset;
} FakeProperty;

/* Gives the objects of @klass the properties of @table, which lives on. */
void fake_properties_install (GObjectClass *klass, const FakeProperty *table, guint n_properties);

FakeCalendars *fake_calendars_new (void);
/* (transfer none): an account in get_accounts () */
GObject *fake_calendars_add_account (FakeCalendars *self, const char *uid, const char *name, RcpAccountTrouble trouble);
/* @calendar: with the properties of RcpCalendar; @reading: how it is read, or NULL: nobody reads it. */
void fake_calendars_add_calendar (FakeCalendars *self, GObject *calendar, const RcpCalendarReading *reading);

/* What is waited for: "look https://a.example/ ana secret -", "sign-in new ...", "remove uid", or NULL. "-": no certificate */
const char *fake_calendars_get_asked (FakeCalendars *self);
/* Answers it; the callback runs before this returns, unless it was cancelled. All are taken. */
void fake_calendars_answer (FakeCalendars *self, GPtrArray *found, RcpServerCertificate *certificate, GError *error);
void fake_calendars_answer_error (FakeCalendars *self, RcpCalendarError code);
gboolean fake_calendars_is_given_up (FakeCalendars *self);

G_END_DECLS
