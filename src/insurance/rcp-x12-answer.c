/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-x12-answer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "insurance/rcp-core-envelope.h"
#include "insurance/rcp-rejection.h"
#include "insurance/rcp-x12-reply.h"
#include "insurance/x12/x12-acknowledgment.h"

/* Whether something is missing at the end, so that benefits may be, too. */
static gboolean
is_cut (const X12Interchange *interchange)
{
  for (guint i = 0; i < x12_interchange_get_n_issues (interchange); i++)
    {
      X12IssueCode code = x12_interchange_get_issue (interchange, i)->code;

      if (code == X12_ISSUE_NOT_CLOSED || code == X12_ISSUE_NOT_TERMINATED)
        return TRUE;
    }
  return FALSE;
}

/* In the place of an answer: why the payer could not even read the question. */
static void
read_acknowledgments (RcpEligibilityAnswer *answer, X12Interchange *interchange)
{
  g_autoptr (GPtrArray) read = x12_acknowledgments_read (interchange);
  const X12Acknowledgment *first = read->len > 0 ? g_ptr_array_index (read, 0) : NULL;
  const X12Fault *fault = first && first->faults->len > 0 ? g_ptr_array_index (first->faults, 0) : NULL;
  g_autofree char *words = NULL;

  if (first == NULL)
    words = g_strdup (_ ("The answer says nothing about coverage"));
  else if (first->status == X12_ACKNOWLEDGMENT_ACCEPTED)
    words = g_strdup (_ ("The payer took the request, but did not answer it"));
  else if (fault && *fault->segment != '\0')
    words = g_strdup_printf (_ ("The payer could not read the request: segment %s, number %u, code %s"), fault->segment, fault->position,
                             fault->code);
  else
    words = g_strdup_printf (_ ("The payer could not read the request: code %s"), first->note && *first->note ? first->note : "-");
  rcp_eligibility_answer_set_words (answer, words);
}

static gboolean
repeats_trace (const RcpX12Reply *reply, const char *trace)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < reply->insured->len; i++)
    {
      const RcpInsured *insured = g_ptr_array_index (reply->insured, i);

      for (guint j = 0; j < insured->traces->len; j++)
        {
          const RcpTrace *told = g_ptr_array_index (insured->traces, j);

          if (!told->is_ours)
            continue;
          if (g_ascii_strcasecmp (told->number, trace) == 0)
            return TRUE;
          has_any = TRUE;
        }
    }
  /* Where no trace is repeated, the number of the request is: so when the payer did not get as far as the patient. */
  return !has_any && reply->reference && g_ascii_strcasecmp (reply->reference, trace) == 0;
}

static void
append_rejections (RcpEligibilityAnswer *answer, GArray *rejections)
{
  g_array_append_vals (answer->rejections, rejections->data, rejections->len);
}

/* The patient is the last one of the reply: the dependent, where there is one. */
static void
read_reply (RcpEligibilityAnswer *answer, RcpX12Reply *reply)
{
  RcpInsured *patient = reply->insured->len > 0 ? g_ptr_array_index (reply->insured, reply->insured->len - 1) : NULL;
  g_autofree char *words = NULL;

  g_free (answer->source);
  answer->source = g_strdup (reply->payer_name);
  append_rejections (answer, reply->rejections);
  for (guint i = 0; i < reply->insured->len; i++)
    append_rejections (answer, ((RcpInsured *) g_ptr_array_index (reply->insured, i))->rejections);
  if (patient)
    {
      g_ptr_array_unref (answer->benefits);
      answer->benefits = g_ptr_array_ref (patient->benefits);
      g_array_unref (answer->dates);
      answer->dates = g_array_ref (patient->dates);
      for (guint i = 0; i < patient->benefits->len; i++)
        append_rejections (answer, ((RcpBenefit *) g_ptr_array_index (patient->benefits, i))->rejections);
    }
  answer->status = rcp_eligibility_judge (answer->benefits, answer->service_type);
  words = rcp_rejections_describe (answer->rejections);
  if (words)
    rcp_eligibility_answer_set_words (answer, words);
  else if (answer->status == RCP_ELIGIBILITY_CANNOT_TELL)
    rcp_eligibility_answer_set_words (answer, _ ("The payer does not say whether the insurance is in force"));
}

static void
read_interchange (RcpEligibilityAnswer *answer, GBytes *payload, X12Interchange *interchange)
{
  g_autoptr (GPtrArray) replies = rcp_x12_replies_read (interchange);

  if (is_cut (interchange))
    rcp_eligibility_answer_set_words (answer, _ ("The answer was cut off on its way"));
  else if (replies->len > 1)
    rcp_eligibility_answer_set_words (answer, _ ("There came more than one answer"));
  /* It may be about another patient: nothing of it is kept. */
  else if (replies->len == 1 && !repeats_trace (g_ptr_array_index (replies, 0), answer->trace))
    rcp_eligibility_answer_set_words (answer, _ ("The answer belongs to another request"));
  else
    {
      answer->raw = g_bytes_ref (payload);
      answer->raw_type = g_strdup ("application/edi-x12");
      if (replies->len == 1)
        read_reply (answer, g_ptr_array_index (replies, 0));
      else
        read_acknowledgments (answer, interchange);
    }
}

/**
 * rcp_x12_answer_read:
 * @answer: what it says of the question is filled in: the status, or the words why it cannot be told
 * @content_type: (nullable): of the answer
 * @body: the CORE envelope, or bare X12
 */
void
rcp_x12_answer_read (RcpEligibilityAnswer *answer, const char *content_type, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoreEnvelope) envelope = rcp_core_envelope_read (content_type, body, &error);
  g_autoptr (GPtrArray) interchanges = NULL;
  g_autoptr (GBytes) payload = NULL;

  if (envelope == NULL)
    {
      rcp_eligibility_answer_set_words (answer, error->message);
      return;
    }
  if (*envelope->error_code != '\0' && g_ascii_strcasecmp (envelope->error_code, RCP_CORE_SUCCESS) != 0)
    {
      g_autofree char *words = g_strdup_printf (_ ("The clearinghouse refused the request: %s"), envelope->error_code);

      rcp_eligibility_answer_set_words (answer, words);
      return;
    }
  payload = g_bytes_new (envelope->payload, strlen (envelope->payload));
  interchanges = x12_read (payload, &error);
  if (interchanges == NULL)
    rcp_eligibility_answer_set_words (answer, error->message);
  else if (interchanges->len != 1)
    rcp_eligibility_answer_set_words (answer, _ ("There came more than one answer"));
  else
    read_interchange (answer, payload, g_ptr_array_index (interchanges, 0));
}
