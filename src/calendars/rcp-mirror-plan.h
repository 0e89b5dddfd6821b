/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-mirror-values.h"

G_BEGIN_DECLS

/**
 * RcpMirrorAsked: a request of a provider that is not settled yet.
 * @claim: what is wanted
 * @is_refused: whether the desk said no; then the event is put back
 * @tag: of who made the plan
 */
typedef struct
{
  RcpMirrorClaim *claim;
  gboolean is_refused;
  gpointer tag;
} RcpMirrorAsked;

RcpMirrorAsked *rcp_mirror_asked_new (const RcpMirrorClaim *claim, gboolean is_refused, gpointer tag);
void rcp_mirror_asked_free (RcpMirrorAsked *asked);

/**
 * RcpMirrorFacts: all that a plan is made of. Tables are by the id of the visit.
 * @wanted: of RcpMirrorVisit: what the record says. What is not in it is left as it is.
 * @bases: of RcpMirrorBase: what the server was seen to have
 * @held: of RcpMirrorHeld: what the calendar has now
 * @asked: of RcpMirrorAsked
 * @missing: set of ids whose event is proven not to be on the server; that it is not in @held alone proves nothing
 * @invites: whether patients are invited
 * @host: the calendar's own e-mail address; NULL where it has none, or none is known
 * @is_just_on: whether that was switched on a moment ago
 * @now: nobody is invited to what has begun
 */
typedef struct
{
  GHashTable *wanted;
  GHashTable *bases;
  GHashTable *held;
  GPtrArray *asked;
  GHashTable *missing;
  gboolean invites;
  char *host;
  gboolean is_just_on;
  gint64 now;
} RcpMirrorFacts;

RcpMirrorFacts *rcp_mirror_facts_new (void); /* empty */
void rcp_mirror_facts_free (RcpMirrorFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorFacts, rcp_mirror_facts_free)

typedef enum
{
  RCP_MIRROR_CREATE,
  RCP_MIRROR_CHANGE,
  RCP_MIRROR_REMOVE,
} RcpMirrorStepKind;

/**
 * RcpMirrorGuestDeed:
 *
 * What a step does about the patient's invitation.
 */
typedef enum
{
  RCP_MIRROR_GUEST_STAYS,
  RCP_MIRROR_GUEST_IS_INVITED,
  RCP_MIRROR_GUEST_IS_TAKEN_OUT,
} RcpMirrorGuestDeed;

/**
 * RcpMirrorStep: one thing to do to the calendar.
 * @visit: borrowed of the facts
 * @held: borrowed of the facts; NULL for RCP_MIRROR_CREATE
 * @sequence: of the new event
 * @puts_words: whether the title is written too
 * @guest: what becomes of the invitation
 * @host: borrowed of the facts: who invites
 * @tells_guests: whether who is invited may be told of it
 */
typedef struct
{
  RcpMirrorStepKind kind;
  const RcpMirrorVisit *visit;
  const RcpMirrorHeld *held;
  guint sequence;
  gboolean puts_words;
  RcpMirrorGuestDeed guest;
  const char *host;
  gboolean tells_guests;
} RcpMirrorStep;

/**
 * RcpMirrorEnd:
 * @RCP_MIRROR_END_DONE: the visit is now as the provider wanted it
 * @RCP_MIRROR_END_PUT_BACK: it was refused, and the event is back
 * @RCP_MIRROR_END_WITHDRAWN: the provider has done something else since
 */
typedef enum
{
  RCP_MIRROR_END_DONE,
  RCP_MIRROR_END_PUT_BACK,
  RCP_MIRROR_END_WITHDRAWN,
} RcpMirrorEnd;

typedef struct
{
  const RcpMirrorAsked *asked;
  RcpMirrorEnd end;
} RcpMirrorClose;

/**
 * RcpMirrorPlan:
 * @steps: of RcpMirrorStep, by the id of the visit
 * @seen: of RcpMirrorBase: to be kept from now on
 * @forgotten: of ids: not to be kept any more
 * @claims: of RcpMirrorClaim: to be asked
 * @closes: of RcpMirrorClose
 * @suspects: of ids: not in the calendar, and it is not proven that they are not on its server
 * @has_unsent: whether the calendar has something of ours that its server has not
 */
typedef struct
{
  GArray *steps;
  GPtrArray *seen;
  GPtrArray *forgotten;
  GPtrArray *claims;
  GArray *closes;
  GPtrArray *suspects;
  gboolean has_unsent;
} RcpMirrorPlan;

/* Pure; the same for the same facts. It borrows of @facts. */
RcpMirrorPlan *rcp_mirror_plan_new (const RcpMirrorFacts *facts);
void rcp_mirror_plan_free (RcpMirrorPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorPlan, rcp_mirror_plan_free)

G_END_DECLS
