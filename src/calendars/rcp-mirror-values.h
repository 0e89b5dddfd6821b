/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is said of a mirrored visit, as plain values: by the record, by the calendar, and by what was seen there before. */

#include "base/rcp-time-range.h"

G_BEGIN_DECLS

/**
 * RcpMirrorState:
 *
 * How a visit stands in the provider's calendar (RFC 5545, 3.8.1.11).
 * @RCP_MIRROR_TENTATIVE: planned
 * @RCP_MIRROR_CONFIRMED: booked, or on, or done
 * @RCP_MIRROR_CANCELLED: it stays in the calendar, struck out, and keeps no time
 * @RCP_MIRROR_GONE: not with this provider any more, or never meant: it is taken out
 */
typedef enum
{
  RCP_MIRROR_TENTATIVE,
  RCP_MIRROR_CONFIRMED,
  RCP_MIRROR_CANCELLED,
  RCP_MIRROR_GONE,
} RcpMirrorState;

/**
 * RcpMirrorPrivacy:
 *
 * How much a calendar may say of a visit, least first.
 * @RCP_MIRROR_BUSY_ONLY: that there is one
 * @RCP_MIRROR_INITIALS: the patient's initials and the type of the visit
 * @RCP_MIRROR_FULL: the name, the type and the place
 */
typedef enum
{
  RCP_MIRROR_BUSY_ONLY,
  RCP_MIRROR_INITIALS,
  RCP_MIRROR_FULL,
} RcpMirrorPrivacy;

/**
 * RcpMirrorDeed:
 *
 * What a provider did to a mirrored visit in the calendar.
 */
typedef enum
{
  RCP_MIRROR_MOVED,
  RCP_MIRROR_DELETED,
} RcpMirrorDeed;

/**
 * RcpMirrorVisit: a visit as its event should be.
 * @id: of the Appointment
 * @version: of the Appointment, or NULL where the server tells none
 * @zone: IANA name, or NULL for UTC
 * @words: the title, which holds no more than @privacy allows
 * @place: or NULL
 * @guest: e-mail address of the patient, or NULL when there is none that may be written to
 * @knows_guest: whether the patient was looked at for that
 */
typedef struct
{
  char *id;
  char *version;
  RcpTimeRange range;
  char *zone;
  RcpMirrorState state;
  RcpMirrorPrivacy privacy;
  char *words;
  char *place;
  char *guest;
  gboolean knows_guest;
} RcpMirrorVisit;

/**
 * RcpMirrorInvited:
 *
 * What Reception wrote beside an event of the patient's invitation.
 * @RCP_MIRROR_INVITED_UNTOLD: nothing
 * @RCP_MIRROR_INVITED_YES: that the patient is invited
 * @RCP_MIRROR_INVITED_NO: that the invitation was taken back
 */
typedef enum
{
  RCP_MIRROR_INVITED_UNTOLD,
  RCP_MIRROR_INVITED_YES,
  RCP_MIRROR_INVITED_NO,
} RcpMirrorInvited;

/**
 * RcpMirrorHeld: an event of ours as the calendar has it now.
 * @id: of the Appointment
 * @uid: of the event
 * @is_on_server: whether the calendar's server has it; a calendar of this computer is its own server
 * @has_marks: whether what Reception wrote beside it is still there: some servers drop it
 * @own_range: where Reception put it, by the marks
 * @own_state: and as what
 * @version: of the Appointment then, or NULL
 * @privacy: how much was said then
 * @has_own_words: whether the title is still the one that Reception wrote
 * @revision: another one after each change by anyone
 * @invited: what was done about the patient's invitation
 * @guest: the address that Reception has invited, where it is still in the event; or NULL
 * @attendees: all addresses that are invited, in small letters
 * @text: the whole VEVENT, to be changed and sent back
 */
typedef struct
{
  char *id;
  char *uid;
  RcpTimeRange range;
  RcpMirrorState state;
  guint sequence;
  gboolean is_on_server;
  gboolean has_marks;
  RcpTimeRange own_range;
  RcpMirrorState own_state;
  char *version;
  RcpMirrorPrivacy privacy;
  gboolean has_own_words;
  char *words;
  char *revision;
  RcpMirrorInvited invited;
  char *guest;
  GStrv attendees;
  char *text;
} RcpMirrorHeld;

/**
 * RcpMirrorBase: that the calendar's server had the event of a visit, and where. Kept in the record.
 */
typedef struct
{
  char *id;
  RcpTimeRange range;
  guint sequence;
} RcpMirrorBase;

/**
 * RcpMirrorClaim: what the provider wants, by what was done in the calendar.
 * @range: where to; empty for RCP_MIRROR_DELETED
 */
typedef struct
{
  char *id;
  RcpMirrorDeed deed;
  RcpTimeRange range;
} RcpMirrorClaim;

RcpMirrorVisit *rcp_mirror_visit_new (const char *id, RcpTimeRange range, RcpMirrorState state);
RcpMirrorVisit *rcp_mirror_visit_copy (const RcpMirrorVisit *visit);
void rcp_mirror_visit_free (RcpMirrorVisit *visit);
void rcp_mirror_held_free (RcpMirrorHeld *held);
RcpMirrorBase *rcp_mirror_base_new (const char *id, RcpTimeRange range, guint sequence);
void rcp_mirror_base_free (RcpMirrorBase *base);
RcpMirrorClaim *rcp_mirror_claim_new (const char *id, RcpMirrorDeed deed, RcpTimeRange range);
void rcp_mirror_claim_free (RcpMirrorClaim *claim);
gboolean rcp_mirror_claim_equal (const RcpMirrorClaim *a, const RcpMirrorClaim *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorVisit, rcp_mirror_visit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorHeld, rcp_mirror_held_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorBase, rcp_mirror_base_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorClaim, rcp_mirror_claim_free)

G_END_DECLS
