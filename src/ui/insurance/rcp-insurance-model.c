/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance-model"

#include "config.h"

#include "rcp-insurance-model.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-visit-price.h"
#include "clinic/rcp-working-day.h"
#include "insurance/rcp-eligibility-record.h"
#include "insurance/rcp-provider-network.h"

/* One insurance of the patient. */
typedef struct
{
  RcpCoverage *coverage;
  RcpEligibilityAnswer *answer;
  guint n_checking;
} Item;

struct _RcpInsuranceModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpPatient *patient;
  RcpVisitType *visit_type;
  RcpProvider *provider;
  GDate day;
  GPtrArray *items;
  RcpInsuranceState state;
  GCancellable *reading;
  GCancellable *checking; /* of all checks of this patient */
};

G_DEFINE_FINAL_TYPE (RcpInsuranceModel, rcp_insurance_model, G_TYPE_OBJECT)

static guint changed_signal;

static void
item_free (gpointer data)
{
  Item *self = data;

  g_object_unref (self->coverage);
  g_clear_pointer (&self->answer, rcp_eligibility_answer_unref);
  g_free (self);
}

static void
stop (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
rcp_insurance_model_dispose (GObject *object)
{
  RcpInsuranceModel *self = RCP_INSURANCE_MODEL (object);

  stop (&self->reading);
  stop (&self->checking);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->patient);
  g_clear_object (&self->visit_type);
  g_clear_object (&self->provider);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_insurance_model_parent_class)->dispose (object);
}

static void
rcp_insurance_model_class_init (RcpInsuranceModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_insurance_model_dispose;
  changed_signal = g_signal_new ("changed", RCP_TYPE_INSURANCE_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_insurance_model_init (RcpInsuranceModel *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
  g_date_clear (&self->day, 1);
}

/**
 * rcp_insurance_model_new:
 * @desk: the desk whose patients these are
 *
 * Returns: (transfer full): of nobody, for today
 */
RcpInsuranceModel *
rcp_insurance_model_new (RcpDesk *desk)
{
  RcpInsuranceModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_INSURANCE_MODEL, NULL);
  self->desk = g_object_ref (desk);
  rcp_desk_get_today (desk, &self->day);
  return self;
}

static void
tell (RcpInsuranceModel *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static Item *
get_item (RcpInsuranceModel *self, guint index)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return self->items->pdata[index];
}

static Item *
find_item (RcpInsuranceModel *self, const char *coverage_id)
{
  for (guint i = 0; self->items && i < self->items->len; i++)
    if (g_strcmp0 (rcp_coverage_get_id (((Item *) self->items->pdata[i])->coverage), coverage_id) == 0)
      return self->items->pdata[i];
  return NULL;
}

static void
fail (RcpInsuranceModel *self)
{
  g_clear_object (&self->reading);
  self->state = RCP_INSURANCE_FAILED;
  tell (self);
}

static const char *
get_service_type (RcpInsuranceModel *self)
{
  return self->visit_type ? rcp_visit_type_get_service_type (self->visit_type) : RCP_SERVICE_TYPE_VISIT;
}

/* How well an answer fits: for the day that is asked for, and for the service. */
static guint
get_fitness (RcpInsuranceModel *self, const RcpEligibilityAnswer *answer)
{
  gboolean is_of_day = g_date_valid (&answer->service_date) && g_date_compare (&answer->service_date, &self->day) == 0;

  return is_of_day ? 1 + g_str_equal (answer->service_type ? answer->service_type : "", get_service_type (self)) : 0;
}

/* They come with the newest first; one that fits better counts before all others. */
static void
take_answers (RcpInsuranceModel *self, GPtrArray *answers)
{
  for (guint i = 0; i < answers->len; i++)
    {
      RcpEligibilityAnswer *answer = answers->pdata[i];
      g_autofree char *id = answer->coverage ? fhir_reference_dup_id (answer->coverage, "Coverage") : NULL;
      Item *item = id ? find_item (self, id) : NULL;

      if (!item || (item->answer && get_fitness (self, answer) <= get_fitness (self, item->answer)))
        continue;
      g_clear_pointer (&item->answer, rcp_eligibility_answer_unref);
      item->answer = rcp_eligibility_answer_ref (answer);
    }
}

static void
on_answers_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpInsuranceModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = rcp_eligibility_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!answers)
    {
      fail (self);
      return;
    }
  g_clear_object (&self->reading);
  take_answers (self, answers);
  self->state = RCP_INSURANCE_READY;
  tell (self);
}

