/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-geo.h"
#include "clinic/rcp-gender.h"
#include "matching/rcp-match-rank.h"

G_BEGIN_DECLS

/* What the patient needs, what is known of a provider, and what follows for the ranking. Pure. */

/**
 * RcpBarrier: hard conditions; who does not meet one is not ranked at all
 * @RCP_BARRIER_LANGUAGE: the patient needs a language that the provider does not speak, and there is no interpreter
 * @RCP_BARRIER_NETWORK: only when the patient says that it must be in the network
 */
typedef enum
{
  RCP_BARRIER_NONE = 0,
  RCP_BARRIER_INACTIVE = 1 << 0,
  RCP_BARRIER_SPECIALTY = 1 << 1,
  RCP_BARRIER_NEW_PATIENTS = 1 << 2,
  RCP_BARRIER_AGE = 1 << 3,
  RCP_BARRIER_PLACE = 1 << 4,
  RCP_BARRIER_LANGUAGE = 1 << 5,
  RCP_BARRIER_NO_SLOT = 1 << 6,
  RCP_BARRIER_NETWORK = 1 << 7,
} RcpBarrier;

/**
 * RcpAccepts: Plan-Net's newpatients
 * @RCP_ACCEPTS_UNKNOWN: taken for yes, as a desk can ask
 */
typedef enum
{
  RCP_ACCEPTS_UNKNOWN,
  RCP_ACCEPTS_NEW,
  RCP_ACCEPTS_EXISTING_ONLY,
  RCP_ACCEPTS_NOBODY,
} RcpAccepts;

typedef enum
{
  RCP_MATCH_ROUTINE,
  RCP_MATCH_URGENT,
  RCP_MATCH_EMERGENCY,
} RcpMatchUrgency;

/**
 * RcpMatchNeeds:
 * @specialties: (nullable): codes of which one must be met
 * @place: (nullable): id of a Location
 * @age: whole years; negative when it is not known
 * @is_known_patient: has been seen in this practice
 * @languages: (nullable): BCP 47, the one that is liked best first
 * @must_share_language: there is no interpreter
 * @networks: (nullable): ids of the networks of the patient's plan
 * @must_be_in_network: the patient says so
 * @has_position: where the patient lives, or the middle of the postal code
 * @is_postal_centre: it is the middle of the postal code
 * @gender: only when the patient asks
 * @now: microseconds since 1970 UTC
 * @has_time_of_day: the patient wishes one
 * @urgency: how soon it must be
 */
typedef struct
{
  const char *const *specialties;
  const char *place;
  int age;
  gboolean is_known_patient;
  const char *const *languages;
  gboolean must_share_language;
  const char *const *networks;
  gboolean must_be_in_network;
  gboolean has_position;
  RcpPosition position;
  gboolean is_postal_centre;
  RcpGender gender;
  gint64 now;
  gboolean has_time_of_day;
  RcpMatchUrgency urgency;
} RcpMatchNeeds;

/**
 * RcpMatchFacts: of one provider in one role
 * @languages: (nullable): %NULL when the record does not say
 * @networks: (nullable): %NULL when the record does not say
 * @youngest: whole years that are taken; negative for no limit
 * @oldest: the same
 * @is_own: the patient's general practitioner
 * @n_visits: earlier visits of this patient
 * @experience: years; negative when it is not known
 * @rating: 0 to 5; negative when the clinic gave none
 * @first_slot: 0 when there is none in the window
 * @n_slots: free in the window
 * @n_wished_slots: of these, in the wished time of day
 * @eligible_network: what the payer itself said of this provider: RCP_NETWORK's side as -1 not said, 0 out, 1 in. Beats @networks.
 */
typedef struct
{
  const char *key;
  gboolean is_active;
  const char *const *specialties;
  const char *const *places;
  const char *const *languages;
  const char *const *networks;
  int eligible_network;
  RcpAccepts accepts;
  int youngest;
  int oldest;
  gboolean has_position;
  RcpPosition position;
  RcpGender gender;
  gboolean is_own;
  guint n_visits;
  double experience;
  double rating;
  gint64 first_slot;
  guint n_slots;
  guint n_wished_slots;
} RcpMatchFacts;

RcpMatchRules rcp_match_rules_for (const RcpMatchRules *clinic, const RcpMatchNeeds *needs);
guint rcp_match_barriers (const RcpMatchNeeds *needs, const RcpMatchFacts *facts);
RcpMatchCandidate rcp_match_measure (const RcpMatchNeeds *needs, const RcpMatchFacts *facts);

G_END_DECLS
