/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-history-text.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "clinic/rcp-flag.h"
#include "ui/rcp-time-text.h"

#define TOLD(field) (G_GUINT64_CONSTANT (1) << (field))

/* What a sentence is made of. */
typedef struct
{
  RcpHistoryEntry *entry;
  RcpDesk *desk;
  GTimeZone *zone;
  const char *code; /* of the deed, or NULL */
  const RcpHistoryChange *status;
  const RcpHistoryChange *start;
  const RcpHistoryChange *provider;
  RcpVisit *visit;            /* as it was after it, or NULL */
  RcpProvider *visit_provider; /* borrowed, or NULL */
  guint64 told;               /* the fields that the sentence tells */
} Facts;

static void
facts_init (Facts *facts, RcpHistoryEntry *entry, RcpDesk *desk)
{
  FhirResource *resource = rcp_history_entry_get_resource (entry);
  RcpRoster *roster = rcp_desk_get_roster (desk);

  *facts = (Facts) { entry, desk, rcp_desk_get_zone (desk), rcp_history_entry_get_code (entry) };
  facts->status = rcp_history_entry_find_change (entry, RCP_HISTORY_STATUS);
  facts->start = rcp_history_entry_find_change (entry, RCP_HISTORY_START);
  facts->provider = rcp_history_entry_find_change (entry, RCP_HISTORY_PROVIDER);
  if (resource == NULL || g_strcmp0 (fhir_resource_get_resource_type (resource), "Appointment") != 0)
    return;
  facts->visit = rcp_visit_new (resource, NULL);
  if (roster != NULL)
    facts->visit_provider = rcp_roster_find_provider_of_visit (roster, facts->visit);
  if (facts->visit_provider != NULL)
    facts->zone = rcp_provider_get_zone (facts->visit_provider);
}

