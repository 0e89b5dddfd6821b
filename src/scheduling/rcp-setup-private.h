/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: what setting up a clinic reads and writes, as JSON; pure. */

#include "scheduling/rcp-setup.h"
#include "scheduling/rcp-visit-json.h"

G_BEGIN_DECLS

#define RCP_HOURS_PER_DAY 24

char *rcp_setup_key (const char *format, const char *place_id);               /* (transfer full) */
char *rcp_setup_hours_key (const char *place_id, GDateWeekday weekday);       /* (transfer full) */

/* Editing of JSON in place. */
void rcp_setup_set_text (JsonObject *object, const char *member, const char *text); /* "" takes it away */
void rcp_setup_set_active (JsonObject *resource, gboolean active); /* what is not said is so already */
void rcp_setup_drop_extensions (JsonObject *resource, const char *url);
JsonObject *rcp_setup_add_extension (JsonObject *resource, const char *url); /* borrowed */
/* The first of an array of objects that is made if it is not there: borrowed. */
JsonObject *rcp_setup_ensure_first (JsonObject *object, const char *member);
JsonObject *rcp_setup_ensure_object (JsonObject *object, const char *member);

/* The texts of a list of codes, "en, es": (transfer full). */
GStrv rcp_setup_split_codes (const char *text);

/**
 * RcpPost: a provider at a site.
 */
typedef struct
{
  FhirResource *role;     /* borrowed, or NULL */
  FhirResource *schedule; /* borrowed, or NULL */
} RcpPost;

RcpPost rcp_setup_find_post (RcpRoster *roster, const char *practitioner, const char *place_id);
/* The Schedule of a room or device, or NULL. */
FhirResource *rcp_setup_find_room_schedule (RcpRoster *roster, const char *actor);
/* The id of the site where the work of a Schedule is; NULL when it tells none: (transfer full). */
char *rcp_setup_dup_site_of (RcpRoster *roster, FhirResource *schedule);
/* First reference of @type among the actors: (transfer full), relative, or NULL. */
char *rcp_setup_dup_actor (FhirResource *schedule, const char *type);

void rcp_setup_read_provider (RcpRoster *roster, const char *reference, RcpDraft *draft);

/**
 * RcpSetupChange: a transaction in the making.
 */
typedef struct
{
  RcpRoster *roster;
  const char *reference; /* or NULL for a new one */
  RcpDraft *draft;
  RcpDraft *base;
  const char *key;
  const char *desk; /* or NULL */
  gint64 now;
  FhirTransaction *transaction;
  GHashTable *touched; /* references that are in it already */
} RcpSetupChange;

gboolean rcp_setup_is_changed (RcpSetupChange *change, const char *key);
/* A copy of @resource to edit, or a new resource of @type that is made once, as part @name of it. */
JsonObject *rcp_setup_begin (RcpSetupChange *change, FhirResource *resource, const char *type, const char *name);
/* Puts it into the transaction, if it is not what @resource was; takes @json. Returns how others refer to it. */
const char *rcp_setup_end (RcpSetupChange *change, FhirResource *resource, JsonObject *json, const char *name);
/* Says on a Schedule that its slots do not follow its hours yet. */
void rcp_setup_mark_refit (RcpSetupChange *change, JsonObject *schedule);
/* The same of every Schedule at a site, or of every room and device for NULL. */
void rcp_setup_mark_all (RcpSetupChange *change, const char *place_id);
const char *rcp_setup_get_clinic (RcpRoster *roster); /* "Organization/1", or NULL */

void rcp_setup_compose_provider (RcpSetupChange *change);
void rcp_setup_compose_place (RcpSetupChange *change);
void rcp_setup_compose_room (RcpSetupChange *change);
void rcp_setup_compose_visit_type (RcpSetupChange *change);
/* (transfer full) */
FhirTransaction *rcp_setup_compose (
    RcpRoster *roster, RcpSetupKind kind, const char *reference, RcpDraft *draft, const char *key, const char *desk, gint64 now);

G_END_DECLS
