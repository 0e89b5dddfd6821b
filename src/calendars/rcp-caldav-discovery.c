/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-caldav-discovery"

#include "rcp-caldav-discovery.h"

#include <libedataserver/libedataserver.h>

#include "calendars/rcp-caldav-locate.h"
#include "calendars/rcp-mirror-deadline.h"

#define MOST_ASKED 20 /* calendars whether they can be written: a request for each */

typedef struct
{
  RcpCalendarLogin *login;
  ENamedParameters *credentials;
  ESource *source;
  char *pem; /* of the certificate that is not trusted */
  GTlsCertificateFlags faults;
  gboolean is_located; /* @login is where the domain's records say, not where the person did */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  rcp_calendar_login_free (search->login);
  e_named_parameters_free (search->credentials);
  g_clear_object (&search->source);
  g_free (search->pem);
  g_free (search);
}

/**
 * rcp_caldav_trust:
 * @source: with a server
 * @login: what is trusted there
 */
void
rcp_caldav_trust (ESource *source, const RcpCalendarLogin *login)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GUri) uri = NULL;

  if (login->certificate == NULL)
    return;
  certificate = g_tls_certificate_new_from_pem (login->certificate, -1, NULL);
  uri = g_uri_parse (login->url, G_URI_FLAGS_ENCODED, NULL);
  if (certificate != NULL && uri != NULL)
    e_source_webdav_update_ssl_trust (e_source_get_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND), g_uri_get_host (uri),
                                      certificate, E_TRUST_PROMPT_RESPONSE_ACCEPT);
}

/**
 * rcp_caldav_make_source:
 * @uid: (nullable): by which it is to be known
 * @login: where and who
 * @error: why there is none
 *
 * Returns: (transfer full) (nullable): an account whose calendars Evolution Data Server finds by itself
 */
ESource *
rcp_caldav_make_source (const char *uid, const RcpCalendarLogin *login, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (login->url, G_URI_FLAGS_ENCODED, error);
  ESourceAuthentication *authentication;
  ESourceCollection *collection;
  g_autofree char *name = NULL;
  ESource *source;

  if (uri == NULL)
    return NULL;
  source = uid != NULL ? e_source_new_with_uid (uid, NULL, error) : e_source_new (NULL, NULL, error);
  if (source == NULL)
    return NULL;
  name = g_strdup_printf ("%s, %s", login->user, g_uri_get_host (uri));
  e_source_set_display_name (source, name);
  collection = e_source_get_extension (source, E_SOURCE_EXTENSION_COLLECTION);
  e_source_backend_set_backend_name (E_SOURCE_BACKEND (collection), "webdav");
  e_source_collection_set_identity (collection, login->user);
  e_source_collection_set_calendar_url (collection, login->url);
  e_source_collection_set_contacts_enabled (collection, FALSE);
  e_source_collection_set_mail_enabled (collection, FALSE);
  e_source_webdav_set_uri (e_source_get_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND), uri);
  authentication = e_source_get_extension (source, E_SOURCE_EXTENSION_AUTHENTICATION);
  e_source_authentication_set_user (authentication, login->user);
  e_source_authentication_set_method (authentication, "plain/password");
  e_source_authentication_set_remember_password (authentication, TRUE);
  rcp_caldav_trust (source, login);
  return source;
}

