/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-gender.h"

static const char *const codes[] = {
  [RCP_GENDER_ANY] = NULL,
  [RCP_GENDER_FEMALE] = "female",
  [RCP_GENDER_MALE] = "male",
};

const char *
rcp_gender_to_code (RcpGender gender)
{
  g_return_val_if_fail ((guint) gender < G_N_ELEMENTS (codes), NULL);

  return codes[gender];
}

RcpGender
rcp_gender_from_code (const char *code)
{
  for (guint i = RCP_GENDER_FEMALE; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i], code) == 0)
      return i;
  return RCP_GENDER_ANY;
}
