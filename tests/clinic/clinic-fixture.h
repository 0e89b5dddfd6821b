/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "keep-result.h"
#include "practice-fixture.h"

#include "clinic/rcp-day.h"
#include "clinic/rcp-patient-finder.h"
#include "clinic/rcp-roster.h"

/* A real record with the sample clinic as it is on Monday 2026-11-23 in New York. */
#define CLINIC_NOW (G_GINT64_CONSTANT (1795442400) * G_USEC_PER_SEC) /* 09:00 there */

PracticeFixture *clinic_fixture_new (void);
GDate clinic_fixture_today (void);

/* keep-result.h by the name of this fixture. */
#define clinic_keep_result_cb keep_result_cb
#define clinic_wait keep_result_wait

/* Runs the main loop until @condition holds, as KEEP_RESULT_UNTIL. */
void clinic_wait_until (gboolean (*condition) (gpointer), gpointer user_data);

RcpRoster *clinic_load_roster (FhirClient *client);
void clinic_load_day (RcpDay *day);
GListModel *clinic_find (FhirClient *client, const char *text, guint limit);
/* Changes a string of a resource of the record, as another desk does; returns what the record then holds. */
FhirResource *clinic_change_string (FhirClient *client, const char *reference, const char *member, const char *value);
