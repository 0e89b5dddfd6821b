/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-column-set"

#include "config.h"

#include "rcp-column-set.h"

#include "clinic/rcp-codes.h"

#define PLACE "place:"
#define SPECIALTY "specialty:"
#define SCHEDULE "schedule:"

struct _RcpColumnSet
{
  GObject parent_instance;

  char *name;
  RcpColumnsBy by;
  GStrv choices;
};

G_DEFINE_FINAL_TYPE (RcpColumnSet, rcp_column_set, G_TYPE_OBJECT)

static void
rcp_column_set_finalize (GObject *object)
{
  RcpColumnSet *self = RCP_COLUMN_SET (object);

  g_free (self->name);
  g_strfreev (self->choices);
  G_OBJECT_CLASS (rcp_column_set_parent_class)->finalize (object);
}

static void
rcp_column_set_class_init (RcpColumnSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_column_set_finalize;
}

static void
rcp_column_set_init (RcpColumnSet *self)
{
}

/**
 * rcp_column_set_new:
 * @name: for people; may be empty
 * @by: what a column is
 * @choices: (nullable): which of them
 *
 * Returns: (transfer full): a set
 */
RcpColumnSet *
rcp_column_set_new (const char *name, RcpColumnsBy by, const char *const *choices)
{
  RcpColumnSet *self = g_object_new (RCP_TYPE_COLUMN_SET, NULL);

  self->name = g_strdup (name);
  self->by = by;
  self->choices = choices ? g_strdupv ((char **) choices) : g_new0 (char *, 1);
  return self;
}

RcpColumnSet *
rcp_column_set_rename (RcpColumnSet *self, const char *name)
{
  g_return_val_if_fail (RCP_IS_COLUMN_SET (self), NULL);

  return rcp_column_set_new (name, self->by, (const char *const *) self->choices);
}

const char *
rcp_column_set_get_name (RcpColumnSet *self)
{
  return self->name;
}

RcpColumnsBy
rcp_column_set_get_by (RcpColumnSet *self)
{
  return self->by;
}

const char *const *
rcp_column_set_get_choices (RcpColumnSet *self)
{
  return (const char *const *) self->choices;
}

gboolean
rcp_column_set_equal (RcpColumnSet *a, RcpColumnSet *b)
{
  return a == b || (a && b && a->by == b->by && g_strv_equal ((const char *const *) a->choices, (const char *const *) b->choices));
}

static gboolean
names (const char *choice, const char *kind, const char *id)
{
  return id && g_str_has_prefix (choice, kind) && g_str_equal (choice + strlen (kind), id);
}

gboolean
rcp_column_set_has (RcpColumnSet *self, const char *place_id, const char *specialty, const char *schedule_id)
{
  g_return_val_if_fail (RCP_IS_COLUMN_SET (self), FALSE);

  for (guint i = 0; self->choices[i]; i++)
    if (names (self->choices[i], PLACE, place_id) || names (self->choices[i], SPECIALTY, specialty)
        || names (self->choices[i], SCHEDULE, schedule_id))
      return TRUE;
  return self->choices[0] == NULL;
}

char *
rcp_column_choice_place (const char *place_id)
{
  return g_strconcat (PLACE, place_id, NULL);
}

char *
rcp_column_choice_specialty (const char *code)
{
  return g_strconcat (SPECIALTY, code, NULL);
}

char *
rcp_column_choice_schedule (const char *schedule_id)
{
  return g_strconcat (SCHEDULE, schedule_id, NULL);
}

gboolean
rcp_columns_by_takes (RcpColumnsBy by, RcpRoom *room)
{
  gboolean is_room = g_strcmp0 (rcp_room_get_kind (room), RCP_NEEDS_ROOM) == 0;

  return by == (is_room ? RCP_COLUMNS_BY_ROOM : RCP_COLUMNS_BY_DEVICE);
}

static const char *const nicks[] = { "provider", "room", "device" };

const char *
rcp_columns_by_to_nick (RcpColumnsBy by)
{
  return nicks[by];
}

RcpColumnsBy
rcp_columns_by_from_nick (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (g_strcmp0 (nick, nicks[i]) == 0)
      return (RcpColumnsBy) i;
  return RCP_COLUMNS_BY_PROVIDER;
}
