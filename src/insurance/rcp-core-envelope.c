/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-core-envelope.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define RULE_VERSION "2.2.0"
#define SOAP_TYPE "application/soap+xml; charset=UTF-8; action=RealTimeTransaction"
#define SOAP_NAMESPACE "http://www.w3.org/2003/05/soap-envelope"
#define CORE_NAMESPACE "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"
#define SECURITY_NAMESPACE "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"

G_DEFINE_QUARK (rcp-core-error-quark, rcp_core_error)

/* The fields of an envelope, by their names in both forms. */
typedef struct
{
  const char *name;
  gsize offset;
} Field;

static const Field fields[] = {
  { "PayloadType", G_STRUCT_OFFSET (RcpCoreEnvelope, payload_type) },
  { "PayloadID", G_STRUCT_OFFSET (RcpCoreEnvelope, payload_id) },
  { "TimeStamp", G_STRUCT_OFFSET (RcpCoreEnvelope, time_stamp) },
  { "SenderID", G_STRUCT_OFFSET (RcpCoreEnvelope, sender) },
  { "ReceiverID", G_STRUCT_OFFSET (RcpCoreEnvelope, receiver) },
  { "Payload", G_STRUCT_OFFSET (RcpCoreEnvelope, payload) },
  { "ErrorCode", G_STRUCT_OFFSET (RcpCoreEnvelope, error_code) },
  { "ErrorMessage", G_STRUCT_OFFSET (RcpCoreEnvelope, error_message) },
};

static char **
find_field (RcpCoreEnvelope *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].name, name) == 0)
      return G_STRUCT_MEMBER_P (self, fields[i].offset);
  return NULL;
}

static void
set_field (RcpCoreEnvelope *self, const char *name, char *value)
{
  char **field = find_field (self, name);

  if (field == NULL)
    {
      g_free (value);
      return;
    }
  g_free (*field);
  *field = value;
}

/* Returns: (transfer full): with every field empty */
RcpCoreEnvelope *
rcp_core_envelope_new (void)
{
  RcpCoreEnvelope *self = g_new0 (RcpCoreEnvelope, 1);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    set_field (self, fields[i].name, g_strdup (""));
  return self;
}

void
rcp_core_envelope_free (RcpCoreEnvelope *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (*find_field (self, fields[i].name));
  g_free (self);
}

static GBytes *
write_mime (const RcpCoreEnvelope *self, const char *user_name, const char *password, char **content_type)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  SoupMultipart *multipart = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  GBytes *body = NULL;

  soup_multipart_append_form_string (multipart, "PayloadType", self->payload_type);
  soup_multipart_append_form_string (multipart, "ProcessingMode", "RealTime");
  soup_multipart_append_form_string (multipart, "PayloadID", self->payload_id);
  soup_multipart_append_form_string (multipart, "TimeStamp", self->time_stamp);
  if (user_name)
    {
      soup_multipart_append_form_string (multipart, "UserName", user_name);
      soup_multipart_append_form_string (multipart, "Password", password ? password : "");
    }
  soup_multipart_append_form_string (multipart, "SenderID", self->sender);
  soup_multipart_append_form_string (multipart, "ReceiverID", self->receiver);
  soup_multipart_append_form_string (multipart, "CORERuleVersion", RULE_VERSION);
  soup_multipart_append_form_string (multipart, "Payload", self->payload);
  soup_multipart_to_message (multipart, headers, &body);
  *content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  soup_multipart_free (multipart);
  return body;
}

static void
append_element (GString *xml, const char *name, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (xml, "<%s>%s</%s>", name, escaped, name);
}

static void
append_security (GString *xml, const char *user_name, const char *password)
{
  if (user_name == NULL)
    return;
  g_string_append (xml, "<soap:Header><wsse:Security xmlns:wsse=\"" SECURITY_NAMESPACE "\"><wsse:UsernameToken>");
  append_element (xml, "wsse:Username", user_name);
  append_element (xml, "wsse:Password", password ? password : "");
  g_string_append (xml, "</wsse:UsernameToken></wsse:Security></soap:Header>");
}

