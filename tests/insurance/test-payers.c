/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

/* One contract for every way to ask a payer: X12 over CORE as MIME and as SOAP (rcp-clearinghouse, rcp-post, rcp-inquiry,
 * rcp-x12-answer), and FHIR (rcp-fhir-payer). The payer is a server on the loopback that answers byte for byte what the test says. */

#include "fault-server.h"
#include "insurance/rcp-clearinghouse.h"
#include "insurance/rcp-fhir-payer.h"
#include "insurance/rcp-rejection.h"
#include "keep-result.h"
#include "x12-text.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1773151200) * G_USEC_PER_SEC) /* 2026-03-10 14:00 UTC */
#define TRACE "REQ-0001"

typedef enum
{
  WAY_MIME,
  WAY_SOAP,
  WAY_BARE, /* asked by SOAP, answered by X12 without an envelope */
  WAY_FHIR,
} Way;

/* What the payer does, one letter per request: the answers of the table below. */
typedef struct
{
  const char *name;
  const char *script;
  RcpEligibilityStatus status;
  guint n_requests;
  const char *words; /* some of them */
} Case;

static const Case cases[] = {
  { "eligible", "e", RCP_ELIGIBILITY_ELIGIBLE, 1, NULL },
  { "not-eligible", "n", RCP_ELIGIBILITY_NOT_ELIGIBLE, 1, NULL },
  { "not-found", "f", RCP_ELIGIBILITY_CANNOT_TELL, 1, "does not find the insured person (75)" },
  { "says-nothing", "0", RCP_ELIGIBILITY_CANNOT_TELL, 1, "does not say whether" },
  { "slow-once", "se", RCP_ELIGIBILITY_ELIGIBLE, 2, NULL },
  { "silent", "ss", RCP_ELIGIBILITY_CANNOT_TELL, 2, "in time" },
  { "busy-once", "be", RCP_ELIGIBILITY_ELIGIBLE, 2, NULL },
  { "busy", "bb", RCP_ELIGIBILITY_CANNOT_TELL, 2, "too busy" },
  { "unable-once", "ue", RCP_ELIGIBILITY_ELIGIBLE, 2, NULL },
  { "unable", "uu", RCP_ELIGIBILITY_CANNOT_TELL, 2, "at the moment (42)" },
  { "no-answer-behind-once", "8n", RCP_ELIGIBILITY_NOT_ELIGIBLE, 2, NULL },
  /* The same reason, but the payer does not want to be asked again. */
  { "unable-for-long", "w", RCP_ELIGIBILITY_CANNOT_TELL, 1, "in 30 days" },
  { "wrong-trace", "t", RCP_ELIGIBILITY_CANNOT_TELL, 1, "another request" },
  { "page-of-html", "h", RCP_ELIGIBILITY_CANNOT_TELL, 1, "no answer" },
  { "no-sign-in", "a", RCP_ELIGIBILITY_CANNOT_TELL, 1, "sign-in" },
  { "broken", "5", RCP_ELIGIBILITY_CANNOT_TELL, 1, "500" },
};

/* Only in X12. */
static const Case x12_cases[] = {
  { "refused-999", "9", RCP_ELIGIBILITY_CANNOT_TELL, 1, "segment NM1, number 8" },
  { "refused-ta1", "1", RCP_ELIGIBILITY_CANNOT_TELL, 1, "code 024" },
  { "truncated-isa", "i", RCP_ELIGIBILITY_CANNOT_TELL, 1, NULL },
  { "truncated-benefits", "c", RCP_ELIGIBILITY_CANNOT_TELL, 1, "cut off" },
  { "two-interchanges", "2", RCP_ELIGIBILITY_CANNOT_TELL, 1, "more than one" },
  { "redirected", "r", RCP_ELIGIBILITY_CANNOT_TELL, 1, "302" },
  { "gateway-once", "ge", RCP_ELIGIBILITY_ELIGIBLE, 2, NULL },
};

typedef struct
{
  Way way;
  const Case *what;
} Run;

#define LEVELS "HL*1**20*1~NM1*PR*2*ACME HEALTH PLAN*****PI*12345~%sHL*2*1*21*1~NM1*1P*2*CITY CLINIC*****XX*1234567893~HL*3*2*22*0~"
#define OTHERWISE "BHT*0022*11*" TRACE "*20260310*0915~" LEVELS "TRN*2*%s*9CITYCLINC~NM1*IL*1*DOE*JANE****MI*W123456789~%s"