static void
facts_clear (Facts *facts)
{
  g_clear_object (&facts->visit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static gboolean
has_code (Facts *facts, const char *code)
{
  return g_strcmp0 (facts->code, code) == 0;
}

static gboolean
became (Facts *facts, RcpVisitStatus status)
{
  return facts->status != NULL && g_strcmp0 (facts->status->new_value, rcp_visit_status_to_name (status)) == 0;
}

static gboolean
was (Facts *facts, RcpVisitStatus status)
{
  return facts->status != NULL && g_strcmp0 (facts->status->old_value, rcp_visit_status_to_name (status)) == 0;
}

static char *
describe (Facts *facts, RcpHistoryField field, const char *value)
{
  return rcp_history_value_describe (field, value, facts->zone, facts->desk);
}

/* ---- visits ---- */

/* @with: for a time and a provider; @without: for a time. */
static char *
tell_place (Facts *facts, const char *with, const char *without)
{
  gint64 start = facts->visit != NULL ? rcp_visit_get_range (facts->visit).start : 0;
  g_autofree char *time = start != 0 ? rcp_history_value_describe_time (start, facts->zone, facts->desk) : NULL;
  const char *name = facts->provider != NULL && facts->provider->new_value != NULL ? facts->provider->new_value
                     : facts->visit_provider != NULL ? rcp_provider_get_name (facts->visit_provider) : NULL;

  if (time == NULL)
    return NULL;
  facts->told |= TOLD (RCP_HISTORY_START) | TOLD (RCP_HISTORY_PROVIDER);
  return name != NULL ? g_strdup_printf (with, time, name) : g_strdup_printf (without, time);
}

static char *
tell_creation (Facts *facts)
{
  char *text = NULL;

  if (became (facts, RCP_VISIT_WAITLIST) || has_code (facts, "wait"))
    {
      facts->told |= TOLD (RCP_HISTORY_STATUS);
      return g_strdup (_("Put on the wait list"));
    }
  if (was (facts, RCP_VISIT_WAITLIST))
    {
      facts->told |= TOLD (RCP_HISTORY_STATUS);
      /* Translators: a patient who waited got a visit; a time and a provider. */
      text = tell_place (facts, _("Booked from the wait list for %s with %s"), _("Booked from the wait list for %s"));
    }
  else if (facts->code != NULL || became (facts, RCP_VISIT_BOOKED))
    {
      facts->told |= became (facts, RCP_VISIT_BOOKED) ? TOLD (RCP_HISTORY_STATUS) : 0;
      /* Translators: a time and a provider. */
      text = tell_place (facts, _("Booked for %s with %s"), _("Booked for %s"));
    }
  else
    {
      /* Translators: a visit was written into the record, perhaps long after it; a time and a provider. */
      text = tell_place (facts, _("Entered for %s with %s"), _("Entered for %s"));
    }
  return text != NULL ? text : g_strdup (facts->code != NULL ? _("Booked") : _("Entered"));
}

/* From one time or provider to another. */
static char *
tell_move (Facts *facts)
{
  gboolean has_time = facts->start != NULL && facts->start->old_value != NULL && facts->start->new_value != NULL;
  gboolean has_names = facts->provider != NULL && facts->provider->old_value != NULL && facts->provider->new_value != NULL;
  gboolean is_undo = has_code (facts, "undo");
  g_autofree char *from = has_time ? describe (facts, RCP_HISTORY_START, facts->start->old_value) : NULL;
  g_autofree char *to = has_time ? describe (facts, RCP_HISTORY_START, facts->start->new_value) : NULL;

  facts->told |= (has_time ? TOLD (RCP_HISTORY_START) : 0) | (has_names ? TOLD (RCP_HISTORY_PROVIDER) : 0);
  if (has_time && has_names)
    /* Translators: of a visit: from a time with a provider to another time with another provider. */
    return g_strdup_printf (is_undo ? _("Moved back from %s with %s to %s with %s") : _("Moved from %s with %s to %s with %s"), from,
                            facts->provider->old_value, to, facts->provider->new_value);
  if (has_time)
    /* Translators: of a visit: from one time to another. */
    return g_strdup_printf (is_undo ? _("Moved back from %s to %s") : _("Moved from %s to %s"), from, to);
  if (has_names)
    /* Translators: of a visit: from one provider to another. */
    return g_strdup_printf (is_undo ? _("Given back from %s to %s") : _("Given from %s to %s"), facts->provider->old_value,
                            facts->provider->new_value);
  return NULL;
}

static char *
tell_undo (Facts *facts)
{
  char *moved = tell_move (facts);
  g_autofree char *status = NULL;

  facts->told |= TOLD (RCP_HISTORY_STATUS);
  if (moved != NULL)
    return moved;
  if (became (facts, RCP_VISIT_ERROR))
    return g_strdup (_("Booking undone"));
  if (was (facts, RCP_VISIT_CANCELLED))
    {
      facts->told |= TOLD (RCP_HISTORY_REASON) | TOLD (RCP_HISTORY_COMMENT);
      return g_strdup (_("Cancellation undone"));
    }
  if (facts->status == NULL || facts->status->new_value == NULL)
    return g_strdup (_("The last change was undone"));
  status = describe (facts, RCP_HISTORY_STATUS, facts->status->new_value);
  /* Translators: the last status was taken back; this is the one before it. */
  return g_strdup_printf (_("Undone: “%s” again"), status);
}

static char *
tell_status (Facts *facts)
{
  g_autofree char *from = facts->status->old_value != NULL ? describe (facts, RCP_HISTORY_STATUS, facts->status->old_value) : NULL;
  g_autofree char *to = facts->status->new_value != NULL ? describe (facts, RCP_HISTORY_STATUS, facts->status->new_value) : NULL;

  facts->told |= TOLD (RCP_HISTORY_STATUS);
  if (from == NULL || to == NULL)
    return g_strdup (to != NULL ? to : from);
  /* Translators: of a visit: from one status to another. */
  return g_strdup_printf (has_code (facts, "correct") ? _("Status corrected from “%s” to “%s”") : _("Status changed from “%s” to “%s”"),
                          from, to);
}

static char *
tell_cancellation (Facts *facts)
{
  const RcpHistoryChange *reason = rcp_history_entry_find_change (facts->entry, RCP_HISTORY_REASON);
  g_autofree char *words = reason != NULL && reason->new_value != NULL ? describe (facts, RCP_HISTORY_REASON, reason->new_value) : NULL;

  facts->told |= TOLD (RCP_HISTORY_STATUS);
  if (was (facts, RCP_VISIT_WAITLIST))
    {
      facts->told |= TOLD (RCP_HISTORY_REASON);
      return g_strdup (_("Taken off the wait list"));
    }
  if (words == NULL)
    return g_strdup (_("Cancelled"));
  facts->told |= TOLD (RCP_HISTORY_REASON);
  /* Translators: a visit was cancelled, and why. */
  return g_strdup_printf (_("Cancelled: %s"), words);
}

/* ---- all ---- */

static char *
tell_changes (Facts *facts, const char *several)
{
  GPtrArray *changes = rcp_history_entry_get_changes (facts->entry);

  if (changes->len == 1)
    /* Translators: one field of a visit or a patient: "Complaint changed". */
    return g_strdup_printf (_("%s changed"), rcp_history_value_get_label (((RcpHistoryChange *) changes->pdata[0])->field));
  if (changes->len == 0 && !rcp_history_entry_is_known (facts->entry))
    return g_strdup (_("Changed; what it was before is not known"));
  return g_strdup (several);
}

/* What is known of a deed when the server kept no versions. */
static char *
tell_code (Facts *facts)
{
  static const struct
  {
    const char *code;
    const char *label;
  } deeds[] = {
    { "book", N_("Booked") }, { "move", N_("Moved") }, { "cancel", N_("Cancelled") }, { "status", N_("Status changed") },
    { "correct", N_("Status corrected") }, { "undo", N_("The last change was undone") }, { "wait", N_("Put on the wait list") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (has_code (facts, deeds[i].code))
      return g_strdup (_(deeds[i].label));
  return tell_changes (facts, _("Changed"));
}

static char *
tell_visit (Facts *facts)
{
  char *moved;

  if (rcp_history_entry_is_first (facts->entry) || (has_code (facts, "book") && rcp_history_entry_is_known (facts->entry)))
    return tell_creation (facts);
  if (has_code (facts, "undo"))
    return tell_undo (facts);
  if (became (facts, RCP_VISIT_CANCELLED))
    return tell_cancellation (facts);
  moved = tell_move (facts);
  if (moved != NULL)
    return moved;
  return facts->status != NULL ? tell_status (facts) : tell_code (facts);
}

static char *
tell_patient (Facts *facts)
{
  if (has_code (facts, "register"))
    return g_strdup (_("Patient registered"));
  if (rcp_history_entry_is_first (facts->entry))
    /* Translators: a patient came into the record, by another program. */
    return g_strdup (_("Patient entered"));
  return tell_changes (facts, _("Details changed"));
}

static char *
tell_flag (Facts *facts)
{
  FhirResource *resource = rcp_history_entry_get_resource (facts->entry);
  const RcpHistoryChange *status = rcp_history_entry_find_change (facts->entry, RCP_HISTORY_FLAG_STATUS);
  g_autoptr (RcpFlag) flag = resource != NULL ? rcp_flag_new (resource) : NULL;
  const char *words = flag != NULL ? rcp_flag_get_text (flag) : "";
  gboolean is_end = has_code (facts, "unflag") || (status != NULL && g_strcmp0 (status->new_value, "active") != 0);

  if (rcp_history_entry_is_first (facts->entry) || has_code (facts, "flag"))
    {
      facts->told |= TOLD (RCP_HISTORY_FLAG) | TOLD (RCP_HISTORY_FLAG_STATUS);
      /* Translators: something about a patient that must be seen, in the words of the desk. */
      return g_strdup_printf (_("Flag set: %s"), words);
    }
  if (!is_end)
    return g_strdup_printf (_("Flag changed: %s"), words);
  facts->told |= TOLD (RCP_HISTORY_FLAG_STATUS);
  return g_strdup_printf (_("Flag ended: %s"), words);
}

static char *
tell (Facts *facts)
{
  const char *reference = rcp_history_entry_get_reference (facts->entry);

  if (rcp_history_entry_is_deletion (facts->entry))
    return g_strdup (_("Deleted from the record"));
  if (g_str_has_prefix (reference, "Patient/"))
    return tell_patient (facts);
  return g_str_has_prefix (reference, "Flag/") ? tell_flag (facts) : tell_visit (facts);
}

char *
rcp_history_text_deed (RcpHistoryEntry *entry, RcpDesk *desk)
{
  g_auto (Facts) facts = { 0 };

  facts_init (&facts, entry, desk);
  return tell (&facts);
}

static char *
tell_change (Facts *facts, const RcpHistoryChange *change)
{
  const char *label = change->who != NULL ? change->who : rcp_history_value_get_label (change->field);
  g_autofree char *from = change->old_value != NULL ? describe (facts, change->field, change->old_value) : NULL;
  g_autofree char *to = change->new_value != NULL ? describe (facts, change->field, change->new_value) : NULL;

  if (from == NULL)
    /* Translators: a field and its value. */
    return g_strdup_printf (_("%s: %s"), label, to);
  if (to == NULL)
    /* Translators: a field and the value that it had: nothing is written there any more. */
    return g_strdup_printf (_("%s: %s, removed"), label, from);
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    return g_strdup_printf ("%s: %s ← %s", label, from, to);
  return g_strdup_printf ("%s: %s → %s", label, from, to);
}

/* The title of the history tells whose visit it is, and a registration who was registered. */
static gboolean
is_needless (Facts *facts, const RcpHistoryChange *change)
{
  return (facts->told & TOLD (change->field)) != 0 || (change->field == RCP_HISTORY_PATIENT && change->old_value == NULL);
}

GStrv
rcp_history_text_details (RcpHistoryEntry *entry, RcpDesk *desk)
{
  GPtrArray *changes = rcp_history_entry_get_changes (entry);
  const RcpHistoryChange *comment = rcp_history_entry_find_change (entry, RCP_HISTORY_COMMENT);
  const RcpHistoryChange *overbooked = rcp_history_entry_find_change (entry, RCP_HISTORY_OVERBOOKED);
  const char *reason = rcp_history_entry_get_reason (entry);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autofree char *deed = NULL;
  g_auto (Facts) facts = { 0 };

  facts_init (&facts, entry, desk);
  deed = tell (&facts);
  for (guint i = 0; i < changes->len; i++)
    if (!is_needless (&facts, changes->pdata[i]))
      {
        g_autofree char *line = tell_change (&facts, changes->pdata[i]);

        g_strv_builder_add (lines, line);
      }
  /* It is mostly written into the visit as well. */
  if (reason != NULL && (comment == NULL || g_strcmp0 (comment->new_value, reason) != 0)
      && (overbooked == NULL || g_strcmp0 (overbooked->new_value, reason) != 0))
    {
      g_autofree char *line = g_strdup_printf (_("%s: %s"), rcp_history_value_get_label (RCP_HISTORY_REASON), reason);

      g_strv_builder_add (lines, line);
    }
  return g_strv_builder_end (lines);
}

char *
rcp_history_text_about (RcpHistoryEntry *entry, RcpDesk *desk)
{
  g_autofree char *deed = NULL;
  g_auto (Facts) facts = { 0 };
  char *text;

  facts_init (&facts, entry, desk);
  deed = tell (&facts);
  if (!g_str_has_prefix (rcp_history_entry_get_reference (entry), "Appointment/") || (facts.told & TOLD (RCP_HISTORY_START)) != 0)
    return g_strdup ("");
  facts.provider = NULL;
  /* Translators: which visit was changed: a time and a provider. */
  text = tell_place (&facts, _("Visit on %s with %s"), _("Visit on %s"));
  return text != NULL ? text : g_strdup ("");
}

/**
 * rcp_history_text_who:
 * @entry: an entry
 * @may_know: whether the server tells who did it
 *
 * Returns: (transfer full): the desk or the people; what is honest when nobody is named
 */
char *
rcp_history_text_who (RcpHistoryEntry *entry, gboolean may_know)
{
  const char *who = rcp_history_entry_get_who (entry);

  /* A desk without a name of its own is written down by a fixed one. */
  if (g_strcmp0 (who, "Front desk") == 0)
    return g_strdup (_("Front desk"));
  if (who != NULL)
    return g_strdup (who);
  return g_strdup (may_know ? _("Another program, without a name") : _("Not told by whom"));
}

char *
rcp_history_text_clock (RcpHistoryEntry *entry, RcpDesk *desk)
{
  return rcp_time_text_clock (rcp_history_entry_get_when (entry), rcp_desk_get_zone (desk));
}

char *
rcp_history_text_day (RcpHistoryEntry *entry, RcpDesk *desk)
{
  return rcp_time_text_day (rcp_history_entry_get_when (entry), rcp_desk_get_zone (desk));
}
