/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * PracticeFixture:
 *
 * A real reception-practice on a Unix socket in a folder of its own, for tests. The program is named by the
 * environment variable RECEPTION_PRACTICE. Every function ends the test when something goes wrong.
 */
typedef struct _PracticeFixture PracticeFixture;

/* Starts it and waits until it listens. @arguments: (nullable) more arguments, such as "--sample", "--date", "2026-11-23T09:26:00Z". */
PracticeFixture *practice_fixture_new (const char *const *arguments);
/* SIGTERM, waits, removes the folder. */
void practice_fixture_free (PracticeFixture *self);

const char *practice_fixture_get_folder (PracticeFixture *self);
const char *practice_fixture_get_socket (PracticeFixture *self);
const char *practice_fixture_get_database (PracticeFixture *self);
FhirClient *practice_fixture_create_client (PracticeFixture *self); /* (transfer full) */

/* SIGKILL, as a power cut does; and up again on the same database and socket. */
void practice_fixture_kill (PracticeFixture *self);
void practice_fixture_start (PracticeFixture *self);
/* SIGSTOP and SIGCONT: in between it takes requests and answers none, as on a network that hangs. */
void practice_fixture_pause (PracticeFixture *self);
void practice_fixture_resume (PracticeFixture *self);

/* Removes a folder with all that is inside, also while a server that was told to end still uses it. */
void practice_fixture_remove_folder (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeFixture, practice_fixture_free)

G_END_DECLS
