/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-auth-keeper"

#include "config.h"

#include "rcp-auth-keeper.h"

#include "ui/insurance/rcp-auth-settler.h"

struct _RcpAuthKeeper
{
  GObject parent_instance;

  RcpDesk *desk;
  GPtrArray *works; /* of Work */
  guint sweep_id;
};

/* One patient of one visit, until it is settled. */
typedef struct
{
  RcpInsuranceModel *model;
  RcpAuthSettler *settler;
} Work;

G_DEFINE_FINAL_TYPE (RcpAuthKeeper, rcp_auth_keeper, G_TYPE_OBJECT)

static void
work_free (gpointer data)
{
  Work *self = data;

  g_object_unref (self->settler);
  g_object_unref (self->model);
  g_free (self);
}

static void
rcp_auth_keeper_dispose (GObject *object)
{
  RcpAuthKeeper *self = RCP_AUTH_KEEPER (object);

  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_pointer (&self->works, g_ptr_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_auth_keeper_parent_class)->dispose (object);
}

static void
rcp_auth_keeper_class_init (RcpAuthKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_auth_keeper_dispose;
}

static void
rcp_auth_keeper_init (RcpAuthKeeper *self)
{
  self->works = g_ptr_array_new_with_free_func (work_free);
}

static gboolean
is_done (const Work *work)
{
  RcpInsuranceState state = rcp_insurance_model_get_state (work->model);

  return !rcp_auth_settler_is_pending (work->settler) && state != RCP_INSURANCE_READING;
}

static gboolean
on_sweep_cb (gpointer data)
{
  RcpAuthKeeper *self = data;

  self->sweep_id = 0;
  for (guint i = self->works->len; i-- > 0;)
    if (is_done (self->works->pdata[i]))
      g_ptr_array_remove_index (self->works, i);
  return G_SOURCE_REMOVE;
}

/* Not from within what they tell. */
static void
queue_sweep (RcpAuthKeeper *self)
{
  if (self->sweep_id == 0 && self->works)
    self->sweep_id = g_idle_add (on_sweep_cb, self);
}

/* @patient: of @part */
static void
take_part (RcpAuthKeeper *self, RcpVisit *part, RcpPatient *patient, gboolean may_have_some)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  Work *work;
  GDate day;

  if (!patient || !roster || !rcp_desk_get_client (self->desk))
    return;
  work = g_new0 (Work, 1);
  work->model = rcp_insurance_model_new (self->desk);
  work->settler = rcp_auth_settler_new (self->desk, work->model);
  g_ptr_array_add (self->works, work);
  if (rcp_visit_status_takes_time (rcp_visit_get_status (part)))
    {
      rcp_time_get_day (rcp_visit_get_range (part).start, rcp_desk_get_zone (self->desk), &day);
      rcp_insurance_model_set_day (work->model, &day);
      rcp_insurance_model_set_visit (work->model, rcp_roster_find_visit_type (roster, rcp_visit_get_type_code (part)),
                                     rcp_roster_find_provider_of_visit (roster, part));
      rcp_insurance_model_set_patient (work->model, patient);
    }
  g_signal_connect_object (work->model, "changed", G_CALLBACK (queue_sweep), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (work->settler, "changed", G_CALLBACK (queue_sweep), self, G_CONNECT_SWAPPED);
  rcp_auth_settler_set_visit (work->settler, part, may_have_some);
}

/* @known: the same visit, of whose patients more is known than their ids */
static void
take_visit (RcpAuthKeeper *self, RcpVisit *visit, RcpVisit *known, gboolean may_have_some)
{
  for (guint i = 0; i < rcp_visit_get_n_people (visit); i++)
    {
      g_autoptr (RcpVisit) part = rcp_visit_dup_part (visit, i);

      for (guint j = 0; j < rcp_visit_get_n_people (known); j++)
        {
          g_autoptr (RcpVisit) other = rcp_visit_dup_part (known, j);

          if (g_strcmp0 (rcp_visit_get_patient_id (other), rcp_visit_get_patient_id (part)) == 0)
            take_part (self, part, rcp_visit_get_patient (other), may_have_some);
        }
    }
}

static gboolean
is_other (RcpVisit *before, RcpVisit *after)
{
  return rcp_visit_get_range (before).start != rcp_visit_get_range (after).start ||
         g_strcmp0 (rcp_visit_get_practitioner_id (before), rcp_visit_get_practitioner_id (after)) != 0 ||
         rcp_visit_status_takes_time (rcp_visit_get_status (before)) != rcp_visit_status_takes_time (rcp_visit_get_status (after));
}

/* That a patient has arrived is nothing to a payer. */
static void
on_done_cb (RcpAuthKeeper *self, GObject *operation)
{
  RcpVisit *before, *after;

  if (!RCP_IS_VISIT_OPERATION (operation))
    return;
  before = rcp_visit_operation_get_before (RCP_VISIT_OPERATION (operation));
  after = rcp_visit_operation_get_after (RCP_VISIT_OPERATION (operation));
  if (after && (!before || is_other (before, after)))
    take_visit (self, after, rcp_visit_get_patient (after) || !before ? after : before, before != NULL);
}

static void
on_all_done_cb (RcpAuthKeeper *self, GPtrArray *operations)
{
  for (guint i = 0; i < operations->len; i++)
    on_done_cb (self, operations->pdata[i]);
}

/**
 * rcp_auth_keeper_new:
 * @desk: what it follows
 *
 * Returns: (transfer full)
 */
RcpAuthKeeper *
rcp_auth_keeper_new (RcpDesk *desk)
{
  RcpAuthKeeper *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_AUTH_KEEPER, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "done", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "all-done", G_CALLBACK (on_all_done_cb), self, G_CONNECT_SWAPPED);
  return self;
}

typedef struct
{
  RcpAuthKeeper *keeper;
  RcpVisit *was;
} Undone;

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Undone *undone = user_data;
  g_autoptr (RcpAuthKeeper) self = undone->keeper;
  g_autoptr (RcpVisit) was = undone->was, now = NULL;
  g_autoptr (FhirResource) appointment = fhir_client_read_finish (FHIR_CLIENT (source), result, NULL);

  g_free (undone);
  if (!appointment || !self->works || rcp_desk_get_client (self->desk) != FHIR_CLIENT (source))
    return;
  now = rcp_visit_new (appointment, NULL);
  take_visit (self, now, was, TRUE);
}

/**
 * rcp_auth_keeper_take_undone:
 * @was: a visit as it was before something done to it was undone
 */
void
rcp_auth_keeper_take_undone (RcpAuthKeeper *self, RcpVisit *was)
{
  g_autofree char *reference = NULL;
  Undone *undone;

  g_return_if_fail (RCP_IS_AUTH_KEEPER (self));
  g_return_if_fail (RCP_IS_VISIT (was));

  if (!rcp_desk_get_client (self->desk))
    return;
  reference = g_strconcat ("Appointment/", rcp_visit_get_id (was), NULL);
  undone = g_new0 (Undone, 1);
  undone->keeper = g_object_ref (self);
  undone->was = g_object_ref (was);
  fhir_client_read_async (rcp_desk_get_client (self->desk), reference, NULL, on_read_cb, undone);
}

guint
rcp_auth_keeper_count_busy (RcpAuthKeeper *self)
{
  g_return_val_if_fail (RCP_IS_AUTH_KEEPER (self), 0);

  return self->works->len;
}
