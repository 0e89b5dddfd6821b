/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-cover-entry"

#include "config.h"

#include "rcp-cover-entry.h"

#include <glib/gi18n.h>

#include "ui/insurance/rcp-answer-text.h"
#include "ui/insurance/rcp-auth-settler.h"
#include "ui/insurance/rcp-coverage-text.h"

struct _RcpCoverEntry
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpVisit *visit;
  RcpInsuranceModel *insurance;
  RcpAuthSettler *settler;
  gboolean is_waiting;
  gboolean keeps_itself; /* until the payers have answered */
  RcpCoverage *current;  /* whose payer is being asked */
  GQueue *to_ask;        /* of RcpCoverage: whose payers are asked after that */
  gboolean asks_anyway;
};

G_DEFINE_FINAL_TYPE (RcpCoverEntry, rcp_cover_entry, G_TYPE_OBJECT)

static guint changed_signal;

static void
rcp_cover_entry_dispose (GObject *object)
{
  RcpCoverEntry *self = RCP_COVER_ENTRY (object);

  g_queue_clear_full (self->to_ask, g_object_unref);
  g_clear_object (&self->current);
  g_clear_object (&self->settler);
  g_clear_object (&self->insurance);
  g_clear_object (&self->visit);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_cover_entry_parent_class)->dispose (object);
}

static void
rcp_cover_entry_finalize (GObject *object)
{
  g_queue_free (RCP_COVER_ENTRY (object)->to_ask);
  G_OBJECT_CLASS (rcp_cover_entry_parent_class)->finalize (object);
}

static void
rcp_cover_entry_class_init (RcpCoverEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_cover_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_cover_entry_finalize;
  changed_signal = g_signal_new ("changed", RCP_TYPE_COVER_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_cover_entry_init (RcpCoverEntry *self)
{
  self->to_ask = g_queue_new ();
}

static void
tell (RcpCoverEntry *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
is_being_asked (RcpCoverEntry *self, RcpCoverage *coverage)
{
  int index = rcp_insurance_model_find (self->insurance, coverage);

  return index >= 0 && rcp_insurance_model_is_checking (self->insurance, (guint) index);
}

/* One after the other, that which pays first before all others: the payers serve others too, and no second answer delays a first. */
static void
ask_next (RcpCoverEntry *self)
{
  while (!self->current && !g_queue_is_empty (self->to_ask))
    {
      g_autoptr (RcpCoverage) next = g_queue_pop_head (self->to_ask);
      int index = rcp_insurance_model_find (self->insurance, next);

      if (index < 0)
        continue;
      self->current = g_object_ref (next);
      rcp_insurance_model_check (self->insurance, (guint) index, self->asks_anyway);
      if (!is_being_asked (self, next))
        g_clear_object (&self->current);
    }
}

/* What an answer asks for is work of the record, also when the list is closed while a payer thinks: the settler hears of it before. */
static void
on_insurance_changed_cb (RcpCoverEntry *self)
{
  if (self->current && !is_being_asked (self, self->current))
    {
      g_clear_object (&self->current);
      ask_next (self);
    }
  tell (self);
  if (self->keeps_itself && !rcp_cover_entry_is_asking (self))
    {
      self->keeps_itself = FALSE;
      g_object_unref (self);
    }
}

/**
 * rcp_cover_entry_new:
 * @desk: an open desk
 * @visit: whose patient is known
 * @day: of the visit
 *
 * Returns: (transfer full): knows nothing until it is read
 */
RcpCoverEntry *
rcp_cover_entry_new (RcpDesk *desk, RcpVisit *visit, const GDate *day)
{
  RcpRoster *roster;
  RcpCoverEntry *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_VISIT (visit) && rcp_visit_get_patient (visit), NULL);

  roster = rcp_desk_get_roster (desk);
  self = g_object_new (RCP_TYPE_COVER_ENTRY, NULL);
  self->desk = g_object_ref (desk);
  self->visit = g_object_ref (visit);
  self->insurance = rcp_insurance_model_new (desk);
  rcp_insurance_model_set_day (self->insurance, day);
  rcp_insurance_model_set_visit (self->insurance, rcp_roster_find_visit_type (roster, rcp_visit_get_type_code (visit)),
                                 rcp_roster_find_provider_of_visit (roster, visit));
  /* It settles before this tells: what is read is settled as well. */
  self->settler = rcp_auth_settler_new (desk, self->insurance);
  rcp_auth_settler_set_visit (self->settler, visit, FALSE);
  g_signal_connect_object (self->settler, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->insurance, "changed", G_CALLBACK (on_insurance_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

RcpVisit *
rcp_cover_entry_get_visit (RcpCoverEntry *self)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), NULL);

  return self->visit;
}

gboolean
rcp_cover_entry_is_for (RcpCoverEntry *self, RcpVisit *visit)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);
  g_return_val_if_fail (RCP_IS_VISIT (visit), FALSE);

  return g_strcmp0 (rcp_visit_get_id (self->visit), rcp_visit_get_id (visit)) == 0 &&
         g_strcmp0 (rcp_visit_get_patient_id (self->visit), rcp_visit_get_patient_id (visit)) == 0 &&
         g_strcmp0 (rcp_visit_get_type_code (self->visit), rcp_visit_get_type_code (visit)) == 0 &&
         g_strcmp0 (rcp_visit_get_practitioner_id (self->visit), rcp_visit_get_practitioner_id (visit)) == 0 &&
         rcp_visit_get_range (self->visit).start == rcp_visit_get_range (visit).start;
}

