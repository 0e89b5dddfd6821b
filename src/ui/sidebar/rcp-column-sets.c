/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-column-sets"

#include "config.h"

#include "rcp-column-sets.h"

#include <glib/gi18n.h>


#define KEY "column-sets"

struct _RcpColumnSets
{
  GObject parent_instance;

  GSettings *settings;
  RcpRoster *roster;
  GPtrArray *all;   /* of RcpColumnSet, also those of other records */
  GPtrArray *known; /* of RcpColumnSet: what the list shows */
};

static GType
get_item_type (GListModel *model)
{
  return RCP_TYPE_COLUMN_SET;
}

static guint
get_n_items (GListModel *model)
{
  return ((RcpColumnSets *) model)->known->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RcpColumnSets *self = (RcpColumnSets *) model;

  return position < self->known->len ? g_object_ref (g_ptr_array_index (self->known, position)) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpColumnSets, rcp_column_sets, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
read_settings (RcpColumnSets *self)
{
  g_autoptr (GVariant) stored = g_settings_get_value (self->settings, KEY);
  const char *name, *by;
  GVariantIter iter;
  GStrv choices;

  g_ptr_array_set_size (self->all, 0);
  g_variant_iter_init (&iter, stored);
  while (g_variant_iter_next (&iter, "(&s&s^as)", &name, &by, &choices))
    {
      g_ptr_array_add (self->all, rcp_column_set_new (name, rcp_columns_by_from_nick (by), (const char *const *) choices));
      g_strfreev (choices);
    }
}

static void
write_settings (RcpColumnSets *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssas)"));
  for (guint i = 0; i < self->all->len; i++)
    {
      RcpColumnSet *set = g_ptr_array_index (self->all, i);

      g_variant_builder_add (&builder, "(ss^as)", rcp_column_set_get_name (set), rcp_columns_by_to_nick (rcp_column_set_get_by (set)),
                             rcp_column_set_get_choices (set));
    }
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

/* What a desk has before it keeps its own. */
static void
make_usual (RcpColumnSets *self)
{
  GListModel *places = rcp_roster_get_places (self->roster);
  guint n_places = g_list_model_get_n_items (places);

  g_ptr_array_set_size (self->all, 0);
  for (guint i = 0; n_places > 1 && i < n_places; i++)
    {
      g_autoptr (RcpPlace) place = g_list_model_get_item (places, i);
      g_autofree char *choice = rcp_column_choice_place (rcp_place_get_id (place));
      const char *const choices[] = { choice, NULL };

      g_ptr_array_add (self->all, rcp_column_set_new (rcp_place_get_name (place), RCP_COLUMNS_BY_PROVIDER, choices));
    }
  /* Left out again where there are none. */
  g_ptr_array_add (self->all, rcp_column_set_new (_("Rooms"), RCP_COLUMNS_BY_ROOM, NULL));
  g_ptr_array_add (self->all, rcp_column_set_new (_("Devices"), RCP_COLUMNS_BY_DEVICE, NULL));
}

static gboolean
has_provider (RcpColumnSet *set, RcpRoster *roster)
{
  GListModel *providers = rcp_roster_get_providers (roster);
  guint n_providers = g_list_model_get_n_items (providers);

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      RcpPlace *place = rcp_provider_get_place (provider);

      if (rcp_column_set_has (set, place ? rcp_place_get_id (place) : NULL, rcp_provider_get_specialty (provider),
                              rcp_provider_get_schedule_id (provider)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_room (RcpColumnSet *set, RcpRoster *roster)
{
  GListModel *rooms = rcp_roster_get_rooms (roster);
  guint n_rooms = g_list_model_get_n_items (rooms);

  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);
      RcpPlace *place = rcp_room_get_place (room);

      if (rcp_columns_by_takes (rcp_column_set_get_by (set), room)
          && rcp_column_set_has (set, place ? rcp_place_get_id (place) : NULL, NULL, rcp_room_get_schedule_id (room)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_known (RcpColumnSets *self, RcpColumnSet *set)
{
  if (!self->roster)
    return FALSE;
  return rcp_column_set_get_by (set) == RCP_COLUMNS_BY_PROVIDER ? has_provider (set, self->roster) : has_room (set, self->roster);
}

static void
update_known (RcpColumnSets *self)
{
  guint n_before = self->known->len;

  g_ptr_array_set_size (self->known, 0);
  for (guint i = 0; i < self->all->len; i++)
    if (is_known (self, g_ptr_array_index (self->all, i)))
      g_ptr_array_add (self->known, g_object_ref (g_ptr_array_index (self->all, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->known->len);
}

static void
load (RcpColumnSets *self)
{
  g_autoptr (GVariant) own = g_settings_get_user_value (self->settings, KEY);

  if (own || !self->roster)
    read_settings (self);
  else
    make_usual (self);
  update_known (self);
}

static void
rcp_column_sets_dispose (GObject *object)
{
  RcpColumnSets *self = RCP_COLUMN_SETS (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->roster);
  g_ptr_array_set_size (self->all, 0);
  g_ptr_array_set_size (self->known, 0);
  G_OBJECT_CLASS (rcp_column_sets_parent_class)->dispose (object);
}

static void
rcp_column_sets_finalize (GObject *object)
{
  RcpColumnSets *self = RCP_COLUMN_SETS (object);

  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->known);
  G_OBJECT_CLASS (rcp_column_sets_parent_class)->finalize (object);
}

static void
rcp_column_sets_class_init (RcpColumnSetsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_column_sets_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_column_sets_finalize;
}

static void
rcp_column_sets_init (RcpColumnSets *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * rcp_column_sets_new:
 * @settings: of org.frontdesk.Reception
 *
 * Returns: (transfer full): the sets of this desk; none before a roster is known
 */
RcpColumnSets *
rcp_column_sets_new (GSettings *settings)
{
  RcpColumnSets *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RCP_TYPE_COLUMN_SETS, NULL);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

void
rcp_column_sets_set_roster (RcpColumnSets *self, RcpRoster *roster)
{
  g_return_if_fail (RCP_IS_COLUMN_SETS (self));

  g_set_object (&self->roster, roster);
  load (self);
}

static gboolean
find_named (RcpColumnSets *self, const char *name, guint *position)
{
  for (guint i = 0; i < self->all->len; i++)
    if (g_strcmp0 (rcp_column_set_get_name (g_ptr_array_index (self->all, i)), name) == 0)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static void
replace (RcpColumnSets *self, guint position, RcpColumnSet *set)
{
  g_object_unref (g_ptr_array_index (self->all, position));
  g_ptr_array_index (self->all, position) = g_object_ref (set);
}

gboolean
rcp_column_sets_save (RcpColumnSets *self, RcpColumnSet *set)
{
  guint position;

  g_return_val_if_fail (RCP_IS_COLUMN_SETS (self), FALSE);
  g_return_val_if_fail (RCP_IS_COLUMN_SET (set), FALSE);

  if (!rcp_column_set_get_name (set) || !rcp_column_set_get_name (set)[0])
    return FALSE;
  if (find_named (self, rcp_column_set_get_name (set), &position))
    replace (self, position, set);
  else
    g_ptr_array_add (self->all, g_object_ref (set));
  write_settings (self);
  return TRUE;
}

/* Where the set that the list shows at @position is among all. */
static gboolean
find_known (RcpColumnSets *self, guint position, guint *in_all)
{
  return position < self->known->len && g_ptr_array_find (self->all, g_ptr_array_index (self->known, position), in_all);
}

gboolean
rcp_column_sets_rename (RcpColumnSets *self, guint position, const char *name)
{
  g_autoptr (RcpColumnSet) renamed = NULL;
  guint in_all, other;

  g_return_val_if_fail (RCP_IS_COLUMN_SETS (self), FALSE);

  if (!name || !name[0] || !find_known (self, position, &in_all) || (find_named (self, name, &other) && other != in_all))
    return FALSE;
  renamed = rcp_column_set_rename (g_ptr_array_index (self->all, in_all), name);
  replace (self, in_all, renamed);
  write_settings (self);
  return TRUE;
}

void
rcp_column_sets_remove (RcpColumnSets *self, guint position)
{
  guint in_all;

  g_return_if_fail (RCP_IS_COLUMN_SETS (self));

  if (!find_known (self, position, &in_all))
    return;
  g_ptr_array_remove_index (self->all, in_all);
  write_settings (self);
}

void
rcp_column_sets_move (RcpColumnSets *self, guint position, int by)
{
  guint from, to;
  gpointer moved;

  g_return_if_fail (RCP_IS_COLUMN_SETS (self));
  g_return_if_fail (by == -1 || by == 1);

  if (!find_known (self, position, &from) || !find_known (self, (guint) ((int) position + by), &to))
    return;
  moved = g_ptr_array_index (self->all, from);
  g_ptr_array_index (self->all, from) = g_ptr_array_index (self->all, to);
  g_ptr_array_index (self->all, to) = moved;
  write_settings (self);
}
