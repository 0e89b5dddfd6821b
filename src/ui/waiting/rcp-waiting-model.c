/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-waiting-model"

#include "config.h"

#include "rcp-waiting-model.h"

struct _RcpWaitingModel
{
  GObject parent_instance;

  RcpClock *clock;
  GListModel *visits;
  gulong visits_handler;
  GPtrArray *waiting; /* of RcpVisit; of those for several the parts */
  gint64 minute;
};

static GType
get_item_type (GListModel *model)
{
  return RCP_TYPE_VISIT;
}

static guint
get_n_items (GListModel *model)
{
  return ((RcpWaitingModel *) model)->waiting->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RcpWaitingModel *self = (RcpWaitingModel *) model;

  return position < self->waiting->len ? g_object_ref (g_ptr_array_index (self->waiting, position)) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpWaitingModel, rcp_waiting_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

enum
{
  PROP_COUNT = 1,
};

static GParamSpec *count_spec;
static guint now_changed;

static gboolean
waits (RcpVisit *visit)
{
  RcpVisitStatus status = rcp_visit_get_status (visit);

  return status == RCP_VISIT_ARRIVED || status == RCP_VISIT_CHECKED_IN || status == RCP_VISIT_ROOMED;
}

/* Who came when nobody noted it waits since the time of the visit. */
static gint64
get_begin (RcpVisit *visit)
{
  if (rcp_visit_get_arrived_at (visit) > 0)
    return rcp_visit_get_arrived_at (visit);
  return rcp_visit_get_since (visit) > 0 ? rcp_visit_get_since (visit) : rcp_visit_get_range (visit).start;
}

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  RcpVisit *first = *(RcpVisit **) a, *second = *(RcpVisit **) b;
  gint64 difference = get_begin (first) - get_begin (second);

  if (difference != 0)
    return difference < 0 ? -1 : 1;
  difference = g_strcmp0 (rcp_visit_get_id (first), rcp_visit_get_id (second));
  return difference != 0 ? (int) difference : g_strcmp0 (rcp_visit_get_patient_id (first), rcp_visit_get_patient_id (second));
}

/* Of a visit for several each who waits is one. */
static void
add_waiting (RcpWaitingModel *self, RcpVisit *visit)
{
  for (guint i = 0; i < rcp_visit_get_n_people (visit); i++)
    {
      g_autoptr (RcpVisit) part = rcp_visit_dup_part (visit, i);

      if (waits (part))
        g_ptr_array_add (self->waiting, g_steal_pointer (&part));
    }
}

static gboolean
is_same (RcpVisit *a, RcpVisit *b)
{
  return rcp_visit_get_whole (a) == rcp_visit_get_whole (b) && g_strcmp0 (rcp_visit_get_patient_id (a), rcp_visit_get_patient_id (b)) == 0;
}

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!is_same (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static void
update (RcpWaitingModel *self)
{
  guint n_visits = self->visits ? g_list_model_get_n_items (self->visits) : 0;
  g_autoptr (GPtrArray) before = self->waiting;

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (self->visits, i);

      add_waiting (self, visit);
    }
  g_ptr_array_sort (self->waiting, compare_visits);
  if (are_same (before, self->waiting))
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->waiting->len);
  if (before->len != self->waiting->len)
    g_object_notify_by_pspec (G_OBJECT (self), count_spec);
}

static void
drop_visits (RcpWaitingModel *self)
{
  if (self->visits)
    g_clear_signal_handler (&self->visits_handler, self->visits);
  g_clear_object (&self->visits);
}

static void
rcp_waiting_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_uint (value, RCP_WAITING_MODEL (object)->waiting->len);
}

static void
rcp_waiting_model_dispose (GObject *object)
{
  RcpWaitingModel *self = RCP_WAITING_MODEL (object);

  drop_visits (self);
  g_clear_object (&self->clock);
  g_ptr_array_set_size (self->waiting, 0);
  G_OBJECT_CLASS (rcp_waiting_model_parent_class)->dispose (object);
}

static void
rcp_waiting_model_finalize (GObject *object)
{
  g_ptr_array_unref (RCP_WAITING_MODEL (object)->waiting);
  G_OBJECT_CLASS (rcp_waiting_model_parent_class)->finalize (object);
}

static void
rcp_waiting_model_class_init (RcpWaitingModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_waiting_model_get_property;
  object_class->dispose = rcp_waiting_model_dispose;
  object_class->finalize = rcp_waiting_model_finalize;
  count_spec = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_COUNT, count_spec);
  now_changed = g_signal_new ("now-changed", RCP_TYPE_WAITING_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_waiting_model_init (RcpWaitingModel *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

RcpWaitingModel *
rcp_waiting_model_new (RcpClock *clock)
{
  RcpWaitingModel *self;

  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  self = g_object_new (RCP_TYPE_WAITING_MODEL, NULL);
  self->clock = g_object_ref (clock);
  return self;
}

void
rcp_waiting_model_set_visits (RcpWaitingModel *self, GListModel *visits)
{
  g_return_if_fail (RCP_IS_WAITING_MODEL (self));

  if (visits == self->visits)
    return;
  drop_visits (self);
  if (visits)
    {
      self->visits = g_object_ref (visits);
      self->visits_handler = g_signal_connect_object (visits, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

GListModel *
rcp_waiting_model_get_visits (RcpWaitingModel *self)
{
  return self->visits;
}

gint64
rcp_waiting_model_get_now (RcpWaitingModel *self)
{
  return rcp_clock_get_now (self->clock);
}

void
rcp_waiting_model_tick (RcpWaitingModel *self)
{
  gint64 minute;

  g_return_if_fail (RCP_IS_WAITING_MODEL (self));

  minute = rcp_clock_get_now (self->clock) / G_TIME_SPAN_MINUTE;
  if (minute == self->minute)
    return;
  self->minute = minute;
  g_signal_emit (self, now_changed, 0);
}
