/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-visit-calendar.h"

#include "rcp-mirror-event.h"

#define PRODUCT "-//org.frontdesk//Reception//EN"

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

static void
add_visit (icalcomponent *calendar, const RcpMirrorVisit *visit, const char *realm, gint64 now)
{
  RcpMirrorStep step = { RCP_MIRROR_CREATE, visit, NULL, 0, TRUE };
  g_autofree char *text = rcp_mirror_event_write (&step, realm, now);

  icalcomponent_add_component (calendar, icalcomponent_new_from_string (text));
}

/**
 * rcp_visit_calendar_write:
 * @visits: (element-type RcpMirrorVisit): what it shall hold
 * @realm: what all desks of this record call it
 * @title: what a calendar program may call it
 * @now: the instant of the writing
 *
 * The events have the UIDs of the mirror: a program that takes such a file twice, or beside the mirror, holds each visit once.
 *
 * Returns: (transfer full): the text of an .ics file
 */
char *
rcp_visit_calendar_write (GPtrArray *visits, const char *realm, const char *title, gint64 now)
{
  icalcomponent *calendar;
  icalproperty *name;
  char *text;

  g_return_val_if_fail (visits != NULL, NULL);
  g_return_val_if_fail (realm != NULL, NULL);

  calendar = icalcomponent_vanew (ICAL_VCALENDAR_COMPONENT, icalproperty_new_version ("2.0"), icalproperty_new_prodid (PRODUCT), NULL);
  if (title != NULL)
    {
      name = icalproperty_new_x (title);
      icalproperty_set_x_name (name, "X-WR-CALNAME");
      icalcomponent_add_property (calendar, name);
    }
  add_zones (calendar, visits);
  for (guint i = 0; i < visits->len; i++)
    {
      const RcpMirrorVisit *visit = visits->pdata[i];

      if (visit->state == RCP_MIRROR_TENTATIVE || visit->state == RCP_MIRROR_CONFIRMED)
        add_visit (calendar, visit, realm, now);
    }
  text = g_strdup (icalcomponent_as_ical_string (calendar));
  icalcomponent_free (calendar);
  return text;
}
