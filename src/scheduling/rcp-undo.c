/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-undo"

#include "rcp-undo.h"

#include "rcp-visit-operation-private.h"

struct _RcpUndo
{
  RcpVisitOperation parent_instance;

  RcpDeed undone;
  RcpVisit *before; /* NULL: the visit was new */
  RcpVisit *after;
  RcpVisit *closed;      /* entry of the wait list, or NULL */
  RcpProvider *provider; /* of @before, or NULL */
  GStrv revoked;
  gint64 done_at;
  gint64 until;
  gboolean was_run;
};

G_DEFINE_FINAL_TYPE (RcpUndo, rcp_undo, RCP_TYPE_VISIT_OPERATION)

static void
rcp_undo_finalize (GObject *object)
{
  RcpUndo *self = RCP_UNDO (object);

  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_clear_object (&self->closed);
  g_clear_object (&self->provider);
  g_strfreev (self->revoked);
  G_OBJECT_CLASS (rcp_undo_parent_class)->finalize (object);
}

/* What the visit was, at the version that it has now. */
static JsonObject *
make_asked (RcpUndo *self)
{
  JsonObject *asked = fhir_resource_dup_json (rcp_visit_get_resource (self->before != NULL ? self->before : self->after));

  /* Who waits has no time yet: such an Appointment may only be cancelled (FHIR R4 Appointment, app-3). */
  if (self->before == NULL && rcp_visit_get_status (self->after) == RCP_VISIT_WAITLIST)
    rcp_visit_json_cancel (asked, "oth-err", NULL);
  else if (self->before == NULL)
    rcp_visit_json_set_status (asked, RCP_VISIT_ERROR);
  return asked;
}

static gboolean
takes_time (RcpVisit *visit)
{
  return rcp_visit_status_takes_time (rcp_visit_get_status (visit));
}

/* Who did not come, or left, keeps them. */
static gboolean
has_slots (RcpVisit *visit)
{
  return rcp_visit_get_status (visit) != RCP_VISIT_CANCELLED && rcp_visit_get_status (visit) != RCP_VISIT_ERROR;
}

/* A status seldom touches the slots; then neither does what takes it back. */
static void
plan_slots (RcpUndo *self, RcpVisitChange *change)
{
  /* What was new, or waited for a time, has none of its own: all that it holds goes back. */
  if (self->before == NULL || rcp_visit_get_status (self->before) == RCP_VISIT_WAITLIST)
    return;
  if (!has_slots (self->before) || (!takes_time (self->before) && has_slots (self->after))
      || (self->undone == RCP_DEED_SET_STATUS && takes_time (self->after)))
    {
      change->keeps_slots = TRUE;
      return;
    }
  rcp_visit_change_take_back (change, self->before, self->provider);
  rcp_visit_change_put_beside (change, rcp_visit_get_overbook_reason (self->before));
}

static gpointer
rcp_undo_prepare (RcpVisitOperation *operation, GError **error)
{
  RcpUndo *self = RCP_UNDO (operation);
  RcpVisitChange *change;

  self->was_run = TRUE;
  if (rcp_clock_get_now (rcp_visit_operation_get_clock (operation)) >= self->until)
    {
      g_propagate_error (error, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_TOO_LATE, RCP_DEED_UNDO, NULL));
      return NULL;
    }
  change = rcp_visit_change_new (rcp_visit_operation_get_client (operation), rcp_visit_operation_get_clock (operation),
                                 RCP_DEED_UNDO, self->after, make_asked (self));
  change->code = "undo";
  change->encounter_plan = RCP_ENCOUNTER_RESTORE;
  g_set_object (&change->restored, self->before);
  g_set_object (&change->reopens, self->closed);
  change->revive = g_strdupv (self->revoked);
  change->not_told_since = self->done_at;
  plan_slots (self, change);
  return change;
}

static void
rcp_undo_class_init (RcpUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_undo_finalize;
  RCP_VISIT_OPERATION_CLASS (klass)->prepare = rcp_undo_prepare;
}

static void
rcp_undo_init (RcpUndo *self)
{
}

/**
 * rcp_undo_new:
 * @done: an operation
 * @roster: (nullable): who works where
 * @grace: microseconds after it was done; %RCP_UNDO_GRACE
 *
 * Returns: (transfer full) (nullable): what takes it back; %NULL when it did not succeed, or is itself an undo
 */
RcpUndo *
rcp_undo_new (RcpVisitOperation *done, RcpRoster *roster, gint64 grace)
{
  RcpVisit *before;
  RcpUndo *self;

  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (done), NULL);
  g_return_val_if_fail (roster == NULL || RCP_IS_ROSTER (roster), NULL);

  before = rcp_visit_operation_get_before (done);
  if (rcp_visit_operation_get_after (done) == NULL || RCP_IS_UNDO (done))
    return NULL;
  self = rcp_visit_operation_construct (RCP_TYPE_UNDO, rcp_visit_operation_get_client (done),
                                        rcp_visit_operation_get_clock (done), RCP_DEED_UNDO);
  self->undone = rcp_visit_operation_get_deed (done);
  g_set_object (&self->before, before);
  g_set_object (&self->after, rcp_visit_operation_get_after (done));
  g_set_object (&self->closed, rcp_visit_operation_get_closed (done));
  if (roster != NULL && before != NULL)
    g_set_object (&self->provider, rcp_roster_find_provider_of_visit (roster, before));
  self->revoked = g_strdupv ((char **)rcp_visit_operation_get_revoked (done));
  self->done_at = rcp_visit_operation_get_done_at (done);
  self->until = self->done_at + grace;
  rcp_visit_operation_set_desk (RCP_VISIT_OPERATION (self), rcp_visit_operation_get_desk (done));
  return self;
}

RcpDeed
rcp_undo_get_undone (RcpUndo *self)
{
  g_return_val_if_fail (RCP_IS_UNDO (self), RCP_DEED_BOOK);
  return self->undone;
}

RcpVisit *
rcp_undo_get_visit (RcpUndo *self)
{
  g_return_val_if_fail (RCP_IS_UNDO (self), NULL);
  return self->after;
}

gint64
rcp_undo_get_until (RcpUndo *self)
{
  g_return_val_if_fail (RCP_IS_UNDO (self), 0);
  return self->until;
}

gboolean
rcp_undo_is_open (RcpUndo *self)
{
  g_return_val_if_fail (RCP_IS_UNDO (self), FALSE);
  return !self->was_run
         && rcp_clock_get_now (rcp_visit_operation_get_clock (RCP_VISIT_OPERATION (self))) < self->until;
}
