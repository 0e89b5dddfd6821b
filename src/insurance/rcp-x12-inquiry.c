/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-x12-inquiry.h"

#include <glib/gi18n.h>
#include <string.h>

#define COMPANY_LENGTH 10 /* TRN03, by the implementation guide */
#define TRACE_LONGEST 50  /* TRN02 */

typedef struct
{
  const RcpInquiry *inquiry;
  X12Writer *writer;
  const X12Delimiters *delimiters;
} Inquiry;

static char *
format_date (const GDate *date)
{
  return g_strdup_printf ("%04d%02d%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

/* HL: number, parent, level, whether there are children. */
static void
write_level (Inquiry *self, const char *number, const char *parent, const char *level, gboolean has_children)
{
  x12_writer_segment (self->writer, "HL", number, parent, level, has_children ? "1" : "0", NULL);
}

/* Names are made of what X12 can carry; identifiers must be as they are, and are refused when they cannot. */
static void
write_name (Inquiry *self, const char *role, gboolean is_person, const char *family, const char *given, const char *qualifier,
            const char *identifier)
{
  g_autofree char *clean_family = x12_text_clean (family, self->delimiters);
  g_autofree char *clean_given = x12_text_clean (given, self->delimiters);

  x12_writer_segment (self->writer, "NM1", role, is_person ? "1" : "2", clean_family, clean_given, "", "", "",
                      identifier ? qualifier : "", identifier ? identifier : "", NULL);
}

static void
write_demographics (Inquiry *self, const RcpInquiryPerson *person)
{
  const char sex[] = { person->sex, '\0' };
  g_autofree char *born = g_date_valid (&person->birth_date) ? format_date (&person->birth_date) : NULL;

  if (born || *sex)
    x12_writer_segment (self->writer, "DMG", born ? "D8" : "", born ? born : "", sex, NULL);
}

static void
write_question (Inquiry *self)
{
  g_autofree char *day = format_date (&self->inquiry->service_date);

  x12_writer_segment (self->writer, "DTP", "291", "D8", day, NULL);
  x12_writer_begin (self->writer, "EQ");
  if (self->inquiry->procedure)
    {
      x12_writer_element (self->writer, NULL);
      x12_writer_components (self->writer, (const char *const[]) { "HC", self->inquiry->procedure, NULL });
    }
  else
    x12_writer_repetitions (self->writer, self->inquiry->service_types);
}

static void
write_trace (Inquiry *self)
{
  x12_writer_segment (self->writer, "TRN", "1", self->inquiry->reference, self->inquiry->company, NULL);
}

static void
write_people (Inquiry *self)
{
  const RcpInquiry *inquiry = self->inquiry;
  const RcpInquiryPerson *patient = inquiry->dependent ? inquiry->dependent : &inquiry->subscriber;

  write_level (self, "3", "2", "22", inquiry->dependent != NULL);
  if (inquiry->dependent == NULL)
    write_trace (self);
  write_name (self, "IL", TRUE, inquiry->subscriber.family, inquiry->subscriber.given, "MI", inquiry->subscriber.member_id);
  if (inquiry->dependent)
    {
      write_level (self, "4", "3", "23", FALSE);
      write_trace (self);
      write_name (self, "03", TRUE, patient->family, patient->given, NULL, NULL);
    }
  write_demographics (self, patient);
  if (inquiry->dependent && inquiry->relationship)
    x12_writer_segment (self->writer, "INS", "N", inquiry->relationship, NULL);
  write_question (self);
}

static gboolean
check (const RcpInquiry *inquiry, GError **error)
{
  const char *fault = NULL;

  if (inquiry->company == NULL || strlen (inquiry->company) != COMPANY_LENGTH)
    fault = _ ("The company number of a trace has exactly 10 characters");
  else if (inquiry->reference == NULL || *inquiry->reference == '\0' || strlen (inquiry->reference) > TRACE_LONGEST)
    fault = _ ("The trace number of an inquiry has 1 to 50 characters");
  else if (!g_date_valid (&inquiry->service_date))
    fault = _ ("An inquiry needs the day of the visit");
  else if ((inquiry->procedure == NULL) == (inquiry->service_types == NULL || inquiry->service_types[0] == NULL))
    fault = _ ("An inquiry asks either for kinds of service or for a procedure");
  else if (inquiry->subscriber.member_id == NULL && !g_date_valid (&inquiry->subscriber.birth_date))
    fault = _ ("An inquiry needs the member number, or the birth date");
  if (fault)
    g_set_error_literal (error, X12_ERROR, X12_ERROR_NOT_ALLOWED, fault);
  return fault == NULL;
}

/**
 * rcp_x12_inquiry_write:
 * @envelope: its function, set and version are filled in here
 *
 * When the patient is a dependent, the trace, the birth date and the question stand in the dependent's loop (2000D) and the
 * subscriber's (2000C) only names the subscriber.
 *
 * Returns: (transfer full): the interchange; %NULL with X12_ERROR_NOT_ALLOWED
 */
char *
rcp_x12_inquiry_write (const RcpInquiry *inquiry, const X12Envelope *envelope, const X12Delimiters *delimiters, GError **error)
{
  g_autoptr (X12Writer) writer = NULL;
  X12Envelope with = *envelope;
  Inquiry self = { inquiry, NULL, delimiters };
  g_autofree char *date = NULL, *time = NULL;

  if (!check (inquiry, error))
    return NULL;
  with.function = "HS";
  with.set = "270";
  with.version = "005010X279A1";
  self.writer = writer = x12_writer_new (delimiters, &with);
  date = g_date_time_format (envelope->when, "%Y%m%d");
  time = g_date_time_format (envelope->when, "%H%M");
  x12_writer_segment (writer, "BHT", "0022", "13", inquiry->reference, date, time, NULL);
  write_level (&self, "1", "", "20", TRUE);
  write_name (&self, "PR", FALSE, inquiry->payer_name, NULL, inquiry->payer_qualifier, inquiry->payer_id);
  write_level (&self, "2", "1", "21", TRUE);
  write_name (&self, "1P", inquiry->provider_given != NULL, inquiry->provider_family, inquiry->provider_given, "XX", inquiry->npi);
  write_people (&self);
  return x12_writer_finish (writer, error);
}
