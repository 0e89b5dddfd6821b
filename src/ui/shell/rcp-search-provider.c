/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-shell"

#include "config.h"

#include "rcp-search-provider.h"

#include "rcp-shell-search.h"

/* A record that does not open within this time leaves the Shell without an answer of ours. */
#define OPENING_SECONDS 10

static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'><arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
  "<method name='GetSubsearchResultSet'><arg type='as' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='as' direction='out'/></method>"
  "<method name='GetResultMetas'><arg type='as' direction='in'/><arg type='aa{sv}' direction='out'/></method>"
  "<method name='ActivateResult'><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='u' direction='in'/></method>"
  "<method name='LaunchSearch'><arg type='as' direction='in'/><arg type='u' direction='in'/></method>"
  "</interface></node>";

struct _RcpSearchProvider
{
  GObject parent_instance;

  GSettings *settings;
  RcpDesk *desk;
  GDBusConnection *connection;
  guint registration;
  GDBusMethodInvocation *waiting; /* a search that waits for the record */
  char *text;
  guint timeout;
  GCancellable *searching;
  GPtrArray *results; /* element-type RcpShellResult: of the last search */
};

G_DEFINE_FINAL_TYPE (RcpSearchProvider, rcp_search_provider, G_TYPE_OBJECT)

enum
{
  SIGNAL_RECORD_WANTED,
  SIGNAL_LINK_ACTIVATED,
  SIGNAL_SEARCH_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
answer (GDBusMethodInvocation *invocation, GPtrArray *results)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; results && i < results->len; i++)
    {
      const RcpShellResult *result = g_ptr_array_index (results, i);
      g_autofree char *id = rcp_link_format (result->link);

      g_variant_builder_add (&builder, "s", id);
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", &builder));
}

typedef struct
{
  RcpSearchProvider *self;
  GDBusMethodInvocation *invocation;
} Asked;

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (RcpSearchProvider) self = asked->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = rcp_shell_search_run_finish (RCP_SHELL_SEARCH (source), result, &error);

  answer (asked->invocation, results);
  if (!results)
    return;
  g_clear_pointer (&self->results, g_ptr_array_unref);
  self->results = g_steal_pointer (&results);
}

/* Takes @invocation. */
static void
search (RcpSearchProvider *self, GDBusMethodInvocation *invocation, const char *text)
{
  g_autoptr (RcpShellSearch) operation = rcp_shell_search_new (self->desk, text);
  Asked *asked = g_new0 (Asked, 1);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  self->searching = g_cancellable_new ();
  asked->self = g_object_ref (self);
  asked->invocation = invocation;
  rcp_shell_search_run_async (operation, self->searching, on_searched_cb, asked);
}

static void
end_waiting (RcpSearchProvider *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->waiting)
    answer (g_steal_pointer (&self->waiting), NULL);
  g_clear_pointer (&self->text, g_free);
}

static gboolean
on_opening_timed_out_cb (gpointer user_data)
{
  RcpSearchProvider *self = user_data;

  self->timeout = 0;
  end_waiting (self);
  return G_SOURCE_REMOVE;
}

static void
on_desk_state_changed_cb (RcpSearchProvider *self)
{
  RcpDeskState state = rcp_desk_get_state (self->desk);
  g_autofree char *text = NULL;

  if (!self->waiting || state == RCP_DESK_CONNECTING)
    return;
  if (state == RCP_DESK_READY)
    {
      text = g_steal_pointer (&self->text);
      search (self, g_steal_pointer (&self->waiting), text);
    }
  end_waiting (self);
}

/* Takes @invocation. */
static void
wait_for_record (RcpSearchProvider *self, GDBusMethodInvocation *invocation, const char *text)
{
  end_waiting (self);
  self->waiting = invocation;
  self->text = g_strdup (text);
  self->timeout = g_timeout_add_seconds (OPENING_SECONDS, on_opening_timed_out_cb, self);
  g_signal_emit (self, signals[SIGNAL_RECORD_WANTED], 0);
}

static void
on_search_called (RcpSearchProvider *self, GDBusMethodInvocation *invocation, GVariant *terms)
{
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autofree char *text = g_strjoinv (" ", (char **) words);

  if (!g_settings_get_boolean (self->settings, "shell-search"))
    answer (invocation, NULL);
  else if (self->desk && rcp_desk_get_state (self->desk) == RCP_DESK_READY)
    search (self, invocation, text);
  else
    wait_for_record (self, invocation, text);
}

static const RcpShellResult *
find_result (RcpSearchProvider *self, const char *id)
{
  for (guint i = 0; self->results && i < self->results->len; i++)
    {
      const RcpShellResult *result = g_ptr_array_index (self->results, i);
      g_autofree char *text = rcp_link_format (result->link);

      if (g_str_equal (text, id))
        return result;
    }
  return NULL;
}

