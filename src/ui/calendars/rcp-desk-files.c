/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-desk-files"

#include "config.h"

#include "rcp-desk-files.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"
#include "clinic/rcp-change.h"
#include "mirroring/rcp-visit-file.h"
#include "mirroring/rcp-visit-folder.h"

#define KEY "visit-files"

struct _RcpDeskFiles
{
  GObject parent_instance;

  RcpDesk *desk;
  GSettings *settings;
  char *record; /* that is open; NULL while there is none */
  char *folder;
  RcpDayBook *book;
  const RcpVisitExporter *exporter;
  GHashTable *files; /* of RcpVisitFile by Practitioner */
};

G_DEFINE_FINAL_TYPE (RcpDeskFiles, rcp_desk_files, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const privacies[] = { "busy", "initials", "full" };

static void
file_end (gpointer data)
{
  rcp_visit_file_stop (data);
  g_object_unref (data);
}

static void
rcp_desk_files_dispose (GObject *object)
{
  RcpDeskFiles *self = RCP_DESK_FILES (object);

  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_object (&self->book);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (rcp_desk_files_parent_class)->dispose (object);
}

static void
rcp_desk_files_class_init (RcpDeskFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_desk_files_dispose;
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_DESK_FILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_desk_files_init (RcpDeskFiles *self)
{
  self->folder = rcp_visit_folder_dup_default ();
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_end);
}

/* What is not known says the least. */
static RcpMirrorPrivacy
read_privacy (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (privacies); i++)
    if (g_str_equal (privacies[i], code))
      return (RcpMirrorPrivacy) i;
  return RCP_MIRROR_BUSY_ONLY;
}

/* a{ss}: of the record that is open, by Practitioner what is said: (transfer full). */
static GVariant *
list_chosen (RcpDeskFiles *self)
{
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, KEY);
  const char *record, *person, *privacy;
  GVariantBuilder builder;
  GVariantIter iter;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &record, &person, &privacy))
    if (g_strcmp0 (record, self->record) == 0)
      g_variant_builder_add (&builder, "{ss}", person, privacy);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* Where somebody works at several places, that of the first column: (transfer full), or NULL. */
static RcpProvider *
find_provider (RcpDeskFiles *self, const char *person)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (self->desk));

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (g_strcmp0 (rcp_provider_get_practitioner_id (provider), person) == 0)
        return g_steal_pointer (&provider);
    }
  return NULL;
}

static void
on_file_changed_cb (RcpDeskFiles *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start_file (RcpDeskFiles *self, const char *person, RcpMirrorPrivacy privacy)
{
  g_autoptr (RcpProvider) provider = find_provider (self, person);
  g_autofree char *path = rcp_visit_folder_dup_path (self->folder, self->record, person);
  RcpVisitExport what = { .person = person, .privacy = privacy };
  RcpVisitFile *file;

  if (!provider)
    return;
  what.zone = g_time_zone_get_identifier (rcp_provider_get_zone (provider));
  what.place = rcp_provider_get_place (provider) ? rcp_place_get_name (rcp_provider_get_place (provider)) : NULL;
  what.title = rcp_provider_get_name (provider);
  file = rcp_visit_file_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->exporter, path, &what);
  g_hash_table_insert (self->files, g_strdup (person), file);
  g_signal_connect_object (file, "changed", G_CALLBACK (on_file_changed_cb), self, G_CONNECT_SWAPPED);
  rcp_visit_file_start (file);
}

static void
stop_others (RcpDeskFiles *self, GVariant *chosen)
{
  GHashTableIter iter;
  const char *person;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, (gpointer *) &person, NULL))
    {
      g_autoptr (GVariant) privacy = g_variant_lookup_value (chosen, person, G_VARIANT_TYPE_STRING);

      if (!privacy)
        g_hash_table_iter_remove (&iter);
    }
}