/* A check that is under way goes on where the insurance is still there. */
static void
take_coverages (RcpInsuranceModel *self, GListModel *list)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->items);

  self->items = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      Item *item = g_new0 (Item, 1);

      item->coverage = g_list_model_get_item (list, i);
      for (guint j = 0; j < before->len; j++)
        if (g_strcmp0 (rcp_coverage_get_id (((Item *) before->pdata[j])->coverage), rcp_coverage_get_id (item->coverage)) == 0)
          item->n_checking = ((Item *) before->pdata[j])->n_checking;
      g_ptr_array_add (self->items, item);
    }
}

static void
on_coverages_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpInsuranceModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = rcp_coverages_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!list)
    {
      fail (self);
      return;
    }
  take_coverages (self, list);
  rcp_eligibility_load_async (rcp_desk_get_client (self->desk), rcp_patient_get_id (self->patient), self->reading, on_answers_loaded_cb,
                              g_object_ref (self));
}

/**
 * rcp_insurance_model_reload:
 *
 * Reads what the record holds; what is known stays until it is there.
 */
void
rcp_insurance_model_reload (RcpInsuranceModel *self)
{
  g_return_if_fail (RCP_IS_INSURANCE_MODEL (self));

  stop (&self->reading);
  if (!self->patient || !rcp_desk_get_client (self->desk))
    return;
  self->reading = g_cancellable_new ();
  self->state = RCP_INSURANCE_READING;
  rcp_coverages_load_async (rcp_desk_get_client (self->desk), rcp_patient_get_id (self->patient), &self->day, self->reading,
                            on_coverages_loaded_cb, g_object_ref (self));
}

/**
 * rcp_insurance_model_set_patient:
 * @patient: (nullable): whose insurances
 *
 * Reads them, of the same patient as well.
 */
void
rcp_insurance_model_set_patient (RcpInsuranceModel *self, RcpPatient *patient)
{
  g_return_if_fail (RCP_IS_INSURANCE_MODEL (self));

  if (!patient || !self->patient || g_strcmp0 (rcp_patient_get_id (patient), rcp_patient_get_id (self->patient)) != 0)
    {
      stop (&self->reading);
      stop (&self->checking);
      g_ptr_array_set_size (self->items, 0);
      self->state = patient ? RCP_INSURANCE_READING : RCP_INSURANCE_NOBODY;
    }
  g_set_object (&self->patient, patient);
  rcp_insurance_model_reload (self);
  tell (self);
}

RcpPatient *
rcp_insurance_model_get_patient (RcpInsuranceModel *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), NULL);

  return self->patient;
}

/**
 * rcp_insurance_model_set_day:
 * @day: of the visit that it is about
 */
void
rcp_insurance_model_set_day (RcpInsuranceModel *self, const GDate *day)
{
  g_return_if_fail (RCP_IS_INSURANCE_MODEL (self));
  g_return_if_fail (day != NULL && g_date_valid (day));

  if (g_date_compare (&self->day, day) == 0)
    return;
  self->day = *day;
  rcp_insurance_model_reload (self);
}

/**
 * rcp_insurance_model_set_visit:
 * @visit_type: (nullable): what the visit is: its price, and the kind of service that payers are asked about
 * @provider: (nullable): with whom: the side of the network
 *
 * The answers are read again when they would be others.
 */
void
rcp_insurance_model_set_visit (RcpInsuranceModel *self, RcpVisitType *visit_type, RcpProvider *provider)
{
  g_autofree char *before = NULL;
  gboolean is_changed;

  g_return_if_fail (RCP_IS_INSURANCE_MODEL (self));

  before = g_strdup (get_service_type (self));
  is_changed = g_set_object (&self->visit_type, visit_type);
  is_changed |= g_set_object (&self->provider, provider);
  if (!g_str_equal (before, get_service_type (self)))
    rcp_insurance_model_reload (self);
  if (is_changed)
    tell (self);
}

/* Returns: (nullable): what the visit is */
RcpVisitType *
rcp_insurance_model_get_visit_type (RcpInsuranceModel *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), NULL);

  return self->visit_type;
}

