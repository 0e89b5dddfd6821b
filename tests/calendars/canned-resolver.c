/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canned-resolver.h"

struct _CannedResolver
{
  GResolver parent_instance;

  GResolver *usual;
  char *name;
  char *target;
  guint16 port;
  char *path;
};

G_DEFINE_FINAL_TYPE (CannedResolver, canned_resolver, G_TYPE_RESOLVER)

static GList *
make_here (void)
{
  return g_list_prepend (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
}

static GList *
lookup_name (GResolver *resolver, const char *host, GResolverNameLookupFlags flags, GCancellable *cancellable, GError **error)
{
  return make_here ();
}

static void
lookup_name_async (GResolver *resolver, const char *host, GResolverNameLookupFlags flags, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  g_task_return_boolean (task, TRUE);
}

static GList *
lookup_name_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? make_here () : NULL;
}

static GList *
lookup_plain (GResolver *resolver, const char *host, GCancellable *cancellable, GError **error)
{
  return make_here ();
}

static void
lookup_plain_async (GResolver *resolver, const char *host, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  lookup_name_async (resolver, host, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable, callback, data);
}

static gboolean
has (CannedResolver *self, const char *name, const char *answer, GError **error)
{
  if (answer != NULL && g_str_equal (self->name, name))
    return TRUE;
  g_set_error_literal (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such record");
  return FALSE;
}

static GList *
lookup_service (GResolver *resolver, const char *name, GCancellable *cancellable, GError **error)
{
  CannedResolver *self = CANNED_RESOLVER (resolver);

  return has (self, name, self->target, error) ? g_list_prepend (NULL, g_srv_target_new (self->target, self->port, 0, 0)) : NULL;
}

static GList *
lookup_records (GResolver *resolver, const char *name, GResolverRecordType type, GCancellable *cancellable, GError **error)
{
  CannedResolver *self = CANNED_RESOLVER (resolver);
  g_autofree char *text = g_strconcat ("path=", self->path, NULL);

  if (type != G_RESOLVER_RECORD_TXT || !has (self, name, self->path, error))
    return NULL;
  return g_list_prepend (NULL, g_variant_ref_sink (g_variant_new_parsed ("(['v=1', %s],)", text)));
}

static void
canned_resolver_finalize (GObject *object)
{
  CannedResolver *self = CANNED_RESOLVER (object);

  g_clear_object (&self->usual);
  g_free (self->name);
  g_free (self->target);
  g_free (self->path);
  G_OBJECT_CLASS (canned_resolver_parent_class)->finalize (object);
}

static void
canned_resolver_class_init (CannedResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = canned_resolver_finalize;
  resolver_class->lookup_by_name = lookup_plain;
  resolver_class->lookup_by_name_async = lookup_plain_async;
  resolver_class->lookup_by_name_finish = lookup_name_finish;
  resolver_class->lookup_by_name_with_flags = lookup_name;
  resolver_class->lookup_by_name_with_flags_async = lookup_name_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_name_finish;
  resolver_class->lookup_service = lookup_service;
  resolver_class->lookup_records = lookup_records;
}

static void
canned_resolver_init (CannedResolver *self)
{
}

CannedResolver *
canned_resolver_install (const char *name, const char *target, guint16 port, const char *path)
{
  CannedResolver *self = g_object_new (CANNED_TYPE_RESOLVER, NULL);

  self->name = g_strdup (name);
  self->target = g_strdup (target);
  self->port = port;
  self->path = g_strdup (path);
  self->usual = g_resolver_get_default ();
  g_resolver_set_default (G_RESOLVER (self));
  return self;
}

void
canned_resolver_remove (CannedResolver *self)
{
  g_resolver_set_default (self->usual);
  g_object_unref (self);
}
