/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: what founding a clinic and publishing its hours write, as JSON; pure. */

#include "clinic/rcp-roster.h"
#include "scheduling/rcp-visit-json.h"

G_BEGIN_DECLS

#define RCP_SYSTEM_SLOT "urn:reception:slot" /* Slot.identifier: "<schedule id>/<start>"; one time is published once   \
                                              */
#define RCP_SYSTEM_FOUND                                                                                               \
  "urn:reception:found" /* identifier of what founding a clinic made: founding twice makes one clinic */

/* The free times of @provider that begin at @from or later, on the local days [@first, @first + @n_days):
 * (element-type RcpTimeRange) (transfer full). */
GArray *
rcp_hours_list_slots (RcpProvider *provider, const GDate *first, guint n_days, gint64 from, guint grain_minutes);
JsonObject *rcp_hours_slot_json_new (const char *schedule_id, RcpTimeRange range);
/* The search that finds the slot just made: for ifNoneExist. (transfer full) */
char *rcp_hours_slot_condition (JsonObject *slot);

/**
 * RcpFounder: a practitioner who will work in the clinic.
 */
typedef struct
{
  FhirResource *practitioner;
  char *organization_id; /* or NULL */
  guint weight;          /* how often the record names him or her */
} RcpFounder;

void rcp_founder_free (RcpFounder *founder);

/* A count of who is named where: practitioner id to RcpFounder. */
GHashTable *rcp_founders_new (void);
void rcp_founders_count_encounter (GHashTable *founders, JsonObject *encounter);
void rcp_founders_count_role (GHashTable *founders, JsonObject *role);
/* The ids of the @limit practitioners that are named most, joined by commas; "" when there are none: (transfer full).
 */
char *rcp_founders_list_busiest (GHashTable *founders, guint limit);
/* The ids of the @limit organizations with the most work of @chosen (element-type RcpFounder), joined by commas:
 * (transfer full). */
char *rcp_founders_list_organizations (GPtrArray *chosen, guint limit);

/* One transaction: the clinic's Organization, a Location for each of @organizations (element-type FhirResource; one
 * of the clinic's own name when there are none), a role and Schedule for each of @founders (element-type RcpFounder),
 * and the usual visit types. */
FhirTransaction *
rcp_found_compose (const char *clinic_name, const char *zone, GPtrArray *organizations, GPtrArray *founders);

/* Makes what @transaction, of conditional creates only, would make, one after the other: for servers that do not take
 * so much at once. */
void rcp_found_steps_async (FhirClient *client,
                            FhirTransaction *transaction,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean rcp_found_steps_finish (GAsyncResult *result, GError **error);

G_END_DECLS
