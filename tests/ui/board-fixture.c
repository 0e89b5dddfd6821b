/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "board-fixture"

#include "board-fixture.h"

#include "base/rcp-iso8601.h"

GTimeZone *
board_fixture_zone (void)
{
  return g_time_zone_new_utc ();
}

gint64
board_fixture_instant (const char *time)
{
  g_autofree char *text = g_strdup_printf (BOARD_DATE "T%s:00Z", time);
  gint64 instant = 0;

  g_assert_true (rcp_iso8601_parse_instant (text, &instant));
  return instant;
}

static FhirResource *
parse (char *text)
{
  g_autofree char *owned = text;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (owned, &error);

  g_assert_no_error (error);
  return fhir_resource_new (json_node_get_object (node));
}

RcpPlace *
board_fixture_place (const char *id, const char *name)
{
  g_autoptr (FhirResource) location = parse (g_strdup_printf (
      "{\"resourceType\":\"Location\",\"id\":\"%s\",\"name\":\"%s\",\"extension\":[{"
      "\"url\":\"http://hl7.org/fhir/StructureDefinition/timezone\",\"valueCode\":\"UTC\"}]}", id, name));

  return rcp_place_new (location);
}

RcpProvider *
board_fixture_provider (const char *id, const char *given, const char *family, const char *specialty, RcpPlace *place)
{
  g_autoptr (FhirResource) schedule = parse (g_strdup_printf (
      "{\"resourceType\":\"Schedule\",\"id\":\"s-%s\",\"actor\":[{\"reference\":\"Practitioner/p-%s\"}]}", id, id));
  g_autoptr (FhirResource) role = parse (g_strdup_printf (
      "{\"resourceType\":\"PractitionerRole\",\"id\":\"r-%s\",\"practitioner\":{\"reference\":\"Practitioner/p-%s\"},"
      "\"specialty\":[{\"coding\":[{\"system\":\"http://nucc.org/provider-taxonomy\",\"code\":\"%s\"}],\"text\":\"%s\"}]}",
      id, id, specialty, specialty));
  g_autoptr (FhirResource) practitioner = parse (g_strdup_printf (
      "{\"resourceType\":\"Practitioner\",\"id\":\"p-%s\",\"name\":[{\"family\":\"%s\",\"given\":[\"%s\"],\"prefix\":[\"Dr.\"]}]}",
      id, family, given));

  return rcp_provider_new (schedule, role, practitioner, place);
}

RcpProvider *
board_fixture_working_provider (const char *days)
{
  g_autoptr (FhirResource) schedule = parse (g_strdup (
      "{\"resourceType\":\"Schedule\",\"id\":\"s-00\",\"actor\":[{\"reference\":\"Practitioner/p-00\"}]}"));
  g_autoptr (FhirResource) role = parse (g_strdup_printf (
      "{\"resourceType\":\"PractitionerRole\",\"id\":\"r-00\",\"practitioner\":{\"reference\":\"Practitioner/p-00\"},"
      "\"availableTime\":[{\"daysOfWeek\":[%s],\"availableStartTime\":\"08:00:00\",\"availableEndTime\":\"12:00:00\"}]}", days));
  g_autoptr (FhirResource) practitioner = parse (g_strdup (
      "{\"resourceType\":\"Practitioner\",\"id\":\"p-00\",\"name\":[{\"family\":\"Weiss\",\"given\":[\"Eva\"],\"prefix\":[\"Dr.\"]}]}"));
  g_autoptr (RcpPlace) place = board_fixture_place ("downtown", "Downtown");

  return rcp_provider_new (schedule, role, practitioner, place);
}

