/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-coverage-rules.h"

#include <glib/gi18n.h>
#include <string.h>

#define YEARS_AHEAD 20 /* as far as an insurance may end in two digits of a year */

/* Returns: the name of a field, translated, as it stands before what is typed */
const char *
rcp_coverage_field_get_label (RcpCoverageField field)
{
  static const char *const labels[RCP_N_COVERAGE_FIELDS] = {
    N_ ("Order"),         N_ ("Payer"),       N_ ("Payer Number"),           N_ ("Member Number"),
    N_ ("Group"),         N_ ("Plan"),        N_ ("Relationship"),           N_ ("First Day"),
    N_ ("Last Day"),      N_ ("Family Name of the Insured Person"),          N_ ("Given Name of the Insured Person"),
    N_ ("Birth Date of the Insured Person"),
  };

  g_return_val_if_fail (field < RCP_N_COVERAGE_FIELDS, "");

  return _ (labels[field]);
}

static gboolean
is_date (RcpCoverageField field)
{
  return field == RCP_COVERAGE_START || field == RCP_COVERAGE_END || field == RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE;
}

/**
 * rcp_coverage_rules_normalize:
 * @typed: as people write it
 * @place: where the desk is
 *
 * Returns: (transfer full): in the form in which it is stored; as it was typed, without needless space, when it has none
 */
char *
rcp_coverage_rules_normalize (RcpCoverageField field, const char *typed, const RcpDeskPlace *place)
{
  RcpDeskPlace ahead = *place;

  if (!is_date (field))
    return rcp_patient_rules_normalize (RCP_FIELD_STREET, typed, place);
  /* Dates of birth are read as past; an insurance may end in time to come. */
  if (field != RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE)
    g_date_add_years (&ahead.today, YEARS_AHEAD);
  return rcp_patient_rules_normalize (RCP_FIELD_BIRTH_DATE, typed, &ahead);
}

static gboolean
is_empty (const RcpCoverageFields *fields, RcpCoverageField field)
{
  return *rcp_coverage_fields_get (fields, field) == '\0';
}

static const char *
check_dates (const RcpCoverageFields *fields, RcpCoverageField *which)
{
  static const RcpCoverageField dates[] = { RCP_COVERAGE_START, RCP_COVERAGE_END, RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE };
  GDate date;

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    if (!is_empty (fields, dates[i]) && !rcp_patient_rules_read_date (rcp_coverage_fields_get (fields, dates[i]), &date))
      {
        *which = dates[i];
        return _ ("This is no date. Write it like 3 Dec 1978.");
      }
  *which = RCP_COVERAGE_END;
  if (!is_empty (fields, RCP_COVERAGE_START) && !is_empty (fields, RCP_COVERAGE_END) &&
      strcmp (rcp_coverage_fields_get (fields, RCP_COVERAGE_END), rcp_coverage_fields_get (fields, RCP_COVERAGE_START)) < 0)
    return _ ("The last day is before the first.");
  return NULL;
}

/**
 * rcp_coverage_rules_check:
 * @fields: normalized
 * @which: (out): the field that it is about
 *
 * Returns: (nullable): why it cannot be saved so, translated, in a sentence
 */
const char *
rcp_coverage_rules_check (const RcpCoverageFields *fields, RcpCoverageField *which)
{
  const char *relationship = rcp_coverage_fields_get (fields, RCP_COVERAGE_RELATIONSHIP);

  *which = RCP_COVERAGE_PAYER_NAME;
  if (is_empty (fields, RCP_COVERAGE_PAYER_NAME))
    return _ ("Who pays? Enter the name of the payer.");
  *which = RCP_COVERAGE_MEMBER_ID;
  if (is_empty (fields, RCP_COVERAGE_MEMBER_ID))
    return _ ("The member number is missing. It stands on the card.");
  *which = RCP_COVERAGE_SUBSCRIBER_FAMILY;
  if (*relationship != '\0' && strcmp (relationship, "self") != 0 && is_empty (fields, RCP_COVERAGE_SUBSCRIBER_FAMILY))
    return _ ("Whose insurance is it? Enter the name of the insured person.");
  return check_dates (fields, which);
}