static RcpCalendarError
read_error (const GError *error)
{
  if (error->domain == E_SOUP_SESSION_ERROR)
    return error->code == 401 || error->code == 403 || error->code == 407 ? RCP_CALENDAR_ERROR_PASSWORD
           : error->code >= 500                                           ? RCP_CALENDAR_ERROR_FAILED
                                                                          : RCP_CALENDAR_ERROR_NO_SERVER;
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return RCP_CALENDAR_ERROR_NOT_TRUSTED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return RCP_CALENDAR_ERROR_TIMED_OUT;
  /* Something answers there, and it is not a web server with TLS. */
  if (error->domain == G_TLS_ERROR || error->domain == SOUP_SESSION_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return RCP_CALENDAR_ERROR_NO_SERVER;
  if (error->domain == G_RESOLVER_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return RCP_CALENDAR_ERROR_OFFLINE;
  return RCP_CALENDAR_ERROR_FAILED;
}

/* Nobody has to say who may write: a server that does not tell is taken for one that lets its user. */
static gboolean
is_writable (EWebDAVSession *session, const char *href, GCancellable *cancellable)
{
  GSList *privileges = NULL;
  gboolean is_told, is_writable = FALSE;

  is_told = e_webdav_session_get_current_user_privilege_set_sync (session, href, &privileges, cancellable, NULL) && privileges != NULL;
  for (GSList *at = privileges; at != NULL; at = at->next)
    {
      const EWebDAVPrivilege *privilege = at->data;

      is_writable = is_writable || g_strcmp0 (privilege->name, "all") == 0 || g_strcmp0 (privilege->name, "write") == 0 ||
                    g_strcmp0 (privilege->name, "write-content") == 0 || g_strcmp0 (privilege->name, "bind") == 0;
    }
  g_slist_free_full (privileges, e_webdav_privilege_free);
  return !is_told || is_writable;
}

/* Whether the server says that it keeps calendars: RFC 4791, 5.1. */
static gboolean
keeps_calendars (EWebDAVSession *session, const char *url, GCancellable *cancellable)
{
  GHashTable *capabilities = NULL, *allows = NULL;
  gboolean keeps = e_webdav_session_options_sync (session, url, &capabilities, &allows, cancellable, NULL) &&
                   capabilities != NULL && g_hash_table_contains (capabilities, E_WEBDAV_CAPABILITY_CALENDAR_ACCESS);

  g_clear_pointer (&capabilities, g_hash_table_destroy);
  g_clear_pointer (&allows, g_hash_table_destroy);
  return keeps;
}

/* Some servers, Apple's first, write how transparent it is behind: (transfer full), or NULL. */
static char *
read_colour (const char *colour)
{
  return colour != NULL && colour[0] == '#' && strlen (colour) >= 7 ? g_strndup (colour, 7) : NULL;
}

static GPtrArray *
read_found (EWebDAVSession *session, GSList *sources, GCancellable *cancellable)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_found_calendar_free);

  for (GSList *at = sources; at != NULL; at = at->next)
    {
      const EWebDAVDiscoveredSource *source = at->data;
      g_autofree char *colour = read_colour (source->color);

      if ((source->supports & E_WEBDAV_DISCOVER_SUPPORTS_EVENTS) != 0 && source->href != NULL && source->display_name != NULL)
        g_ptr_array_add (found, rcp_found_calendar_new (source->display_name, colour,
                                                        found->len >= MOST_ASKED || is_writable (session, source->href, cancellable)));
    }
  return found;
}

/* (transfer full) (nullable): what is there. */
static GPtrArray *
search_there (Search *search, GCancellable *cancellable, GError **error)
{
  g_autoptr (EWebDAVSession) session = e_webdav_session_new (search->source);
  g_autoptr (GPtrArray) found = NULL;
  GSList *sources = NULL;

  if (!e_webdav_discover_sources_sync (search->source, search->login->url, E_WEBDAV_DISCOVER_SUPPORTS_EVENTS, search->credentials,
                                       &search->pem, &search->faults, &sources, NULL, cancellable, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_FAILED, "The search failed without a word");
      return NULL;
    }
  e_soup_session_set_credentials (E_SOUP_SESSION (session), search->credentials);
  found = read_found (session, sources, cancellable);
  e_webdav_discover_free_discovered_sources (sources);
  if (found->len > 0)
    return g_steal_pointer (&found);
  if (keeps_calendars (session, search->login->url, cancellable))
    g_set_error_literal (error, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NO_CALENDARS, "No calendar of this user");
  else
    g_set_error_literal (error, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NO_SERVER, "No word of calendars");
  return NULL;
}

/* Whether the domain says that its calendars are elsewhere; then that is where to search. */
static gboolean
go_where_the_domain_says (Search *search, GCancellable *cancellable)
{
  g_autofree char *url = rcp_caldav_locate (search->login->url, cancellable);
  ESource *source;

  if (url == NULL || g_str_equal (url, search->login->url))
    return FALSE;
  g_free (search->login->url);
  search->login->url = g_steal_pointer (&url);
  source = rcp_caldav_make_source (NULL, search->login, NULL);
  if (source == NULL)
    return FALSE;
  g_clear_object (&search->source);
  search->source = source;
  g_clear_pointer (&search->pem, g_free);
  search->faults = 0;
  search->is_located = TRUE;
  return TRUE;
}

