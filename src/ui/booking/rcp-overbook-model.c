/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-overbook-model"

#include "config.h"

#include "rcp-overbook-model.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-openings.h"
#include "scheduling/rcp-overbook.h"
#include "scheduling/rcp-rooms.h"

/* Visits start at these minutes. */
#define STEP (15 * G_TIME_SPAN_MINUTE)

struct _RcpFullTime
{
  GObject parent_instance;

  RcpProvider *provider;
  RcpTimeRange range;
  char *conflicts;
  guint n_overbooked;
  int limit;
};

G_DEFINE_FINAL_TYPE (RcpFullTime, rcp_full_time, G_TYPE_OBJECT)

static void
rcp_full_time_finalize (GObject *object)
{
  RcpFullTime *self = RCP_FULL_TIME (object);

  g_clear_object (&self->provider);
  g_free (self->conflicts);
  G_OBJECT_CLASS (rcp_full_time_parent_class)->finalize (object);
}

static void
rcp_full_time_class_init (RcpFullTimeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_full_time_finalize;
}

static void
rcp_full_time_init (RcpFullTime *self)
{
}

RcpProvider *
rcp_full_time_get_provider (RcpFullTime *self)
{
  g_return_val_if_fail (RCP_IS_FULL_TIME (self), NULL);

  return self->provider;
}

RcpTimeRange
rcp_full_time_get_range (RcpFullTime *self)
{
  g_return_val_if_fail (RCP_IS_FULL_TIME (self), ((RcpTimeRange){ 0, 0 }));

  return self->range;
}

const char *
rcp_full_time_get_conflicts (RcpFullTime *self)
{
  g_return_val_if_fail (RCP_IS_FULL_TIME (self), NULL);

  return self->conflicts;
}

gboolean
rcp_full_time_is_at_limit (RcpFullTime *self)
{
  g_return_val_if_fail (RCP_IS_FULL_TIME (self), FALSE);

  return self->limit >= 0 && self->n_overbooked >= (guint) self->limit;
}

char *
rcp_full_time_describe_limit (RcpFullTime *self)
{
  g_return_val_if_fail (RCP_IS_FULL_TIME (self), NULL);

  if (self->limit < 0)
    return NULL;
  /* Translators: how many visits of a half day were put beside others on purpose, and how many may be. */
  return g_strdup_printf (g_dngettext (NULL, "%u of %d overbooked visit in this half day",
                                       "%u of %d overbooked visits in this half day", (gulong) self->limit),
                          self->n_overbooked, self->limit);
}

struct _RcpOverbookModel
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpPatient *patient;
  RcpVisitType *visit_type;
  RcpUrgency urgency;
  char *complaint;
  char *schedule_id;
  gint64 duration;
  GDate date;
  RcpDay *day;
  GListStore *times;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (RcpOverbookModel, rcp_overbook_model, G_TYPE_OBJECT)