static void
on_metas_called (RcpSearchProvider *self, GDBusMethodInvocation *invocation, GVariant *ids)
{
  g_autofree const char **wanted = g_variant_get_strv (ids, NULL);
  g_autoptr (GIcon) icon = g_themed_icon_new (APP_ID);
  g_autoptr (GVariant) icon_value = g_icon_serialize (icon);
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; wanted[i]; i++)
    {
      const RcpShellResult *result = find_result (self, wanted[i]);

      if (!result || !g_settings_get_boolean (self->settings, "shell-search"))
        continue;
      g_variant_builder_open (&metas, G_VARIANT_TYPE ("a{sv}"));
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (wanted[i]));
      g_variant_builder_add (&metas, "{sv}", "name", g_variant_new_string (result->name));
      g_variant_builder_add (&metas, "{sv}", "description", g_variant_new_string (result->description ? result->description : ""));
      g_variant_builder_add (&metas, "{sv}", "icon", icon_value);
      g_variant_builder_close (&metas);
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &metas));
}

static void
on_result_activated (RcpSearchProvider *self, GVariant *parameters)
{
  const char *id;
  g_autoptr (RcpLink) link = NULL;

  g_variant_get_child (parameters, 0, "&s", &id);
  link = rcp_link_parse (id);
  if (link)
    g_signal_emit (self, signals[SIGNAL_LINK_ACTIVATED], 0, link);
}

static void
on_launch_called (RcpSearchProvider *self, GVariant *terms)
{
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autofree char *text = g_strjoinv (" ", (char **) words);

  g_signal_emit (self, signals[SIGNAL_SEARCH_ACTIVATED], 0, text);
}

static void
on_method_called_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
                     GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  RcpSearchProvider *self = user_data;
  g_autoptr (GVariant) first = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) terms = NULL;

  if (g_str_equal (method, "GetInitialResultSet"))
    on_search_called (self, invocation, first);
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      terms = g_variant_get_child_value (parameters, 1);
      on_search_called (self, invocation, terms);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    on_metas_called (self, invocation, first);
  else
    {
      if (g_str_equal (method, "ActivateResult"))
        on_result_activated (self, parameters);
      else
        on_launch_called (self, first);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static void
rcp_search_provider_dispose (GObject *object)
{
  RcpSearchProvider *self = RCP_SEARCH_PROVIDER (object);

  end_waiting (self);
  rcp_search_provider_unexport (self);
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_search_provider_parent_class)->dispose (object);
}

static void
rcp_search_provider_class_init (RcpSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_search_provider_dispose;

  signals[SIGNAL_RECORD_WANTED] = g_signal_new ("record-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LINK_ACTIVATED] = g_signal_new ("link-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_SEARCH_ACTIVATED] = g_signal_new ("search-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rcp_search_provider_init (RcpSearchProvider *self)
{
}

/**
 * rcp_search_provider_new:
 * @settings: of org.frontdesk.Reception
 *
 * Returns: (transfer full): a provider that is on no bus yet
 */
RcpSearchProvider *
rcp_search_provider_new (GSettings *settings)
{
  RcpSearchProvider *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RCP_TYPE_SEARCH_PROVIDER, NULL);
  self->settings = g_object_ref (settings);
  return self;
}

void
rcp_search_provider_set_desk (RcpSearchProvider *self, RcpDesk *desk)
{
  g_return_if_fail (RCP_IS_SEARCH_PROVIDER (self));
  g_return_if_fail (!desk || RCP_IS_DESK (desk));

  if (self->desk)
    g_signal_handlers_disconnect_by_func (self->desk, on_desk_state_changed_cb, self);
  g_set_object (&self->desk, desk);
  if (desk)
    g_signal_connect_object (desk, "notify::state", G_CALLBACK (on_desk_state_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rcp_search_provider_export:
 * @connection: the session bus
 * @path: the object path that the .ini file names
 *
 * Returns: whether the Shell can ask now
 */
gboolean
rcp_search_provider_export (RcpSearchProvider *self, GDBusConnection *connection, const char *path, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_method_called_cb };
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (RCP_IS_SEARCH_PROVIDER (self), FALSE);
  g_return_val_if_fail (!self->registration, FALSE);

  node = g_dbus_node_info_new_for_xml (interface_xml, error);
  if (!node)
    return FALSE;
  self->registration = g_dbus_connection_register_object (connection, path, node->interfaces[0], &vtable, self, NULL, error);
  if (self->registration)
    self->connection = g_object_ref (connection);
  return self->registration != 0;
}

void
rcp_search_provider_unexport (RcpSearchProvider *self)
{
  g_return_if_fail (RCP_IS_SEARCH_PROVIDER (self));

  if (self->registration)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}
