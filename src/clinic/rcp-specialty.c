/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-specialty.h"

#include <glib/gi18n.h>

/* NUCC Health Care Provider Taxonomy. */
static const RcpSpecialty specialties[] = {
  { "207Q00000X", N_ ("Primary care") },
  { "207RC0000X", N_ ("Cardiology") },
  { "207N00000X", N_ ("Dermatology") },
  { "207X00000X", N_ ("Orthopaedics") },
  { "2084N0400X", N_ ("Neurology") },
  { "2084P0800X", N_ ("Psychiatry") },
  { "208000000X", N_ ("Paediatrics") },
  { "207V00000X", N_ ("Gynaecology") },
};

/**
 * rcp_specialty_list:
 * @n_specialties: (out): how many
 *
 * Returns: (array length=n_specialties): the specialties of the desk
 */
const RcpSpecialty *
rcp_specialty_list (guint *n_specialties)
{
  g_return_val_if_fail (n_specialties != NULL, NULL);

  *n_specialties = G_N_ELEMENTS (specialties);
  return specialties;
}

/**
 * rcp_specialty_get_name:
 * @code: (nullable): a NUCC taxonomy code
 *
 * Returns: (nullable): its name for people, translated, when it is one of ours
 */
const char *
rcp_specialty_get_name (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (specialties); i++)
    if (g_strcmp0 (specialties[i].code, code) == 0)
      return _(specialties[i].name);

  return NULL;
}
