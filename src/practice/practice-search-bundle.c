/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

#include <string.h>

#include "base/rcp-iso8601.h"

/*
 * The Bundle is put together as text around the stored texts: nothing is parsed and printed again, so a page costs what
 * it costs to read it, and every resource comes back as it was stored.
 */

static void
append_json_string (GString *text, const char *value)
{
  g_autoptr (PracticeJson) string = json_object_new_string (value);

  g_string_append (text, json_object_to_json_string_ext (string, JSON_C_TO_STRING_NOSLASHESCAPE));
}

static void
append_link (GString *text, const PracticeSearch *search, const char *relation, const char *token)
{
  g_autoptr (GString) url = g_string_new (NULL);

  g_string_append_printf (url, "%s/%s", search->base_url, search->type);
  if (*search->link_query != '\0' || token != NULL)
    g_string_append_c (url, '?');
  g_string_append (url, search->link_query);
  if (token != NULL)
    g_string_append_printf (url, "%s_page=%s", *search->link_query != '\0' ? "&" : "", token);

  g_string_append_printf (text, "{\"relation\":\"%s\",\"url\":", relation);
  append_json_string (text, url->str);
  g_string_append_c (text, '}');
}

static gboolean
wants_element (const PracticeSearch *search, const char *type, const char *name)
{
  gsize length = strlen (type);

  if (strcmp (name, "resourceType") == 0 || strcmp (name, "id") == 0 || strcmp (name, "meta") == 0)
    return TRUE;

  for (guint i = 0; i < search->elements->len; i++)
    {
      const char *wanted = search->elements->pdata[i];

      if (strncmp (wanted, type, length) == 0 && wanted[length] == '.')
        wanted += length + 1;
      /* "_birthDate" carries the extensions of birthDate. */
      if (strcmp (wanted, name) == 0 || (*name == '_' && strcmp (wanted, name + 1) == 0))
        return TRUE;
    }

  return FALSE;
}

static void
tag_subsetted (PracticeJson *resource)
{
  PracticeJson *meta = practice_json_get_object (resource, "meta");
  PracticeJson *tags = meta != NULL ? practice_json_get_array (meta, "tag") : NULL;
  PracticeJson *tag = json_object_new_object ();

  json_object_object_add (tag, "system", json_object_new_string ("http://terminology.hl7.org/CodeSystem/v3-ObservationValue"));
  json_object_object_add (tag, "code", json_object_new_string ("SUBSETTED"));
  if (meta == NULL)
    {
      meta = json_object_new_object ();
      json_object_object_add (resource, "meta", meta);
    }
  if (tags == NULL)
    {
      tags = json_object_new_array ();
      json_object_object_add (meta, "tag", tags);
    }
  json_object_array_add (tags, tag);
}

static void
append_elements (GString *text, const PracticeSearch *search, const PracticeVersion *version)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) resource = practice_json_parse (version->content, version->length, outcome);
  g_autoptr (PracticeJson) subset = json_object_new_object ();
  g_autofree char *printed = NULL;
  gsize length;

  json_object_object_foreach (resource, name, value)
    if (wants_element (search, version->type, name))
      json_object_object_add (subset, name, json_object_get (value));
  tag_subsetted (subset);
  printed = practice_json_print (subset, &length);
  g_string_append_len (text, printed, length);
}

static void
append_entry (GString *text, const PracticeSearch *search, const PracticeVersion *version, const char *mode)
{
  if (text->str[text->len - 1] != '[')
    g_string_append_c (text, ',');
  g_string_append (text, "{\"fullUrl\":\"");
  g_string_append_printf (text, "%s/%s/%s\",\"resource\":", search->base_url, version->type, version->id);
  if (search->elements != NULL)
    append_elements (text, search, version);
  else
    g_string_append_len (text, version->content, version->length);
  g_string_append_printf (text, ",\"search\":{\"mode\":\"%s\"}}", mode);
}

static void
append_entries (GString *text, PracticeStore *store, const PracticeSearch *search, const GArray *rids, const char *mode)
{
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PracticeVersion) version = practice_store_load (store, g_array_index (rids, gint64, i));

      if (version != NULL)
        append_entry (text, search, version, mode);
    }
}

/* What was left out of account is told beside the matches (search.html#errors). */
static void
append_remarks (GString *text, const PracticeSearch *search, gboolean overflow)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = NULL;

  if (search->ignored->len == 0 && !overflow)
    return;

  for (guint i = 0; i < search->ignored->len; i++)
    practice_outcome_warning (outcome, "not-supported", NULL, "Search parameter \"%s\" was ignored",
                              (char *) search->ignored->pdata[i]);
  if (overflow)
    practice_outcome_warning (outcome, "too-costly", NULL, "Not everything that was to be included is");
  json = practice_outcome_to_json (outcome);
  g_string_append_printf (text, "%s{\"resource\":%s,\"search\":{\"mode\":\"outcome\"}}",
                          text->str[text->len - 1] != '[' ? "," : "",
                          json_object_to_json_string_ext (json, JSON_C_TO_STRING_NOSLASHESCAPE));
}

static void
append_head (GString *text, const PracticeSearch *search, const PracticePage *page)
{
  g_autofree char *now = rcp_iso8601_format_utc (search->now);

  g_string_append_printf (text, "{\"resourceType\":\"Bundle\",\"meta\":{\"lastUpdated\":\"%s\"},\"type\":\"searchset\"", now);
  if (page->total >= 0)
    g_string_append_printf (text, ",\"total\":%" G_GINT64_FORMAT, page->total);
  g_string_append (text, ",\"link\":[");
  append_link (text, search, "self", NULL);
  if (page->next != NULL)
    {
      g_autofree char *token = practice_page_token_new (search, page->next);

      g_string_append_c (text, ',');
      append_link (text, search, "next", token);
    }
  g_string_append (text, "]");
}

/**
 * practice_search_run:
 * @store: a connection in a transaction
 * @search: the search
 * @outcome: gets the error when the database fails
 * @length: (out): of the text
 *
 * Returns: (transfer full) (nullable): a Bundle of type searchset
 */
char *
practice_search_run (PracticeStore *store, PracticeSearch *search, PracticeOutcome *outcome, gsize *length)
{
  g_auto (PracticePage) page = { NULL, };
  g_autoptr (GArray) included = NULL;
  g_autoptr (GError) error = NULL;
  gboolean overflow = FALSE;
  GString *text;

  if (!practice_search_find (store, search, &page, &error))
    {
      practice_outcome_error (outcome, 500, "exception", NULL, "The database failed: %s", error->message);
      return NULL;
    }

  included = practice_search_include (store, search, page.rids, &overflow);
  text = g_string_sized_new (1024 * (page.rids->len + included->len + 1));
  append_head (text, search, &page);
  g_string_append (text, ",\"entry\":[");
  append_entries (text, store, search, page.rids, "match");
  append_entries (text, store, search, included, "include");
  append_remarks (text, search, overflow);
  /* An empty array is not valid FHIR JSON. */
  if (g_str_has_suffix (text->str, ",\"entry\":["))
    g_string_truncate (text, text->len - strlen (",\"entry\":["));
  else
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');

  *length = text->len;
  return g_string_free (text, FALSE);
}
