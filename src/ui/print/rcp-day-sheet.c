/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-sheets.h"

#include <glib/gi18n.h>

#include "ui/rcp-number-text.h"
#include "ui/rcp-time-text.h"

/**
 * rcp_sheet_document_new:
 * @clinic: whose sheet it is
 * @landscape: whether the paper lies on its side
 *
 * Returns: (transfer full): a document without blocks; its foot says whose it is, of when, and that it is confidential
 */
RcpPrintDocument *
rcp_sheet_document_new (const RcpSheetClinic *clinic, gboolean landscape)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  g_autofree char *footer = NULL;

  g_return_val_if_fail (clinic && clinic->name && clinic->zone, NULL);

  day = rcp_time_text_short_day (clinic->now, clinic->zone);
  time = rcp_time_text_clock (clinic->now, clinic->zone);
  /* Translators: the foot of a printed page: the clinic's name, day and time of printing. */
  footer = g_strdup_printf (_("%s · printed %s, %s · confidential: holds patient data"), clinic->name, day, time);
  return rcp_print_document_new (footer, landscape);
}

/* What is left of @open between the visits. */
static GArray *
find_free (GPtrArray *visits, GArray *open)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  for (guint i = 0; i < visits->len; i++)
    {
      RcpVisit *visit = g_ptr_array_index (visits, i);
      RcpTimeRange range = rcp_visit_get_range (visit);

      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit)))
        g_array_append_val (taken, range);
    }
  rcp_time_ranges_normalize (taken);
  return rcp_time_ranges_subtract (open, taken);
}

static char *
describe_patient (const RcpSheetClinic *clinic, RcpVisit *visit)
{
  RcpPatient *patient = rcp_visit_get_patient (visit);
  GString *text = g_string_new (rcp_visit_get_patient_name (visit));

  if (patient && rcp_patient_get_birth_date (patient))
    {
      g_autofree char *born = rcp_time_text_birth_date (rcp_patient_get_birth_date (patient));
      GDate today;

      rcp_time_get_day (clinic->now, clinic->zone, &today);
      /* Translators: a birth date, and the age in years. */
      g_string_append_printf (text, _("\nborn %s (%d)"), born, rcp_patient_get_age (patient, &today));
    }
  if (patient && rcp_patient_get_mrn (patient))
    /* Translators: MRN is the medical record number. */
    g_string_append_printf (text, _(" · MRN %s"), rcp_patient_get_mrn (patient));
  return g_string_free (text, FALSE);
}

static char *
describe_reason (RcpVisit *visit)
{
  GString *text = g_string_new (rcp_visit_get_type_name (visit));

  if (rcp_visit_get_complaint (visit))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", rcp_visit_get_complaint (visit));
  return g_string_free (text, FALSE);
}

static char *
describe_state (RcpVisit *visit)
{
  const char *status = rcp_visit_status_to_label (rcp_visit_get_status (visit));

  switch (rcp_visit_get_urgency (visit))
    {
    case RCP_URGENCY_URGENT:
      /* Translators: the state of a visit that is urgent, as "Booked". */
      return g_strdup_printf (_("Urgent · %s"), status);
    case RCP_URGENCY_EMERGENCY:
      /* Translators: the state of a visit that is an emergency, as "Arrived". */
      return g_strdup_printf (_("Emergency · %s"), status);
    case RCP_URGENCY_ROUTINE:
    default:
      return g_strdup (status);
    }
}

static void
add_visit (RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpVisit *visit)
{
  RcpPatient *patient = rcp_visit_get_patient (visit);
  g_autofree char *phone = rcp_number_text_dup (patient ? rcp_patient_get_phone (patient) : NULL);
  g_autofree char *time = rcp_time_text_range (rcp_visit_get_range (visit), clinic->zone);
  g_autofree char *who = describe_patient (clinic, visit);
  g_autofree char *what = describe_reason (visit);
  g_autofree char *state = describe_state (visit);
  const char *cells[] = { time, who, phone ? phone : "", what, state, NULL };

  rcp_print_document_add_row (document, cells, !rcp_visit_status_takes_time (rcp_visit_get_status (visit)));
}

static void
add_free (RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpTimeRange range)
{
  g_autofree char *time = rcp_time_text_range (range, clinic->zone);
  const char *cells[] = { time, _("free"), "", "", "", NULL };

  rcp_print_document_add_row (document, cells, TRUE);
}

static void
add_rows (RcpPrintDocument *document, const RcpSheetClinic *clinic, GPtrArray *visits, GArray *free_time)
{
  guint next = 0;

  for (guint i = 0; i < visits->len; i++)
    {
      RcpVisit *visit = g_ptr_array_index (visits, i);

      while (next < free_time->len && g_array_index (free_time, RcpTimeRange, next).start < rcp_visit_get_range (visit).start)
        add_free (document, clinic, g_array_index (free_time, RcpTimeRange, next++));
      add_visit (document, clinic, visit);
    }
  while (next < free_time->len)
    add_free (document, clinic, g_array_index (free_time, RcpTimeRange, next++));
}

static char *
describe_provider (RcpProvider *provider, guint n_visits)
{
  RcpPlace *place = rcp_provider_get_place (provider);
  /* Translators: how many visits a provider has on the printed day. */
  g_autofree char *count = g_strdup_printf (ngettext ("%u visit", "%u visits", n_visits), n_visits);
  GString *text = g_string_new (NULL);

  if (rcp_provider_get_specialty_name (provider))
    g_string_append_printf (text, "%s · ", rcp_provider_get_specialty_name (provider));
  if (place)
    g_string_append_printf (text, "%s · ", rcp_place_get_name (place));
  g_string_append (text, count);
  return g_string_free (text, FALSE);
}

/**
 * rcp_day_sheet_add:
 * @document: gets pages of their own for the provider
 * @clinic: whose sheet it is
 * @provider: whose day
 * @date: the day
 * @visits: (element-type RcpVisit): of the provider, by start
 * @open: (element-type RcpTimeRange): normalized working time
 */
void
rcp_day_sheet_add (RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpProvider *provider, const GDate *date,
                   GPtrArray *visits, GArray *open)
{
  static const double widths[] = { 16, 34, 17, 25, 15 };
  const char *heads[] = { _("Time"), _("Patient"), _("Phone"), _("Visit"), _("Status"), NULL };
  g_autofree char *day = rcp_time_text_date (date);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;
  g_autoptr (GArray) free_time = NULL;

  g_return_if_fail (document && clinic && visits && open);
  g_return_if_fail (RCP_IS_PROVIDER (provider));

  /* Translators: the title of a day sheet: a provider and the date. */
  title = g_strdup_printf (_("%s – %s"), rcp_provider_get_name (provider), day);
  detail = describe_provider (provider, visits->len);
  free_time = find_free (visits, open);
  rcp_print_document_begin_page (document);
  rcp_print_document_add_text (document, RCP_PRINT_TITLE, title);
  rcp_print_document_add_text (document, RCP_PRINT_TEXT, detail);
  if (visits->len + free_time->len == 0)
    {
      rcp_print_document_add_text (document, RCP_PRINT_TEXT, _("No visits and no working hours on this day."));
      return;
    }
  rcp_print_document_begin_table (document, heads, widths);
  add_rows (document, clinic, visits, free_time);
}
