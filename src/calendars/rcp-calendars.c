/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-calendars.h"

#include <libedataserver/libedataserver.h>

struct _RcpCalendars
{
  GObject parent_instance;

  ESourceRegistry *registry;
  GPtrArray *calendars; /* of RcpCalendar, sorted */
};

/* The thread of a registry ends before GDBus has let go of what watched its proxies, which stays in memory then: the one that there
 * is in a process is kept until its end. */
static ESourceRegistry *kept_registry;

static void rcp_calendars_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpCalendars, rcp_calendars, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rcp_calendars_list_model_init))

static GType
rcp_calendars_get_item_type (GListModel *model)
{
  return RCP_TYPE_CALENDAR;
}

static guint
rcp_calendars_get_n_items (GListModel *model)
{
  return RCP_CALENDARS (model)->calendars->len;
}

static gpointer
rcp_calendars_get_item (GListModel *model, guint position)
{
  GPtrArray *calendars = RCP_CALENDARS (model)->calendars;

  return position < calendars->len ? g_object_ref (g_ptr_array_index (calendars, position)) : NULL;
}

static void
rcp_calendars_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rcp_calendars_get_item_type;
  iface->get_n_items = rcp_calendars_get_n_items;
  iface->get_item = rcp_calendars_get_item;
}

static void
rcp_calendars_finalize (GObject *object)
{
  RcpCalendars *self = RCP_CALENDARS (object);

  g_clear_object (&self->registry);
  g_ptr_array_unref (self->calendars);
  G_OBJECT_CLASS (rcp_calendars_parent_class)->finalize (object);
}

static void
rcp_calendars_class_init (RcpCalendarsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_calendars_finalize;
}

static void
rcp_calendars_init (RcpCalendars *self)
{
  self->calendars = g_ptr_array_new_with_free_func (g_object_unref);
}

static int
compare_texts (const char *a, const char *b)
{
  g_autofree char *left = g_utf8_collate_key (a != NULL ? a : "", -1);
  g_autofree char *right = g_utf8_collate_key (b != NULL ? b : "", -1);

  return g_strcmp0 (left, right);
}

static int
compare_calendars (gconstpointer a, gconstpointer b)
{
  RcpCalendar *left = *(RcpCalendar *const *) a;
  RcpCalendar *right = *(RcpCalendar *const *) b;
  int order = compare_texts (rcp_calendar_get_account (left), rcp_calendar_get_account (right));

  if (order == 0)
    order = compare_texts (rcp_calendar_get_name (left), rcp_calendar_get_name (right));
  return order != 0 ? order : g_strcmp0 (rcp_calendar_get_uid (left), rcp_calendar_get_uid (right));
}

/* (transfer full), or NULL. */
static ESource *
ref_account (RcpCalendars *self, ESource *source)
{
  const char *parent = e_source_get_parent (source);

  return parent != NULL ? e_source_registry_ref_source (self->registry, parent) : NULL;
}

