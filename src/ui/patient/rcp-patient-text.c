/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-compare-view.h"

#include <glib/gi18n.h>

#include "base/rcp-phone.h"
#include "base/rcp-query.h"
#include "ui/rcp-number-text.h"
#include "ui/rcp-time-text.h"

void
rcp_patient_text_init_place (RcpDeskPlace *place, RcpDesk *desk)
{
  g_autofree char *region = rcp_phone_dup_locale_region ();

  g_strlcpy (place->region, region, sizeof place->region);
  place->day_first = rcp_query_locale_is_day_first ();
  rcp_desk_get_today (desk, &place->today);
}

const char *
rcp_patient_text_sex (const char *code)
{
  if (g_strcmp0 (code, "female") == 0)
    return _("Female");
  if (g_strcmp0 (code, "male") == 0)
    return _("Male");
  if (g_strcmp0 (code, "other") == 0)
    /* Translators: sex that is neither female nor male. */
    return _("Other");
  if (g_strcmp0 (code, "unknown") == 0)
    /* Translators: sex that is not known. */
    return _("Unknown");
  return "";
}

static const char *
describe_channel (const char *code)
{
  if (g_str_equal (code, "mobile"))
    return rcp_patient_field_get_label (RCP_FIELD_PHONE_MOBILE);
  if (g_str_equal (code, "home"))
    return rcp_patient_field_get_label (RCP_FIELD_PHONE_HOME);
  if (g_str_equal (code, "work"))
    return rcp_patient_field_get_label (RCP_FIELD_PHONE_WORK);
  if (g_str_equal (code, "email"))
    return rcp_patient_field_get_label (RCP_FIELD_EMAIL);
  return code;
}

/**
 * rcp_patient_text_describe:
 * @field: a field
 * @stored: its value
 * @place: where the desk is
 *
 * Returns: (transfer full): the value in words of the desk's language and forms
 */
char *
rcp_patient_text_describe (RcpPatientField field, const char *stored, const RcpDeskPlace *place)
{
  GDate date;

  switch (field)
    {
    case RCP_FIELD_BIRTH_DATE:
    case RCP_FIELD_DECEASED:
      if (rcp_patient_rules_read_date (stored, &date))
        return rcp_time_text_birth_date (&date);
      return g_strdup (g_str_equal (stored, "yes") ? _("Yes") : stored);
    case RCP_FIELD_SEX:
      return g_strdup (rcp_patient_text_sex (stored));
    case RCP_FIELD_PREFERRED:
      return g_strdup (describe_channel (stored));
    case RCP_FIELD_DO_NOT_CONTACT:
    case RCP_FIELD_INTERPRETER:
      return g_strdup (*stored != '\0' ? _("Yes") : "");
    case RCP_FIELD_PHONE_MOBILE:
    case RCP_FIELD_PHONE_HOME:
    case RCP_FIELD_PHONE_WORK:
    case RCP_FIELD_CARER_PHONE:
      return *stored != '\0' ? rcp_number_text_dup (stored) : g_strdup ("");
    default:
      return rcp_patient_rules_show (field, stored, place);
    }
}
