/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

/**
 * FaultProxy: a server between client and record that does, once per transaction, what networks and servers do.
 * Everything that is not a transaction goes through unharmed, unless fault_proxy_break_reads() says otherwise.
 */
typedef struct _FaultProxy FaultProxy;

typedef enum
{
  FAULT_NONE,
  FAULT_LOSE_REQUEST,  /* hangs up before the record sees it */
  FAULT_LOSE_REPLY,    /* the record does it, then hangs up */
  FAULT_CUT_REPLY,     /* the record does it, then sends only @argument bytes of the answer */
  FAULT_LATE,          /* holds the request for @argument milliseconds, then has it done */
  FAULT_FALSE_FAILURE, /* the record does it; the answer is 200 around a failed entry */
  FAULT_FALSE_YES,     /* the record never sees it; the answer is yes */
  FAULT_NOT_ATOMIC,    /* has it done entry by entry, and answers 200 */
  FAULT_TRY_AGAIN,     /* 409 with the code "transient" */
  FAULT_TAKEN,         /* 409 with the code "conflict" */
  FAULT_THROTTLED,     /* 429 with Retry-After: @argument seconds */
  FAULT_REFUSED,       /* @argument as status, such as 403 or 500; the record never sees it */
  FAULT_NO_FHIR,       /* the record does it; the answer is a page of a login portal */
} Fault;

typedef void (*FaultHook) (gpointer user_data);

FaultProxy *fault_proxy_new (const char *folder, const char *record_socket);
void fault_proxy_free (FaultProxy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultProxy, fault_proxy_free)

const char *fault_proxy_get_socket (FaultProxy *self);
/* For the next transaction that has none yet. */
void fault_proxy_push (FaultProxy *self, Fault fault, guint argument);
/* Called once, when the next transaction has come and before anything is done with it. */
void fault_proxy_set_hook (FaultProxy *self, FaultHook hook, gpointer user_data);
/* The next @n_reads after a transaction are hung up on. */
void fault_proxy_break_reads (FaultProxy *self, guint n_reads);
/* Waits until everything that came has gone through, however late. */
void fault_proxy_settle (FaultProxy *self);
guint fault_proxy_get_n_transactions (FaultProxy *self);