static gboolean
find (RcpCalendars *self, const char *uid, guint *position)
{
  for (guint i = 0; i < self->calendars->len; i++)
    if (g_strcmp0 (rcp_calendar_get_uid (g_ptr_array_index (self->calendars, i)), uid) == 0)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static void
insert (RcpCalendars *self, RcpCalendar *calendar)
{
  guint position = 0;

  while (position < self->calendars->len && compare_calendars (&self->calendars->pdata[position], &calendar) < 0)
    position++;
  g_ptr_array_insert (self->calendars, (int) position, g_object_ref (calendar));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static gboolean
is_calendar (ESource *source)
{
  return e_source_has_extension (source, E_SOURCE_EXTENSION_CALENDAR);
}

static void
on_source_added_cb (RcpCalendars *self, ESource *source)
{
  g_autoptr (RcpCalendar) calendar = NULL;
  g_autoptr (ESource) account = NULL;
  guint position;

  if (!is_calendar (source) || find (self, e_source_get_uid (source), &position))
    return;
  account = ref_account (self, source);
  calendar = rcp_calendar_new (source, account);
  insert (self, calendar);
}

static void
on_source_removed_cb (RcpCalendars *self, ESource *source)
{
  guint position;

  if (!find (self, e_source_get_uid (source), &position))
    return;
  g_ptr_array_remove_index (self->calendars, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* One that is called otherwise may stand in another place. */
static void
update (RcpCalendars *self, guint position)
{
  g_autoptr (RcpCalendar) calendar = g_object_ref (g_ptr_array_index (self->calendars, position));
  g_autoptr (ESource) account = ref_account (self, rcp_calendar_get_source (calendar));
  GPtrArray *calendars = self->calendars;
  gboolean is_in_place;

  rcp_calendar_update (calendar, account);
  is_in_place = (position == 0 || compare_calendars (&calendars->pdata[position - 1], &calendar) < 0) &&
                (position + 1 == calendars->len || compare_calendars (&calendar, &calendars->pdata[position + 1]) < 0);
  if (is_in_place)
    return;
  g_ptr_array_remove_index (calendars, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  insert (self, calendar);
}

/* What changes an account changes its calendars. */
static void
on_source_changed_cb (RcpCalendars *self, ESource *source)
{
  g_autoptr (GPtrArray) touched = g_ptr_array_new_with_free_func (g_free);

  if (is_calendar (source))
    on_source_added_cb (self, source);
  for (guint i = 0; i < self->calendars->len; i++)
    {
      ESource *own = rcp_calendar_get_source (g_ptr_array_index (self->calendars, i));

      if (own == source || g_strcmp0 (e_source_get_parent (own), e_source_get_uid (source)) == 0)
        g_ptr_array_add (touched, e_source_dup_uid (own));
    }
  for (guint i = 0; i < touched->len; i++)
    {
      guint position;

      if (find (self, g_ptr_array_index (touched, i), &position))
        update (self, position);
    }
}

/**
 * rcp_calendars_new:
 * @registry: of Evolution Data Server
 *
 * Returns: (transfer full): its calendars, live
 */
RcpCalendars *
rcp_calendars_new (ESourceRegistry *registry)
{
  RcpCalendars *self;
  GList *sources;

  g_return_val_if_fail (E_IS_SOURCE_REGISTRY (registry), NULL);

  self = g_object_new (RCP_TYPE_CALENDARS, NULL);
  self->registry = g_object_ref (registry);
  g_set_object (&kept_registry, registry);
  g_signal_connect_object (registry, "source-added", G_CALLBACK (on_source_added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (registry, "source-removed", G_CALLBACK (on_source_removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (registry, "source-changed", G_CALLBACK (on_source_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (registry, "source-enabled", G_CALLBACK (on_source_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (registry, "source-disabled", G_CALLBACK (on_source_changed_cb), self, G_CONNECT_SWAPPED);

  sources = e_source_registry_list_sources (registry, E_SOURCE_EXTENSION_CALENDAR);
  for (GList *at = sources; at != NULL; at = at->next)
    on_source_added_cb (self, at->data);
  g_list_free_full (sources, g_object_unref);
  return self;
}

/* A registry can be made although nobody is there to fill it; Evolution Data Server itself always has some sources. */
static gboolean
is_served (ESourceRegistry *registry)
{
  GList *sources = e_source_registry_list_sources (registry, NULL);
  gboolean is_served = sources != NULL;

  g_list_free_full (sources, g_object_unref);
  return is_served;
}

static void
on_registry_made_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ESourceRegistry) registry = e_source_registry_new_finish (result, &error);

  if (registry == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!is_served (registry))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Evolution Data Server is not on the session bus");
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, rcp_calendars_new (registry), g_object_unref);
}

/**
 * rcp_calendars_open_async:
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds Evolution Data Server on the session bus, which starts it where it does not run yet.
 */
void
rcp_calendars_open_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rcp_calendars_open_async);
  e_source_registry_new (cancellable, on_registry_made_cb, task);
}

/**
 * rcp_calendars_open_finish:
 * @result: what the callback got
 * @error: (out) (optional): why there are none: no session bus, no Evolution Data Server
 *
 * Returns: (transfer full) (nullable): the calendars
 */
RcpCalendars *
rcp_calendars_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rcp_calendars_get_registry:
 * @self: calendars
 *
 * Returns: (transfer none): where they are from
 */
ESourceRegistry *
rcp_calendars_get_registry (RcpCalendars *self)
{
  g_return_val_if_fail (RCP_IS_CALENDARS (self), NULL);

  return self->registry;
}

/**
 * rcp_calendars_find:
 * @self: calendars
 * @uid: of a calendar
 *
 * Returns: (transfer none) (nullable): that calendar
 */
RcpCalendar *
rcp_calendars_find (RcpCalendars *self, const char *uid)
{
  guint position;

  g_return_val_if_fail (RCP_IS_CALENDARS (self), NULL);
  g_return_val_if_fail (uid != NULL, NULL);

  return find (self, uid, &position) ? g_ptr_array_index (self->calendars, position) : NULL;
}