/* @of_payer: at the payer's level. */
static char *
make_271 (const char *trace, const char *of_payer, const char *lines)
{
  g_autofree char *body = g_strdup_printf (OTHERWISE, of_payer, trace, lines);

  return x12_text_make ("271", body);
}

static char *
make_x12 (char what)
{
  g_autofree char *whole = NULL;

  switch (what)
    {
    case 'e':
      return make_271 (TRACE, "", "EB*1**98~EB*B*IND*98***27*25*****Y~");
    case 'n':
      return make_271 (TRACE, "", "EB*6**30~");
    case 'f':
      return make_271 (TRACE, "", "AAA*N**75*C~");
    case '0':
      return make_271 (TRACE, "", "EB*D**30~");
    case 'u':
      return make_271 (TRACE, "AAA*Y**42*R~", "");
    case '8':
      return make_271 (TRACE, "AAA*Y**80*P~", "");
    case 'w':
      return make_271 (TRACE, "AAA*Y**42*W~", "");
    case 't':
      return make_271 ("REQ-0002", "", "EB*1**98~");
    case '9':
      return x12_text_make ("999", "AK1*HS*7*005010X279A1~AK2*270*0007*005010X279A1~IK3*NM1*8**8~IK5*R~AK9*R*1*1*0~");
    case '1':
      return g_strdup ("ISA*00*          *00*          *ZZ*PAYER          *ZZ*RECEPTION      *260310*0915*^*00501*000000007*0*T*:~"
                       "TA1*000000001*260310*0915*R*024~IEA*0*000000007~");
    case 'i':
      whole = make_x12 ('e');
      return g_strndup (whole, 80);
    case 'c':
      whole = make_x12 ('e');
      return g_strndup (whole, strstr (whole, "EB*B") - whole);
    case '2':
      whole = make_x12 ('e');
      return g_strconcat (whole, whole, NULL);
    default:
      g_assert_not_reached ();
    }
}

#define ITEM(code) "\"insurance\":[{\"coverage\":{\"reference\":\"#coverage\"},\"inforce\":" code "}],"
#define CODE(reason, follow_up)                                                                                                           \
  "\"error\":[{\"code\":{\"coding\":[{\"system\":\"https://x12.org/codes/reject-reason-codes\",\"code\":\"" reason "\"},"                 \
  "{\"system\":\"https://x12.org/codes/follow-up-action-codes\",\"code\":\"" follow_up "\"}]}}],"

static char *
make_fhir (char what)
{
  static const struct { char what; const char *outcome; const char *trace; const char *rest; } answers[] = {
    { 'e', "complete", TRACE, ITEM ("true") },      { 'n', "complete", TRACE, ITEM ("false") },  { 'f', "error", TRACE, CODE ("75", "C") },
    { '0', "complete", TRACE, "" },                 { 'u', "error", TRACE, CODE ("42", "R") },   { '8', "error", TRACE, CODE ("80", "P") },
    { 'w', "error", TRACE, CODE ("42", "W") },      { 't', "complete", "REQ-0002", ITEM ("true") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].what == what)
      return g_strdup_printf ("{\"resourceType\":\"CoverageEligibilityResponse\",\"id\":\"1\",\"status\":\"active\",\"outcome\":\"%s\",%s"
                              "\"insurer\":{\"display\":\"ACME HEALTH PLAN\"},"
                              "\"request\":{\"identifier\":{\"system\":\"urn:reception:trace\",\"value\":\"%s\"}}}",
                              answers[i].outcome, answers[i].rest, answers[i].trace);
  g_assert_not_reached ();
}