/* X12 code of the service that payers are asked about; never NULL */
const char *
rcp_insurance_model_get_service_type (RcpInsuranceModel *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), RCP_SERVICE_TYPE_VISIT);

  return get_service_type (self);
}

/* On which side of the network of an insurance the provider of the visit stands. */
RcpNetwork
rcp_insurance_model_get_network (RcpInsuranceModel *self, guint index)
{
  Item *item = get_item (self, index);

  return item && self->provider ? rcp_provider_network_find (self->provider, item->coverage) : RCP_NETWORK_UNKNOWN;
}

const GDate *
rcp_insurance_model_get_day (RcpInsuranceModel *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), NULL);

  return &self->day;
}

RcpInsuranceState
rcp_insurance_model_get_state (RcpInsuranceModel *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), RCP_INSURANCE_NOBODY);

  return self->state;
}

guint
rcp_insurance_model_get_n (RcpInsuranceModel *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), 0);

  return self->items->len;
}

RcpCoverage *
rcp_insurance_model_get_coverage (RcpInsuranceModel *self, guint index)
{
  Item *item = get_item (self, index);

  return item ? item->coverage : NULL;
}

RcpEligibilityAnswer *
rcp_insurance_model_get_answer (RcpInsuranceModel *self, guint index)
{
  Item *item = get_item (self, index);

  return item ? item->answer : NULL;
}

/* The last day before that of the visit on which the clinic works. */
static void
find_eve (RcpInsuranceModel *self, GDate *eve)
{
  if (rcp_desk_get_roster (self->desk))
    rcp_working_day_find_previous (rcp_desk_get_roster (self->desk), &self->day, eve);
  else
    {
      *eve = self->day;
      g_date_subtract_days (eve, 1);
    }
}

/**
 * rcp_insurance_model_is_stale:
 *
 * Whether the payer would be asked again, as rcp_eligibility_answer_is_stale() says; %FALSE without an answer
 */
gboolean
rcp_insurance_model_is_stale (RcpInsuranceModel *self, guint index)
{
  Item *item = get_item (self, index);
  RcpPayer *payer = item ? rcp_desk_get_payer (self->desk) : NULL;
  GDate eve;

  if (!item || !item->answer || item->answer->status == RCP_ELIGIBILITY_CANNOT_TELL)
    return FALSE;
  find_eve (self, &eve);
  return rcp_eligibility_answer_is_stale (item->answer, &self->day, get_service_type (self),
                                          rcp_clock_get_now (rcp_desk_get_clock (self->desk)), payer ? rcp_payer_get_days (payer) : 0,
                                          rcp_desk_get_zone (self->desk), &eve);
}

gboolean
rcp_insurance_model_is_checking (RcpInsuranceModel *self, guint index)
{
  Item *item = get_item (self, index);

  return item && item->n_checking > 0;
}

gboolean
rcp_insurance_model_is_busy (RcpInsuranceModel *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), FALSE);

  for (guint i = 0; i < self->items->len; i++)
    if (((Item *) self->items->pdata[i])->n_checking > 0)
      return TRUE;
  return self->state == RCP_INSURANCE_READING;
}

gboolean
rcp_insurance_model_is_in_force (RcpInsuranceModel *self, guint index)
{
  Item *item = get_item (self, index);

  return item && rcp_coverage_is_in_force (item->coverage, &self->day);
}

/**
 * rcp_insurance_model_find_primary:
 *
 * Returns: the index of the insurance that pays first on the day; -1 when the record has none for it
 */
int
rcp_insurance_model_find_primary (RcpInsuranceModel *self)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), -1);

  /* Those in force come first, in their order. */
  return self->items->len > 0 && rcp_insurance_model_is_in_force (self, 0) ? 0 : -1;
}

/**
 * rcp_insurance_model_is_shared:
 *
 * Returns: whether another insurance, which pays after this one, may pay a part of what the patient would; %FALSE where its payer says that
 *   it does not hold, by an answer that is not old
 */
gboolean
rcp_insurance_model_is_shared (RcpInsuranceModel *self, guint index)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), FALSE);

  for (guint i = index + 1; i < self->items->len && rcp_insurance_model_is_in_force (self, i); i++)
    {
      const RcpEligibilityAnswer *answer = rcp_insurance_model_get_answer (self, i);

      if (!answer || answer->status != RCP_ELIGIBILITY_NOT_ELIGIBLE || rcp_insurance_model_is_stale (self, i))
        return TRUE;
    }
  return FALSE;
}

