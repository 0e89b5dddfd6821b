/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-mirror-text"

#include "config.h"

#include "rcp-mirror-text.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"

static const char *
get_reason (RcpMirrorTrouble trouble)
{
  switch (trouble)
    {
    case RCP_MIRROR_TROUBLE_RECORD:
      return _("The record cannot be reached.");
    case RCP_MIRROR_TROUBLE_SERVER:
      return _("The server of the calendar does not answer.");
    case RCP_MIRROR_TROUBLE_PASSWORD:
      return _("The calendar needs a password.");
    case RCP_MIRROR_TROUBLE_TRUST:
      return _("The certificate of the calendar’s server is not trusted.");
    case RCP_MIRROR_TROUBLE_REFUSED:
      return _("The calendar may not be written: choose another one.");
    case RCP_MIRROR_TROUBLE_MISSING:
      return _("This computer has no such calendar, or it is switched off.");
    case RCP_MIRROR_TROUBLE_NONE:
    default:
      return _("The visits are being written.");
    }
}

const char *
rcp_mirror_text_get_privacy (RcpMirrorPrivacy privacy)
{
  switch (privacy)
    {
    case RCP_MIRROR_INITIALS:
      return _("Initials and kind of visit");
    case RCP_MIRROR_FULL:
      return _("Name, kind and place");
    case RCP_MIRROR_BUSY_ONLY:
    default:
      return _("Only that there is a visit");
    }
}

const char *
rcp_mirror_text_get_inviting (RcpMirrorInviting inviting)
{
  switch (inviting)
    {
    case RCP_MIRROR_INVITING_NO_ADDRESS:
      return _("This calendar has no e-mail address of its own, so nobody can be invited from it.");
    case RCP_MIRROR_INVITING_POSSIBLE:
      return _("The calendar’s server may send e-mail to patients: an invitation to each visit to come, and word of each change. Whoever sees "
               "the calendar sees their e-mail addresses. When this is switched off, the server may write that the invitations are cancelled.");
    case RCP_MIRROR_INVITING_UNKNOWN:
    default:
      return _("Whether patients can be invited from this calendar is known once it has been reached.");
    }
}

/**
 * rcp_mirror_text_list_privacies:
 *
 * Returns: (transfer full): how much may be said, in the order of #RcpMirrorPrivacy
 */
GListModel *
rcp_mirror_text_list_privacies (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = RCP_MIRROR_BUSY_ONLY; i <= RCP_MIRROR_FULL; i++)
    gtk_string_list_append (list, rcp_mirror_text_get_privacy (i));
  return G_LIST_MODEL (list);
}

/**
 * rcp_mirror_text_describe:
 * @reading: how it stands
 * @zone: of the clinic
 *
 * Returns: (transfer full): some sentences
 */
char *
rcp_mirror_text_describe (const RcpMirrorReading *reading, GTimeZone *zone)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *when = NULL;

  g_return_val_if_fail (reading != NULL, NULL);

  when = reading->as_of != 0 ? rcp_when_text_day_and_clock (reading->as_of, zone) : NULL;
  /* Translators: of a calendar that shows visits: a day and a time. */
  if (reading->is_current && when != NULL)
    return g_strdup_printf (_("Up to date as of %s."), when);
  text = g_string_new (get_reason (reading->trouble));
  if (reading->n_waiting > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, g_dngettext (NULL, "%u visit waits to be written.", "%u visits wait to be written.", reading->n_waiting),
                              reading->n_waiting);
    }
  if (reading->trouble != RCP_MIRROR_TROUBLE_NONE && when != NULL)
    {
      g_string_append_c (text, ' ');
      /* Translators: of a calendar that shows visits and cannot be reached now: a day and a time. */
      g_string_append_printf (text, _("It was up to date as of %s."), when);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
