/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-x12-reply.h"

#include <string.h>

#include "insurance/rcp-x12-benefit.h"

/* HL03 */
#define LEVEL_PAYER "20"
#define LEVEL_PROVIDER "21"
#define LEVEL_SUBSCRIBER "22"
#define LEVEL_DEPENDENT "23"

static void
rcp_trace_free (RcpTrace *self)
{
  g_free (self->number);
  g_free (self->company);
  g_free (self);
}

static void
rcp_insured_free (RcpInsured *self)
{
  g_free (self->family);
  g_free (self->given);
  g_free (self->middle);
  g_free (self->member_id);
  g_free (self->group);
  g_free (self->group_name);
  g_free (self->street);
  g_free (self->city);
  g_free (self->state);
  g_free (self->postal_code);
  g_ptr_array_unref (self->traces);
  g_array_unref (self->dates);
  g_ptr_array_unref (self->benefits);
  g_array_unref (self->rejections);
  g_free (self);
}

static RcpInsured *
rcp_insured_new (gboolean is_dependent)
{
  RcpInsured *self = g_new0 (RcpInsured, 1);

  self->is_dependent = is_dependent;
  self->traces = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_trace_free);
  self->dates = g_array_new (FALSE, FALSE, sizeof (RcpDatedFact));
  self->benefits = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_benefit_free);
  self->rejections = g_array_new (FALSE, FALSE, sizeof (RcpRejection));
  g_date_clear (&self->birth_date, 1);
  return self;
}

void
rcp_x12_reply_free (RcpX12Reply *self)
{
  g_free (self->reference);
  g_free (self->payer_name);
  g_free (self->payer_id);
  g_free (self->provider_name);
  g_free (self->provider_id);
  g_ptr_array_unref (self->insured);
  g_array_unref (self->rejections);
  g_free (self);
}

static RcpX12Reply *
rcp_x12_reply_new (void)
{
  RcpX12Reply *self = g_new0 (RcpX12Reply, 1);

  self->insured = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_insured_free);
  self->rejections = g_array_new (FALSE, FALSE, sizeof (RcpRejection));
  return self;
}

typedef struct
{
  X12Interchange *interchange;
  GPtrArray *replies;
  RcpX12Reply *reply;   /* the open set */
  char level[4];
  RcpInsured *insured;  /* the open 2000C or 2000D */
  RcpBenefit *benefit;  /* the open 2110 */
  RcpEntity *entity;    /* the open 2120 */
} Walk;

/* Takes an element when nothing has been said yet: the first of two says more in every sample there is. */
static void
take (char **field, const X12Segment *segment, guint element)
{
  if (*field == NULL)
    *field = x12_segment_dup_text (segment, element);
}

static void
walk_level (Walk *self, const X12Segment *segment)
{
  g_strlcpy (self->level, x12_segment_get (segment, 3), sizeof self->level);
  self->benefit = NULL;
  self->entity = NULL;
  self->insured = NULL;
  if (strcmp (self->level, LEVEL_SUBSCRIBER) == 0 || strcmp (self->level, LEVEL_DEPENDENT) == 0)
    {
      self->insured = rcp_insured_new (strcmp (self->level, LEVEL_DEPENDENT) == 0);
      g_ptr_array_add (self->reply->insured, self->insured);
    }
}

/* Names of organizations stand in NM103 as family names do. */
static char *
dup_whole_name (const X12Segment *segment)
{
  g_autofree char *family = x12_segment_dup_text (segment, 3);
  g_autofree char *given = x12_segment_dup_text (segment, 4);

  if (given == NULL)
    return g_steal_pointer (&family);
  if (family == NULL)
    return g_steal_pointer (&given);
  return g_strdup_printf ("%s %s", given, family);
}

static void
walk_name (Walk *self, const X12Segment *segment)
{
  if (self->benefit)
    {
      self->entity = rcp_entity_new (x12_segment_get (segment, 1));
      self->entity->name = dup_whole_name (segment);
      take (&self->entity->identifier, segment, 9);
      g_ptr_array_add (self->benefit->entities, self->entity);
    }
  else if (self->insured)
    {
      take (&self->insured->family, segment, 3);
      take (&self->insured->given, segment, 4);
      take (&self->insured->middle, segment, 5);
      take (&self->insured->member_id, segment, 9);
    }
  else if (strcmp (self->level, LEVEL_PAYER) == 0)
    {
      take (&self->reply->payer_name, segment, 3);
      take (&self->reply->payer_id, segment, 9);
    }
  else if (strcmp (self->level, LEVEL_PROVIDER) == 0)
    {
      if (self->reply->provider_name == NULL)
        self->reply->provider_name = dup_whole_name (segment);
      take (&self->reply->provider_id, segment, 9);
    }
}

static void
walk_trace (Walk *self, const X12Segment *segment)
{
  RcpTrace *trace;

  if (self->insured == NULL)
    return;
  trace = g_new0 (RcpTrace, 1);
  trace->is_ours = strcmp (x12_segment_get (segment, 1), "2") == 0;
  trace->number = g_strdup (x12_segment_get (segment, 2));
  trace->company = g_strdup (x12_segment_get (segment, 3));
  g_ptr_array_add (self->insured->traces, trace);
}