/* Eligible, by an answer that is not old. */
static gboolean
is_good (RcpInsuranceModel *self, guint index)
{
  const RcpEligibilityAnswer *answer = rcp_insurance_model_get_answer (self, index);

  return answer && answer->status == RCP_ELIGIBILITY_ELIGIBLE && !rcp_insurance_model_is_stale (self, index);
}

/**
 * rcp_insurance_model_list_asked:
 *
 * Whom a person asks who asks for the patient: of the insurances in force those that are not known to be good, or all where all are.
 *
 * Returns: (element-type RcpCoverage) (transfer full): that which pays first comes first
 */
GPtrArray *
rcp_insurance_model_list_asked (RcpInsuranceModel *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean are_all_good = TRUE;

  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), list);

  for (guint i = 0; i < self->items->len && rcp_insurance_model_is_in_force (self, i); i++)
    are_all_good = are_all_good && is_good (self, i);
  for (guint i = 0; i < self->items->len && rcp_insurance_model_is_in_force (self, i); i++)
    if (are_all_good || !is_good (self, i))
      g_ptr_array_add (list, g_object_ref (rcp_insurance_model_get_coverage (self, i)));
  return list;
}

/* The index of the insurance, also as it was read before; -1 when it is no longer there. */
int
rcp_insurance_model_find (RcpInsuranceModel *self, RcpCoverage *coverage)
{
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (self), -1);
  g_return_val_if_fail (RCP_IS_COVERAGE (coverage), -1);

  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (rcp_coverage_get_id (rcp_insurance_model_get_coverage (self, i)), rcp_coverage_get_id (coverage)) == 0)
      return (int) i;
  return -1;
}

typedef struct
{
  RcpInsuranceModel *model;
  char *coverage_id;
  GDate day;
} Check;

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (RcpInsuranceModel) self = check->model;
  g_autofree char *coverage_id = check->coverage_id;
  GDate day = check->day;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpEligibilityAnswer) answer = rcp_payer_check_finish (result, &error);
  Item *item;

  g_free (check);
  /* Cancelled with the patient whom it was for: these items are another's. */
  if (!answer)
    return;
  item = find_item (self, coverage_id);
  if (!item)
    return;
  item->n_checking--;
  if (g_date_compare (&day, &self->day) == 0 && g_strcmp0 (answer->service_type, get_service_type (self)) == 0)
    {
      g_clear_pointer (&item->answer, rcp_eligibility_answer_unref);
      item->answer = g_steal_pointer (&answer);
    }
  tell (self);
}

/**
 * rcp_insurance_model_check:
 * @index: of an insurance
 * @asks_anyway: also when the record holds an answer that is not stale
 *
 * Finds out what the payer says for the day; "changed" when it begins and when it is over. Without a payer nothing happens.
 */
void
rcp_insurance_model_check (RcpInsuranceModel *self, guint index, gboolean asks_anyway)
{
  Item *item = get_item (self, index);
  RcpPayer *payer = item ? rcp_desk_get_payer (self->desk) : NULL;
  g_autoptr (RcpEligibilityQuestion) question = NULL;
  g_autofree char *trace = NULL;
  RcpCheckHow how = { 0 };
  Check *check;

  if (!payer)
    return;
  how = (RcpCheckHow) { .days = rcp_payer_get_days (payer),
                        .zone = rcp_desk_get_zone (self->desk),
                        .desk = rcp_desk_get_name (self->desk),
                        .asks_anyway = asks_anyway };
  find_eve (self, &how.eve);
  trace = rcp_payer_make_trace ();
  question = rcp_eligibility_question_new (self->patient, item->coverage, &self->day, get_service_type (self), trace);
  if (!self->checking)
    self->checking = g_cancellable_new ();
  check = g_new0 (Check, 1);
  check->model = g_object_ref (self);
  check->coverage_id = g_strdup (rcp_coverage_get_id (item->coverage));
  check->day = self->day;
  item->n_checking++;
  rcp_payer_check_async (payer, rcp_desk_get_client (self->desk), question, &how, self->checking, on_checked_cb, check);
  tell (self);
}
