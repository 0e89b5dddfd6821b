/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-together-part"

#include "config.h"

#include "rcp-together-part.h"

/**
 * RcpTogetherPart:
 *
 * See the header.
 */
struct _RcpTogetherPart
{
  GObject parent_instance;

  RcpPatient *patient;
  RcpVisitType *visit_type;
};

G_DEFINE_FINAL_TYPE (RcpTogetherPart, rcp_together_part, G_TYPE_OBJECT)

static void
rcp_together_part_finalize (GObject *object)
{
  g_clear_object (&RCP_TOGETHER_PART (object)->patient);
  g_clear_object (&RCP_TOGETHER_PART (object)->visit_type);
  G_OBJECT_CLASS (rcp_together_part_parent_class)->finalize (object);
}

static void
rcp_together_part_class_init (RcpTogetherPartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_together_part_finalize;
}

static void
rcp_together_part_init (RcpTogetherPart *self)
{
}

RcpTogetherPart *
rcp_together_part_new (RcpPatient *patient, RcpVisitType *visit_type)
{
  RcpTogetherPart *self = g_object_new (RCP_TYPE_TOGETHER_PART, NULL);

  self->patient = g_object_ref (patient);
  g_set_object (&self->visit_type, visit_type);
  return self;
}

RcpPatient *
rcp_together_part_get_patient (RcpTogetherPart *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_PART (self), NULL);
  return self->patient;
}

RcpVisitType *
rcp_together_part_get_visit_type (RcpTogetherPart *self)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_PART (self), NULL);
  return self->visit_type;
}

gboolean
rcp_together_part_set_visit_type (RcpTogetherPart *self, RcpVisitType *visit_type)
{
  g_return_val_if_fail (RCP_IS_TOGETHER_PART (self), FALSE);
  return g_set_object (&self->visit_type, visit_type);
}