/* What is not chosen for this record does not stay on the disk. */
static void
sweep (RcpDeskFiles *self, GVariant *chosen)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *person;
  GVariantIter iter;

  g_variant_iter_init (&iter, chosen);
  while (g_variant_iter_next (&iter, "{&s&s}", &person, NULL))
    g_ptr_array_add (paths, rcp_visit_folder_dup_path (self->folder, self->record, person));
  g_ptr_array_add (paths, NULL);
  rcp_visit_folder_keep_only (self->folder, (const char *const *) paths->pdata);
}

static void
apply (RcpDeskFiles *self)
{
  g_autoptr (GVariant) chosen = NULL;
  const char *person, *privacy;
  GVariantIter iter;

  if (!self->record)
    return;
  chosen = list_chosen (self);
  stop_others (self, chosen);
  sweep (self, chosen);
  g_variant_iter_init (&iter, chosen);
  while (self->exporter && rcp_desk_get_state (self->desk) == RCP_DESK_READY && g_variant_iter_next (&iter, "{&s&s}", &person, &privacy))
    {
      RcpVisitFile *file = g_hash_table_lookup (self->files, person);

      if (file)
        rcp_visit_file_set_privacy (file, read_privacy (privacy));
      else
        start_file (self, person, read_privacy (privacy));
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* @change: (nullable): anything may have changed */
static void
take_change (RcpDeskFiles *self, const RcpChange *change)
{
  g_autoptr (RcpVisit) visit = NULL;
  GHashTableIter iter;
  RcpVisitFile *file;

  if (change && g_strcmp0 (change->type, "Appointment") != 0)
    return;
  visit = change && change->resource && !change->is_deleted ? rcp_visit_new (change->resource, NULL) : NULL;
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &file))
    rcp_visit_file_look (file, visit ? rcp_visit_get_practitioner_id (visit) : NULL, visit ? rcp_visit_get_id (visit) : NULL);
}

static void
on_record_changed_cb (RcpDeskFiles *self, GPtrArray *changes)
{
  if (!changes)
    take_change (self, NULL);
  for (guint i = 0; changes && i < changes->len; i++)
    take_change (self, changes->pdata[i]);
}

/* Also after hours were changed: then there is another day book. */
static void
follow_book (RcpDeskFiles *self)
{
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);

  if (!book || book == self->book)
    return;
  if (self->book)
    g_signal_handlers_disconnect_by_data (self->book, self);
  g_set_object (&self->book, book);
  g_signal_connect_object (book, "changed", G_CALLBACK (on_record_changed_cb), self, G_CONNECT_SWAPPED);
}

/* The next record may know other people by the same ids: nothing is written until it is said which one it is. */
static void
on_state_changed_cb (RcpDeskFiles *self)
{
  if (rcp_desk_get_state (self->desk) == RCP_DESK_CONNECTING)
    {
      g_clear_pointer (&self->record, g_free);
      g_hash_table_remove_all (self->files);
    }
  follow_book (self);
}

static void
on_roster_changed_cb (RcpDeskFiles *self)
{
  follow_book (self);
  apply (self);
}

/**
 * rcp_desk_files_new:
 * @desk: the session
 * @settings: of the program
 *
 * Returns: (transfer full): what writes nothing before it has an exporter and a record
 */
RcpDeskFiles *
rcp_desk_files_new (RcpDesk *desk, GSettings *settings)
{
  RcpDeskFiles *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RCP_TYPE_DESK_FILES, NULL);
  self->desk = g_object_ref (desk);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (on_roster_changed_cb), self, G_CONNECT_SWAPPED);
  follow_book (self);
  return self;
}

void
rcp_desk_files_set_exporter (RcpDeskFiles *self, const RcpVisitExporter *exporter)
{
  g_return_if_fail (RCP_IS_DESK_FILES (self));

  self->exporter = exporter;
  apply (self);
}

/**
 * rcp_desk_files_set_record:
 * @self: the files of a desk
 * @record: which record is open now
 *
 * Files of another record go.
 */
void
rcp_desk_files_set_record (RcpDeskFiles *self, const char *record)
{
  g_return_if_fail (RCP_IS_DESK_FILES (self));
  g_return_if_fail (record != NULL);

  if (g_strcmp0 (record, self->record) != 0)
    g_hash_table_remove_all (self->files);
  g_free (self->record);
  self->record = g_strdup (record);
  follow_book (self);
  apply (self);
}

