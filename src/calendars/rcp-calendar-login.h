/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an account of a calendar server is added with, and what the server answers: plain values, without Evolution Data Server. */

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RcpCalendarError:
 * @RCP_CALENDAR_ERROR_ADDRESS: that is no address of a server
 * @RCP_CALENDAR_ERROR_NOT_SECRET: the password would be sent so that others can read it
 * @RCP_CALENDAR_ERROR_OFFLINE: the server cannot be reached
 * @RCP_CALENDAR_ERROR_TIMED_OUT: it does not answer
 * @RCP_CALENDAR_ERROR_PASSWORD: it does not take the user and the password
 * @RCP_CALENDAR_ERROR_NOT_TRUSTED: its certificate is not trusted
 * @RCP_CALENDAR_ERROR_NO_SERVER: it knows nothing of calendars
 * @RCP_CALENDAR_ERROR_NO_CALENDARS: it has none of this user
 * @RCP_CALENDAR_ERROR_KEYRING: the password cannot be kept
 * @RCP_CALENDAR_ERROR_FAILED: anything else
 *
 * Why an account cannot be used.
 */
typedef enum
{
  RCP_CALENDAR_ERROR_ADDRESS,
  RCP_CALENDAR_ERROR_NOT_SECRET,
  RCP_CALENDAR_ERROR_OFFLINE,
  RCP_CALENDAR_ERROR_TIMED_OUT,
  RCP_CALENDAR_ERROR_PASSWORD,
  RCP_CALENDAR_ERROR_NOT_TRUSTED,
  RCP_CALENDAR_ERROR_NO_SERVER,
  RCP_CALENDAR_ERROR_NO_CALENDARS,
  RCP_CALENDAR_ERROR_KEYRING,
  RCP_CALENDAR_ERROR_FAILED,
} RcpCalendarError;

#define RCP_CALENDAR_ERROR (rcp_calendar_error_quark ())
GQuark rcp_calendar_error_quark (void);

/**
 * RcpCalendarLogin:
 * @url: of rcp_calendar_login_new()
 * @user: name of the user
 * @password: never in a log, a setting or an argument
 * @certificate: (nullable): PEM of the one that the person trusts for this server, whatever else is wrong with it
 *
 * With what one comes to a calendar server.
 */
typedef struct
{
  char *url;
  char *user;
  char *password;
  char *certificate;
} RcpCalendarLogin;

/* @address: what a person types, an address or the name of a server. NULL with an error where that cannot be one. */
RcpCalendarLogin *rcp_calendar_login_new (const char *address, const char *user, const char *password, const char *certificate,
                                          GError **error);
RcpCalendarLogin *rcp_calendar_login_copy (const RcpCalendarLogin *self);
void rcp_calendar_login_free (RcpCalendarLogin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpCalendarLogin, rcp_calendar_login_free)

/**
 * RcpServerCertificate:
 * @pem: for RcpCalendarLogin
 * @subject: who it is of
 * @issuer: who says so; the same as @subject where nobody else does
 * @fingerprint: SHA-256, "AB:CD:…"
 * @valid_from: microseconds since 1970 UTC, 0 where it does not say
 * @valid_until: the same
 * @faults: what is wrong with it
 *
 * The certificate of a server, for a person to judge.
 */
typedef struct
{
  char *pem;
  char *subject;
  char *issuer;
  char *fingerprint;
  gint64 valid_from;
  gint64 valid_until;
  GTlsCertificateFlags faults;
} RcpServerCertificate;

RcpServerCertificate *rcp_server_certificate_new (const char *pem, GTlsCertificateFlags faults); /* NULL where that is none */
void rcp_server_certificate_free (RcpServerCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpServerCertificate, rcp_server_certificate_free)

/**
 * RcpFoundCalendar:
 * @name: what its owner calls it
 * @colour: (nullable): "#rrggbb"
 * @is_writable: whether this user may write it
 *
 * A calendar that a server has.
 */
typedef struct
{
  char *name;
  char *colour;
  gboolean is_writable;
} RcpFoundCalendar;

RcpFoundCalendar *rcp_found_calendar_new (const char *name, const char *colour, gboolean is_writable);
void rcp_found_calendar_free (RcpFoundCalendar *self);

G_END_DECLS
