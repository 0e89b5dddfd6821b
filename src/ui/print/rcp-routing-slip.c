/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-sheets.h"

#include <glib/gi18n.h>

#include "clinic/rcp-language.h"
#include "ui/rcp-number-text.h"
#include "ui/rcp-time-text.h"

static void
add_patient (RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpPatient *patient)
{
  g_autofree char *phone = rcp_number_text_dup (rcp_patient_get_phone (patient));
  const char *language = rcp_patient_get_language (patient);

  if (rcp_patient_get_birth_date (patient))
    {
      g_autofree char *born = rcp_time_text_birth_date (rcp_patient_get_birth_date (patient));
      g_autofree char *text = NULL;
      GDate today;

      rcp_time_get_day (clinic->now, clinic->zone, &today);
      /* Translators: a birth date, and the age in years. */
      text = g_strdup_printf (_("%s (%d years)"), born, rcp_patient_get_age (patient, &today));
      rcp_print_document_add_fact (document, _("Born"), text);
    }
  rcp_print_document_add_fact (document, _("Record number"), rcp_patient_get_mrn (patient));
  rcp_print_document_add_fact (document, _("Phone"), phone);
  rcp_print_document_add_fact (document, _("Address"), rcp_patient_get_address (patient));
  rcp_print_document_add_fact (document, _("Language"), language ? rcp_language_get_name (language) : NULL);
}

static void
add_visit (RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpVisit *visit, RcpProvider *provider)
{
  RcpPlace *place = provider ? rcp_provider_get_place (provider) : NULL;
  g_autofree char *day = rcp_time_text_day (rcp_visit_get_range (visit).start, clinic->zone);
  g_autofree char *time = rcp_time_text_range (rcp_visit_get_range (visit), clinic->zone);
  /* Translators: the day and the time of a visit. */
  g_autofree char *when = g_strdup_printf (_("%s, %s"), day, time);

  rcp_print_document_add_text (document, RCP_PRINT_HEADING, _("Visit"));
  rcp_print_document_add_fact (document, _("When"), when);
  rcp_print_document_add_fact (document, _("Provider"), provider ? rcp_provider_get_name (provider) : NULL);
  rcp_print_document_add_fact (document, _("Place"), place ? rcp_place_get_name (place) : NULL);
  rcp_print_document_add_fact (document, _("What for"), rcp_visit_get_type_name (visit));
  if (rcp_visit_get_urgency (visit) != RCP_URGENCY_ROUTINE)
    rcp_print_document_add_fact (document, _("Urgency"),
                                 rcp_visit_get_urgency (visit) == RCP_URGENCY_EMERGENCY ? _("Emergency") : _("Urgent"));
  rcp_print_document_add_fact (document, _("Complaint"), rcp_visit_get_complaint (visit));
  rcp_print_document_add_fact (document, _("Preparation"), rcp_visit_get_instruction (visit));
  rcp_print_document_add_fact (document, _("Confirmation code"), rcp_visit_get_code (visit));
}

static void
add_steps (RcpPrintDocument *document)
{
  const char *steps[] = { _("Arrived, details checked"), _("In room, vital signs taken"),  _("Seen by provider"),
                          _("Tests and orders"),         _("Next visit booked or not needed"), _("Left") };

  rcp_print_document_add_text (document, RCP_PRINT_HEADING, _("Way through the House"));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    rcp_print_document_add_text (document, RCP_PRINT_CHECK, steps[i]);
}

/**
 * rcp_routing_slip_add:
 * @document: gets a page of its own
 * @clinic: whose slip it is
 * @visit: the visit
 * @provider: (nullable): with whom
 */
void
rcp_routing_slip_add (RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpVisit *visit, RcpProvider *provider)
{
  RcpPatient *patient;

  g_return_if_fail (document && clinic);
  g_return_if_fail (RCP_IS_VISIT (visit));

  patient = rcp_visit_get_patient (visit);
  rcp_print_document_begin_page (document);
  rcp_print_document_add_text (document, RCP_PRINT_TITLE, rcp_visit_get_patient_name (visit));
  rcp_print_document_add_text (document, RCP_PRINT_TEXT, _("Routing slip"));
  if (patient)
    add_patient (document, clinic, patient);
  add_visit (document, clinic, visit, provider);
  add_steps (document);
}
