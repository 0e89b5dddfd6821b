/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-benefit.h"

#include <string.h>

RcpEntity *
rcp_entity_new (const char *role)
{
  RcpEntity *self = g_new0 (RcpEntity, 1);

  g_strlcpy (self->role, role, sizeof self->role);
  return self;
}

void
rcp_entity_free (RcpEntity *self)
{
  g_free (self->name);
  g_free (self->identifier);
  g_free (self->phone);
  g_free (self);
}

/* Returns: (transfer full): with nothing stated */
RcpBenefit *
rcp_benefit_new (void)
{
  RcpBenefit *self = g_new0 (RcpBenefit, 1);

  self->service_types = g_new0 (char *, 1);
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->messages = g_ptr_array_new_with_free_func (g_free);
  self->dates = g_array_new (FALSE, FALSE, sizeof (RcpDatedFact));
  self->entities = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_entity_free);
  self->rejections = g_array_new (FALSE, FALSE, sizeof (RcpRejection));
  return self;
}

void
rcp_benefit_free (RcpBenefit *self)
{
  g_strfreev (self->service_types);
  g_free (self->foreign);
  g_free (self->insurance_type);
  g_free (self->plan_name);
  g_free (self->quantity_unit);
  g_free (self->quantity);
  g_free (self->procedure);
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->messages);
  g_array_unref (self->dates);
  g_ptr_array_unref (self->entities);
  g_array_unref (self->rejections);
  g_free (self);
}

/**
 * rcp_benefit_is_for:
 * @service_type: (nullable): %NULL asks whether the line names no service at all
 */
gboolean
rcp_benefit_is_for (const RcpBenefit *self, const char *service_type)
{
  if (service_type == NULL)
    return *self->service_types == NULL;
  return g_strv_contains ((const char *const *) self->service_types, service_type);
}

/**
 * rcp_benefit_get_nearness:
 * @service_type: (nullable): X12 code of what the visit is
 */
RcpNearness
rcp_benefit_get_nearness (const RcpBenefit *self, const char *service_type)
{
  if (service_type && rcp_benefit_is_for (self, service_type))
    return RCP_NEARNESS_SERVICE;
  if (rcp_benefit_is_for (self, RCP_SERVICE_TYPE_PLAN) || rcp_benefit_is_for (self, NULL))
    return RCP_NEARNESS_PLAN;
  return RCP_NEARNESS_OTHER;
}
