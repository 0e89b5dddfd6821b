/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-setup-check"

#include "rcp-setup-private.h"

#include "base/rcp-hours-text.h"
#include "base/rcp-money.h"
#include "rcp-periods.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_AGE 130
#define MAX_OVERBOOK 20
#define MAX_MINUTES 480
#define EXAMPLE_AMOUNT 14000
#define MAX_TEXT 200

typedef struct
{
  RcpRoster *roster;
  RcpSetupKind kind;
  const char *reference; /* or NULL */
  RcpDraft *draft;
  GHashTable *faults;
} Check;

/* The first that is wrong with a field is told; takes @words. */
static void
blame (Check *self, const char *key, char *words)
{
  if (g_hash_table_contains (self->faults, key))
    g_free (words);
  else
    g_hash_table_insert (self->faults, g_strdup (key), words);
}

static void
require (Check *self, const char *key, const char *words)
{
  const char *text = rcp_draft_get (self->draft, key);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (*stripped == '\0')
    blame (self, key, g_strdup (words));
  else if (g_utf8_strlen (text, -1) > MAX_TEXT)
    blame (self, key, g_strdup (_ ("This is too long")));
}

/* A whole number from @low to @high, -1 when there is none or it is no number; an empty one is fine. */
static int
check_number (Check *self, const char *key, int low, int high)
{
  const char *text = rcp_draft_get (self->draft, key);
  guint64 number;

  if (*text == '\0')
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, (guint64)low, (guint64)high, &number, NULL))
    return (int)number;
  blame (self, key, g_strdup_printf (_ ("Write a whole number from %d to %d"), low, high));
  return -1;
}

/* "en", "pt-BR": BCP 47 in the shapes that people use. */
static gboolean
is_language (const char *code)
{
  gsize length = strcspn (code, "-");

  if (length < 2 || length > 3)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalpha (code[i]))
      return FALSE;
  for (const char *c = code + length; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return FALSE;
  return code[length] != '-' || code[length + 1] != '\0';
}

static void
check_languages (Check *self)
{
  g_auto (GStrv) codes = rcp_setup_split_codes (rcp_draft_get (self->draft, RCP_KEY_LANGUAGES));

  for (guint i = 0; codes[i] != NULL; i++)
    if (!is_language (codes[i]))
      /* Translators: %s is what was typed. */
      blame (self, RCP_KEY_LANGUAGES, g_strdup_printf (_ ("“%s” is no code of a language such as en or es"), codes[i]));
}

static char *
describe_fault (RcpHoursFault fault, const char *part, guint grain)
{
  switch (fault)
    {
    case RCP_HOURS_BACKWARDS:
      /* Translators: %s is a part of a day's hours as it was typed, such as 17-13. */
      return g_strdup_printf (_ ("“%s” ends before it starts"), part);
    case RCP_HOURS_OVERLAP:
      return g_strdup_printf (_ ("“%s” overlaps with another part of the day"), part);
    case RCP_HOURS_OFF_GRAIN:
      return g_strdup_printf (_ ("“%s” does not start and end on a step of %u minutes"), part, grain);
    case RCP_HOURS_UNREADABLE:
    case RCP_HOURS_FINE:
    default:
      return g_strdup_printf (_ ("“%s” is no time such as 9:00 – 12:00"), part);
    }
}

static gboolean
overlaps_any (GArray *hours, GArray *others)
{
  for (guint i = 0; i < hours->len; i++)
    for (guint j = 0; j < others->len; j++)
      {
        RcpDayHours a = g_array_index (hours, RcpDayHours, i);
        RcpDayHours b = g_array_index (others, RcpDayHours, j);

        if (a.start < b.end && b.start < a.end)
          return TRUE;
      }
  return FALSE;
}

/* Nobody is at two places at once. */
static void
check_elsewhere (Check *self, GPtrArray *sites, guint site, GDateWeekday weekday, const char *key, GArray *hours)
{
  for (guint i = 0; i < site; i++)
    {
      const char *id = fhir_resource_get_id (sites->pdata[i]);
      g_autofree char *works = rcp_setup_key (RCP_KEY_WORKS, id);
      g_autofree char *other_key = rcp_setup_hours_key (id, weekday);
      g_autoptr (GArray) others = NULL;

      if (!rcp_draft_is_set (self->draft, works)
          || rcp_hours_text_parse (rcp_draft_get (self->draft, other_key), 0, &others, NULL) != RCP_HOURS_FINE)
        continue;
      if (overlaps_any (hours, others))
        /* Translators: %s is a place where the same person works. */
        blame (self, key,
               g_strdup_printf (_ ("At the same time as at %s"),
                                fhir_json_get_string (fhir_resource_get_json (sites->pdata[i]), "name")));
    }
}

