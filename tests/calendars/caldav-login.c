/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caldav-login.h"

#include "eds-fixture.h"
#include "keep-result.h"

RcpCalendar *
caldav_login_add_calendar (RcpCalendars *calendars, CaldavServer *server)
{
  ESource *source = e_source_new (NULL, NULL, NULL);
  ESourceAuthentication *authentication = e_source_get_extension (source, E_SOURCE_EXTENSION_AUTHENTICATION);
  g_autofree char *uid = e_source_dup_uid (source);

  e_source_set_parent (source, "caldav-stub");
  e_source_set_display_name (source, "Diary");
  e_source_backend_set_backend_name (e_source_get_extension (source, E_SOURCE_EXTENSION_CALENDAR), "caldav");
  e_source_authentication_set_host (authentication, "localhost");
  e_source_authentication_set_port (authentication, caldav_server_get_port (server));
  e_source_authentication_set_user (authentication, CALDAV_USER);
  e_source_authentication_set_method (authentication, "plain/password");
  e_source_security_set_secure (e_source_get_extension (source, E_SOURCE_EXTENSION_SECURITY), TRUE);
  e_source_webdav_set_resource_path (e_source_get_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND), CALDAV_PATH);
  e_source_offline_set_stay_synchronized (e_source_get_extension (source, E_SOURCE_EXTENSION_OFFLINE), TRUE);
  eds_commit (calendars, source);
  g_object_unref (source);
  KEEP_RESULT_UNTIL (rcp_calendars_find (calendars, uid) != NULL);
  return g_object_ref (rcp_calendars_find (calendars, uid));
}

gboolean
caldav_login_answer (ESource *source, ESourceCredentialsReason reason, const char *certificate, const char *password)
{
  ENamedParameters *credentials = e_named_parameters_new ();
  gboolean is_trust = reason == E_SOURCE_CREDENTIALS_REASON_SSL_FAILED && certificate != NULL;

  if (is_trust)
    {
      g_autoptr (GTlsCertificate) trusted = g_tls_certificate_new_from_pem (certificate, -1, NULL);

      e_source_webdav_update_ssl_trust (e_source_get_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND), "localhost", trusted,
                                        E_TRUST_PROMPT_RESPONSE_ACCEPT);
      e_source_write (source, NULL, NULL, NULL);
    }
  e_named_parameters_set (credentials, E_SOURCE_CREDENTIAL_USERNAME, CALDAV_USER);
  e_named_parameters_set (credentials, E_SOURCE_CREDENTIAL_PASSWORD, password);
  e_source_invoke_authenticate (source, credentials, NULL, NULL, NULL);
  e_named_parameters_free (credentials);
  return !is_trust;
}

void
caldav_login_refresh (ECalClient *client)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  e_client_refresh (E_CLIENT (client), NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  if (!e_client_refresh_finish (E_CLIENT (client), result, &error))
    g_test_message ("refresh: %s", error->message);
}
