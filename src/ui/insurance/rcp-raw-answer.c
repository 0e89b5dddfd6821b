/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-raw-answer"

#include "config.h"

#include "rcp-raw-answer.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "insurance/rcp-eligibility-record.h"
#include "ui/rcp-keys.h"

#define ISA_LENGTH 106 /* whose last character ends every segment */
#define MARGIN 12

struct _RcpRawAnswer
{
  AdwWindow parent_instance;

  GCancellable *cancellable;
  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (RcpRawAnswer, rcp_raw_answer, ADW_TYPE_WINDOW)

static void
rcp_raw_answer_dispose (GObject *object)
{
  RcpRawAnswer *self = RCP_RAW_ANSWER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->buffer);
  G_OBJECT_CLASS (rcp_raw_answer_parent_class)->dispose (object);
}

static void
rcp_raw_answer_class_init (RcpRawAnswerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_raw_answer_dispose;
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);
}

static void
rcp_raw_answer_init (RcpRawAnswer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new (), *view = gtk_text_view_new ();

  self->buffer = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Answer of the payer"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 620, 520);
  gtk_window_set_focus (GTK_WINDOW (self), view);
}

static char *
indent_json (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node ? json_to_string (node, TRUE) : NULL;
}

/**
 * rcp_raw_answer_format:
 * @raw: as it came
 *
 * Returns: (transfer full): the same with a line for each segment of X12, or with the indents of JSON; what is no text is made one
 */
char *
rcp_raw_answer_format (GBytes *raw)
{
  gsize length;
  const char *data = g_bytes_get_data (raw, &length);
  g_autofree char *text = g_utf8_make_valid (length > 0 ? data : "", (gssize) length);
  const char *isa = g_strstr_len (text, -1, "ISA");
  GString *lines;
  char *json;

  if (!isa || strlen (isa) < ISA_LENGTH)
    {
      json = indent_json (text);
      return json ? json : g_steal_pointer (&text);
    }
  lines = g_string_new (NULL);
  for (const char *at = text; *at; at++)
    {
      g_string_append_c (lines, *at);
      if (at >= isa && *at == isa[ISA_LENGTH - 1] && at[1] != '\n' && at[1] != '\r' && at[1] != '\0')
        g_string_append_c (lines, '\n');
    }
  return g_string_free (lines, FALSE);
}

static void
show (RcpRawAnswer *self, GBytes *raw)
{
  g_autofree char *text = rcp_raw_answer_format (raw);
  GtkTextIter start;

  gtk_text_buffer_set_text (self->buffer, text, -1);
  /* It is read from its beginning, by the keyboard too. */
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpRawAnswer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = rcp_eligibility_load_raw_finish (result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->buffer)
    return;
  if (raw)
    show (self, raw);
  else
    gtk_text_buffer_set_text (self->buffer, _ ("The answer could not be read. Check the connection."), -1);
}

/**
 * rcp_raw_answer_new:
 * @desk: an open desk
 * @answer: what was said
 *
 * Returns: (transfer none): a window that was not presented yet
 */
GtkWindow *
rcp_raw_answer_new (RcpDesk *desk, RcpEligibilityAnswer *answer)
{
  RcpRawAnswer *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  self = g_object_new (RCP_TYPE_RAW_ANSWER, "title", _ ("Answer of the Payer"), NULL);
  self->cancellable = g_cancellable_new ();
  if (answer->raw)
    show (self, answer->raw);
  else if (answer->raw_reference)
    rcp_eligibility_load_raw_async (rcp_desk_get_client (desk), answer, self->cancellable, on_loaded_cb, g_object_ref (self));
  else
    gtk_text_buffer_set_text (self->buffer, _ ("Nothing came back."), -1);
  return GTK_WINDOW (self);
}