static void
check_post (Check *self, GPtrArray *sites, guint site)
{
  const char *id = fhir_resource_get_id (sites->pdata[site]);
  g_autofree char *works = rcp_setup_key (RCP_KEY_WORKS, id);
  g_autofree char *overbook = rcp_setup_key (RCP_KEY_OVERBOOK, id);
  guint grain = rcp_roster_get_grain (self->roster);

  if (!rcp_draft_is_set (self->draft, works))
    return;
  check_number (self, overbook, 0, MAX_OVERBOOK);
  for (GDateWeekday weekday = G_DATE_MONDAY; weekday <= G_DATE_SUNDAY; weekday++)
    {
      g_autofree char *key = rcp_setup_hours_key (id, weekday);
      g_autofree char *part = NULL;
      g_autoptr (GArray) hours = NULL;
      RcpHoursFault fault = rcp_hours_text_parse (rcp_draft_get (self->draft, key), grain, &hours, &part);

      if (fault != RCP_HOURS_FINE)
        blame (self, key, describe_fault (fault, part, grain));
      else
        check_elsewhere (self, sites, site, weekday, key, hours);
    }
}

static void
check_periods (Check *self, const char *key)
{
  g_autoptr (GPtrArray) periods = rcp_periods_parse (rcp_draft_get (self->draft, key));

  for (guint i = 0; i < periods->len; i++)
    {
      const RcpPeriod *period = periods->pdata[i];

      if (g_date_compare (&period->last, &period->first) < 0)
        blame (self, key, g_strdup (_ ("The last day is before the first")));
    }
}

static void
check_provider (Check *self)
{
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (self->roster);
  int from, to;

  require (self, RCP_KEY_FAMILY, _ ("Write the family name"));
  check_languages (self);
  from = check_number (self, RCP_KEY_AGE_FROM, 0, MAX_AGE);
  to = check_number (self, RCP_KEY_AGE_TO, 0, MAX_AGE);
  if (from >= 0 && to >= 0 && to < from)
    blame (self, RCP_KEY_AGE_TO, g_strdup (_ ("Below the youngest age")));
  check_number (self, RCP_KEY_RATING, 1, RCP_MOST_RATING);
  for (guint i = 0; i < sites->len; i++)
    check_post (self, sites, i);
  check_periods (self, RCP_KEY_LEAVE);
}

/* Whether another one in use has the same name, at the same place where @place is given. */
static gboolean
is_name_taken (Check *self, const char *place)
{
  g_autoptr (GPtrArray) items = rcp_setup_list (self->roster, self->kind);

  for (guint i = 0; i < items->len; i++)
    {
      RcpSetupItem *item = items->pdata[i];
      g_autoptr (RcpDraft) other = NULL;

      if (!item->active || g_strcmp0 (item->reference, self->reference) == 0
          || g_utf8_collate (item->title, rcp_draft_get (self->draft, RCP_KEY_NAME)) != 0)
        continue;
      other = rcp_setup_read (self->roster, self->kind, item->reference);
      if (place == NULL || g_str_equal (rcp_draft_get (other, RCP_KEY_PLACE), place))
        return TRUE;
    }
  return FALSE;
}

static void
check_name (Check *self, const char *place)
{
  require (self, RCP_KEY_NAME, _ ("Write a name"));
  if (rcp_draft_is_set (self->draft, RCP_KEY_ACTIVE) && is_name_taken (self, place))
    blame (self, RCP_KEY_NAME, g_strdup (_ ("Another one has this name")));
}

static guint
count_providers_at (RcpRoster *roster, const char *reference)
{
  GListModel *providers = rcp_roster_get_providers (roster);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      RcpPlace *place = rcp_provider_get_place (provider);

      n += place != NULL && reference != NULL && g_str_has_prefix (reference, "Location/")
           && g_str_equal (rcp_place_get_id (place), reference + strlen ("Location/"));
    }
  return n;
}

static void
check_phone (Check *self)
{
  const char *text = rcp_draft_get (self->draft, RCP_KEY_PHONE);
  guint n_digits = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        n_digits++;
      else if (strchr (" +-()./", *c) == NULL)
        {
          blame (self, RCP_KEY_PHONE, g_strdup (_ ("A phone number has digits, spaces and + - ( ) only")));
          return;
        }
    }
  if (*text != '\0' && n_digits < 5)
    blame (self, RCP_KEY_PHONE, g_strdup (_ ("This is too short for a phone number")));
}

