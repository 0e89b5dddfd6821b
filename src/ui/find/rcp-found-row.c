/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-found-row.h"

#include <glib/gi18n.h>

#include "ui/rcp-number-text.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-time-text.h"

/**
 * RcpFoundRow:
 *
 * Two labels on the left, one above the other; recycled by the list.
 */
struct _RcpFoundRow
{
  RcpRow parent_instance;

  GtkLabel *name_label;
  GtkLabel *detail_label;
};

G_DEFINE_TYPE (RcpFoundRow, rcp_found_row, RCP_TYPE_ROW)

static void
rcp_found_row_class_init (RcpFoundRowClass *klass)
{
}

static void
rcp_found_row_init (RcpFoundRow *self)
{
  GtkBox *box = rcp_row_make_box (RCP_ROW (self), GTK_ORIENTATION_VERTICAL, 2);

  self->name_label = rcp_row_append_label (box, "heading");
  self->detail_label = rcp_row_append_label (box, "dim-label");
}

GtkWidget *
rcp_found_row_new (void)
{
  return g_object_new (RCP_TYPE_FOUND_ROW, NULL);
}

static void
append_part (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/**
 * rcp_found_row_describe_patient:
 * @patient: whom to describe
 * @now: microseconds UTC, for the age
 *
 * Returns: (transfer full): birth date and age, record number and telephone, as far as they are known
 */
char *
rcp_found_row_describe_patient (RcpPatient *patient, gint64 now)
{
  GString *text = g_string_new (NULL);
  const GDate *birth_date = rcp_patient_get_birth_date (patient);
  g_autofree char *phone = rcp_number_text_dup (rcp_patient_get_phone (patient));

  if (birth_date != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
      g_autofree char *date = rcp_time_text_birth_date (birth_date);
      g_autofree char *born = NULL;
      GDate today;

      rcp_time_get_day (now, zone, &today);
      if (rcp_patient_is_deceased (patient))
        /* Translators: birth date of a person who has died. */
        born = g_strdup_printf (_("%s, deceased"), date);
      else
        /* Translators: birth date and age in years. */
        born = g_strdup_printf (_("%s (%d)"), date, rcp_patient_get_age (patient, &today));
      append_part (text, born);
    }
  if (rcp_patient_get_mrn (patient) != NULL)
    {
      /* Translators: medical record number. */
      g_autofree char *mrn = g_strdup_printf (_("MRN %s"), rcp_patient_get_mrn (patient));

      append_part (text, mrn);
    }
  append_part (text, phone);

  return g_string_free (text, FALSE);
}

static char *
describe_found (RcpFound *found, gint64 now)
{
  RcpVisit *visit = rcp_found_get_visit (found);
  g_autofree char *patient_text = rcp_found_row_describe_patient (rcp_found_get_patient (found), now);

  if (visit != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
      gint64 start = rcp_visit_get_range (visit).start;
      g_autofree char *day = rcp_time_text_short_day (start, zone);
      g_autofree char *time = rcp_time_text_clock (start, zone);

      /* Translators: confirmation code, day and time of a visit, then who the patient is. */
      return g_strdup_printf (_("%s: %s %s · %s"), rcp_visit_get_code (visit), day, time, patient_text);
    }

  return g_steal_pointer (&patient_text);
}

void
rcp_found_row_set_found (RcpFoundRow *self, RcpFound *found, gint64 now)
{
  g_autofree char *detail = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (RCP_IS_FOUND_ROW (self));

  if (found == NULL)
    {
      gtk_label_set_label (self->name_label, NULL);
      gtk_label_set_label (self->detail_label, NULL);
      return;
    }

  detail = describe_found (found, now);
  spoken = g_strdup_printf ("%s, %s", rcp_patient_get_sort_name (rcp_found_get_patient (found)), detail);
  gtk_label_set_label (self->name_label, rcp_patient_get_sort_name (rcp_found_get_patient (found)));
  gtk_label_set_label (self->detail_label, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  rcp_spoken_row_name_item (GTK_WIDGET (self), spoken);
}