static RcpVisit *
make_visit (const char *id, const char *provider, RcpTimeRange range, const char *status,
            const char *given, const char *family, const char *type, guint priority)
{
  g_autofree char *from_text = rcp_iso8601_format_utc (range.start);
  g_autofree char *to_text = rcp_iso8601_format_utc (range.end);
  g_autoptr (FhirResource) patient = parse (g_strdup_printf (
      "{\"resourceType\":\"Patient\",\"id\":\"pt-%s\",\"name\":[{\"family\":\"%s\",\"given\":[\"%s\"]}]}", id, family, given));
  g_autoptr (FhirResource) appointment = parse (g_strdup_printf (
      "{\"resourceType\":\"Appointment\",\"id\":\"%s\",\"status\":\"%s\",\"start\":\"%s\",\"end\":\"%s\",\"priority\":%u,"
      "\"serviceType\":[{\"text\":\"%s\"}],\"participant\":[{\"actor\":{\"reference\":\"Patient/pt-%s\"},\"status\":\"accepted\"},"
      "{\"actor\":{\"reference\":\"Practitioner/p-%s\"},\"status\":\"accepted\"}]}",
      id, status, from_text, to_text, priority, type, id, provider));

  return rcp_visit_new (appointment, patient);
}

RcpVisit *
board_fixture_visit (const char *id, const char *provider, const char *start, guint minutes, const char *status,
                     const char *given, const char *family, const char *type, guint priority)
{
  gint64 from = board_fixture_instant (start);

  return make_visit (id, provider, (RcpTimeRange) { from, from + minutes * G_TIME_SPAN_MINUTE }, status, given, family, type, priority);
}

RcpVisit *
board_fixture_visit_at (const char *id, const char *provider, RcpTimeRange range)
{
  return make_visit (id, provider, range, "booked", "Ella", "Brown", "Consultation", 5);
}

RcpRoom *
board_fixture_room (const char *type, const char *id, const char *name, RcpPlace *place)
{
  g_autoptr (FhirResource) schedule = parse (g_strdup_printf (
      "{\"resourceType\":\"Schedule\",\"id\":\"s-room-%s\",\"actor\":[{\"reference\":\"%s/%s\"}]}", id, type, id));
  g_autoptr (FhirResource) actor = parse (
      g_str_equal (type, "Device")
          ? g_strdup_printf ("{\"resourceType\":\"Device\",\"id\":\"%s\",\"deviceName\":[{\"name\":\"%s\",\"type\":\"user-friendly-name\"}]}", id, name)
          : g_strdup_printf ("{\"resourceType\":\"Location\",\"id\":\"%s\",\"name\":\"%s\",\"physicalType\":{\"coding\":[{\"code\":\"ro\"}]}}", id, name));

  return rcp_room_new (schedule, actor, place);
}

RcpVisit *
board_fixture_visit_in_room (const char *id, const char *provider, const char *start, const char *room)
{
  gint64 from = board_fixture_instant (start);
  g_autofree char *from_text = rcp_iso8601_format_utc (from);
  g_autofree char *to_text = rcp_iso8601_format_utc (from + (gint64) 30 * 60 * G_USEC_PER_SEC);
  g_autoptr (FhirResource) appointment = parse (g_strdup_printf (
      "{\"resourceType\":\"Appointment\",\"id\":\"%s\",\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\",\"participant\":["
      "{\"actor\":{\"reference\":\"Practitioner/p-%s\"},\"status\":\"accepted\"},"
      "{\"actor\":{\"reference\":\"%s\"},\"status\":\"accepted\"}]}",
      id, from_text, to_text, provider, room));

  return rcp_visit_new (appointment, NULL);
}

static const struct
{
  const char *given;
  const char *family;
  const char *specialty;
} doctors[] = {
  { "Sarah", "Johnson", "207Q00000X" },  { "Ana", "Ruiz", "207Q00000X" },     { "Michael", "Chen", "207RC0000X" },
  { "Emily", "Rodriguez", "207N00000X" }, { "Tom", "Okafor", "207X00000X" },  { "Lena", "Vogel", "208000000X" },
};

static const struct
{
  const char *given;
  const char *family;
} people[] = {
  { "Maria", "Garcia" }, { "John", "Smith" },   { "Linh", "Nguyen" }, { "Kate", "O’Brien" }, { "Dawit", "Abebe" },
  { "José", "López" },   { "Yuki", "Ito" },     { "Rania", "Haddad" }, { "Minjun", "Kim" },  { "Ella", "Brown" },
  { "Jonas", "Müller" }, { "Luca", "Rossi" },   { "Anika", "Patel" }, { "Jan", "Novak" },    { "Wilhelmina", "Featherstonehaugh-Montgomery" },
};

