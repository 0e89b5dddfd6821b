/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-coverage-line"

#include "config.h"

#include "rcp-coverage-line.h"

#include <glib/gi18n.h>

#include "ui/insurance/rcp-answer-text.h"
#include "ui/insurance/rcp-coverage-text.h"
#include "ui/rcp-ui-compat.h"

#define MOMENT_MS 400 /* who goes through the offers by the arrows asks no payer on the way */

struct _RcpCoverageLine
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpInsuranceModel *model;
  GHashTable *asked; /* days and kinds of service that this patient was asked about: each once */
  guint moment_id;
  gboolean is_due;
  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (RcpCoverageLine, rcp_coverage_line, GTK_TYPE_WIDGET)

static void
rcp_coverage_line_dispose (GObject *object)
{
  RcpCoverageLine *self = RCP_COVERAGE_LINE (object);

  g_clear_handle_id (&self->moment_id, g_source_remove);
  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_coverage_line_parent_class)->dispose (object);
}

static void
rcp_coverage_line_class_init (RcpCoverageLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_coverage_line_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rcp_coverage_line_init (RcpCoverageLine *self)
{
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 9);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* A desk that asks nobody is not told at each booking that there is nobody to ask about. */
static gboolean
asks_payers (RcpCoverageLine *self)
{
  RcpPayer *payer = rcp_desk_get_payer (self->desk);

  return payer && rcp_payer_get_way (payer) != RCP_PAYER_NONE;
}

/* The payer is asked when the desk has stayed with an offer, and about each day once. */
static void
ask (RcpCoverageLine *self)
{
  int index = rcp_insurance_model_find_primary (self->model);
  RcpPayer *payer = rcp_desk_get_payer (self->desk);
  g_autofree char *problem = payer ? rcp_payer_dup_problem (payer) : NULL;

  if (!self->is_due || rcp_insurance_model_get_state (self->model) != RCP_INSURANCE_READY || index < 0 || !payer || problem)
    return;
  self->is_due = FALSE;
  if (g_hash_table_add (self->asked, g_strdup_printf ("%u %s", g_date_get_julian (rcp_insurance_model_get_day (self->model)),
                                                      rcp_insurance_model_get_service_type (self->model))))
    rcp_insurance_model_check (self->model, (guint) index, FALSE);
}

static void
update (RcpCoverageLine *self)
{
  RcpInsuranceState state = rcp_insurance_model_get_state (self->model);
  int index = rcp_insurance_model_find_primary (self->model);
  const RcpEligibilityAnswer *answer = index >= 0 ? rcp_insurance_model_get_answer (self->model, (guint) index) : NULL;
  gboolean is_checking = index >= 0 && rcp_insurance_model_is_checking (self->model, (guint) index);
  g_autofree char *text = NULL;

  if (index >= 0)
    text = rcp_coverage_text_describe (self->model, (guint) index, self->desk, NULL);
  else if (state == RCP_INSURANCE_FAILED && asks_payers (self))
    text = g_strdup (_ ("The insurances could not be read. Check the connection."));
  else if (state == RCP_INSURANCE_READY && asks_payers (self))
    text = g_strdup (_ ("No insurance is known for that day."));
  gtk_image_set_from_icon_name (self->icon, answer && !is_checking ? rcp_answer_text_icon (answer->status) : "content-loading-symbolic");
  gtk_label_set_label (self->label, text ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text ? text : "", -1);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

static void
on_model_changed_cb (RcpCoverageLine *self)
{
  ask (self);
  update (self);
}

static gboolean
on_moment_cb (gpointer data)
{
  RcpCoverageLine *self = data;

  self->moment_id = 0;
  self->is_due = TRUE;
  ask (self);
  return G_SOURCE_REMOVE;
}

/**
 * rcp_coverage_line_new:
 * @desk: an open desk
 *
 * Returns: (transfer floating): hidden until there is something to say
 */
GtkWidget *
rcp_coverage_line_new (RcpDesk *desk)
{
  RcpCoverageLine *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_COVERAGE_LINE, NULL);
  self->desk = g_object_ref (desk);
  self->model = rcp_insurance_model_new (desk);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (on_model_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * rcp_coverage_line_show:
 * @patient: (nullable): whose visit
 * @provider: (nullable): with whom
 * @visit_type: (nullable): what the visit is
 * @start: when
 *
 * The offer that is chosen.
 */
void
rcp_coverage_line_show (RcpCoverageLine *self, RcpPatient *patient, RcpProvider *provider, RcpVisitType *visit_type, gint64 start)
{
  RcpPatient *before;
  GDate day;

  g_return_if_fail (RCP_IS_COVERAGE_LINE (self));

  before = rcp_insurance_model_get_patient (self->model);
  self->is_due = FALSE;
  g_clear_handle_id (&self->moment_id, g_source_remove);
  if (provider)
    {
      rcp_time_get_day (start, rcp_provider_get_zone (provider), &day);
      rcp_insurance_model_set_day (self->model, &day);
      rcp_insurance_model_set_visit (self->model, visit_type, provider);
    }
  if (before != patient)
    {
      g_hash_table_remove_all (self->asked);
      rcp_insurance_model_set_patient (self->model, patient);
    }
  if (patient && provider)
    self->moment_id = g_timeout_add (MOMENT_MS, on_moment_cb, self);
  update (self);
}

const char *
rcp_coverage_line_get_text (RcpCoverageLine *self)
{
  g_return_val_if_fail (RCP_IS_COVERAGE_LINE (self), NULL);

  return gtk_label_get_label (self->label);
}
