/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"
#include "matching/rcp-match-facts.h"

G_BEGIN_DECLS

/* What the record says of a patient and of a provider, as the ranking asks for it. Pure: nothing is read from the server. */

/**
 * RcpMatchPatient:
 * @needs: of the patient; what the desk wishes for is filled in by who ranks. Points into what else is here.
 */
typedef struct
{
  RcpMatchNeeds needs;
  RcpPatient *patient;
  GStrv languages;
} RcpMatchPatient;

RcpMatchPatient *rcp_match_patient_new (RcpPatient *patient, const GDate *today);
void rcp_match_patient_free (RcpMatchPatient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMatchPatient, rcp_match_patient_free)

/**
 * RcpMatchProvider:
 * @facts: of the provider; free times, earlier visits and the payer's word are filled in by who ranks. Points into what else is here.
 */
typedef struct
{
  RcpMatchFacts facts;
  RcpProvider *provider;
  const char *specialties[2];
  const char *places[2];
} RcpMatchProvider;

RcpMatchProvider *rcp_match_provider_new (RcpProvider *provider, RcpRoster *roster, const GDate *today);
void rcp_match_provider_free (RcpMatchProvider *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMatchProvider, rcp_match_provider_free)

gboolean rcp_match_read_geolocation (JsonObject *address, RcpPosition *position);
gboolean rcp_match_read_position (JsonObject *place, RcpPosition *position);
gboolean rcp_match_patient_is_own (const RcpMatchPatient *self, RcpProvider *provider);

G_END_DECLS