/* A name that this machine knows; a path would make GLib read a file that is no zone. */
static gboolean
is_zone (const char *text)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (*text == '\0' || strchr (text, '.') != NULL || *text == '/' || *text == ':' || g_ascii_isspace (*text))
    return FALSE;
  zone = g_time_zone_new_identifier (text);
  return zone != NULL;
}

static void
check_place (Check *self)
{
  guint n_providers = count_providers_at (self->roster, self->reference);

  check_name (self, NULL);
  check_phone (self);
  if (!is_zone (rcp_draft_get (self->draft, RCP_KEY_ZONE)))
    blame (self, RCP_KEY_ZONE, g_strdup (_ ("Write a time zone such as America/New_York")));
  if (!rcp_draft_is_set (self->draft, RCP_KEY_ACTIVE) && n_providers > 0)
    blame (self, RCP_KEY_ACTIVE,
           g_strdup_printf (ngettext ("%u provider still works here", "%u providers still work here", n_providers),
                            n_providers));
  check_periods (self, RCP_KEY_CLOSED);
}

static void
check_room (Check *self)
{
  g_autofree char *site = g_strconcat ("Location/", rcp_draft_get (self->draft, RCP_KEY_PLACE), NULL);

  check_name (self, rcp_draft_get (self->draft, RCP_KEY_PLACE));
  if (rcp_roster_lookup_resource (self->roster, site) == NULL)
    blame (self, RCP_KEY_PLACE, g_strdup (_ ("Choose a place")));
  if (g_str_equal (rcp_draft_get (self->draft, RCP_KEY_KIND), "device"))
    require (self, RCP_KEY_DEVICE, _ ("Write what kind of device it is"));
}

static void
check_money (Check *self, const char *key, const char *currency)
{
  const char *text = rcp_draft_get (self->draft, key);
  gint64 amount;

  if (*text != '\0' && !rcp_money_parse_typed (text, currency, &amount))
    {
      g_autofree char *example = rcp_money_format_typed (EXAMPLE_AMOUNT, currency);

      /* Translators: %s is an amount of money. */
      blame (self, key, g_strdup_printf (_ ("Write an amount, such as %s"), example));
    }
}

/* A payer's contract never allows more than is billed. */
static void
check_payment (Check *self)
{
  g_autofree char *currency = rcp_setup_dup_currency (self->roster, self->reference);
  gint64 price, allowed;

  check_money (self, RCP_KEY_PRICE, currency);
  check_money (self, RCP_KEY_ALLOWED, currency);
  if (rcp_money_parse_typed (rcp_draft_get (self->draft, RCP_KEY_PRICE), currency, &price) &&
      rcp_money_parse_typed (rcp_draft_get (self->draft, RCP_KEY_ALLOWED), currency, &allowed) && allowed > price)
    blame (self, RCP_KEY_ALLOWED, g_strdup (_ ("Payers allow no more than the price")));
}

static void
check_visit_type (Check *self)
{
  guint grain = rcp_roster_get_grain (self->roster);
  int minutes;

  check_name (self, NULL);
  require (self, RCP_KEY_MINUTES, _ ("Write how many minutes it takes"));
  minutes = check_number (self, RCP_KEY_MINUTES, (int)grain, MAX_MINUTES);
  if (minutes > 0 && (guint)minutes % grain != 0)
    blame (self, RCP_KEY_MINUTES, g_strdup_printf (_ ("Write a multiple of %u minutes"), grain));
  check_payment (self);
}

/**
 * rcp_setup_check:
 * @roster: the clinic
 * @kind: what kind of thing
 * @reference: (nullable): which of them; a new one for %NULL
 * @draft: what was typed
 *
 * Returns: (transfer full) (element-type utf8 utf8): what is wrong with each field, translated; empty when it can be
 *   saved
 */
GHashTable *
rcp_setup_check (RcpRoster *roster, RcpSetupKind kind, const char *reference, RcpDraft *draft)
{
  static void (*const checks[]) (Check *) = {
    [RCP_SETUP_PROVIDER] = check_provider,
    [RCP_SETUP_PLACE] = check_place,
    [RCP_SETUP_ROOM] = check_room,
    [RCP_SETUP_VISIT_TYPE] = check_visit_type,
  };
  Check self = { roster, kind, reference, draft, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };

  checks[kind] (&self);
  return self.faults;
}
