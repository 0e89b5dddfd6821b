/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-auth-text"

#include "config.h"

#include "rcp-auth-text.h"

#include <glib/gi18n.h>

#include "ui/rcp-time-text.h"

char *
rcp_auth_text_due (RcpPriorAuth *auth, const GDate *today)
{
  const GDate *due = rcp_prior_auth_get_due (auth);
  const char *number = rcp_prior_auth_get_number (auth);
  g_autofree char *day = due ? rcp_time_text_short_date (due) : NULL;

  if (rcp_prior_auth_get_state (auth) == RCP_PRIOR_AUTH_RECEIVED)
    /* Translators: %s is the number of an authorization that a payer has given. */
    return number ? g_strdup_printf (_ ("authorization %s received"), number) : g_strdup (_ ("authorization received"));
  if (!day)
    return g_strdup (_ ("authorization needed before the visit"));
  if (g_date_compare (due, today) < 0)
    /* Translators: %s is a day that is over: "Mon, 23 Nov". */
    return g_strdup_printf (_ ("authorization was needed by %s"), day);
  /* Translators: %s is a day: "Mon, 23 Nov". */
  return g_strdup_printf (_ ("authorization needed by %s"), day);
}

/* The same where it stands alone. */
char *
rcp_auth_text_line (RcpPriorAuth *auth, const GDate *today)
{
  g_autofree char *text = rcp_auth_text_due (auth, today);
  g_autofree char *first = g_utf8_substring (text, 0, 1), *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, g_utf8_next_char (text), NULL);
}

char *
rcp_auth_text_describe (RcpPriorAuth *auth, RcpDesk *desk)
{
  RcpVisit *visit = rcp_prior_auth_get_visit (auth);
  RcpProvider *provider = rcp_desk_get_roster (desk) ? rcp_roster_find_provider_of_visit (rcp_desk_get_roster (desk), visit) : NULL;
  GTimeZone *zone = rcp_desk_get_zone (desk);
  g_autofree char *day = rcp_time_text_short_day (rcp_visit_get_range (visit).start, zone);
  g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visit).start, zone);
  const char *payer = rcp_prior_auth_get_payer (auth), *type = rcp_visit_get_type_name (visit);
  g_autoptr (GString) text = g_string_new (payer);

  /* The visit, as other lists name one. */
  g_string_append_printf (text, "%s%s, %s", *payer != '\0' ? " · " : "", day, time);
  if (type && *type != '\0')
    g_string_append_printf (text, " · %s", type);
  if (provider)
    g_string_append_printf (text, " · %s", rcp_provider_get_name (provider));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