gboolean
rcp_desk_files_has_any (RcpDeskFiles *self)
{
  g_autoptr (GVariant) chosen = NULL;

  g_return_val_if_fail (RCP_IS_DESK_FILES (self), FALSE);

  chosen = list_chosen (self);
  return self->record && g_variant_n_children (chosen) > 0;
}

gboolean
rcp_desk_files_is_kept (RcpDeskFiles *self, const char *person, RcpMirrorPrivacy *privacy)
{
  g_autoptr (GVariant) chosen = NULL;
  const char *code;

  g_return_val_if_fail (RCP_IS_DESK_FILES (self), FALSE);
  g_return_val_if_fail (person != NULL, FALSE);

  chosen = list_chosen (self);
  if (!self->record || !g_variant_lookup (chosen, person, "&s", &code))
    return FALSE;
  if (privacy)
    *privacy = read_privacy (code);
  return TRUE;
}

/* @code: NULL for none */
static void
save (RcpDeskFiles *self, const char *person, const char *code)
{
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, KEY);
  const char *own_record, *own_person, *own_code;
  GVariantBuilder builder;
  GVariantIter iter;

  if (!self->record)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &own_record, &own_person, &own_code))
    if (g_strcmp0 (own_record, self->record) != 0 || g_strcmp0 (own_person, person) != 0)
      g_variant_builder_add (&builder, "(sss)", own_record, own_person, own_code);
  if (code)
    g_variant_builder_add (&builder, "(sss)", self->record, person, code);
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

/**
 * rcp_desk_files_keep:
 * @self: the files of a desk
 * @person: id of a Practitioner
 * @privacy: how much it says of each visit
 *
 * From now on, also after a restart.
 */
void
rcp_desk_files_keep (RcpDeskFiles *self, const char *person, RcpMirrorPrivacy privacy)
{
  g_return_if_fail (RCP_IS_DESK_FILES (self));
  g_return_if_fail (person != NULL);
  g_return_if_fail ((guint) privacy < G_N_ELEMENTS (privacies));

  save (self, person, privacies[privacy]);
}

void
rcp_desk_files_give_up (RcpDeskFiles *self, const char *person)
{
  g_return_if_fail (RCP_IS_DESK_FILES (self));
  g_return_if_fail (person != NULL);

  save (self, person, NULL);
}

char *
rcp_desk_files_dup_address (RcpDeskFiles *self, const char *person)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (RCP_IS_DESK_FILES (self), NULL);
  g_return_val_if_fail (person != NULL, NULL);

  path = self->record ? rcp_visit_folder_dup_path (self->folder, self->record, person) : NULL;
  return path ? g_filename_to_uri (path, NULL, NULL) : NULL;
}

/**
 * rcp_desk_files_describe:
 * @self: the files of a desk
 * @person: id of a Practitioner
 *
 * Returns: (transfer full): some sentences
 */
char *
rcp_desk_files_describe (RcpDeskFiles *self, const char *person)
{
  RcpVisitFile *file;
  const GError *error;
  g_autofree char *when = NULL;

  g_return_val_if_fail (RCP_IS_DESK_FILES (self), NULL);
  g_return_val_if_fail (person != NULL, NULL);

  file = g_hash_table_lookup (self->files, person);
  error = file ? rcp_visit_file_get_error (file) : NULL;
  if (error && error->domain == G_FILE_ERROR)
    return g_strdup_printf (_("The file cannot be written: %s"), error->message);
  if (error)
    return g_strdup (_("The record cannot be reached."));
  if (!file || rcp_visit_file_get_as_of (file) == 0)
    return g_strdup (_("The visits are being written."));
  when = rcp_when_text_day_and_clock (rcp_visit_file_get_as_of (file), rcp_desk_get_zone (self->desk));
  return g_strdup_printf (_("Up to date as of %s."), when);
}
