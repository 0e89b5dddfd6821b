/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../scheduling/fault-proxy.h"
#include "insurance/rcp-change-coverage.h"
#include "keep-result.h"
#include "practice-fixture.h"

#define INSURANCE_NOW (G_GINT64_CONSTANT (1773151200) * G_USEC_PER_SEC) /* 2026-03-10 14:00 UTC */

/**
 * InsuranceFixture: a real record with one patient, and a proxy before it that loses things when told to. Every function ends the test
 * when something goes wrong that should not.
 */
typedef struct
{
  PracticeFixture *practice;
  FaultProxy *proxy;
  FhirClient *client; /* straight to the record */
  FhirClient *wire;   /* through the proxy */
  RcpClock *clock;
  char *patient_id;
  GDate today;
} InsuranceFixture;

void insurance_fixture_set_up (InsuranceFixture *self, gconstpointer data);
void insurance_fixture_tear_down (InsuranceFixture *self, gconstpointer data);

/* Acme Health, of which everything is known: (transfer full) */
RcpCoverageFields *insurance_make_fields (void);
RcpCoverage *insurance_add (InsuranceFixture *self, FhirClient *client, const RcpCoverageFields *fields, GError **error);
GPtrArray *insurance_load (InsuranceFixture *self); /* (element-type RcpCoverage) (transfer full) */
FhirResource *insurance_store (InsuranceFixture *self, const char *json);
guint insurance_count (InsuranceFixture *self, const char *type);
