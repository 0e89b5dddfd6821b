/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-new-places"

#include "config.h"

#include "rcp-new-places-model.h"

#include <glib/gi18n.h>

#include "rcp-new-places-private.h"
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-find-places.h"
#include "scheduling/rcp-refit.h"

/* How far is looked, one after the other, until each has a place. */
static const guint steps[] = { 3, 14, 42 };
/* So many openings of a visit, and so many more for each of the others, which may take the first. */
#define LEAST_OFFERS 60
#define MORE_OFFERS 8

struct _RcpNewPlacesModel
{
  GObject parent_instance;

  RcpDesk *desk;
  GListStore *places;
  GPtrArray *found; /* of GPtrArray of RcpOffer; NULL while they are read */
  guint step;
  RcpNewPlacesState state;
  char *notice;
  GCancellable *reading;
  guint next; /* place that is moved next */
};

G_DEFINE_FINAL_TYPE (RcpNewPlacesModel, rcp_new_places_model, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_N_CHOSEN,
  PROP_NOTICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void move_next (RcpNewPlacesModel *self);

static void
rcp_new_places_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RcpNewPlacesModel *self = RCP_NEW_PLACES_MODEL (object);

  if (id == PROP_STATE)
    g_value_set_int (value, self->state);
  else if (id == PROP_N_CHOSEN)
    g_value_set_uint (value, rcp_new_places_model_get_n_chosen (self));
  else
    g_value_set_string (value, self->notice);
}

static void
stop_reading (RcpNewPlacesModel *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->found, g_ptr_array_unref);
}

static void
rcp_new_places_model_dispose (GObject *object)
{
  RcpNewPlacesModel *self = RCP_NEW_PLACES_MODEL (object);

  stop_reading (self);
  g_clear_object (&self->places);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_new_places_model_parent_class)->dispose (object);
}

static void
rcp_new_places_model_finalize (GObject *object)
{
  g_free (RCP_NEW_PLACES_MODEL (object)->notice);
  G_OBJECT_CLASS (rcp_new_places_model_parent_class)->finalize (object);
}

static void
rcp_new_places_model_class_init (RcpNewPlacesModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_new_places_model_get_property;
  object_class->dispose = rcp_new_places_model_dispose;
  object_class->finalize = rcp_new_places_model_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, RCP_NEW_PLACES_READING, RCP_NEW_PLACES_DONE,
                                             RCP_NEW_PLACES_READING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_CHOSEN]
      = g_param_spec_uint ("n-chosen", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTICE]
      = g_param_spec_string ("notice", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_new_places_model_init (RcpNewPlacesModel *self)
{
  self->places = g_list_store_new (RCP_TYPE_NEW_PLACE);
}

/* Takes @notice. */
static void
set_state (RcpNewPlacesModel *self, RcpNewPlacesState state, char *notice)
{
  self->state = state;
  g_free (self->notice);
  self->notice = notice;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHOSEN]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static RcpNewPlace *
get_place (RcpNewPlacesModel *self, guint index)
{
  g_autoptr (RcpNewPlace) place = g_list_model_get_item (G_LIST_MODEL (self->places), index);

  return place;
}

static guint
get_n_places (RcpNewPlacesModel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->places));
}

static void
fail (RcpNewPlacesModel *self)
{
  stop_reading (self);
  set_state (self, RCP_NEW_PLACES_FAILED,
             g_strdup (_ ("The free times could not be read. Nothing was moved. Check the connection and try again.")));
}

static void find_places (RcpNewPlacesModel *self);

static char *
describe_found (guint n_found, guint n_all)
{
  if (n_found == 0)
    return g_strdup (_ ("There is no new place for any of them."));
  if (n_found == n_all)
    return g_strdup_printf (g_dngettext (NULL, "There is a new place for %u visit.", "There is a new place for each of %u visits.", n_all), n_all);
  /* Translators: so many visits, of so many */
  return g_strdup_printf (g_dngettext (NULL, "There is a new place for %u of %u visits.", "There are new places for %u of %u visits.", n_found), n_found,
                          n_all);
}

