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
  gboolean keeps_itself; /* until the payer has answered */
};

G_DEFINE_FINAL_TYPE (RcpCoverEntry, rcp_cover_entry, G_TYPE_OBJECT)

static guint changed_signal;

static void
rcp_cover_entry_dispose (GObject *object)
{
  RcpCoverEntry *self = RCP_COVER_ENTRY (object);

  g_clear_object (&self->settler);
  g_clear_object (&self->insurance);
  g_clear_object (&self->visit);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_cover_entry_parent_class)->dispose (object);
}

static void
rcp_cover_entry_class_init (RcpCoverEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_cover_entry_dispose;
  changed_signal = g_signal_new ("changed", RCP_TYPE_COVER_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_cover_entry_init (RcpCoverEntry *self)
{
}

static void
tell (RcpCoverEntry *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* What the answer asks for is work of the record, also when the list is closed while the payer thinks: the settler hears of it before. */
static void
on_insurance_changed_cb (RcpCoverEntry *self)
{
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

static gboolean
is_stale (RcpCoverEntry *self)
{
  int index = find (self);

  return index >= 0 && rcp_insurance_model_is_stale (self->insurance, (guint) index);
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
  state = rcp_cover_state_judge (rcp_insurance_model_get_answer (self->insurance, (guint) index), is_stale (self),
                                 rcp_insurance_model_get_network (self->insurance, (guint) index));
  return state == RCP_COVER_AUTHORIZATION && is_received (self, index) ? RCP_COVER_FINE : state;
}

gboolean
rcp_cover_entry_wants_asking (RcpCoverEntry *self)
{
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);

  return find (self) >= 0 && rcp_cover_state_wants_asking (rcp_cover_entry_get_state (self), is_stale (self));
}

gboolean
rcp_cover_entry_forbids_asking (RcpCoverEntry *self)
{
  const RcpEligibilityAnswer *answer;
  int index;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), TRUE);

  index = find (self);
  answer = index >= 0 ? rcp_insurance_model_get_answer (self->insurance, (guint) index) : NULL;
  return answer && rcp_eligibility_answer_forbids_asking (answer, rcp_insurance_model_get_day (self->insurance),
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

/**
 * rcp_cover_entry_ask:
 * @asks_anyway: also when the record holds an answer that is not stale
 *
 * Returns: whether there is an insurance to ask about, and somebody to ask; "changed" tells when it is over
 */
gboolean
rcp_cover_entry_ask (RcpCoverEntry *self, gboolean asks_anyway)
{
  int index;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);

  self->is_waiting = FALSE;
  index = find (self);
  if (index < 0)
    {
      tell (self);
      return FALSE;
    }
  rcp_insurance_model_check (self->insurance, (guint) index, asks_anyway);
  if (!rcp_cover_entry_is_asking (self))
    return FALSE;
  if (!self->keeps_itself)
    g_object_ref (self);
  self->keeps_itself = TRUE;
  return TRUE;
}

gboolean
rcp_cover_entry_is_asking (RcpCoverEntry *self)
{
  int index;

  g_return_val_if_fail (RCP_IS_COVER_ENTRY (self), FALSE);

  index = find (self);
  return index >= 0 && rcp_insurance_model_is_checking (self->insurance, (guint) index);
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

  /* Those in force come first, in their order. */
  for (guint i = 1; i < rcp_insurance_model_get_n (self->insurance) && rcp_insurance_model_is_in_force (self->insurance, i); i++)
    {
      RcpCoverage *coverage = rcp_insurance_model_get_coverage (self->insurance, i);
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
