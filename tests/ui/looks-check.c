/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "looks-check"

#include "config.h"

#include "looks-check.h"

#include <adwaita.h>

#include "ui/board/rcp-visit-chip.h"

/* A widget that lies on the edge by a rounding is inside. */
#define SLACK 1.0
/* What a style sheet may put around a control: it is measured along, and not part of its bounds. */
#define STYLE_MARGIN 12

typedef struct
{
  GtkWidget *window;
  LooksRules rules;
  GtkWidget *button; /* nullable: what the widget is part of */
  gboolean is_name;  /* so is this: the title of a window, what was chosen of a list, or whose visit it is */
  gboolean scrolls;  /* something above it scrolls, so it may lie outside */
} Walk;

static char *
describe (GtkWidget *widget, const char *fault)
{
  g_autoptr (GString) text = g_string_new (fault);

  for (GtkWidget *above = widget; above; above = gtk_widget_get_parent (above))
    {
      g_auto (GStrv) classes = NULL;

      g_string_append_printf (text, "\n  %s", G_OBJECT_TYPE_NAME (above));
      if (GTK_IS_LABEL (above))
        g_string_append_printf (text, " “%s”", gtk_label_get_text (GTK_LABEL (above)));
      for (char **name = (classes = gtk_widget_get_css_classes (above)); *name; name++)
        g_string_append_printf (text, " .%s", *name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_outside (const Walk *walk, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, walk->window, &bounds) || bounds.size.width <= 0 || bounds.size.height <= 0)
    return FALSE;
  return bounds.origin.x < -SLACK || bounds.origin.y < -SLACK
         || bounds.origin.x + bounds.size.width > gtk_widget_get_width (walk->window) + SLACK
         || bounds.origin.y + bounds.size.height > gtk_widget_get_height (walk->window) + SLACK;
}

static gboolean
is_cut (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

static gboolean
is_too_small (GtkWidget *widget)
{
  graphene_rect_t bounds;
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  minimum -= gtk_widget_get_margin_start (widget) + gtk_widget_get_margin_end (widget) + STYLE_MARGIN;
  return gtk_widget_compute_bounds (widget, widget, &bounds) && bounds.size.width < minimum;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget)
         || GTK_IS_DROP_DOWN (widget) || GTK_IS_SWITCH (widget);
}

static gboolean
holds_name (GtkWidget *widget)
{
  return ADW_IS_HEADER_BAR (widget) || ADW_IS_COMBO_ROW (widget) || gtk_widget_has_css_class (widget, "agenda-name");
}

/* What scrolls up and down alone is cut at its end where it is wider than what shows it. */
static gboolean
is_cut_by_scrolling (GtkWidget *widget)
{
  GtkPolicyType sideways;
  int minimum;

  if (!GTK_IS_VIEWPORT (widget) || !GTK_IS_SCROLLED_WINDOW (gtk_widget_get_parent (widget)))
    return FALSE;
  gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (gtk_widget_get_parent (widget)), &sideways, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return sideways == GTK_POLICY_NEVER && gtk_widget_get_width (widget) < minimum;
}

/* What is folded away beside a page lies outside, and nobody can reach it. */
static gboolean
is_away (GtkWidget *widget)
{
  return !gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget);
}

static char *
look_at (Walk walk, GtkWidget *widget)
{
  if (is_away (widget) || RCP_IS_VISIT_CHIP (widget))
    return NULL;
  if (is_cut_by_scrolling (widget))
    return describe (widget, "cut by what scrolls it");
  walk.scrolls = walk.scrolls || GTK_IS_SCROLLABLE (widget) || GTK_IS_POPOVER (widget);
  walk.is_name = walk.is_name || holds_name (widget);
  if (is_control (widget))
    walk.button = widget;
  if (is_control (widget) && !walk.scrolls && is_outside (&walk, widget))
    return describe (widget, "outside of the window");
  if (is_control (widget) && is_too_small (widget))
    return describe (widget, "narrower than it needs to be");
  if (walk.button && (walk.rules & LOOKS_WORDS_WHOLE) && !GTK_IS_DROP_DOWN (walk.button) && is_cut (widget))
    return describe (widget, "cut");
  if (walk.is_name && !walk.button && (walk.rules & LOOKS_NAMES_WHOLE) && is_cut (widget))
    return describe (widget, "a name that is cut");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      char *fault = look_at (walk, child);

      if (fault)
        return fault;
    }
  return NULL;
}

char *
looks_find_fault (GtkWidget *window, LooksRules rules)
{
  return look_at ((Walk) { .window = window, .rules = rules }, window);
}

void
looks_check (GtkWidget *window, LooksRules rules)
{
  g_autofree char *fault = looks_find_fault (window, rules);

  if (!fault)
    return;
  if (g_getenv ("LOOKS_TELL")) /* to see all pictures before anything is mended */
    {
      g_test_message ("FAULT %s", fault);
      return;
    }
  g_test_fail_printf ("%s", fault);
}

int
looks_get_least_width (GtkWidget *window)
{
  int minimum;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}
