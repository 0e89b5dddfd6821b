/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-keys"

#include "config.h"

#include "rcp-keys.h"

typedef void (*KeyFunc) (const RcpKey *key, gpointer data);

static void
foreach_key (RcpKeyPlace place, KeyFunc func, gpointer data)
{
  guint n_groups;
  const RcpKeyGroup *groups = rcp_keys_get_groups (&n_groups);

  for (guint i = 0; i < n_groups; i++)
    for (guint j = 0; j < groups[i].n_keys; j++)
      if (groups[i].keys[j].place == place)
        func (&groups[i].keys[j], data);
}

/* The key of the number pad that means the same; 0 when there is none. */
static guint
get_keypad_twin (guint keyval)
{
  static const guint twins[][2] = {
    { GDK_KEY_Return, GDK_KEY_KP_Enter },   { GDK_KEY_Up, GDK_KEY_KP_Up },
    { GDK_KEY_Down, GDK_KEY_KP_Down },      { GDK_KEY_Left, GDK_KEY_KP_Left },
    { GDK_KEY_Right, GDK_KEY_KP_Right },    { GDK_KEY_Home, GDK_KEY_KP_Home },
    { GDK_KEY_End, GDK_KEY_KP_End },        { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up },
    { GDK_KEY_Delete, GDK_KEY_KP_Delete },  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down },
    { GDK_KEY_plus, GDK_KEY_KP_Add },       { GDK_KEY_minus, GDK_KEY_KP_Subtract },
  };

  if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    return keyval - GDK_KEY_0 + GDK_KEY_KP_0;
  for (guint i = 0; i < G_N_ELEMENTS (twins); i++)
    if (twins[i][0] == keyval)
      return twins[i][1];
  return 0;
}

GStrv
rcp_keys_dup_accelerators (const RcpKey *key)
{
  g_auto (GStrv) accelerators = g_strsplit (key->accelerators, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; accelerators[i]; i++)
    {
      GdkModifierType modifiers;
      guint keyval, twin;

      g_strv_builder_add (builder, accelerators[i]);
      if (!gtk_accelerator_parse (accelerators[i], &keyval, &modifiers))
        g_error ("“%s” is no key", accelerators[i]);
      twin = get_keypad_twin (keyval);
      if (twin)
        {
          g_autofree char *name = gtk_accelerator_name (twin, modifiers);

          g_strv_builder_add (builder, name);
        }
    }
  return g_strv_builder_end (builder);
}

/* Where a character needs Shift, the key comes with it: which one it is depends on the keyboard. */
static GtkShortcutTrigger *
make_trigger (const char *accelerator)
{
  GdkModifierType modifiers;
  guint keyval;

  gtk_accelerator_parse (accelerator, &keyval, &modifiers);
  if (keyval == GDK_KEY_question || keyval == GDK_KEY_plus || keyval == GDK_KEY_slash)
    return gtk_alternative_trigger_new (gtk_keyval_trigger_new (keyval, modifiers), gtk_keyval_trigger_new (keyval, modifiers | GDK_SHIFT_MASK));
  return gtk_keyval_trigger_new (keyval, modifiers);
}

static GtkShortcut *
make_shortcut (const RcpKey *key, const char *accelerator)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;
  GtkShortcut *shortcut;

  if (!g_action_parse_detailed_name (key->action, &name, &target, &error))
    g_error ("%s", error->message);
  shortcut = gtk_shortcut_new (make_trigger (accelerator), gtk_named_action_new (name));
  gtk_shortcut_set_arguments (shortcut, target);
  return shortcut;
}

static void
bind (const RcpKey *key, gpointer widget_class)
{
  g_auto (GStrv) accelerators = rcp_keys_dup_accelerators (key);

  for (guint i = 0; key->action && accelerators[i]; i++)
    {
      g_autoptr (GtkShortcut) shortcut = make_shortcut (key, accelerators[i]);

      gtk_widget_class_add_shortcut (widget_class, shortcut);
    }
}

void
rcp_keys_bind (GtkWidgetClass *widget_class, RcpKeyPlace place)
{
  g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class));

  foreach_key (place, bind, widget_class);
}

typedef struct
{
  GtkShortcutController *controller;
  GtkShortcutFunc func;
} Adding;

static void
add (const RcpKey *key, gpointer data)
{
  const Adding *adding = data;
  g_auto (GStrv) accelerators = rcp_keys_dup_accelerators (key);

  for (guint i = 0; key->action && accelerators[i]; i++)
    {
      GtkShortcut *shortcut = make_shortcut (key, accelerators[i]);

      if (adding->func)
        gtk_shortcut_set_action (shortcut, gtk_callback_action_new (adding->func, (gpointer) key, NULL));
      gtk_shortcut_controller_add_shortcut (adding->controller, shortcut);
    }
}

void
rcp_keys_add (GtkShortcutController *controller, RcpKeyPlace place, GtkShortcutFunc func)
{
  Adding adding = { controller, func };

  g_return_if_fail (GTK_IS_SHORTCUT_CONTROLLER (controller));

  foreach_key (place, add, &adding);
}

/* An action may have several rows of the table: all of them are given at once. */
static void
collect (const RcpKey *key, gpointer data)
{
  GHashTable *by_action = data;
  const char *known = key->action ? g_hash_table_lookup (by_action, key->action) : NULL;

  if (key->action)
    g_hash_table_insert (by_action, (gpointer) key->action,
                         known ? g_strconcat (known, " ", key->accelerators, NULL) : g_strdup (key->accelerators));
}

void
rcp_keys_set_accels (GtkApplication *application)
{
  g_autoptr (GHashTable) by_action = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GHashTableIter iter;
  gpointer action, keys;

  g_return_if_fail (GTK_IS_APPLICATION (application));

  foreach_key (RCP_KEYS_PROGRAM, collect, by_action);
  g_hash_table_iter_init (&iter, by_action);
  while (g_hash_table_iter_next (&iter, &action, &keys))
    {
      g_auto (GStrv) accels = g_strsplit (keys, " ", -1);

      gtk_application_set_accels_for_action (application, action, (const char *const *) accels);
    }
}
