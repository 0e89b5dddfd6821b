/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded into Evolution Data Server's factory of calendars: makes it slow between asking for a password and noting that it is to
 * refresh once it has one, as a busy machine does now and then. The note comes too late, and nothing is refreshed. */

#include <dlfcn.h>
#include <unistd.h>

#define SECONDS 3

typedef void (*Require) (void *backend, int reason, const char *certificate, int flags, const void *error, void *cancellable, const char *who);

/* The prototype is libebackend's, whose headers the tests do without. */
void e_backend_schedule_credentials_required (void *backend, int reason, const char *certificate, int flags, const void *error, void *cancellable, const char *who);

__attribute__ ((visibility ("default"))) void
e_backend_schedule_credentials_required (void *backend, int reason, const char *certificate, int flags, const void *error, void *cancellable, const char *who)
{
  Require require = (Require) dlsym (RTLD_NEXT, "e_backend_schedule_credentials_required");

  require (backend, reason, certificate, flags, error, cancellable, who);
  sleep (SECONDS);
}
