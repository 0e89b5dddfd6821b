/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-words"

#include "rcp-mirror-words.h"

#include <glib/gi18n.h>

#include "clinic/rcp-elements.h"
#include "clinic/rcp-patient-mail.h"

static RcpMirrorState
get_state (RcpVisit *visit)
{
  switch (rcp_visit_get_status (visit))
    {
    case RCP_VISIT_PROPOSED:
    case RCP_VISIT_PENDING:
      return RCP_MIRROR_TENTATIVE;
    case RCP_VISIT_BOOKED:
    case RCP_VISIT_CONFIRMED:
    case RCP_VISIT_ARRIVED:
    case RCP_VISIT_CHECKED_IN:
    case RCP_VISIT_ROOMED:
    case RCP_VISIT_WITH_PROVIDER:
    case RCP_VISIT_FULFILLED:
      return RCP_MIRROR_CONFIRMED;
    case RCP_VISIT_CANCELLED:
    case RCP_VISIT_NOSHOW:
    case RCP_VISIT_LEFT:
      return RCP_MIRROR_CANCELLED;
    case RCP_VISIT_WAITLIST:
    case RCP_VISIT_ERROR:
    default:
      return RCP_MIRROR_GONE;
    }
}

/* A visit may have several providers. */
static gboolean
is_with (RcpVisit *visit, const char *practitioner_id)
{
  JsonArray *participants
      = fhir_json_get_array (fhir_resource_get_json (rcp_visit_get_resource (visit)), "participant");

  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    {
      JsonObject *participant = rcp_elements_get_object (participants, i);
      const char *reference = participant != NULL ? fhir_json_get_string (participant, "actor.reference") : NULL;
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Practitioner") : NULL;

      if (g_strcmp0 (id, practitioner_id) == 0
          && g_strcmp0 (fhir_json_get_string (participant, "status"), "declined") != 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_initials (GString *text, const char *names)
{
  g_auto (GStrv) words = g_strsplit_set (names, " \t", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gunichar letter = g_utf8_get_char_validated (words[i], -1);

      if (letter != (gunichar)-1 && letter != (gunichar)-2 && g_unichar_isalpha (letter))
        g_string_append_unichar (text, g_unichar_toupper (letter));
    }
}

/* "MG" of "Garcia, Maria". */
static char *
make_initials (const char *name)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (name, ",", 2);

  if (parts[0] != NULL && parts[1] != NULL)
    add_initials (text, parts[1]);
  if (parts[0] != NULL)
    add_initials (text, parts[0]);
  return g_string_free (text, FALSE);
}

static char *
make_words (RcpVisit *visit, RcpMirrorPrivacy privacy)
{
  const char *name = rcp_visit_get_patient_name (visit);
  const char *type = rcp_visit_get_type_name (visit);
  g_autofree char *who = NULL;

  if (privacy != RCP_MIRROR_BUSY_ONLY && name != NULL)
    who = privacy == RCP_MIRROR_FULL ? g_strdup (name) : make_initials (name);
  if (who == NULL || *who == '\0')
    /* Translators: the title of a visit in a provider's calendar that may say nothing more */
    return g_strdup (_ ("Visit"));
  return *type != '\0' ? g_strconcat (who, " – ", type, NULL) : g_steal_pointer (&who);
}

/**
 * rcp_mirror_words_for:
 * @visit: of the record
 * @practitioner_id: of whose calendar
 * @privacy: how much it may say
 * @zone: (nullable): IANA name of the zone of the place
 * @place: (nullable): the name of the place
 *
 * Returns: (transfer full): the visit as plain values
 */
RcpMirrorVisit *
rcp_mirror_words_for (RcpVisit *visit,
                      const char *practitioner_id,
                      RcpMirrorPrivacy privacy,
                      const char *zone,
                      const char *place)
{
  RcpMirrorVisit *mirrored;
  RcpTimeRange range;

  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);
  g_return_val_if_fail (practitioner_id != NULL, NULL);

  range = rcp_visit_get_range (visit);
  mirrored = rcp_mirror_visit_new (rcp_visit_get_id (visit), range, get_state (visit));
  if (range.start >= range.end || !is_with (visit, practitioner_id))
    mirrored->state = RCP_MIRROR_GONE;
  mirrored->version = g_strdup (fhir_resource_get_version_id (rcp_visit_get_resource (visit)));
  mirrored->zone = g_strdup (zone);
  mirrored->privacy = privacy;
  mirrored->words = make_words (visit, privacy);
  mirrored->knows_guest = rcp_visit_get_patient (visit) != NULL;
  if (mirrored->knows_guest)
    mirrored->guest = rcp_patient_dup_mail_address (rcp_visit_get_patient (visit));
  mirrored->place = privacy == RCP_MIRROR_FULL ? g_strdup (place) : NULL;
  return mirrored;
}
