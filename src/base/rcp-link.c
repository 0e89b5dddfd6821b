/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-link"

#include "rcp-link.h"

#include <string.h>

#include "rcp-iso8601.h"

#define SCHEME "reception:"
#define MAX_ID 64

static const struct
{
  const char *word;
  RcpLinkKind kind;
} kinds[] = {
  { "visit/", RCP_LINK_VISIT },
  { "patient/", RCP_LINK_PATIENT },
  { "day/", RCP_LINK_DAY },
};

/* FHIR R4, data type id: [A-Za-z0-9\-\.]{1,64}. */
static gboolean
is_id (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '.')
      return FALSE;
  return length > 0 && length <= MAX_ID;
}

static gboolean
parse_day (const char *text, GDate *date)
{
  RcpIso8601 parsed;
  g_autoptr (GDateTime) start = NULL;

  if (!rcp_iso8601_parse (text, &parsed) || parsed.precision != RCP_ISO8601_DAY)
    return FALSE;
  start = g_date_time_new_from_unix_utc (parsed.start / G_USEC_PER_SEC);
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) g_date_time_get_day_of_month (start), g_date_time_get_month (start),
                  (GDateYear) g_date_time_get_year (start));
  return g_date_valid (date);
}

/**
 * rcp_link_new:
 * @kind: a visit or a patient
 * @id: a FHIR id
 *
 * Returns: (transfer full): the link
 */
RcpLink *
rcp_link_new (RcpLinkKind kind, const char *id)
{
  RcpLink *self;

  g_return_val_if_fail (kind != RCP_LINK_DAY, NULL);
  g_return_val_if_fail (id && is_id (id), NULL);

  self = g_new0 (RcpLink, 1);
  self->kind = kind;
  self->id = g_strdup (id);
  g_date_clear (&self->date, 1);
  return self;
}

/**
 * rcp_link_parse:
 * @text: what came from outside
 *
 * Returns: (transfer full) (nullable): the link; %NULL where @text is none
 */
RcpLink *
rcp_link_parse (const char *text)
{
  const char *rest;
  GDate date;

  g_return_val_if_fail (text, NULL);

  if (g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) != 0)
    return NULL;
  rest = text + strlen (SCHEME);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *value = rest + strlen (kinds[i].word);

      if (!g_str_has_prefix (rest, kinds[i].word))
        continue;
      if (kinds[i].kind != RCP_LINK_DAY)
        return is_id (value) ? rcp_link_new (kinds[i].kind, value) : NULL;
      if (parse_day (value, &date))
        {
          RcpLink *self = g_new0 (RcpLink, 1);

          self->kind = RCP_LINK_DAY;
          self->date = date;
          return self;
        }
    }
  return NULL;
}

RcpLink *
rcp_link_copy (const RcpLink *self)
{
  RcpLink *copy;

  g_return_val_if_fail (self, NULL);

  copy = g_new0 (RcpLink, 1);
  copy->kind = self->kind;
  copy->id = g_strdup (self->id);
  copy->date = self->date;
  return copy;
}

void
rcp_link_free (RcpLink *self)
{
  g_return_if_fail (self);

  g_free (self->id);
  g_free (self);
}

/**
 * rcp_link_format:
 *
 * Returns: (transfer full): the link as text, "reception:visit/17"
 */
char *
rcp_link_format (const RcpLink *self)
{
  g_return_val_if_fail (self, NULL);

  if (self->kind == RCP_LINK_DAY)
    return g_strdup_printf (SCHEME "day/%04d-%02d-%02d", g_date_get_year (&self->date), g_date_get_month (&self->date),
                            g_date_get_day (&self->date));
  return g_strdup_printf (SCHEME "%s/%s", self->kind == RCP_LINK_VISIT ? "visit" : "patient", self->id);
}
