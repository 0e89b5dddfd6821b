/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sample-desk.h"
#include "scripted-house.h"

G_BEGIN_DECLS

/* What the tests of how a day is covered share: a clearinghouse that is set up, and insurances of patients of that day. */

/* Says in @settings that @house is asked. */
void cover_desk_say_how_to_ask (GSettings *settings, ScriptedHouse *house);
/* The same by FHIR. */
void cover_desk_say_how_to_ask_by_fhir (GSettings *settings, ScriptedHouse *house);
void cover_desk_reset (GSettings *settings);
/* Gives the patient of the record behind @client an insurance whose member has the number @member: (transfer full). */
FhirResource *cover_desk_insure (FhirClient *client, RcpPatient *patient, const char *member);
/* And another, of another payer, which pays after the first. */
FhirResource *cover_desk_insure_second (FhirClient *client, RcpPatient *patient, const char *member);
/* Those who are booked on the day, each once, the first visit first: (transfer full) (element-type RcpVisit). */
GPtrArray *cover_desk_list_visits (FhirClient *client, const GDate *day);

G_END_DECLS