/* CDATA ends at "]]>", wherever it stands: there it is cut in two. */
static void
append_payload (GString *xml, const char *payload)
{
  g_auto (GStrv) parts = g_strsplit (payload, "]]>", -1);
  g_autofree char *cut = g_strjoinv ("]]]]><![CDATA[>", parts);

  g_string_append_printf (xml, "<Payload><![CDATA[%s]]></Payload>", cut);
}

static GBytes *
write_soap (const RcpCoreEnvelope *self, const char *user_name, const char *password, char **content_type)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><soap:Envelope xmlns:soap=\"" SOAP_NAMESPACE "\">");
  gsize length;

  append_security (xml, user_name, password);
  g_string_append (xml, "<soap:Body><core:COREEnvelopeRealTimeRequest xmlns:core=\"" CORE_NAMESPACE "\">");
  append_element (xml, "PayloadType", self->payload_type);
  append_element (xml, "ProcessingMode", "RealTime");
  append_element (xml, "PayloadID", self->payload_id);
  append_element (xml, "TimeStamp", self->time_stamp);
  append_element (xml, "SenderID", self->sender);
  append_element (xml, "ReceiverID", self->receiver);
  append_element (xml, "CORERuleVersion", RULE_VERSION);
  append_payload (xml, self->payload);
  g_string_append (xml, "</core:COREEnvelopeRealTimeRequest></soap:Body></soap:Envelope>");
  *content_type = g_strdup (SOAP_TYPE);
  length = xml->len;
  return g_bytes_new_take (g_string_free (xml, FALSE), length);
}

/**
 * rcp_core_envelope_write:
 * @user_name: (nullable): %NULL when a client certificate says who we are
 * @password: (nullable): it is in what is returned, which must not be logged
 * @content_type: (out): (transfer full)
 *
 * Returns: (transfer full): the body of a POST
 */
GBytes *
rcp_core_envelope_write (const RcpCoreEnvelope *self, RcpCoreForm form, const char *user_name, const char *password, char **content_type)
{
  if (form == RCP_CORE_FORM_SOAP)
    return write_soap (self, user_name, password, content_type);
  return write_mime (self, user_name, password, content_type);
}

/* The text of a part. X12 is ASCII; what is not UTF-8 is carried on all the same, as bytes. */
static char *
dup_text (GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  return length > 0 ? g_strndup (data, length) : g_strdup ("");
}

/* Takes the part between @start and @end: the rest of the line of the boundary (which soup_headers_parse() passes over), headers, an
 * empty line, and its body. */
static void
read_part (RcpCoreEnvelope *self, const char *start, const char *end)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *disposition = NULL;
  const char *body = g_strstr_len (start, end - start, "\r\n\r\n");
  const char *name;

  if (body == NULL || !soup_headers_parse (start, body + 2 - start, headers) ||
      !soup_message_headers_get_content_disposition (headers, &disposition, &parameters))
    return;
  body += 4;
  name = g_hash_table_lookup (parameters, "name");
  if (name)
    set_field (self, name, g_strndup (body, end > body ? end - body : 0));
}

/* Parts stand between lines of "--" and the boundary (RFC 2046, 5.1.1). Not by SoupMultipart: before libsoup 3.6.6 it makes a part
 * of -1 bytes of one that ends within its headers (CVE-2025-4948). */
