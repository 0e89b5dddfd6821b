/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/* A new client of the server under test; NULL when that cannot be had, and then the test was skipped. */
typedef FhirClient *(*ContractConnect) (void);

/* Adds what every server must do for the client, or what the client must notice that it does not. */
void contract_add (const char *prefix, ContractConnect connect);

G_END_DECLS
