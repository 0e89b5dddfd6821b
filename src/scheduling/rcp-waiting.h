/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

/* Several times of day, as bits. None at all: any will do. */
#define RCP_WISHED(time_of_day) (1u << (time_of_day))

/* "morning"; NULL for any */
const char *rcp_time_of_day_to_code (RcpTimeOfDay time_of_day);
RcpTimeOfDay rcp_time_of_day_from_code (const char *code); /* RCP_TIME_OF_DAY_ANY for what is none */
RcpTimeOfDay rcp_time_of_day_of (gint64 instant, GTimeZone *zone);
const char *rcp_time_of_day_to_label (RcpTimeOfDay time_of_day); /* translated: "in the morning" */

/**
 * RcpWaiting:
 *
 * Somebody on the wait list: an Appointment of status waitlist, which takes no time, and what is wished for.
 */
#define RCP_TYPE_WAITING (rcp_waiting_get_type ())
G_DECLARE_FINAL_TYPE (RcpWaiting, rcp_waiting, RCP, WAITING, GObject)

/* @visit: on the wait list. @booked: the visit that the patient keeps until an earlier time is found, or NULL. */
RcpWaiting *rcp_waiting_new (RcpVisit *visit, RcpVisit *booked);
RcpVisit *rcp_waiting_get_visit (RcpWaiting *self);
RcpVisit *rcp_waiting_get_booked (RcpWaiting *self);                     /* or NULL */
RcpTimeRange rcp_waiting_get_period (RcpWaiting *self);                  /* in which a visit makes sense */
const char *const *rcp_waiting_get_practitioner_ids (RcpWaiting *self);  /* the wished ones; empty: anybody */
const char *const *rcp_waiting_get_practitioner_names (RcpWaiting *self);
guint rcp_waiting_get_times (RcpWaiting *self);                          /* RCP_WISHED() of each; 0: any */
const char *const *rcp_waiting_get_languages (RcpWaiting *self);         /* BCP 47, of which one must be spoken; empty: any */
RcpGender rcp_waiting_get_gender (RcpWaiting *self);                     /* of the provider */
const char *rcp_waiting_get_network (RcpWaiting *self);                  /* in which the provider must be; or NULL */
guint rcp_waiting_get_duration (RcpWaiting *self);                       /* minutes */
gint64 rcp_waiting_get_since (RcpWaiting *self);                         /* 0 when nobody tells */
/* The Appointment that the patient has already: its id, or NULL. */
const char *rcp_waiting_get_booked_id (RcpWaiting *self);
/* When the patient is elsewhere, as far as was read; @own may be that of many patients. */
void rcp_waiting_set_own (RcpWaiting *self, RcpOwnVisits *own);
/* Whether the patient has another visit in @range than the one that is given up for it. */
gboolean rcp_waiting_is_elsewhere (RcpWaiting *self, RcpTimeRange range);
/* The most urgent first, then who waits longest; for g_ptr_array_sort() of RcpWaiting and for GListStore. */
int rcp_waiting_compare (gconstpointer a, gconstpointer b, gpointer unused);

/**
 * RcpCandidate: who could have a time that has become free, and why.
 * @range: the part of the free time that the visit would take
 * @reason: in words, translated
 */
#define RCP_TYPE_CANDIDATE (rcp_candidate_get_type ())
G_DECLARE_FINAL_TYPE (RcpCandidate, rcp_candidate, RCP, CANDIDATE, GObject)

RcpWaiting *rcp_candidate_get_waiting (RcpCandidate *self);
RcpTimeRange rcp_candidate_get_range (RcpCandidate *self);
const char *rcp_candidate_get_reason (RcpCandidate *self);
gboolean rcp_candidate_is_wished_time (RcpCandidate *self);

/* Whether a provider is in a network: 1, or 0; -1 when nobody knows. */
typedef int (*RcpNetworkFunc) (RcpProvider *provider, const char *network);

/**
 * rcp_waiting_rank:
 * @list: (element-type RcpWaiting): who waits
 * @roster: for the visit types
 * @provider: whose time it is
 * @free: the time
 * @find_network: (nullable): who is in which network; %NULL: nobody knows
 * @now: what time it is
 *
 * Who can have the time: the visit fits into it, the patient is not elsewhere, the provider gives such visits and is one of the wished ones where
 * any were named, speaks a language that must be spoken, is not of the other gender than the one asked for nor out of the network
 * that it has to be (what nobody knows of these two is said, and is no bar), and it is earlier than the visit that the patient has. Wished times of day come before others, then
 * the more urgent, then who waits longer. How far the patient lives is not known here and counts for nobody.
 *
 * Returns: (transfer full) (element-type RcpCandidate): the best first
 */
GPtrArray *
rcp_waiting_rank (GListModel *list, RcpRoster *roster, RcpProvider *provider, RcpTimeRange free, RcpNetworkFunc find_network, gint64 now);

G_END_DECLS