static char *
wrap (Way way, const char *x12, const char **type)
{
  *type = way == WAY_MIME ? "Content-Type: multipart/form-data; boundary=b7\r\n"
          : way == WAY_SOAP ? "Content-Type: application/soap+xml; charset=utf-8\r\n"
                            : "Content-Type: text/plain\r\n";
  if (way == WAY_MIME)
    return g_strdup_printf ("--b7\r\nContent-Disposition: form-data; name=\"PayloadType\"\r\n\r\nX12_271_Response_005010X279A1\r\n"
                            "--b7\r\nContent-Disposition: form-data; name=\"ErrorCode\"\r\n\r\nSuccess\r\n"
                            "--b7\r\nContent-Disposition: form-data; name=\"Payload\"\r\n\r\n%s\r\n--b7--\r\n",
                            x12);
  if (way == WAY_SOAP)
    return g_strdup_printf ("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>"
                            "<c:COREEnvelopeRealTimeResponse xmlns:c=\"urn:c\"><PayloadType>X12_271_Response_005010X279A1</PayloadType>"
                            "<Payload><![CDATA[%s]]></Payload><ErrorCode>Success</ErrorCode></c:COREEnvelopeRealTimeResponse>"
                            "</s:Body></s:Envelope>",
                            x12);
  return g_strdup (x12);
}

static void
push (FaultServer *server, Way way, char what)
{
  g_autofree char *x12 = NULL, *body = NULL;
  const char *type = NULL;

  if (what == 's')
    fault_server_answer_never (server);
  else if (what == 'b')
    fault_server_answer (server, 429, "Retry-After: 0\r\n", "{}");
  else if (what == 'h')
    fault_server_answer (server, 200, "Content-Type: text/html\r\n", "<html><body>Sign in &nbsp; here</body></html>");
  else if (what == 'a')
    fault_server_answer (server, 401, NULL, "{}");
  else if (what == '5')
    fault_server_answer (server, 500, NULL, "{}");
  else if (what == 'g')
    fault_server_answer (server, 502, "Content-Type: text/html\r\n", "<html>Bad gateway</html>");
  else if (what == 'r')
    fault_server_answer (server, 302, "Location: /elsewhere\r\n", "");
  else if (way == WAY_FHIR)
    {
      body = make_fhir (what);
      fault_server_answer (server, 200, NULL, body);
    }
  else
    {
      x12 = make_x12 (what);
      body = wrap (way, x12, &type);
      fault_server_answer (server, 200, type, body);
    }
}

static RcpEligibilityBackend *
make_backend (Way way, const char *url, guint timeout_ms)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (NOW);
  RcpClearinghouseSetup setup = { .url = url, .form = way == WAY_MIME ? RCP_CORE_FORM_MIME : RCP_CORE_FORM_SOAP, .user_name = "clinic",
                                  .password = "s3cret", .sender_qualifier = "ZZ", .sender = "RECEPTION", .receiver_qualifier = "ZZ",
                                  .receiver = "PAYER", .company = "9CITYCLINC", .provider_name = "City Clinic", .npi = "1234567893",
                                  .is_test = TRUE, .timeout_ms = timeout_ms, .pause_ms = 1 };

  if (way == WAY_FHIR)
    {
      g_autoptr (FhirClient) client = fhir_client_new (url);
      RcpFhirPayer *payer = rcp_fhir_payer_new (client, clock);

      fhir_client_set_timeout (client, MAX (timeout_ms / 1000, 1));
      fhir_client_set_max_retries (client, 1);
      rcp_fhir_payer_set_patience (payer, 20000, 1);
      return RCP_ELIGIBILITY_BACKEND (payer);
    }
  return RCP_ELIGIBILITY_BACKEND (rcp_clearinghouse_new (&setup, clock));
}

static RcpEligibilityQuestion *
make_question (const char *more)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Coverage\",\"id\":\"5\",\"status\":\"active\",\"subscriberId\":\"W123456789\","
                                           "\"beneficiary\":{\"reference\":\"Patient/7\"},%s\"payor\":[{\"display\":\"Acme Health\","
                                           "\"identifier\":{\"system\":\"urn:reception:payer\",\"value\":\"12345\"}}]}",
                                           more);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (JsonNode) who = json_from_string ("{\"resourceType\":\"Patient\",\"id\":\"7\",\"birthDate\":\"1980-02-14\",\"gender\":\"female\","
                                               "\"telecom\":[{\"system\":\"phone\",\"value\":\"207-555-0110\"}],"
                                               "\"name\":[{\"family\":\"Doe\",\"given\":[\"Jane\"]}]}",
                                               NULL);
  g_autoptr (FhirResource) coverage = fhir_resource_new (json_node_get_object (node)), patient = fhir_resource_new (json_node_get_object (who));
  g_autoptr (RcpCoverage) value = rcp_coverage_new (coverage, NULL);
  g_autoptr (RcpPatient) person = rcp_patient_new (patient);
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 10, 3, 2026);
  return rcp_eligibility_question_new (person, value, &day, "98", TRACE);
}

