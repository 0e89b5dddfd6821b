/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-visit-calendar.h"

#include <string.h>

#include "rcp-mirror-event.h"

#define PRODUCT "-//org.frontdesk//Reception//EN"
#define END "END:VCALENDAR\r\n"

icalcomponent *
rcp_vtimezone_new (const char *name)
{
  icaltimezone *builtin = name != NULL ? icaltimezone_get_builtin_timezone (name) : NULL;
  icalcomponent *rules = builtin != NULL ? icaltimezone_get_component (builtin) : NULL;
  icalcomponent *copy = rules != NULL ? icalcomponent_new_clone (rules) : NULL;
  icalproperty *tzid = copy != NULL ? icalcomponent_get_first_property (copy, ICAL_TZID_PROPERTY) : NULL;

  /* libical has its own name for it, with the path of a program in front. */
  if (tzid != NULL)
    icalproperty_set_tzid (tzid, name);
  else if (copy != NULL)
    {
      icalcomponent_free (copy);
      copy = NULL;
    }
  return copy;
}

static void
add_zones (icalcomponent *calendar, GPtrArray *visits)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < visits->len; i++)
    {
      const RcpMirrorVisit *visit = visits->pdata[i];
      icalcomponent *zone = NULL;

      if (visit->zone != NULL && g_hash_table_add (seen, visit->zone))
        zone = rcp_vtimezone_new (visit->zone);
      if (zone != NULL)
        icalcomponent_add_component (calendar, zone);
    }
}

/* Not by way of a component for each: of a thousand visits it would be twice the time. */
static void
append_visit (GString *text, const RcpMirrorVisit *visit, const char *realm, gint64 now)
{
  RcpMirrorStep step = { RCP_MIRROR_CREATE, visit, NULL, 0, TRUE };
  g_autofree char *event = rcp_mirror_event_write (&step, realm, now);

  g_string_append (text, event);
}

static void
add_words (icalcomponent *calendar, const char *name, const char *words)
{
  icalproperty *property;

  if (words == NULL)
    return;
  property = icalproperty_new_x (words);
  icalproperty_set_x_name (property, name);
  icalcomponent_add_property (calendar, property);
}

/**
 * rcp_visit_calendar_write:
 * @visits: (element-type RcpMirrorVisit): what it shall hold
 * @realm: what all desks of this record call it
 * @title: (nullable): what a calendar program may call it
 * @about: (nullable): what it may say of it
 * @now: the instant of the writing
 *
 * The events have the UIDs of the mirror: a program that takes such a file twice, or beside the mirror, holds each visit once.
 *
 * Returns: (transfer full): the text of an .ics file
 */
char *
rcp_visit_calendar_write (GPtrArray *visits, const char *realm, const char *title, const char *about, gint64 now)
{
  icalcomponent *calendar;
  GString *text;

  g_return_val_if_fail (visits != NULL, NULL);
  g_return_val_if_fail (realm != NULL, NULL);

  calendar = icalcomponent_vanew (ICAL_VCALENDAR_COMPONENT, icalproperty_new_version ("2.0"), icalproperty_new_prodid (PRODUCT), NULL);
  add_words (calendar, "X-WR-CALNAME", title);
  add_words (calendar, "X-WR-CALDESC", about);
  add_zones (calendar, visits);
  text = g_string_new (icalcomponent_as_ical_string (calendar));
  icalcomponent_free (calendar);
  g_assert (g_str_has_suffix (text->str, END));
  g_string_truncate (text, text->len - strlen (END));
  for (guint i = 0; i < visits->len; i++)
    {
      const RcpMirrorVisit *visit = visits->pdata[i];

      if (visit->state == RCP_MIRROR_TENTATIVE || visit->state == RCP_MIRROR_CONFIRMED)
        append_visit (text, visit, realm, now);
    }
  g_string_append (text, END);
  return g_string_free (text, FALSE);
}
