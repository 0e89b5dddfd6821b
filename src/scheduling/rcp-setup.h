/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-roster.h"
#include "scheduling/rcp-draft.h"

G_BEGIN_DECLS

/**
 * RcpSetupKind: what of a clinic is set up in a form of its own.
 */
typedef enum
{
  RCP_SETUP_PROVIDER,   /* Practitioner, with a PractitionerRole and a Schedule for each place */
  RCP_SETUP_PLACE,      /* Location of a site */
  RCP_SETUP_ROOM,       /* Location of a room, or Device; with its Schedule */
  RCP_SETUP_VISIT_TYPE, /* HealthcareService */
} RcpSetupKind;

/* Keys of a draft. Those with a %s are for each site, by its id; hours also for each weekday, 1 for Monday. */
#define RCP_KEY_ACTIVE "active"
#define RCP_KEY_NAME "name"
#define RCP_KEY_PREFIX "prefix"
#define RCP_KEY_GIVEN "given"
#define RCP_KEY_FAMILY "family"
#define RCP_KEY_SPECIALTY "specialty"
#define RCP_KEY_LANGUAGES "languages" /* codes, with commas */
#define RCP_KEY_NEW_PATIENTS "new-patients"
#define RCP_KEY_AGE_FROM "age-from"
#define RCP_KEY_AGE_TO "age-to"
#define RCP_KEY_RATING "rating" /* 1 to 5, or "": what the clinic itself thinks */
#define RCP_MOST_RATING 5
#define RCP_KEY_LEAVE "leave" /* see rcp-periods.h */
#define RCP_KEY_WORKS "works:%s"
#define RCP_KEY_HOURS "hours:%s:%d" /* see base/rcp-hours-text.h */
#define RCP_KEY_OVERBOOK "overbook:%s"
#define RCP_KEY_STREET "street"
#define RCP_KEY_CITY "city"
#define RCP_KEY_STATE "state"
#define RCP_KEY_POSTAL_CODE "postal-code"
#define RCP_KEY_PHONE "phone"
#define RCP_KEY_ZONE "zone"
#define RCP_KEY_CLOSED "closed" /* see rcp-periods.h */
#define RCP_KEY_KIND "kind"     /* "room" or "device" */
#define RCP_KEY_DEVICE "device" /* what kind of device, in words */
#define RCP_KEY_PLACE "place"   /* id of the site */
#define RCP_KEY_MINUTES "minutes"
#define RCP_KEY_PREPARATION "preparation"
#define RCP_KEY_NEEDS "needs"             /* "", "room", or the code of a type of device */
#define RCP_KEY_SPECIALTIES "specialties" /* codes, with commas; "" is all */
#define RCP_KEY_NEW_ONLY "new-only"
#define RCP_KEY_PRICE "price"               /* list price, as typed; see rcp_setup_dup_currency() */
#define RCP_KEY_ALLOWED "allowed"           /* what payers allow by contract, the same */
#define RCP_KEY_SERVICE_TYPE "service-type" /* X12 code */

typedef struct
{
  char *reference;
  char *title;
  char *subtitle;
  gboolean active;
} RcpSetupItem;

void rcp_setup_item_free (RcpSetupItem *item);
/* What there is of a kind, in use first, by name: (transfer full) (element-type RcpSetupItem). */
GPtrArray *rcp_setup_list (RcpRoster *roster, RcpSetupKind kind);
/* The Locations that are sites of the clinic, in use or not: (transfer container) (element-type FhirResource). */
GPtrArray *rcp_setup_list_sites (RcpRoster *roster);
/* Types of devices that the clinic has: code to words (transfer full). */
GHashTable *rcp_setup_list_device_types (RcpRoster *roster);

/* The currency of a visit type's prices (transfer full): its own, else that of the others, else that of the locale. @reference: or
 * NULL for a new one. */
char *rcp_setup_dup_currency (RcpRoster *roster, const char *reference);

/* What the record holds: (transfer full). @reference: NULL for a new one, with the usual beginnings. */
RcpDraft *rcp_setup_read (RcpRoster *roster, RcpSetupKind kind, const char *reference);
/* What is wrong with a draft: key to a sentence for people (transfer full); empty when it can be saved. */
GHashTable *rcp_setup_check (RcpRoster *roster, RcpSetupKind kind, const char *reference, RcpDraft *draft);

/* Writes what @draft changes of what @roster holds, in one transaction that another desk's change in between stops:
 * then FHIR_ERROR_CONFLICT, and nothing is changed. @key: the same for every try to make the same new thing, so that
 * it is made once. */
void rcp_setup_save_async (FhirClient *client,
                           RcpRoster *roster,
                           RcpClock *clock,
                           RcpSetupKind kind,
                           const char *reference,
                           RcpDraft *draft,
                           const char *key,
                           const char *desk,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean rcp_setup_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
