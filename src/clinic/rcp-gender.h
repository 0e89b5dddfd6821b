/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a provider, as patients ask for it; ANY: not asked for, or not known. */
typedef enum
{
  RCP_GENDER_ANY,
  RCP_GENDER_FEMALE,
  RCP_GENDER_MALE,
} RcpGender;

const char *rcp_gender_to_code (RcpGender gender); /* of FHIR: "female"; NULL for any */
RcpGender rcp_gender_from_code (const char *code); /* RCP_GENDER_ANY for what is none of the two */

G_END_DECLS
