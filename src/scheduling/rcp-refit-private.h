/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: what follows of changed hours; pure. */

#include "scheduling/rcp-clinic-json.h"
#include "scheduling/rcp-refit.h"

G_BEGIN_DECLS

/**
 * RcpRefitTarget: a Schedule whose slots are to follow its hours.
 */
typedef struct
{
  FhirResource *schedule;
  RcpProvider *provider; /* or NULL: of a room or device, or of somebody who works there no more */
  char *actor;           /* "Practitioner/1", "Location/2" or "Device/3": whose visits */
  char *site;            /* id, or NULL */
  GTimeZone *zone;
  GPtrArray *hours;      /* of RcpWeeklyHours, borrowed from the roster: open when one of them is */
  gboolean fits_all;     /* a room that no visit type needs: it has no slots, and keeps no visit from its time */
} RcpRefitTarget;

/* (transfer full) (element-type RcpRefitTarget): the Schedules that say so. */
GPtrArray *rcp_refit_list_targets (RcpRoster *roster);
/* Of one Schedule: NULL when it names nobody. (transfer full) */
RcpRefitTarget *rcp_refit_target_new (RcpRoster *roster, FhirResource *schedule);
void rcp_refit_target_free (RcpRefitTarget *target);

/* What a day is open, joined: (transfer full) (element-type RcpTimeRange). */
GArray *rcp_refit_list_open (RcpRefitTarget *target, const GDate *first, guint n_days);
/* The slots that there should be from @from on: (transfer full) (element-type RcpTimeRange). */
GArray *rcp_refit_list_slots (RcpRefitTarget *target, const GDate *first, guint n_days, gint64 from, guint grain);

/* What is to be done with @slots, sorted, so that they are @wanted: indices of those to remove (element-type guint),
 * and ranges to add (element-type RcpTimeRange). */
void rcp_refit_plan (GArray *slots, GArray *wanted, GArray **removed, GArray **added);

#define RCP_REFIT_BLOCKED "blocked" /* the fault of a visit whose time was blocked; rcp-block-visits.c knows of it */

/* Why @visit does not fit: "hours", "leave", "closed", "left"; NULL when it does. @open: of rcp_refit_list_open (). */
const char *rcp_refit_find_fault (RcpRefitTarget *target, GArray *open, RcpVisit *visit);
const char *rcp_refit_describe_fault (const char *fault); /* translated */

/* "<visit>/<start>": one visit at one time is one piece of work. (transfer full) */
char *rcp_refit_task_name (RcpVisit *visit);
JsonObject *rcp_refit_task_new (RcpVisit *visit, const char *fault, gint64 now); /* (transfer full) */
char *rcp_refit_task_condition (JsonObject *task);                               /* for ifNoneExist */
/* The Task with another state: @done NULL opens it again, else "kept", "settled" or "fits". (transfer full) */
JsonObject *rcp_refit_task_set_done (FhirResource *task, const char *done, gint64 now);
void rcp_refit_task_set_fault (JsonObject *task, const char *fault);
void rcp_refit_task_set_visit (JsonObject *task, RcpVisit *visit); /* of a Task of that name: whose provider it is about */
gboolean rcp_refit_task_is_about (FhirResource *task, RcpVisit *visit); /* FALSE: the visit is with somebody else now */
gboolean rcp_refit_task_is_open (FhirResource *task);
gboolean rcp_refit_task_is_blocked (FhirResource *task); /* whether it is there because time was blocked */
/* A question for the work that some of @visits are has a name of about 60 letters for each in its address: those of more visits than
 * this are asked for in portions, as servers take no address of any length. */
#define RCP_REFIT_TASKS_AT_ONCE 40
/* What the record knows of @n_visits of @visits, at least one, from @first on: (transfer full). */
FhirSearch *rcp_refit_task_make_search (GPtrArray *visits, guint first, guint n_visits);
/* That of @visit at its time: borrowed, or NULL. */
FhirResource *rcp_refit_task_find (FhirBundle *tasks, RcpVisit *visit);
gboolean rcp_refit_task_is_kept (FhirResource *task);
gboolean rcp_refit_task_is_settled (FhirResource *task); /* it was moved, cancelled or over */

/* The second half: visits of @target become Tasks; calls back with how many are new. */
void rcp_refit_visits_async (FhirClient *client,
                             RcpRefitTarget *target,
                             GHashTable *slot_ids, /* of the Schedule */
                             gint64 now,
                             GArray *open,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gssize rcp_refit_visits_finish (GAsyncResult *result, GError **error); /* -1 with @error */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpRefitTarget, rcp_refit_target_free)

G_END_DECLS
