/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-calendars.h"

#include "calendars/rcp-calendar.h"
#include "fake-calendars.h"

#define EARLIER G_GINT64_CONSTANT (1795419000000000) /* Monday 23 November 2026, 7:30 UTC */

typedef struct
{
  const char *uid;
  const char *name;
  const char *account; /* NULL: of this computer */
  const char *colour;
  guint state; /* RcpCalendarState */
} Facts;

static const Facts diary = { SAMPLE_CALENDAR_DIARY, "Diary", "ana@cloud.example.org", "#62a0ea", RCP_CALENDAR_CONNECTED };
static const Facts team = { SAMPLE_CALENDAR_TEAM, "Team Meetings and Holidays", "ana@cloud.example.org", "#33d17a", RCP_CALENDAR_CONNECTED };
static const Facts visits = { SAMPLE_CALENDAR_VISITS, "Visits", "ana@cloud.example.org", "#9141ac", RCP_CALENDAR_CONNECTED };
static const Facts work = { "calendar-work", "Work", "front-desk@calendar.example.org", "#ff7800", RCP_CALENDAR_NEEDS_PASSWORD };
static const Facts own = { "calendar-own", "Personal", NULL, "#e5a50a", RCP_CALENDAR_CONNECTED };

#define SAMPLE_TYPE_CALENDAR (sample_calendar_get_type ())
G_DECLARE_FINAL_TYPE (SampleCalendar, sample_calendar, SAMPLE, CALENDAR, GObject)

struct _SampleCalendar
{
  GObject parent_instance;
  Facts facts;
  gboolean is_enabled;
  gboolean may_be_written;
};

G_DEFINE_FINAL_TYPE (SampleCalendar, sample_calendar, G_TYPE_OBJECT)

static void
sample_calendar_class_init (SampleCalendarClass *klass)
{
  static const FakeProperty properties[] = {
    { "uid", G_TYPE_STRING, G_STRUCT_OFFSET (SampleCalendar, facts.uid) },
    { "name", G_TYPE_STRING, G_STRUCT_OFFSET (SampleCalendar, facts.name) },
    { "account", G_TYPE_STRING, G_STRUCT_OFFSET (SampleCalendar, facts.account) },
    { "account-uid", G_TYPE_STRING, G_STRUCT_OFFSET (SampleCalendar, facts.account) },
    { "colour", G_TYPE_STRING, G_STRUCT_OFFSET (SampleCalendar, facts.colour) },
    { "enabled", G_TYPE_BOOLEAN, G_STRUCT_OFFSET (SampleCalendar, is_enabled) },
    { "state", G_TYPE_UINT, G_STRUCT_OFFSET (SampleCalendar, facts.state) },
    { "can-be-written", G_TYPE_BOOLEAN, G_STRUCT_OFFSET (SampleCalendar, may_be_written) },
  };

  fake_properties_install (G_OBJECT_CLASS (klass), properties, G_N_ELEMENTS (properties));
}

static void
sample_calendar_init (SampleCalendar *self)
{
  self->is_enabled = TRUE;
  self->may_be_written = TRUE;
}

static void
add (FakeCalendars *calendars, const Facts *facts, const RcpCalendarReading *reading)
{
  g_autoptr (SampleCalendar) calendar = g_object_new (SAMPLE_TYPE_CALENDAR, NULL);

  calendar->facts = *facts;
  fake_calendars_add_calendar (calendars, G_OBJECT (calendar), reading);
}

RcpCalendarService *
sample_calendars_new (void)
{
  FakeCalendars *calendars = fake_calendars_new ();

  add (calendars, &own, NULL);
  add (calendars, &diary, &(RcpCalendarReading) { .is_read = TRUE });
  add (calendars, &team, &(RcpCalendarReading) { .is_read = TRUE, .as_of = EARLIER });
  add (calendars, &visits, NULL);
  add (calendars, &work, NULL);
  fake_calendars_add_account (calendars, "account-ana", "ana@cloud.example.org", RCP_ACCOUNT_WELL);
  fake_calendars_add_account (calendars, "account-desk", "front-desk@calendar.example.org", RCP_ACCOUNT_NEEDS_PASSWORD);
  return RCP_CALENDAR_SERVICE (calendars);
}

#define SAMPLE_TYPE_MIRRORS (sample_mirrors_get_type ())
G_DECLARE_FINAL_TYPE (SampleMirrors, sample_mirrors, SAMPLE, MIRRORS, GObject)

struct _SampleMirrors
{
  GObject parent_instance;
  GVariant *chosen;
};

static void
sample_mirrors_keep (RcpMirrorService *service, FhirClient *client, RcpClock *clock, const char *zone, GVariant *chosen)
{
  SampleMirrors *self = SAMPLE_MIRRORS (service);

  g_clear_pointer (&self->chosen, g_variant_unref);
  self->chosen = g_variant_ref (chosen);
}

static void
sample_mirrors_look (RcpMirrorService *service, const char *person, const char *visit_id)
{
}

static gboolean
sample_mirrors_get_reading (RcpMirrorService *service, const char *person, RcpMirrorReading *reading)
{
  SampleMirrors *self = SAMPLE_MIRRORS (service);
  g_autoptr (GVariant) one = self->chosen ? g_variant_lookup_value (self->chosen, person, NULL) : NULL;

  *reading = (RcpMirrorReading) { .as_of = EARLIER, .trouble = RCP_MIRROR_TROUBLE_SERVER, .n_waiting = 3,
                                    .inviting = RCP_MIRROR_INVITING_POSSIBLE };
  return one != NULL;
}

static void
sample_mirrors_interface_init (RcpMirrorServiceInterface *iface)
{
  iface->keep = sample_mirrors_keep;
  iface->look = sample_mirrors_look;
  iface->get_reading = sample_mirrors_get_reading;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SampleMirrors, sample_mirrors, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RCP_TYPE_MIRROR_SERVICE, sample_mirrors_interface_init))

static void
sample_mirrors_finalize (GObject *object)
{
  g_clear_pointer (&SAMPLE_MIRRORS (object)->chosen, g_variant_unref);
  G_OBJECT_CLASS (sample_mirrors_parent_class)->finalize (object);
}

static void
sample_mirrors_class_init (SampleMirrorsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sample_mirrors_finalize;
}

static void
sample_mirrors_init (SampleMirrors *self)
{
}

RcpMirrorService *
sample_mirrors_new (void)
{
  return g_object_new (SAMPLE_TYPE_MIRRORS, NULL);
}
