/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance/rcp-core-envelope.h"

#include <string.h>

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static RcpCoreEnvelope *
make_request (void)
{
  RcpCoreEnvelope *self = rcp_core_envelope_new ();

  set (&self->payload_type, RCP_CORE_REQUEST_270);
  set (&self->payload_id, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
  set (&self->time_stamp, "2026-03-10T14:15:00Z");
  set (&self->sender, "CLINIC");
  set (&self->receiver, "PAYER & SONS");
  set (&self->payload, "ISA*00*~\nEB*1]]>~\r\n<&>~\n");
  return self;
}

/* What is written is read again, in both forms. */
static void
test_round (gconstpointer form)
{
  g_autoptr (RcpCoreEnvelope) request = make_request ();
  g_autofree char *type = NULL, *text = NULL;
  g_autoptr (GBytes) body = rcp_core_envelope_write (request, GPOINTER_TO_INT (form), "desk", "s<cret", &type);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoreEnvelope) read = rcp_core_envelope_read (type, body, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->payload_type, ==, RCP_CORE_REQUEST_270);
  g_assert_cmpstr (read->payload_id, ==, request->payload_id);
  g_assert_cmpstr (read->time_stamp, ==, request->time_stamp);
  g_assert_cmpstr (read->sender, ==, "CLINIC");
  g_assert_cmpstr (read->receiver, ==, "PAYER & SONS");
  g_assert_cmpstr (read->payload, ==, request->payload);
  g_assert_cmpstr (read->error_code, ==, "");
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_assert_nonnull (strstr (text, "2.2.0"));
  g_assert_nonnull (strstr (text, "RealTime"));
  g_assert_nonnull (strstr (text, "desk"));
}

/* A certificate says who we are: then no name and no password are sent. */
static void
test_certificate (gconstpointer form)
{
  g_autoptr (RcpCoreEnvelope) request = make_request ();
  g_autofree char *type = NULL, *text = NULL;
  g_autoptr (GBytes) body = rcp_core_envelope_write (request, GPOINTER_TO_INT (form), NULL, NULL, &type);

  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_assert_null (strstr (text, "UserName"));
  g_assert_null (strstr (text, "Username"));
  g_assert_null (strstr (text, "Password"));
}

static RcpCoreEnvelope *
read_text (const char *type, const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return rcp_core_envelope_read (type, body, error);
}

static void
test_soap_answer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoreEnvelope) read =
    read_text ("application/soap+xml; charset=utf-8",
               "<S:Envelope xmlns:S='http://www.w3.org/2003/05/soap-envelope'><S:Body>"
               "<ns2:COREEnvelopeRealTimeResponse xmlns:ns2='http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd'>"
               "<PayloadType>X12_271_Response_005010X279A1</PayloadType><Payload>ISA&amp;~</Payload>"
               "<ErrorCode>Success</ErrorCode><ErrorMessage/></ns2:COREEnvelopeRealTimeResponse></S:Body></S:Envelope>",
               &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->payload_type, ==, "X12_271_Response_005010X279A1");
  g_assert_cmpstr (read->payload, ==, "ISA&~");
  g_assert_cmpstr (read->error_code, ==, RCP_CORE_SUCCESS);
  g_assert_cmpstr (read->error_message, ==, "");
}

static void
test_mime_answer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoreEnvelope) read =
    read_text ("multipart/form-data; boundary=xx",
               "preamble\r\n--xx\r\nContent-Disposition: form-data; name=\"PayloadType\"\r\n\r\nCoreEnvelopeError\r\n"
               "--xx\r\nContent-Disposition: form-data; name=\"Payload\"\r\n\r\n\r\n"
               "--xx\r\nContent-Disposition: form-data; name=\"Cut\"\r\n--xx\r\n\r\n"
               "--xx\r\nContent-Disposition: form-data; name=\"ErrorCode\"\r\n\r\nSender\r\n"
               "--xx\r\nContent-Disposition: form-data; name=\"ErrorMessage\"\r\n\r\nSenderID is not known\r\n"
               "--xx\r\nContent-Disposition: form-data; name=\"Whatever\"\r\n\r\n7\r\n--xx--\r\n",
               &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->payload_type, ==, "CoreEnvelopeError");
  g_assert_cmpstr (read->error_code, ==, "Sender");
  g_assert_cmpstr (read->error_message, ==, "SenderID is not known");
  g_assert_cmpstr (read->payload, ==, "");
}

static void
test_bare (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoreEnvelope) read = read_text ("text/plain", "\xef\xbb\xbf \r\nISA*00*~", &error);
  g_autoptr (RcpCoreEnvelope) untyped = read_text (NULL, "ISA*00*~", NULL);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (read->payload, "ISA*00*~"));
  g_assert_cmpstr (read->payload_type, ==, "");
  g_assert_nonnull (untyped);
}

static void
test_no_envelope (void)
{
  const struct
  {
    const char *type;
    const char *text;
  } cases[] = {
    { "text/html", "<html><body>502 Bad Gateway</body></html>" },
    { "application/soap+xml", "<html><body>502 Bad Gateway</body></html>" },
    { "application/soap+xml", "<Envelope><Payload>ISA" },
    { "application/soap+xml", "" },
    { "multipart/form-data", "--xx\r\n\r\n" },
    { "multipart/form-data; boundary=xx", "" },
    { "multipart/form-data; boundary=", "--\r\n\r\n" },
    { "multipart/form-data; boundary=xx", "--xx\r\nContent-Disposition: form-data; name=\"Payload\"\r\n--xx--" },
    /* Cut off: half an answer is none. */
    { "multipart/form-data; boundary=xx", "--xx\r\nContent-Disposition: form-data; name=\"Payload\"\r\n\r\nISA*0" },
    { "multipart/form-data; boundary=xx", "--xx\r\nContent-Disposition: form-data\r\n\r\nISA\r\n--xx--\r\n" },
    { "application/json", "{}" },
    { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      g_assert_null (read_text (cases[i].type, cases[i].text, &error));
      g_assert_error (error, RCP_CORE_ERROR, RCP_CORE_ERROR_NO_ENVELOPE);
    }
}

static void
test_too_long (void)
{
  gsize length = RCP_CORE_LONGEST + 1;
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (GError) error = NULL;

  g_assert_null (rcp_core_envelope_read ("text/plain", body, &error));
  g_assert_error (error, RCP_CORE_ERROR, RCP_CORE_ERROR_TOO_LONG);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/insurance/core-envelope/round/mime", GINT_TO_POINTER (RCP_CORE_FORM_MIME), test_round);
  g_test_add_data_func ("/insurance/core-envelope/round/soap", GINT_TO_POINTER (RCP_CORE_FORM_SOAP), test_round);
  g_test_add_data_func ("/insurance/core-envelope/certificate/mime", GINT_TO_POINTER (RCP_CORE_FORM_MIME), test_certificate);
  g_test_add_data_func ("/insurance/core-envelope/certificate/soap", GINT_TO_POINTER (RCP_CORE_FORM_SOAP), test_certificate);
  g_test_add_func ("/insurance/core-envelope/soap-answer", test_soap_answer);
  g_test_add_func ("/insurance/core-envelope/mime-answer", test_mime_answer);
  g_test_add_func ("/insurance/core-envelope/bare", test_bare);
  g_test_add_func ("/insurance/core-envelope/no-envelope", test_no_envelope);
  g_test_add_func ("/insurance/core-envelope/too-long", test_too_long);
  return g_test_run ();
}
