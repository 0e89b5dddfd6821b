/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place on the Earth, WGS 84, in degrees: as FHIR's Location.position has it. */
typedef struct
{
  double latitude;
  double longitude;
} RcpPosition;

gboolean rcp_position_is_valid (RcpPosition self);
double rcp_position_distance (RcpPosition a, RcpPosition b);

G_END_DECLS
