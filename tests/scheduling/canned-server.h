/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"

/**
 * CannedServer: a FHIR server of another make, on a free loopback port: it gives each question the answer that a test has
 * laid ready for it, however often and in whatever order it is asked.
 */
typedef struct _CannedServer CannedServer;

/* Answers "metadata" with @interactions of the types Appointment and Patient, as in "read,vread"; everything else with 404. */
CannedServer *canned_server_new (const char *interactions);
void canned_server_free (CannedServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CannedServer, canned_server_free)

FhirClient *canned_server_create_client (CannedServer *self); /* (transfer full) */
/* @start: of path and query below the base, "Appointment/1/_history"; the longest one that fits counts. */
void canned_server_answer (CannedServer *self, const char *start, guint status, const char *body);
/* How many requests began so. */
guint canned_server_count (CannedServer *self, const char *start);
