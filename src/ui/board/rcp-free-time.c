/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-free-time"

#include "config.h"

#include "rcp-free-time.h"

#include <glib/gi18n.h>

#include "ui/rcp-keys.h"
#include "ui/rcp-time-text.h"

struct _RcpFreeTime
{
  GtkWidget parent_instance;

  GtkWidget *label;
  char *spoken;
  char *mark; /* or NULL */
};

G_DEFINE_FINAL_TYPE (RcpFreeTime, rcp_free_time, GTK_TYPE_WIDGET)

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_book_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ACTIVATED], 0);
}

static void
on_clicked_cb (RcpFreeTime *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
rcp_free_time_dispose (GObject *object)
{
  RcpFreeTime *self = RCP_FREE_TIME (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->spoken, g_free);
  g_clear_pointer (&self->mark, g_free);
  G_OBJECT_CLASS (rcp_free_time_parent_class)->dispose (object);
}

static void
rcp_free_time_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

/* The label may be larger than fifteen minutes are high: it is cut, not the layout changed. */
static void
rcp_free_time_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RcpFreeTime *self = RCP_FREE_TIME (widget);
  int min_width, min_height;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, -1, &min_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->label, MAX (width, min_width), MAX (height, min_height), -1, NULL);
}

static void
rcp_free_time_class_init (RcpFreeTimeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rcp_free_time_dispose;
  widget_class->measure = rcp_free_time_measure;
  widget_class->size_allocate = rcp_free_time_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "freetime");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_install_action (widget_class, "time.book", NULL, on_book_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_FREE_TIME);

  /**
   * RcpFreeTime::activated:
   *
   * The user wants to book at this time.
   */
  signals[ACTIVATED] = g_signal_new ("activated", RCP_TYPE_FREE_TIME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
}

static void
rcp_free_time_init (RcpFreeTime *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  g_signal_connect_object (click, "released", G_CALLBACK (on_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

RcpFreeTime *
rcp_free_time_new (void)
{
  return g_object_new (RCP_TYPE_FREE_TIME, NULL);
}

static void
update_spoken (RcpFreeTime *self)
{
  /* Translators: read aloud: a free time, and "being booked at desk Front 2". */
  g_autofree char *label = self->mark ? g_strdup_printf (_("%s, %s"), self->spoken ? self->spoken : "", self->mark) : g_strdup (self->spoken);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label ? label : "", -1);
}

/* Takes @label, that is read aloud. */
static void
show (RcpFreeTime *self, const char *shown, char *label)
{
  gtk_label_set_label (GTK_LABEL (self->label), shown);
  g_free (self->spoken);
  self->spoken = label;
  update_spoken (self);
}

/* Time to book. */
void
rcp_free_time_set (RcpFreeTime *self, RcpTimeRange range, const char *spoken, const char *busy, const char *owner, GTimeZone *zone)
{
  g_autofree char *start = rcp_time_text_clock (range.start, zone);
  /* Translators: free time on the board; %s is a time. */
  g_autofree char *shown = g_strdup_printf (_("%s free"), start);

  g_return_if_fail (RCP_IS_FREE_TIME (self));

  if (busy)
    /* Translators: read aloud: from when to when it is free, "Perhaps busy", and whose time it is. */
    show (self, shown, g_strdup_printf (_("%s, free, %s, %s"), spoken, busy, owner));
  else
    /* Translators: read aloud: from when to when, and whose free time it is. */
    show (self, shown, g_strdup_printf (_("%s, free, %s"), spoken, owner));
}

/* Time that is kept for something else than visits. */
void
rcp_free_time_set_block (RcpFreeTime *self, const char *spoken, const RcpBlock *block, const char *owner)
{
  const char *label = rcp_block_kind_to_label (block->kind);

  g_return_if_fail (RCP_IS_FREE_TIME (self));

  show (self, block->words && block->words[0] ? block->words : label,
        /* Translators: read aloud: from when to when, "Lunch", what is written about it, and whose time it is. */
        g_strdup_printf (_("%s, %s, %s, %s"), spoken, label, block->words ? block->words : "", owner));
}

/* Time that the owner's calendar keeps. */
void
rcp_free_time_set_busy (RcpFreeTime *self, const char *spoken, const char *busy, const char *owner)
{
  g_return_if_fail (RCP_IS_FREE_TIME (self));

  /* Translators: read aloud: from when to when, "Busy" by the own calendar, and whose time it is. */
  show (self, busy, g_strdup_printf (_("%s, %s, %s"), spoken, busy, owner));
}

void
rcp_free_time_set_mark (RcpFreeTime *self, const char *words)
{
  g_return_if_fail (RCP_IS_FREE_TIME (self));

  if (g_strcmp0 (self->mark, words) == 0)
    return;
  g_free (self->mark);
  self->mark = g_strdup (words);
  update_spoken (self);
}

const char *
rcp_free_time_get_mark (RcpFreeTime *self)
{
  g_return_val_if_fail (RCP_IS_FREE_TIME (self), NULL);

  return self->mark;
}
