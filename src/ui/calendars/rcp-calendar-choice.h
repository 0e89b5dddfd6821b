/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RcpCalendarChoice:
 * @busy: uids of the calendars that keep a provider's time
 * @mirror: uid of the calendar that shows the provider's visits, or ""
 * @privacy: what they show there: "busy", "initials" or "full"
 * @invites: whether patients are invited from there: of that calendar alone
 *
 * Which calendars are one provider's, as this desk has it: the settings "calendars" and "invitations". No names and no addresses.
 */
typedef struct
{
  GStrv busy;
  char *mirror;
  char *privacy;
  gboolean invites;
} RcpCalendarChoice;

void rcp_calendar_choice_free (RcpCalendarChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpCalendarChoice, rcp_calendar_choice_free)

/* @record: which record the Practitioner @person is of. (transfer full): empty when nothing was chosen */
RcpCalendarChoice *rcp_calendar_choice_load (GSettings *settings, const char *record, const char *person);
void rcp_calendar_choice_save (const RcpCalendarChoice *self, GSettings *settings, const char *record, const char *person);
gboolean rcp_calendar_choice_has_busy (const RcpCalendarChoice *self, const char *uid);
void rcp_calendar_choice_set_busy (RcpCalendarChoice *self, const char *uid, gboolean is_busy);
/* Calendars that are gone for good are nobody's any more, in any record. */
void rcp_calendar_choice_forget (GSettings *settings, const char *const *uids);
/* All of @record, for rcp_calendar_service_keep(): (transfer full), a{sas}. */
GVariant *rcp_calendar_choice_list_busy (GSettings *settings, const char *record);
/* The mirrors of @record: (transfer full), a{s(ssb)}: by Practitioner the uid, what is shown there, and whether patients are
 * invited. */
GVariant *rcp_calendar_choice_list_mirrors (GSettings *settings, const char *record);

G_END_DECLS
