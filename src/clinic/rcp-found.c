/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-found-private.h"

struct _RcpFound
{
  GObject parent_instance;

  RcpPatient *patient;
  RcpVisit *visit;
  guint rank;
};

G_DEFINE_FINAL_TYPE (RcpFound, rcp_found, G_TYPE_OBJECT)

enum
{
  PROP_PATIENT = 1,
  PROP_VISIT,
  N_PROPS
};

static void
rcp_found_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RcpFound *self = RCP_FOUND (object);

  switch (id)
    {
    case PROP_PATIENT:
      g_value_set_object (value, self->patient);
      break;
    case PROP_VISIT:
      g_value_set_object (value, self->visit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rcp_found_finalize (GObject *object)
{
  RcpFound *self = RCP_FOUND (object);

  g_clear_object (&self->patient);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (rcp_found_parent_class)->finalize (object);
}

static void
rcp_found_class_init (RcpFoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_found_get_property;
  object_class->finalize = rcp_found_finalize;
  g_object_class_install_property (object_class, PROP_PATIENT,
                                   g_param_spec_object ("patient", NULL, NULL, RCP_TYPE_PATIENT,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_VISIT,
                                   g_param_spec_object ("visit", NULL, NULL, RCP_TYPE_VISIT,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
rcp_found_init (RcpFound *self)
{
}

RcpFound *
rcp_found_new (RcpPatient *patient, RcpVisit *visit, guint rank)
{
  RcpFound *self = g_object_new (RCP_TYPE_FOUND, NULL);

  g_set_object (&self->patient, patient);
  g_set_object (&self->visit, visit);
  self->rank = rank;
  return self;
}

int
rcp_found_compare (gconstpointer a, gconstpointer b)
{
  RcpFound *left = *(RcpFound **) a;
  RcpFound *right = *(RcpFound **) b;
  gboolean left_in_use = rcp_patient_is_active (left->patient);
  gboolean right_in_use = rcp_patient_is_active (right->patient);
  int order;

  if ((left->visit != NULL) != (right->visit != NULL))
    return left->visit != NULL ? -1 : 1;
  if (left->rank != right->rank)
    return left->rank < right->rank ? -1 : 1;
  if (left_in_use != right_in_use)
    return left_in_use ? -1 : 1;

  order = g_utf8_collate (rcp_patient_get_sort_name (left->patient), rcp_patient_get_sort_name (right->patient));
  return order != 0 ? order : g_strcmp0 (rcp_patient_get_id (left->patient), rcp_patient_get_id (right->patient));
}

/**
 * rcp_found_get_patient:
 * @self: what was found
 *
 * Returns: (transfer none): the patient
 */
RcpPatient *
rcp_found_get_patient (RcpFound *self)
{
  g_return_val_if_fail (RCP_IS_FOUND (self), NULL);

  return self->patient;
}

/**
 * rcp_found_get_visit:
 * @self: what was found
 *
 * Returns: (transfer none) (nullable): the visit by whose confirmation code the patient was found
 */
RcpVisit *
rcp_found_get_visit (RcpFound *self)
{
  g_return_val_if_fail (RCP_IS_FOUND (self), NULL);

  return self->visit;
}
