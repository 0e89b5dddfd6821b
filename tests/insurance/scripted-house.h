/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScriptedHouse: a clearinghouse on the loopback, in this process, that answers every inquiry under its own trace number
 */
typedef struct _ScriptedHouse ScriptedHouse;

/* What it says of everybody: 'e' eligible, with amounts, and wants to authorize the visit; 'c' covered, without that; 'n' not eligible;
 * 'f' does not find the person; 'a' does not accept the sign-in; 's' says nothing and keeps the line; 'w' the same until it is released. */
ScriptedHouse *scripted_house_new (char says);
void scripted_house_free (ScriptedHouse *self);
void scripted_house_say (ScriptedHouse *self, char says);
/* Of requests that hold @part it says something else. */
void scripted_house_say_of (ScriptedHouse *self, const char *part, char says);
void scripted_house_release (ScriptedHouse *self, char says);
guint scripted_house_count (ScriptedHouse *self, const char *part); /* how many requests with @part came */
const char *scripted_house_get_url (ScriptedHouse *self);
/* The same as a payer's FHIR server. Its requests are counted, and told apart, by "*MI*NUMBER~" of a member as well. */
const char *scripted_house_get_fhir_url (ScriptedHouse *self);
guint scripted_house_get_n_asked (ScriptedHouse *self);
const char *scripted_house_get_last (ScriptedHouse *self); /* the last request as it came, or NULL */

G_END_DECLS
