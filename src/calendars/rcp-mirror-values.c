/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-mirror-values.h"

RcpMirrorVisit *
rcp_mirror_visit_new (const char *id, RcpTimeRange range, RcpMirrorState state)
{
  RcpMirrorVisit *visit;

  g_return_val_if_fail (id != NULL, NULL);

  visit = g_new0 (RcpMirrorVisit, 1);
  visit->id = g_strdup (id);
  visit->range = range;
  visit->state = state;
  return visit;
}

RcpMirrorVisit *
rcp_mirror_visit_copy (const RcpMirrorVisit *visit)
{
  RcpMirrorVisit *copy;

  g_return_val_if_fail (visit != NULL, NULL);

  copy = rcp_mirror_visit_new (visit->id, visit->range, visit->state);
  copy->version = g_strdup (visit->version);
  copy->zone = g_strdup (visit->zone);
  copy->privacy = visit->privacy;
  copy->words = g_strdup (visit->words);
  copy->place = g_strdup (visit->place);
  copy->guest = g_strdup (visit->guest);
  copy->knows_guest = visit->knows_guest;
  return copy;
}

void
rcp_mirror_visit_free (RcpMirrorVisit *visit)
{
  g_free (visit->id);
  g_free (visit->version);
  g_free (visit->zone);
  g_free (visit->words);
  g_free (visit->place);
  g_free (visit->guest);
  g_free (visit);
}

void
rcp_mirror_held_free (RcpMirrorHeld *held)
{
  g_free (held->id);
  g_free (held->uid);
  g_free (held->version);
  g_free (held->words);
  g_free (held->revision);
  g_free (held->guest);
  g_strfreev (held->attendees);
  g_free (held->text);
  g_free (held);
}

RcpMirrorBase *
rcp_mirror_base_new (const char *id, RcpTimeRange range, guint sequence)
{
  RcpMirrorBase *base;

  g_return_val_if_fail (id != NULL, NULL);

  base = g_new0 (RcpMirrorBase, 1);
  base->id = g_strdup (id);
  base->range = range;
  base->sequence = sequence;
  return base;
}

void
rcp_mirror_base_free (RcpMirrorBase *base)
{
  g_free (base->id);
  g_free (base);
}

RcpMirrorClaim *
rcp_mirror_claim_new (const char *id, RcpMirrorDeed deed, RcpTimeRange range)
{
  RcpMirrorClaim *claim;

  g_return_val_if_fail (id != NULL, NULL);

  claim = g_new0 (RcpMirrorClaim, 1);
  claim->id = g_strdup (id);
  claim->deed = deed;
  claim->range = deed == RCP_MIRROR_MOVED ? range : (RcpTimeRange){ 0, 0 };
  return claim;
}

void
rcp_mirror_claim_free (RcpMirrorClaim *claim)
{
  g_free (claim->id);
  g_free (claim);
}

gboolean
rcp_mirror_claim_equal (const RcpMirrorClaim *a, const RcpMirrorClaim *b)
{
  return g_strcmp0 (a->id, b->id) == 0 && a->deed == b->deed && a->range.start == b->range.start
         && a->range.end == b->range.end;
}