static RcpEligibilityAnswer *
check (RcpEligibilityBackend *backend, RcpEligibilityQuestion *question, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_eligibility_backend_check_async (backend, question, cancellable, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_eligibility_backend_check_finish (backend, result, error);
}

static void
test_case (gconstpointer data)
{
  const Run *run = data;
  g_autoptr (FaultServer) server = fault_server_new ();
  gboolean is_silent = strchr (run->what->script, 's') != NULL;
  RcpEligibilityBackend *backend = make_backend (run->way, fault_server_get_base_url (server), is_silent ? 400 : 20000);
  g_autoptr (RcpEligibilityQuestion) question = make_question ("");
  g_autoptr (RcpEligibilityAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  for (const char *what = run->what->script; *what != '\0'; what++)
    push (server, run->way, *what);
  answer = check (backend, question, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", answer->words);
  g_assert_cmpint (answer->status, ==, run->what->status);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, run->what->n_requests);
  if (run->what->words)
    g_assert_nonnull (strstr (answer->words, run->what->words));
  g_assert_true (answer->status != RCP_ELIGIBILITY_CANNOT_TELL ? answer->words == NULL : *answer->words != '\0');
  g_assert_cmpint (answer->at, ==, NOW);
  g_assert_cmpstr (answer->trace, ==, TRACE);
  g_assert_cmpstr (answer->coverage, ==, "Coverage/5");
  if (answer->status != RCP_ELIGIBILITY_CANNOT_TELL)
    {
      g_assert_cmpstr (answer->source, ==, "ACME HEALTH PLAN");
      g_assert_nonnull (answer->raw);
    }
  /* Nothing of what may be another patient's is kept. */
  if (strpbrk (run->what->script, "t2") != NULL)
    {
      g_assert_null (answer->raw);
      g_assert_cmpuint (answer->benefits->len, ==, 0);
    }
  g_assert_finalize_object (backend);
}

static char *
find_between (const char *text, const char *start, char end)
{
  const char *from = strstr (text, start);

  g_assert_nonnull (from);
  from += strlen (start);
  return g_strndup (from, strchr (from, end) - from);
}

/* The second attempt has another PayloadID and another control number, and the same trace number. */
static void
test_attempts (void)
{
  g_autoptr (FaultServer) server = fault_server_new ();
  RcpEligibilityBackend *backend = make_backend (WAY_SOAP, fault_server_get_base_url (server), 20000);
  g_autoptr (RcpEligibilityQuestion) question = make_question ("");
  g_autoptr (RcpEligibilityAnswer) answer = NULL;
  g_autofree char *ids[2], *controls[2];

  push (server, WAY_SOAP, 'u');
  push (server, WAY_SOAP, 'e');
  answer = check (backend, question, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      const char *request = fault_server_get_request (server, i);

      g_assert_nonnull (strstr (request, "TRN*1*" TRACE "*9CITYCLINC~"));
      g_assert_nonnull (strstr (request, "DTP*291*D8*20260310~"));
      g_assert_nonnull (strstr (request, "EQ*98~"));
      g_assert_nonnull (strstr (request, "NM1*IL*1*DOE*JANE****MI*W123456789~"));
      ids[i] = find_between (request, "<PayloadID>", '<');
      controls[i] = find_between (request, "IEA*1*", '~');
    }
  g_assert_cmpstr (ids[0], !=, ids[1]);
  g_assert_cmpstr (controls[0], !=, controls[1]);
  for (guint i = 0; i < 2; i++)
    {
      g_free (g_steal_pointer (&ids[i]));
      g_free (g_steal_pointer (&controls[i]));
    }
  g_assert_finalize_object (backend);
}

static void
test_cancel (gconstpointer way)
{
  g_autoptr (FaultServer) server = fault_server_new ();
  RcpEligibilityBackend *backend = make_backend (GPOINTER_TO_INT (way), fault_server_get_base_url (server), 20000);
  g_autoptr (RcpEligibilityQuestion) question = make_question ("");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  fault_server_answer_never (server);
  rcp_eligibility_backend_check_async (backend, question, cancellable, keep_result_cb, &kept);
  KEEP_RESULT_UNTIL (fault_server_get_n_requests (server) == 1);
  g_cancellable_cancel (cancellable);
  result = keep_result_wait (&kept);
  g_assert_null (rcp_eligibility_backend_check_finish (backend, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (backend);
}

/* What is missing is said before anything is sent; nothing goes out unencrypted. */
static void
test_not_sent (void)
{
  static const struct { const char *url; const char *more; const char *words; } wrong[] = {
    { "http://clearinghouse.example/core", "", "https" },
    { "nonsense", "", "https" },
    { "http://127.0.0.1:9/core", "\"relationship\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/subscriber-relationship\","
                                 "\"code\":\"child\"}]},", "insured person" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      RcpEligibilityBackend *backend = make_backend (WAY_SOAP, wrong[i].url, 1000);
      g_autoptr (RcpEligibilityQuestion) asked = make_question (wrong[i].more);
      g_autoptr (RcpEligibilityAnswer) answer = check (backend, asked, NULL, NULL);

      g_assert_cmpint (answer->status, ==, RCP_ELIGIBILITY_CANNOT_TELL);
      g_assert_nonnull (strstr (answer->words, wrong[i].words));
      g_assert_finalize_object (backend);
    }
  g_assert_true (rcp_clearinghouse_is_safe ("https://clearinghouse.example/core"));
  g_assert_false (rcp_clearinghouse_is_safe ("http://127.0.0.1.example/core"));
  g_assert_false (rcp_clearinghouse_is_safe ("ftp://127.0.0.1/core"));
}

/* Every reason of the standard has words of its own, and only 42 and 80 with P or R may be asked again. */
static void
test_rejections (void)
{
  static const char *const codes[] = { "04", "15", "33", "35", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52",
                                       "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "67", "68", "69",
                                       "70", "71", "72", "73", "74", "75", "76", "77", "78", "79", "80", "97", "98", "T4" };
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const char *words = rcp_rejection_get_words (codes[i]);

      g_assert_nonnull (words);
      g_assert_true (g_hash_table_add (said, (gpointer) words));
      for (const char *follow_up = "CNPRSWXY"; *follow_up != '\0'; follow_up++)
        {
          g_autoptr (GArray) rejections = g_array_new (FALSE, FALSE, sizeof (RcpRejection));
          RcpRejection rejection = { "", { *follow_up, '\0' }, "20" };
          gboolean is_theirs = strcmp (codes[i], "42") == 0 || strcmp (codes[i], "80") == 0;

          g_strlcpy (rejection.code, codes[i], sizeof rejection.code);
          g_array_append_val (rejections, rejection);
          g_assert_nonnull (rcp_rejection_get_follow_up (rejection.follow_up));
          g_assert_cmpint (rcp_rejections_allow_retry (rejections), ==, is_theirs && (*follow_up == 'P' || *follow_up == 'R'));
        }
    }
  g_assert_null (rcp_rejection_get_words ("99"));
}

static void
add_cases (Way way, const char *name, const Case *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/insurance/payers/%s/%s", name, list[i].name);
      Run *run = g_new0 (Run, 1);

      run->way = way;
      run->what = &list[i];
      g_test_add_data_func_full (path, run, test_case, g_free);
    }
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "mime", "soap", "bare", "fhir" };

  g_test_init (&argc, &argv, NULL);
  for (Way way = WAY_MIME; way <= WAY_FHIR; way++)
    {
      g_autofree char *path = g_strdup_printf ("/insurance/payers/%s/cancel", names[way]);

      add_cases (way, names[way], cases, G_N_ELEMENTS (cases));
      if (way != WAY_FHIR)
        add_cases (way, names[way], x12_cases, G_N_ELEMENTS (x12_cases));
      g_test_add_data_func (path, GINT_TO_POINTER (way), test_cancel);
    }
  g_test_add_func ("/insurance/payers/attempts", test_attempts);
  g_test_add_func ("/insurance/payers/not-sent", test_not_sent);
  g_test_add_func ("/insurance/payers/rejections", test_rejections);
  return g_test_run ();
}
