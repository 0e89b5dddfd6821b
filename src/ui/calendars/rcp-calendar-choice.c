/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-calendar-choice"

#include "config.h"

#include "rcp-calendar-choice.h"

#define KEY "calendars"
#define ENTRY "(ssasss)"
#define USUAL_PRIVACY "busy"
#define KEY_INVITATIONS "invitations"

void
rcp_calendar_choice_free (RcpCalendarChoice *self)
{
  if (!self)
    return;
  g_strfreev (self->busy);
  g_free (self->mirror);
  g_free (self->privacy);
  g_free (self);
}

static gboolean
invites_from (GSettings *settings, const char *record, const char *person, const char *uid)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY_INVITATIONS);
  const char *own_record, *own_person, *own_uid;
  GVariantIter iter;

  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &own_record, &own_person, &own_uid))
    if (g_strcmp0 (record, own_record) == 0 && g_strcmp0 (person, own_person) == 0 && g_strcmp0 (uid, own_uid) == 0)
      return TRUE;
  return FALSE;
}

/* Only of the calendar that shows the visits now: another one begins without. */
static void
save_invites (const RcpCalendarChoice *self, GSettings *settings, const char *record, const char *person)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY_INVITATIONS);
  g_autoptr (GVariant) changed = NULL;
  const char *own_record, *own_person, *own_uid;
  GVariantBuilder builder;
  GVariantIter iter;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &own_record, &own_person, &own_uid))
    if (g_strcmp0 (record, own_record) != 0 || g_strcmp0 (person, own_person) != 0)
      g_variant_builder_add (&builder, "(sss)", own_record, own_person, own_uid);
  if (self->invites && self->mirror[0])
    g_variant_builder_add (&builder, "(sss)", record, person, self->mirror);
  changed = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (!g_variant_equal (all, changed))
    g_settings_set_value (settings, KEY_INVITATIONS, changed);
}

/**
 * rcp_calendar_choice_load:
 * @settings: of the program
 * @record: which record is open
 * @person: id of a Practitioner of it
 *
 * Returns: (transfer full): what was chosen
 */
RcpCalendarChoice *
rcp_calendar_choice_load (GSettings *settings, const char *record, const char *person)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);
  RcpCalendarChoice *self = g_new0 (RcpCalendarChoice, 1);
  const char *own_record, *own_person, *mirror, *privacy;
  GVariantIter iter;
  char **busy;

  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s^as&s&s)", &own_record, &own_person, &busy, &mirror, &privacy))
    {
      if (!self->busy && g_strcmp0 (record, own_record) == 0 && g_strcmp0 (person, own_person) == 0)
        {
          self->busy = busy;
          self->mirror = g_strdup (mirror);
          self->privacy = g_strdup (privacy);
        }
      else
        g_strfreev (busy);
    }
  if (!self->busy)
    self->busy = g_new0 (char *, 1);
  if (!self->mirror)
    self->mirror = g_strdup ("");
  if (!self->privacy || !self->privacy[0])
    {
      g_free (self->privacy);
      self->privacy = g_strdup (USUAL_PRIVACY);
    }
  self->invites = self->mirror[0] && invites_from (settings, record, person, self->mirror);
  return self;
}

static gboolean
is_empty (const RcpCalendarChoice *self)
{
  return !self->busy[0] && !self->mirror[0] && g_strcmp0 (self->privacy, USUAL_PRIVACY) == 0;
}

/**
 * rcp_calendar_choice_save:
 * @self: what was chosen
 * @settings: of the program
 * @record: which record is open
 * @person: id of a Practitioner of it
 */
void
rcp_calendar_choice_save (const RcpCalendarChoice *self, GSettings *settings, const char *record, const char *person)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);
  const char *own_record, *own_person;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" ENTRY));
  for (gsize i = 0; i < g_variant_n_children (all); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (all, i);

      g_variant_get_child (entry, 0, "&s", &own_record);
      g_variant_get_child (entry, 1, "&s", &own_person);
      if (g_strcmp0 (record, own_record) != 0 || g_strcmp0 (person, own_person) != 0)
        g_variant_builder_add_value (&builder, entry);
    }
  if (!is_empty (self))
    g_variant_builder_add (&builder, "(ss^asss)", record, person, self->busy, self->mirror, self->privacy);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
  save_invites (self, settings, record, person);
}

gboolean
rcp_calendar_choice_has_busy (const RcpCalendarChoice *self, const char *uid)
{
  return g_strv_contains ((const char *const *) self->busy, uid);
}

void
rcp_calendar_choice_set_busy (RcpCalendarChoice *self, const char *uid, gboolean is_busy)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **own = self->busy; *own; own++)
    if (g_strcmp0 (*own, uid) != 0)
      g_strv_builder_add (builder, *own);
  if (is_busy)
    g_strv_builder_add (builder, uid);
  g_strfreev (self->busy);
  self->busy = g_strv_builder_end (builder);
}

/**
 * rcp_calendar_choice_list_busy:
 * @settings: of the program
 * @record: which record is open
 *
 * Returns: (transfer full): a{sas}: the ids of those who have calendars, and the uids
 */
GVariant *
rcp_calendar_choice_list_busy (GSettings *settings, const char *record)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);
  const char *own_record, *person, *mirror, *privacy;
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *busy;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sas}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_loop (&iter, "(&s&s@as&s&s)", &own_record, &person, &busy, &mirror, &privacy))
    if (g_strcmp0 (own_record, record) == 0 && g_variant_n_children (busy) > 0)
      g_variant_builder_add (&builder, "{s@as}", person, busy);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * rcp_calendar_choice_list_mirrors:
 * @settings: of the program
 * @record: which record is open
 *
 * Returns: (transfer full): a{s(ssb)}: the ids of those whose visits are shown, the uid of the calendar, what it shows, and whether
 *   patients are invited from it
 */
GVariant *
rcp_calendar_choice_list_mirrors (GSettings *settings, const char *record)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);
  const char *own_record, *person, *mirror, *privacy;
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *busy;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(ssb)}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_loop (&iter, "(&s&s@as&s&s)", &own_record, &person, &busy, &mirror, &privacy))
    if (g_strcmp0 (own_record, record) == 0 && mirror[0] != '\0')
      g_variant_builder_add (&builder, "{s(ssb)}", person, mirror, privacy, invites_from (settings, record, person, mirror));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gboolean
drop (RcpCalendarChoice *self, const char *const *uids)
{
  guint before = g_strv_length (self->busy);
  gboolean is_mirror = g_strv_contains (uids, self->mirror);

  for (guint i = 0; uids[i]; i++)
    rcp_calendar_choice_set_busy (self, uids[i], FALSE);
  if (is_mirror)
    {
      g_free (self->mirror);
      self->mirror = g_strdup ("");
    }
  return is_mirror || g_strv_length (self->busy) != before;
}

/**
 * rcp_calendar_choice_forget:
 * @settings: of the program
 * @uids: of calendars that are gone for good
 */
void
rcp_calendar_choice_forget (GSettings *settings, const char *const *uids)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);

  for (gsize i = 0; i < g_variant_n_children (all); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (all, i);
      g_autoptr (RcpCalendarChoice) choice = NULL;
      const char *record, *person;

      g_variant_get_child (entry, 0, "&s", &record);
      g_variant_get_child (entry, 1, "&s", &person);
      choice = rcp_calendar_choice_load (settings, record, person);
      if (drop (choice, uids))
        rcp_calendar_choice_save (choice, settings, record, person);
    }
}
