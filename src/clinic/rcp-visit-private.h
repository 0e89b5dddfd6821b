/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/* The Patient that came along, or NULL; unlike rcp_visit_get_patient() it makes nothing of it. */
FhirResource *rcp_visit_get_patient_resource (RcpVisit *self);

G_END_DECLS
