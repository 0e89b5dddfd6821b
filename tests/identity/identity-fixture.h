/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../scheduling/fault-proxy.h"
#include "identity/rcp-register-patient.h"
#include "identity/rcp-similar-patients.h"
#include "keep-result.h"
#include "practice-fixture.h"

#define IDENTITY_NOW (G_GINT64_CONSTANT (1795438800) * G_USEC_PER_SEC) /* 2026-11-23 13:00 UTC */

/**
 * IdentityFixture: a real record, empty, and a proxy before it that loses things when told to. Every function ends the
 * test when something goes wrong that should not.
 */
typedef struct
{
  PracticeFixture *practice;
  FaultProxy *proxy;
  FhirClient *client; /* straight to the record */
  FhirClient *wire;   /* through the proxy */
  RcpClock *clock;
} IdentityFixture;

void identity_fixture_set_up (IdentityFixture *self, gconstpointer data);
void identity_fixture_tear_down (IdentityFixture *self, gconstpointer data);


/* keep-result.h by the name of this fixture. */
#define identity_keep_result_cb keep_result_cb
#define identity_wait keep_result_wait

/* Maria Garcia, of whom everything is known: (transfer full) */
RcpPatientFields *identity_make_fields (void);
RcpPatient *identity_register (IdentityFixture *self, FhirClient *client, const RcpPatientFields *fields, const char *reason, GError **error);
RcpChangePatient *identity_change (IdentityFixture *self, FhirClient *client, RcpPatient *patient, const RcpPatientFields *fields,
                                   RcpPatient **changed, GError **error);
RcpFlag *identity_add_flag (IdentityFixture *self, FhirClient *client, const char *patient_id, const char *text, GError **error);
gboolean identity_end_flag (IdentityFixture *self, FhirClient *client, RcpFlag *flag, GError **error);
GListModel *identity_load_flags (IdentityFixture *self, const char *patient_id);
GListModel *identity_find_similar (IdentityFixture *self, const RcpPatientFields *fields);
FhirResource *identity_read (IdentityFixture *self, const char *reference);
guint identity_count (IdentityFixture *self, const char *type);
/* Sets one field of a patient as another desk does, behind everybody's back. */
void identity_change_elsewhere (IdentityFixture *self, const char *reference, RcpPatientField field, const char *value);