enum
{
  PROP_LOADING = 1,
  PROP_FAILED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_loading (RcpOverbookModel *self)
{
  return self->day && !rcp_day_is_loaded (self->day) && !rcp_day_get_error (self->day);
}

static gboolean
has_failed (RcpOverbookModel *self)
{
  return self->day && !rcp_day_is_loaded (self->day) && rcp_day_get_error (self->day);
}

static char *
describe_conflicts (RcpConflicts *conflicts, RcpProvider *provider, gint64 start)
{
  g_autoptr (GPtrArray) all = rcp_conflicts_at (conflicts, start);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *line = rcp_conflict_describe (all->pdata[i], provider, NULL);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_type_code (RcpOverbookModel *self)
{
  return self->visit_type ? rcp_visit_type_get_code (self->visit_type) : NULL;
}

static RcpConflicts *
make_conflicts (RcpOverbookModel *self, RcpProvider *provider)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  RcpConflicts *conflicts
      = rcp_conflicts_new_for_column (self->day, provider, NULL, rcp_patient_get_id (self->patient), NULL, self->duration,
                                      rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
  const char *needs = rcp_rooms_get_needs (roster, get_type_code (self));

  if (needs)
    {
      g_autoptr (GPtrArray) rooms = rcp_rooms_list_fitting (roster, needs, provider);

      rcp_conflicts_add_rooms (conflicts, self->day, rooms, NULL);
    }
  return conflicts;
}

static void
add_times (RcpOverbookModel *self, RcpProvider *provider, GPtrArray *times)
{
  g_autoptr (RcpConflicts) conflicts = make_conflicts (self, provider);
  RcpTimeRange day = rcp_day_get_range (self->day);

  for (gint64 start = day.start; start < day.end; start += STEP)
    {
      RcpFullTime *time;
      RcpTimeRange session;

      if (!rcp_overbook_is_possible (rcp_conflicts_kinds_at (conflicts, start)))
        continue;
      session = rcp_overbook_get_session (start, rcp_provider_get_zone (provider));
      time = g_object_new (RCP_TYPE_FULL_TIME, NULL);
      time->provider = g_object_ref (provider);
      time->range = (RcpTimeRange){ start, start + self->duration };
      time->conflicts = describe_conflicts (conflicts, provider, start);
      time->limit = rcp_overbook_get_limit (provider);
      time->n_overbooked = rcp_overbook_count (G_LIST_MODEL (self->day), provider, session, NULL);
      g_ptr_array_add (times, time);
    }
}

static gboolean
is_wanted (RcpOverbookModel *self, RcpProvider *provider)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();

  wish->schedule_id = g_strdup (self->schedule_id);
  wish->visit_type = g_strdup (get_type_code (self));
  return rcp_openings_suits (provider, wish, self->visit_type);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const RcpFullTime *x = *(RcpFullTime *const *) a;
  const RcpFullTime *y = *(RcpFullTime *const *) b;

  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  return g_utf8_collate (rcp_provider_get_name (x->provider), rcp_provider_get_name (y->provider));
}

static void
update (RcpOverbookModel *self)
{
  g_autoptr (GPtrArray) times = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (self->desk));

  for (guint i = 0; rcp_day_is_loaded (self->day) && i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (is_wanted (self, provider))
        add_times (self, provider, times);
    }
  g_ptr_array_sort (times, compare_times);
  g_list_store_splice (self->times, 0, g_list_model_get_n_items (G_LIST_MODEL (self->times)), times->pdata, times->len);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILED]);
}

static void
rcp_overbook_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RcpOverbookModel *self = RCP_OVERBOOK_MODEL (object);

  g_value_set_boolean (value, id == PROP_LOADING ? is_loading (self) : has_failed (self));
}

static void
rcp_overbook_model_dispose (GObject *object)
{
  RcpOverbookModel *self = RCP_OVERBOOK_MODEL (object);

  g_clear_object (&self->day);
  g_clear_object (&self->desk);
  g_clear_object (&self->patient);
  g_clear_object (&self->visit_type);
  g_clear_object (&self->times);
  g_clear_pointer (&self->complaint, g_free);
  g_clear_pointer (&self->schedule_id, g_free);
  G_OBJECT_CLASS (rcp_overbook_model_parent_class)->dispose (object);
}

static void
rcp_overbook_model_class_init (RcpOverbookModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_overbook_model_get_property;
  object_class->dispose = rcp_overbook_model_dispose;
  properties[PROP_LOADING]
      = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FAILED]
      = g_param_spec_boolean ("failed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_overbook_model_init (RcpOverbookModel *self)
{
  self->times = g_list_store_new (RCP_TYPE_FULL_TIME);
}

/**
 * rcp_overbook_model_new:
 * @desk: an open desk
 * @wish: for whom, and what; nothing of it is kept by reference
 * @day: on which
 *
 * Returns: (transfer full): the full times of @day, once they are read
 */
RcpOverbookModel *
rcp_overbook_model_new (RcpDesk *desk, const RcpOverbookWish *wish, const GDate *day)
{
  RcpOverbookModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (wish && RCP_IS_PATIENT (wish->patient), NULL);

  self = g_object_new (RCP_TYPE_OVERBOOK_MODEL, NULL);
  self->desk = g_object_ref (desk);
  self->patient = g_object_ref (wish->patient);
  g_set_object (&self->visit_type, wish->visit_type);
  self->urgency = wish->urgency;
  self->complaint = g_strdup (wish->complaint);
  self->schedule_id = g_strdup (wish->schedule_id);
  self->duration = MAX (wish->duration, 1) * G_TIME_SPAN_MINUTE;
  rcp_overbook_model_set_day (self, day);
  return self;
}

const GDate *
rcp_overbook_model_get_day (RcpOverbookModel *self)
{
  g_return_val_if_fail (RCP_IS_OVERBOOK_MODEL (self), NULL);

  return &self->date;
}

void
rcp_overbook_model_set_day (RcpOverbookModel *self, const GDate *day)
{
  g_return_if_fail (RCP_IS_OVERBOOK_MODEL (self));
  g_return_if_fail (day && g_date_valid (day));

  if (self->day)
    g_signal_handlers_disconnect_by_data (self->day, self);
  g_clear_object (&self->day);
  self->date = *day;
  self->day = rcp_day_book_get (rcp_desk_get_day_book (self->desk), day);
  /* What another desk books meanwhile is in the way as well. */
  g_signal_connect_object (self->day, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "slots-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

GListModel *
rcp_overbook_model_get_times (RcpOverbookModel *self)
{
  g_return_val_if_fail (RCP_IS_OVERBOOK_MODEL (self), NULL);

  return G_LIST_MODEL (self->times);
}

guint
rcp_overbook_model_find (RcpOverbookModel *self, RcpProvider *provider, gint64 start)
{
  g_return_val_if_fail (RCP_IS_OVERBOOK_MODEL (self), G_MAXUINT);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->times)); i++)
    {
      g_autoptr (RcpFullTime) time = g_list_model_get_item (G_LIST_MODEL (self->times), i);

      if (g_strcmp0 (rcp_provider_get_schedule_id (time->provider), rcp_provider_get_schedule_id (provider)) == 0
          && time->range.start <= start && start < time->range.start + STEP)
        return i;
    }
  return G_MAXUINT;
}