static const char *const types[] = { "Consultation", "Follow-up", "Annual check", "Vaccination", "ECG", "Skin check", "New patient" };
static const char *const statuses[] = { "fulfilled", "fulfilled", "arrived", "booked", "noshow", "booked", "checked-in", "booked", "pending" };

static RcpProvider *
make_doctor (guint index, RcpPlace *place)
{
  g_autofree char *id = g_strdup_printf ("%02u", index);

  return board_fixture_provider (id, doctors[index % G_N_ELEMENTS (doctors)].given, doctors[index % G_N_ELEMENTS (doctors)].family,
                                 doctors[index % G_N_ELEMENTS (doctors)].specialty, place);
}

GListStore *
board_fixture_visits (guint n_columns, guint per_column)
{
  static const guint lengths[] = { 15, 30, 30, 15, 45, 15 };
  GListStore *visits = g_list_store_new (RCP_TYPE_VISIT);

  for (guint column = 0; column < n_columns; column++)
    {
      g_autofree char *provider = g_strdup_printf ("%02u", column);
      guint minute = 8 * 60 + (column % 3) * 15;

      for (guint i = 0; i < per_column && minute < 17 * 60; i++)
        {
          guint seed = column * 7 + i * 5, length = per_column > 20 ? 15 : lengths[seed % G_N_ELEMENTS (lengths)];
          g_autofree char *id = g_strdup_printf ("v-%02u-%02u", column, i);
          g_autofree char *start = g_strdup_printf ("%02u:%02u", minute / 60, minute % 60);
          guint status = minute < 9 * 60 + 15 ? seed % 2 : 2 + (seed + i) % (G_N_ELEMENTS (statuses) - 2);
          g_autoptr (RcpVisit) visit = board_fixture_visit (id, provider, start, length, minute > 10 * 60 && statuses[status][0] != 'p' ? "booked" : statuses[status],
                                                            people[seed % G_N_ELEMENTS (people)].given, people[seed % G_N_ELEMENTS (people)].family,
                                                            types[seed % G_N_ELEMENTS (types)], seed % 11 == 4 ? 3 : 5);

          g_list_store_append (visits, visit);
          minute += length + (per_column <= 20 && i % 3 == 2 ? 15 : 0);
          if (per_column <= 20 && minute > 12 * 60 - 15 && minute < 13 * 60)
            minute = 13 * 60;
        }
    }
  return visits;
}

RcpBoardModel *
board_fixture_model (guint n_columns, guint per_column)
{
  g_autoptr (GTimeZone) zone = board_fixture_zone ();
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (board_fixture_instant ("09:26"));
  g_autoptr (RcpPlace) downtown = board_fixture_place ("downtown", "Downtown");
  g_autoptr (RcpPlace) riverside = board_fixture_place ("riverside", "Riverside");
  g_autoptr (GListStore) providers = g_list_store_new (RCP_TYPE_PROVIDER);
  g_autoptr (GListStore) visits = board_fixture_visits (n_columns, per_column);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  RcpTimeRange morning = { board_fixture_instant ("08:00"), board_fixture_instant ("12:00") };
  RcpTimeRange afternoon = { board_fixture_instant ("13:00"), board_fixture_instant ("17:00") };
  RcpBoardModel *model = rcp_board_model_new (clock, zone);

  g_array_append_val (open, morning);
  g_array_append_val (open, afternoon);
  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (RcpProvider) provider = make_doctor (i, i * 3 < n_columns * 2 ? downtown : riverside);

      g_list_store_append (providers, provider);
      rcp_board_model_set_open_ranges (model, rcp_provider_get_schedule_id (provider), open);
    }
  rcp_board_model_set_providers (model, G_LIST_MODEL (providers));
  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
  rcp_board_model_set_state (model, RCP_BOARD_READY, NULL);
  return model;
}

GArray *
board_fixture_busy (RcpBoardModel *model, int from, int to, RcpBusyKind kind)
{
  GArray *busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  RcpBusy item = { { rcp_board_model_get_instant (model, 0, from), rcp_board_model_get_instant (model, 0, to) }, kind };

  return g_array_append_val (busy, item);
}
