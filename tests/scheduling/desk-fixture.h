/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "keep-result.h"
#include "practice-fixture.h"

#include "base/rcp-clock.h"
#include "clinic/rcp-roster.h"
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-clinic-setup.h"
#include "scheduling/rcp-find-openings.h"

/**
 * DeskFixture: a real record with a founded clinic in New York, hours published for a week from Monday 2026-11-23
 * 08:00, and patients; and what a test needs to wait for an answer. Every function ends the test when something goes
 * wrong.
 */
typedef struct
{
  PracticeFixture *practice; /* NULL when the record is somebody else's server */
  FhirClient *client;
  RcpClock *clock;
  RcpRoster *roster;
  GPtrArray *patients;
  gint64 now; /* when it began: DESK_NOW, if not told otherwise */
} DeskFixture;

#define DESK_NOW (G_GINT64_CONSTANT (1795438800) * G_USEC_PER_SEC) /* 2026-11-23 08:00 in New York */
#define DESK_DAYS 7

/* keep-result.h by the name of this fixture. */
#define desk_keep_result_cb keep_result_cb
#define desk_wait keep_result_wait

DeskFixture *desk_fixture_new (guint n_providers, guint n_patients);
DeskFixture *desk_fixture_new_for_days (guint n_providers, guint n_patients, guint n_days);
/* The same at another time. */
DeskFixture *desk_fixture_new_at (gint64 now, guint n_providers, guint n_patients, guint n_days);
/* The same on another server, empty so far. Takes @client. */
DeskFixture *desk_fixture_new_on (FhirClient *client, guint n_providers, guint n_patients, guint n_days);
void desk_fixture_free (DeskFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFixture, desk_fixture_free)


RcpProvider *desk_fixture_get_provider (DeskFixture *self, guint index); /* borrowed */
RcpPatient *desk_fixture_get_patient (DeskFixture *self, guint index);   /* borrowed */
/* @n_slots slots of a provider from @minute of the wall clock on day @day (0 is that of @now), as the record holds them
 * now, whatever their status. */
RcpOffer *desk_fixture_make_offer (DeskFixture *self, guint provider, guint day, guint minute, guint n_slots);
/* Books with @client (NULL: the fixture's); NULL with @error. */
RcpVisit *desk_fixture_book (DeskFixture *self, FhirClient *client, guint patient, RcpOffer *offer, GError **error);
RcpVisit *desk_fixture_move (DeskFixture *self, FhirClient *client, RcpVisit *visit, RcpOffer *offer, GError **error);
RcpVisit *
desk_fixture_cancel (DeskFixture *self, FhirClient *client, RcpVisit *visit, const char *reason, GError **error);
RcpVisit *
desk_fixture_set_status (DeskFixture *self, FhirClient *client, RcpVisit *visit, RcpVisitStatus status, GError **error);

/* Straight from the record: all pages of a search, such as "Appointment" with "status", "booked"; pairs end in NULL.
 * (transfer full) */
FhirBundle *desk_fixture_search (DeskFixture *self, const char *type, ...) G_GNUC_NULL_TERMINATED;
FhirResource *desk_fixture_read (DeskFixture *self, const char *reference);
/* How many Appointments take time, and whether each stands on slots that are busy, and no slot carries two. */
guint desk_fixture_check_record (DeskFixture *self);
guint desk_fixture_count_status (DeskFixture *self, const char *type, const char *status);