gboolean
rcp_overbook_model_may_book (RcpOverbookModel *self, RcpFullTime *time)
{
  g_return_val_if_fail (RCP_IS_OVERBOOK_MODEL (self), FALSE);

  return !self->is_busy && (!rcp_full_time_is_at_limit (time) || self->urgency == RCP_URGENCY_EMERGENCY);
}

gboolean
rcp_overbook_model_needs_second_yes (RcpOverbookModel *self, RcpFullTime *time)
{
  g_return_val_if_fail (RCP_IS_OVERBOOK_MODEL (self), FALSE);

  return rcp_full_time_is_at_limit (time);
}

static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpOverbookModel *self = g_task_get_source_object (task);
  RcpFullTime *time = g_task_get_task_data (task);
  GError *error = NULL;
  RcpVisit *visit = rcp_book_visit_run_finish (RCP_BOOK_VISIT (source), result, &error);

  self->is_busy = FALSE;
  rcp_desk_invalidate (self->desk, time->range);
  if (visit)
    {
      rcp_desk_tell_done (self->desk, source);
      g_task_return_pointer (task, visit, g_object_unref);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

/**
 * rcp_overbook_model_book_async:
 * @time: one of the times
 * @reason: why the visit is put where others are
 * @callback: called when the record holds the visit, or does not
 * @user_data: for @callback
 *
 * Whoever looks at the visit later reads @reason, and where it was beyond the limit, that it was.
 */
void
rcp_overbook_model_book_async (
    RcpOverbookModel *self, RcpFullTime *time, const char *reason, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpBookVisit) book = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (RCP_IS_OVERBOOK_MODEL (self));
  g_return_if_fail (RCP_IS_FULL_TIME (time));
  g_return_if_fail (reason && *reason);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_overbook_model_book_async);
  g_task_set_task_data (task, g_object_ref (time), g_object_unref);
  if (!rcp_overbook_model_may_book (self, time))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s",
                               self->is_busy ? _("This visit is being booked already.")
                                             : _("No more overbooked visits are allowed in this half day."));
      return;
    }
  /* Translators: written to the record: why a visit was put beside others. */
  words = rcp_full_time_is_at_limit (time) ? g_strdup_printf (_("%s (emergency, beyond the limit)"), reason) : g_strdup (reason);
  offer = rcp_overbook_make_offer (self->day, time->provider, time->range);
  rcp_rooms_require (offer, rcp_desk_get_roster (self->desk), get_type_code (self));
  book = rcp_book_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->patient, offer,
                             self->visit_type, self->urgency, self->complaint);
  rcp_book_visit_set_overbook (book, words);
  rcp_book_visit_set_beyond_limit (book, rcp_full_time_is_at_limit (time));
  rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (book));
  self->is_busy = TRUE;
  rcp_book_visit_run_async (book, NULL, on_booked_cb, g_steal_pointer (&task));
}

RcpVisit *
rcp_overbook_model_book_finish (RcpOverbookModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