const char *
rcp_cover_entry_get_service_type (RcpCoverEntry *self)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), NULL);

  return rcp_insurance_model_get_service_type (self->insurance);
}

/* The index of the insurance that pays first, or -1. */
static int
find (RcpCoverEntry *self)
{
  return rcp_insurance_model_find_primary (self->insurance);
}

RcpCoverage *
rcp_cover_entry_get_coverage (RcpCoverEntry *self)
{
  int index;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), NULL);

  index = find (self);
  return index >= 0 ? rcp_insurance_model_get_coverage (self->insurance, (guint) index) : NULL;
}

RcpCoverage *
rcp_cover_entry_get_nth (RcpCoverEntry *self, guint nth)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), NULL);

  /* Those in force come first, in their order. */
  return nth < rcp_insurance_model_get_n (self->insurance) && rcp_insurance_model_is_in_force (self->insurance, nth)
             ? rcp_insurance_model_get_coverage (self->insurance, nth)
             : NULL;
}

/**
 * rcp_cover_entry_read:
 *
 * Reads what the record holds, also once more.
 */
void
rcp_cover_entry_read (RcpCoverEntry *self)
{
  g_return_if_fail (RCP_IS_COVER_ENTRY (self));

  rcp_insurance_model_set_patient (self->insurance, rcp_visit_get_patient (self->visit));
}

gboolean
rcp_cover_entry_is_read (RcpCoverEntry *self)
{
  RcpInsuranceState state;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);

  state = rcp_insurance_model_get_state (self->insurance);
  return (state == RCP_INSURANCE_READY && !rcp_auth_settler_is_busy (self->settler)) || state == RCP_INSURANCE_FAILED;
}

/* The authorization that the payer of the insurance at @index wants, or has given; borrowed, or NULL */
static RcpPriorAuth *
find_auth (RcpCoverEntry *self, int index)
{
  return rcp_auth_settler_find (self->settler, rcp_insurance_model_get_coverage (self->insurance, (guint) index));
}

static gboolean
is_received (RcpCoverEntry *self, int index)
{
  RcpPriorAuth *auth = find_auth (self, index);

  return auth && rcp_prior_auth_get_state (auth) == RCP_PRIOR_AUTH_RECEIVED;
}

static RcpCoverState
judge (RcpCoverEntry *self, guint index)
{
  return rcp_cover_state_judge (rcp_insurance_model_get_answer (self->insurance, index), rcp_insurance_model_is_stale (self->insurance, index),
                                rcp_insurance_model_get_network (self->insurance, index));
}

static gboolean
wants_asking (RcpCoverEntry *self, guint index)
{
  return rcp_cover_state_wants_asking (judge (self, index), rcp_insurance_model_is_stale (self->insurance, index));
}

/* What was known before stays, also when it could not be read again. */
RcpCoverState
rcp_cover_entry_get_state (RcpCoverEntry *self)
{
  RcpCoverState state;
  int index;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), RCP_COVER_NOT_READ);

  index = find (self);
  if (index < 0)
    return rcp_insurance_model_get_state (self->insurance) == RCP_INSURANCE_READY ? RCP_COVER_NO_INSURANCE : RCP_COVER_NOT_READ;
  state = judge (self, (guint) index);
  return state == RCP_COVER_AUTHORIZATION && is_received (self, index) ? RCP_COVER_FINE : state;
}

/* One of its payers, at least. */
gboolean
rcp_cover_entry_wants_asking (RcpCoverEntry *self)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);

  for (guint i = 0; rcp_cover_entry_get_nth (self, i); i++)
    if (wants_asking (self, i))
      return TRUE;
  return FALSE;
}

/**
 * rcp_cover_entry_is_due:
 * @nth: of the insurances in force
 *
 * Returns: whether it is to be asked about, and its payer does not want that to be a person
 */
gboolean
rcp_cover_entry_is_due (RcpCoverEntry *self, guint nth)
{
  const RcpEligibilityAnswer *answer;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);

  if (!rcp_cover_entry_get_nth (self, nth) || !wants_asking (self, nth))
    return FALSE;
  answer = rcp_insurance_model_get_answer (self->insurance, nth);
  return !answer || !rcp_eligibility_answer_forbids_asking (answer, rcp_insurance_model_get_day (self->insurance),
                                                            rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
}