static gboolean
read_mime (RcpCoreEnvelope *self, const char *content_type, GBytes *body)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *text = dup_text (body), *delimiter = NULL;
  const char *boundary, *part;

  soup_message_headers_append (headers, "Content-Type", content_type);
  soup_message_headers_get_content_type (headers, &parameters);
  boundary = parameters ? g_hash_table_lookup (parameters, "boundary") : NULL;
  if (boundary == NULL || *boundary == '\0')
    return FALSE;
  delimiter = g_strconcat ("\r\n--", boundary, NULL);
  /* The first of these lines may be the first of all. */
  if (g_str_has_prefix (text, delimiter + 2))
    part = text + strlen (delimiter) - 2;
  else if ((part = strstr (text, delimiter)) != NULL)
    part += strlen (delimiter);
  while (part && !g_str_has_prefix (part, "--"))
    {
      const char *end = strstr (part, delimiter);

      /* What is not ended is cut off, and no part. */
      if (end)
        read_part (self, part, end);
      part = end ? end + strlen (delimiter) : NULL;
    }
  return *self->payload_type != '\0' || *self->payload != '\0' || *self->error_code != '\0';
}

typedef struct
{
  RcpCoreEnvelope *envelope;
  GString *text;
  gboolean has_any;
} SoapReader;

static const char *
local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon ? colon + 1 : name;
}

static void
on_element_started_cb (GMarkupParseContext *context, const char *name, const char **attribute_names, const char **attribute_values,
                       gpointer data, GError **error)
{
  SoapReader *self = data;

  g_string_truncate (self->text, 0);
}

static void
on_element_ended_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  SoapReader *self = data;

  if (find_field (self->envelope, local_name (name)))
    {
      set_field (self->envelope, local_name (name), g_strdup (self->text->str));
      self->has_any = TRUE;
    }
  g_string_truncate (self->text, 0);
}

static void
on_text_read_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  SoapReader *self = data;

  g_string_append_len (self->text, text, length);
}

static gboolean
read_soap (RcpCoreEnvelope *self, GBytes *body)
{
  const GMarkupParser parser = { on_element_started_cb, on_element_ended_cb, on_text_read_cb, NULL, NULL };
  SoapReader reader = { self, g_string_new (NULL), FALSE };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reader, NULL);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  gboolean is_whole;

  /* An empty body has no data at all. */
  is_whole = length > 0 && g_markup_parse_context_parse (context, data, length, NULL) && g_markup_parse_context_end_parse (context, NULL);
  g_string_free (reader.text, TRUE);
  return is_whole && reader.has_any;
}

static gboolean
is_bare_x12 (GBytes *body)
{
  g_autofree char *text = dup_text (body);
  const char *start = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;

  return g_str_has_prefix (g_strchug ((char *) start), "ISA");
}

/**
 * rcp_core_envelope_read:
 * @content_type: (nullable): of the answer
 *
 * Some gateways answer with bare X12: it becomes the payload of an envelope that says nothing else.
 *
 * Returns: (transfer full): %NULL with an RcpCoreError
 */
RcpCoreEnvelope *
rcp_core_envelope_read (const char *content_type, GBytes *body, GError **error)
{
  g_autoptr (RcpCoreEnvelope) self = rcp_core_envelope_new ();
  const char *type = content_type ? content_type : "";

  if (g_bytes_get_size (body) > RCP_CORE_LONGEST)
    {
      g_set_error (error, RCP_CORE_ERROR, RCP_CORE_ERROR_TOO_LONG, _ ("The answer is too long: more than %d MB"), RCP_CORE_LONGEST >> 20);
      return NULL;
    }
  if (g_ascii_strncasecmp (type, "multipart/", 10) == 0 && read_mime (self, type, body))
    return g_steal_pointer (&self);
  if (is_bare_x12 (body))
    {
      set_field (self, "Payload", dup_text (body));
      return g_steal_pointer (&self);
    }
  if (strstr (type, "xml") && read_soap (self, body))
    return g_steal_pointer (&self);
  g_set_error_literal (error, RCP_CORE_ERROR, RCP_CORE_ERROR_NO_ENVELOPE, _ ("The clearinghouse answered with something that is no answer"));
  return NULL;
}