/* Where the person says, first: most domains have no such records, and it costs those nothing. */
static void
search_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Search *search = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = search_there (search, cancellable, &error);

  if (found == NULL && !g_cancellable_is_cancelled (cancellable) && go_where_the_domain_says (search, cancellable))
    {
      g_clear_error (&error);
      found = search_there (search, cancellable, &error);
    }
  if (found != NULL)
    g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
keep_url (GTask *task, const Search *search)
{
  if (search->is_located)
    g_object_set_data_full (G_OBJECT (task), "url", g_strdup (search->login->url), g_free);
}

/* What the callers get: the search with an end. */
static void
on_searched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RcpMirrorDeadline *deadline = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), &error);

  rcp_mirror_deadline_explain (deadline, &error);
  if (found != NULL)
    keep_url (task, g_task_get_task_data (G_TASK (result)));
  if (found != NULL)
    g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_ptr_array_unref);
  else if (error->domain == RCP_CALENDAR_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      RcpCalendarError code = read_error (error);
      Search *search = g_task_get_task_data (G_TASK (result));

      if (code == RCP_CALENDAR_ERROR_NOT_TRUSTED)
        g_object_set_data_full (G_OBJECT (task), "certificate", rcp_server_certificate_new (search->pem, search->faults),
                                (GDestroyNotify) rcp_server_certificate_free);
      g_task_return_new_error (task, RCP_CALENDAR_ERROR, (int) code, "%s", error->message);
    }
}

/**
 * rcp_caldav_discover_async:
 * @login: where and who
 * @milliseconds: what it may take: a server that accepts and never answers would hold it for three minutes
 * @cancellable: (nullable): to give it up, which comes back at once
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
rcp_caldav_discover_async (const RcpCalendarLogin *login, guint milliseconds, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  RcpMirrorDeadline *deadline;
  g_autoptr (GTask) work = NULL;
  g_autoptr (ESource) source = NULL;
  Search *search;

  g_return_if_fail (login != NULL);

  g_task_set_source_tag (task, rcp_caldav_discover_async);
  source = rcp_caldav_make_source (NULL, login, &error);
  if (source == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  deadline = rcp_mirror_deadline_new (milliseconds, cancellable);
  g_task_set_task_data (task, deadline, (GDestroyNotify) rcp_mirror_deadline_free);
  search = g_new0 (Search, 1);
  search->login = rcp_calendar_login_copy (login);
  search->source = g_steal_pointer (&source);
  search->credentials = e_named_parameters_new ();
  e_named_parameters_set (search->credentials, E_SOURCE_CREDENTIAL_USERNAME, login->user);
  e_named_parameters_set (search->credentials, E_SOURCE_CREDENTIAL_PASSWORD, login->password);
  work = g_task_new (NULL, rcp_mirror_deadline_get_cancellable (deadline), on_searched_cb, task);
  g_task_set_source_tag (work, search_in_thread);
  g_task_set_task_data (work, search, search_free);
  /* What libsoup does not give up at once goes on without anybody who waits for it. */
  g_task_set_return_on_cancel (work, TRUE);
  g_task_run_in_thread (work, search_in_thread);
}

/**
 * rcp_caldav_discover_finish:
 * @result: what the callback got
 * @certificate: (out) (transfer full) (nullable): with %RCP_CALENDAR_ERROR_NOT_TRUSTED, which it is
 * @error: of RCP_CALENDAR_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type RcpFoundCalendar): at least one
 */
GPtrArray *
rcp_caldav_discover_finish (GAsyncResult *result, RcpServerCertificate **certificate, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (certificate != NULL)
    *certificate = g_object_steal_data (G_OBJECT (result), "certificate");
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rcp_caldav_discover_dup_url:
 * @result: what the callback got
 *
 * Returns: (transfer full) (nullable): where the calendars were found, if not where the login said
 */
char *
rcp_caldav_discover_dup_url (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_strdup (g_object_get_data (G_OBJECT (result), "url"));
}