void
rcp_cover_entry_set_waiting (RcpCoverEntry *self, gboolean is_waiting)
{
  g_return_if_fail (RCP_IS_COVER_ENTRY (self));

  if (self->is_waiting == is_waiting)
    return;
  self->is_waiting = is_waiting;
  tell (self);
}

static gboolean
begin_to_ask (RcpCoverEntry *self, gboolean asks_anyway)
{
  self->is_waiting = FALSE;
  self->asks_anyway = asks_anyway;
  ask_next (self);
  if (!self->current)
    {
      tell (self);
      return FALSE;
    }
  if (!self->keeps_itself)
    g_object_ref (self);
  self->keeps_itself = TRUE;
  return TRUE;
}

/**
 * rcp_cover_entry_ask:
 * @asks_anyway: by a person: also when the record holds an answer that is not stale, as rcp_insurance_model_list_asked() says
 *
 * Returns: whether there is an insurance to ask about, and somebody to ask; "changed" tells when it is over
 */
gboolean
rcp_cover_entry_ask (RcpCoverEntry *self, gboolean asks_anyway)
{
  g_autoptr (GPtrArray) asked = NULL;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);
  g_return_val_if_fail (!rcp_cover_entry_is_asking (self), FALSE);

  asked = asks_anyway ? rcp_insurance_model_list_asked (self->insurance) : NULL;
  for (guint i = 0; asked && i < asked->len; i++)
    g_queue_push_tail (self->to_ask, g_object_ref (asked->pdata[i]));
  for (guint i = 0; !asked && rcp_cover_entry_get_nth (self, i); i++)
    if (wants_asking (self, i))
      g_queue_push_tail (self->to_ask, g_object_ref (rcp_cover_entry_get_nth (self, i)));
  return begin_to_ask (self, asks_anyway);
}

/**
 * rcp_cover_entry_ask_about:
 * @coverage: one of its own
 *
 * Asks about that one, unless the record holds an answer that is not stale.
 *
 * Returns: as rcp_cover_entry_ask()
 */
gboolean
rcp_cover_entry_ask_about (RcpCoverEntry *self, RcpCoverage *coverage)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);
  g_return_val_if_fail (RCP_IS_COVERAGE (coverage), FALSE);
  g_return_val_if_fail (!rcp_cover_entry_is_asking (self), FALSE);

  g_queue_push_tail (self->to_ask, g_object_ref (coverage));
  return begin_to_ask (self, FALSE);
}

gboolean
rcp_cover_entry_is_asking (RcpCoverEntry *self)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);

  return self->current != NULL;
}

gboolean
rcp_cover_entry_is_busy (RcpCoverEntry *self)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);

  return self->is_waiting || rcp_cover_entry_is_asking (self);
}

/* Returns: (transfer full): what is known, in a line */
char *
rcp_cover_entry_describe (RcpCoverEntry *self)
{
  int index;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), NULL);

  index = find (self);
  if (index >= 0)
    return rcp_coverage_text_describe (self->insurance, (guint) index, self->desk, find_auth (self, index));
  return g_strdup (rcp_cover_entry_get_state (self) == RCP_COVER_NO_INSURANCE ? _ ("No insurance is known for that day.")
                                                                              : _ ("The insurances could not be read. Check the connection."));
}

/**
 * rcp_cover_entry_describe_further:
 *
 * Returns: (transfer full) (nullable): what is known of the insurances that pay after the first, each in a line; %NULL where there is none
 */
char *
rcp_cover_entry_describe_further (RcpCoverEntry *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), NULL);

  for (guint i = 1; rcp_cover_entry_get_nth (self, i); i++)
    {
      RcpCoverage *coverage = rcp_cover_entry_get_nth (self, i);
      g_autofree char *order = rcp_answer_text_order (rcp_coverage_get_order (coverage));
      g_autofree char *words = rcp_coverage_text_describe (self->insurance, i, self->desk, find_auth (self, (int) i));

      g_string_append_printf (text, "%s%s · %s", i > 1 ? "\n" : "", order, words);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* What wants something done comes first, by how bad it is; then and among those by time. */
int
rcp_cover_entry_compare (RcpCoverEntry *self, RcpCoverEntry *other)
{
  RcpCoverState state = rcp_cover_entry_get_state (self), other_state = rcp_cover_entry_get_state (other);
  gint64 start = rcp_visit_get_range (self->visit).start, other_start = rcp_visit_get_range (other->visit).start;

  if (state != other_state)
    return state < other_state ? -1 : 1;
  if (start != other_start)
    return start < other_start ? -1 : 1;
  return g_strcmp0 (rcp_visit_get_id (self->visit), rcp_visit_get_id (other->visit));
}