static void
walk_demographics (Walk *self, guint i)
{
  const X12Segment *segment = x12_interchange_get_segment (self->interchange, i);
  const char *birth_date = x12_segment_get (segment, 2);

  if (*birth_date != '\0' && !rcp_x12_date_parse (birth_date, &self->insured->birth_date))
    x12_interchange_add_issue (self->interchange, X12_ISSUE_VALUE, i, 2);
  self->insured->sex = *x12_segment_get (segment, 3);
}

/* Group: 6P group number, 1L policy number of the group. */
static void
walk_reference (Walk *self, const X12Segment *segment)
{
  const char *qualifier = x12_segment_get (segment, 1);

  if (strcmp (qualifier, "6P") == 0 || strcmp (qualifier, "1L") == 0)
    {
      take (&self->insured->group, segment, 2);
      take (&self->insured->group_name, segment, 3);
    }
}

/* PER03 to PER08 are pairs: TE is a telephone. */
static void
walk_contact (Walk *self, const X12Segment *segment)
{
  for (guint i = 3; i <= 7; i += 2)
    if (strcmp (x12_segment_get (segment, i), "TE") == 0)
      take (&self->entity->phone, segment, i + 1);
}

static void
walk_rejection (Walk *self, guint i)
{
  GArray *rejections = self->benefit   ? self->benefit->rejections
                       : self->insured ? self->insured->rejections
                                       : self->reply->rejections;

  rcp_x12_rejection_read (self->interchange, i, self->level, rejections);
}

/* What stands below a benefit. */
static void
walk_below_benefit (Walk *self, guint i)
{
  const X12Segment *segment = x12_interchange_get_segment (self->interchange, i);
  char *text = NULL;

  if (x12_segment_is (segment, "MSG") && (text = x12_segment_dup_text (segment, 1)))
    g_ptr_array_add (self->benefit->messages, text);
  else if (x12_segment_is (segment, "III") && strcmp (x12_segment_get (segment, 1), "ZZ") == 0 && (text = x12_segment_dup_text (segment, 2)))
    g_ptr_array_add (self->benefit->places, text);
  else if (x12_segment_is (segment, "DTP"))
    rcp_x12_dates_read (self->interchange, i, self->benefit->dates);
  else if (x12_segment_is (segment, "PER") && self->entity)
    walk_contact (self, segment);
}

static void
walk_below_insured (Walk *self, guint i)
{
  const X12Segment *segment = x12_interchange_get_segment (self->interchange, i);

  if (x12_segment_is (segment, "DMG"))
    walk_demographics (self, i);
  else if (x12_segment_is (segment, "REF"))
    walk_reference (self, segment);
  else if (x12_segment_is (segment, "DTP"))
    rcp_x12_dates_read (self->interchange, i, self->insured->dates);
  else if (x12_segment_is (segment, "INS"))
    self->insured->is_changed = strcmp (x12_segment_get (segment, 3), "001") == 0 && strcmp (x12_segment_get (segment, 4), "25") == 0;
  else if (x12_segment_is (segment, "N3"))
    take (&self->insured->street, segment, 1);
  else if (x12_segment_is (segment, "N4"))
    {
      take (&self->insured->city, segment, 1);
      take (&self->insured->state, segment, 2);
      take (&self->insured->postal_code, segment, 3);
    }
}

static void
walk_set (Walk *self, guint i)
{
  const X12Segment *segment = x12_interchange_get_segment (self->interchange, i);

  if (x12_segment_is (segment, "BHT"))
    take (&self->reply->reference, segment, 3);
  else if (x12_segment_is (segment, "HL"))
    walk_level (self, segment);
  else if (x12_segment_is (segment, "NM1"))
    walk_name (self, segment);
  else if (x12_segment_is (segment, "TRN"))
    walk_trace (self, segment);
  else if (x12_segment_is (segment, "AAA"))
    walk_rejection (self, i);
  else if (x12_segment_is (segment, "LE"))
    self->entity = NULL;
  else if (x12_segment_is (segment, "EB") && self->insured)
    {
      self->entity = NULL;
      self->benefit = rcp_x12_benefit_read (self->interchange, i);
      g_ptr_array_add (self->insured->benefits, self->benefit);
    }
  else if (self->benefit)
    walk_below_benefit (self, i);
  else if (self->insured)
    walk_below_insured (self, i);
}

/**
 * rcp_x12_replies_read:
 *
 * Returns: (transfer full) (element-type RcpX12Reply): of each set 271 in the interchange; empty when it has none. Values that
 *   cannot be ones are added to its issues.
 */
GPtrArray *
rcp_x12_replies_read (X12Interchange *interchange)
{
  Walk walk = { .interchange = interchange };

  walk.replies = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_x12_reply_free);
  for (guint i = 0; i < x12_interchange_get_n_segments (interchange); i++)
    {
      const X12Segment *segment = x12_interchange_get_segment (interchange, i);

      if (x12_segment_is (segment, "ST"))
        {
          gboolean is_reply = strcmp (x12_segment_get (segment, 1), "271") == 0;

          walk.reply = is_reply ? rcp_x12_reply_new () : NULL;
          walk.insured = NULL;
          walk.benefit = NULL;
          walk.entity = NULL;
          *walk.level = '\0';
          if (is_reply)
            g_ptr_array_add (walk.replies, walk.reply);
        }
      else if (x12_segment_is (segment, "SE"))
        walk.reply = NULL;
      else if (walk.reply)
        walk_set (&walk, i);
    }
  return walk.replies;
}