static char *
describe_same_day (guint n_same_day, guint n_found)
{
  if (n_found == 1)
    return g_strdup (n_same_day == 1 ? _ ("It is on the same day.") : _ ("It is on another day."));
  if (n_same_day == 0)
    return g_strdup (_ ("None is on the same day."));
  if (n_same_day == n_found)
    return g_strdup (_ ("All are on the same day."));
  return g_strdup_printf (g_dngettext (NULL, "%u is on the same day.", "%u are on the same day.", n_same_day), n_same_day);
}

static char *
sum_up (RcpNewPlacesModel *self)
{
  guint n_same_day = 0, n_found = 0;
  g_autofree char *found = NULL, *same_day = NULL;

  for (guint i = 0; i < get_n_places (self); i++)
    {
      n_found += get_place (self, i)->offer != NULL;
      n_same_day += rcp_new_place_is_same_day (get_place (self, i));
    }
  found = describe_found (n_found, get_n_places (self));
  if (n_found == 0)
    return g_steal_pointer (&found);
  same_day = describe_same_day (n_same_day, n_found);
  return g_strdup_printf ("%s %s", found, same_day);
}

/* Once all is known that counts. */
static void
plan (RcpNewPlacesModel *self)
{
  guint n_without;

  if (self->state != RCP_NEW_PLACES_READING || self->found == NULL)
    return;
  for (guint i = 0; i < get_n_places (self); i++)
    if (!rcp_offer_ranking_is_complete (get_place (self, i)->ranking))
      return;
  n_without = rcp_new_places_plan (G_LIST_MODEL (self->places), self->found, steps[self->step]);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  if (n_without > 0 && self->step + 1 < G_N_ELEMENTS (steps))
    {
      self->step++;
      find_places (self);
      return;
    }
  g_clear_object (&self->reading);
  set_state (self, RCP_NEW_PLACES_READY, get_n_places (self) > 0 ? sum_up (self) : NULL);
}

static void
on_places_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpNewPlacesModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rcp_find_places_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL)
    {
      fail (self);
      return;
    }
  self->found = g_steal_pointer (&found);
  plan (self);
}

static void
find_places (RcpNewPlacesModel *self)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new (), wishes = g_ptr_array_new ();

  for (guint i = 0; i < get_n_places (self); i++)
    {
      RcpNewPlace *place = get_place (self, i);

      if (place->wish == NULL)
        continue;
      g_ptr_array_add (visits, place->visit);
      g_ptr_array_add (wishes, place->wish);
    }
  rcp_find_places_async (rcp_desk_get_client (self->desk), rcp_desk_get_roster (self->desk), visits, wishes, steps[self->step],
                         LEAST_OFFERS + MORE_OFFERS * wishes->len, self->reading, on_places_found_cb, g_object_ref (self));
}

static void
on_list_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpNewPlacesModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refits = rcp_refit_list_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (refits == NULL)
    {
      fail (self);
      return;
    }
  for (guint i = 0; i < refits->len; i++)
    {
      g_autoptr (RcpNewPlace) place = rcp_new_place_new (self->desk, ((RcpRefit *)refits->pdata[i])->visit);

      g_signal_connect_object (place->ranking, "changed", G_CALLBACK (plan), self, G_CONNECT_SWAPPED);
      g_list_store_append (self->places, place);
    }
  find_places (self);
}

void
rcp_new_places_model_read (RcpNewPlacesModel *self)
{
  g_return_if_fail (RCP_IS_NEW_PLACES_MODEL (self));

  if (self->state == RCP_NEW_PLACES_BUSY)
    return;
  stop_reading (self);
  g_list_store_remove_all (self->places);
  self->step = 0;
  self->reading = g_cancellable_new ();
  set_state (self, RCP_NEW_PLACES_READING, NULL);
  if (rcp_desk_get_client (self->desk) == NULL)
    {
      fail (self);
      return;
    }
  rcp_refit_list_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->reading, on_list_read_cb,
                        g_object_ref (self));
}

/**
 * rcp_new_places_model_new:
 * @desk: an open desk
 *
 * Returns: (transfer full): a model that reads
 */
RcpNewPlacesModel *
rcp_new_places_model_new (RcpDesk *desk)
{
  RcpNewPlacesModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_NEW_PLACES_MODEL, NULL);
  self->desk = g_object_ref (desk);
  rcp_new_places_model_read (self);
  return self;
}

