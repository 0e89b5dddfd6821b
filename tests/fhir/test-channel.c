/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir/fhir-channel.h"

static void
test_base (void)
{
  static const char *const bad[] = { "", "host/fhir", "/fhir", "ftp://host/fhir", "http://", "http:///fhir", "file:///x" };
  g_autoptr (FhirChannel) channel = fhir_channel_new ("https://host:8443/ehr/fhir//", NULL);
  g_autoptr (GUri) uri = fhir_channel_resolve (channel, "Slot?status=free&name=a%2Bb");
  g_autoptr (GUri) root = fhir_channel_resolve (channel, NULL);
  g_autofree char *text = g_uri_to_string (uri);
  g_autofree char *root_text = g_uri_to_string (root);

  g_assert_cmpstr (channel->base_url, ==, "https://host:8443/ehr/fhir");
  g_assert_cmpstr (text, ==, "https://host:8443/ehr/fhir/Slot?status=free&name=a%2Bb");
  g_assert_cmpstr (root_text, ==, "https://host:8443/ehr/fhir");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (fhir_channel_new (bad[i], NULL));
}

static void
test_links (void)
{
  static const struct
  {
    const char *link;
    const char *resolved;
  } cases[] = {
    /* Our own origin: verbatim, wherever it leads. */
    { "https://host/fhir?_getpages=a%2Bb&_getpagesoffset=20", "https://host/fhir?_getpages=a%2Bb&_getpagesoffset=20" },
    { "https://HOST:443/paging/7", "https://HOST/paging/7" },
    /* The name that a server behind a proxy knows itself by. */
    { "http://internal:8080/fhir?_getpages=x", "https://host/fhir?_getpages=x" },
    { "http://internal:8080/fhir/Slot?page=2", "https://host/fhir/Slot?page=2" },
    { "http://host/fhir/Slot?page=2", "https://host/fhir/Slot?page=2" },
    /* Relative to the base. */
    { "Slot?page=2", "https://host/fhir/Slot?page=2" },
    { "/fhir/Slot?page=2", "https://host/fhir/Slot?page=2" },
    /* Elsewhere. */
    { "http://evil/collect", NULL },
    { "http://evil/fhirX/Slot", NULL },
    { "//evil/x", NULL },
    { "mailto:x@evil", NULL },
    { "javascript:1", NULL },
    { "http://[", NULL },
  };
  g_autoptr (FhirChannel) channel = fhir_channel_new ("https://host/fhir", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GUri) uri = fhir_channel_resolve_link (channel, cases[i].link);
      g_autofree char *text = uri != NULL ? g_uri_to_string (uri) : NULL;

      g_test_message ("%s", cases[i].link);
      g_assert_cmpstr (text, ==, cases[i].resolved);
    }
}

static void
test_token (void)
{
  g_autoptr (FhirChannel) channel = fhir_channel_new ("https://host/fhir", NULL);

  g_assert_null (channel->token);
  fhir_channel_set_token (channel, "a");
  fhir_channel_set_token (channel, "b");
  g_assert_cmpstr (channel->token, ==, "b");
  fhir_channel_set_token (channel, NULL);
  g_assert_null (channel->token);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/channel/base", test_base);
  g_test_add_func ("/fhir/channel/links", test_links);
  g_test_add_func ("/fhir/channel/token", test_token);

  return g_test_run ();
}
