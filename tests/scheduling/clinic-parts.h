/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Values for tests, from JSON text. */

#include "clinic/rcp-roster.h"
#include "scheduling/rcp-wish.h"

FhirResource *parts_resource (const char *json);
RcpPatient *parts_patient (const char *id, const char *family);
/* Monday to Friday 9-12 and 13-17, at Location/place1 in New York. */
RcpProvider *parts_provider (const char *schedule_id, const char *specialty);
/* Consecutive free slots of 15 minutes "s0", "s1" ... from @start. */
RcpOffer *parts_offer (RcpProvider *provider, gint64 start, guint n_slots);