RcpNewPlacesState
rcp_new_places_model_get_state (RcpNewPlacesModel *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACES_MODEL (self), RCP_NEW_PLACES_FAILED);
  return self->state;
}

const char *
rcp_new_places_model_get_notice (RcpNewPlacesModel *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACES_MODEL (self), NULL);
  return self->notice;
}

GListModel *
rcp_new_places_model_get_places (RcpNewPlacesModel *self)
{
  g_return_val_if_fail (RCP_IS_NEW_PLACES_MODEL (self), NULL);
  return G_LIST_MODEL (self->places);
}

guint
rcp_new_places_model_get_n_chosen (RcpNewPlacesModel *self)
{
  guint n_chosen = 0;

  g_return_val_if_fail (RCP_IS_NEW_PLACES_MODEL (self), 0);

  for (guint i = 0; i < get_n_places (self); i++)
    n_chosen += get_place (self, i)->is_chosen;
  return n_chosen;
}

guint
rcp_new_places_model_get_n_moved (RcpNewPlacesModel *self)
{
  guint n_moved = 0;

  g_return_val_if_fail (RCP_IS_NEW_PLACES_MODEL (self), 0);

  for (guint i = 0; i < get_n_places (self); i++)
    n_moved += get_place (self, i)->outcome == RCP_NEW_PLACE_MOVED;
  return n_moved;
}

void
rcp_new_places_model_choose (RcpNewPlacesModel *self, RcpNewPlace *place, gboolean is_chosen)
{
  g_return_if_fail (RCP_IS_NEW_PLACES_MODEL (self));
  g_return_if_fail (RCP_IS_NEW_PLACE (place));

  if (self->state != RCP_NEW_PLACES_READY || place->offer == NULL || place->is_chosen == is_chosen)
    return;
  rcp_new_place_choose (place, is_chosen);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHOSEN]);
}

static void
end_moves (RcpNewPlacesModel *self)
{
  guint n_chosen = rcp_new_places_model_get_n_chosen (self), n_moved = rcp_new_places_model_get_n_moved (self);
  g_autofree char *notice = NULL;

  if (n_moved < n_chosen)
    /* Translators: how many visits are in their new places, of how many that were to be. */
    notice = g_strdup_printf (_ ("%u of %u visits are moved. The others stay where they were; each says why."), n_moved, n_chosen);
  set_state (self, RCP_NEW_PLACES_DONE, g_steal_pointer (&notice));
}

static void
on_moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpNewPlacesModel) self = user_data;
  g_autoptr (RcpNewPlace) place = g_object_ref (get_place (self, self->next++));
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (source), result, &error);

  if (visit != NULL)
    {
      rcp_desk_invalidate (self->desk, rcp_visit_get_range (place->visit));
      rcp_desk_invalidate (self->desk, rcp_visit_get_range (visit));
      rcp_new_place_set_outcome (place, RCP_NEW_PLACE_MOVED, _ ("Moved"));
      rcp_desk_tell_done (self->desk, source);
    }
  else
    rcp_new_place_set_outcome (place, RCP_NEW_PLACE_REFUSED, error->message);
  move_next (self);
}

static void
move_next (RcpNewPlacesModel *self)
{
  while (self->next < get_n_places (self))
    {
      RcpNewPlace *place = get_place (self, self->next);
      g_autoptr (RcpMoveVisit) move = NULL;

      if (!place->is_chosen)
        {
          self->next++;
          continue;
        }
      rcp_new_places_bring_rooms (G_LIST_MODEL (self->places), place, rcp_desk_get_roster (self->desk));
      move = rcp_move_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), place->visit, place->offer);
      rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (move));
      rcp_visit_operation_run_async (RCP_VISIT_OPERATION (move), NULL, on_moved_cb, g_object_ref (self));
      return;
    }
  end_moves (self);
}

void
rcp_new_places_model_move (RcpNewPlacesModel *self)
{
  g_return_if_fail (RCP_IS_NEW_PLACES_MODEL (self));

  if (self->state != RCP_NEW_PLACES_READY || rcp_new_places_model_get_n_chosen (self) == 0)
    return;
  self->next = 0;
  set_state (self, RCP_NEW_PLACES_BUSY, NULL);
  move_next (self);
}
