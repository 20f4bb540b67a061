#include "CMigrations.h"

// The list of migrations, and the only one: a new file gets one array and one line here. The compiler embeds the
// bytes (C23 #embed) and rebuilds when they change. SwiftPM's own .embedInCode took 5 s of compile time for 74 kB,
// this takes 0.06 s. MigrationsTests fails when a file of the folder is missing here.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0001[] = {
#embed "../Migrations/SQL/0001_identity.sql"
};
static const unsigned char file_0002[] = {
#embed "../Migrations/SQL/0002_projects_and_access.sql"
};
static const unsigned char file_0003[] = {
#embed "../Migrations/SQL/0003_assets.sql"
};
static const unsigned char file_0004[] = {
#embed "../Migrations/SQL/0004_tasks.sql"
};
static const unsigned char file_0005[] = {
#embed "../Migrations/SQL/0005_rpds.sql"
};
static const unsigned char file_0006[] = {
#embed "../Migrations/SQL/0006_reviews.sql"
};
static const unsigned char file_0007[] = {
#embed "../Migrations/SQL/0007_exports.sql"
};
static const unsigned char file_0008[] = {
#embed "../Migrations/SQL/0008_jobs_and_events.sql"
};
static const unsigned char file_0009[] = {
#embed "../Migrations/SQL/0009_decisions.sql"
};
static const unsigned char file_0010[] = {
#embed "../Migrations/SQL/0010_sign_in.sql"
};
static const unsigned char file_0011[] = {
#embed "../Migrations/SQL/0011_annotations.sql"
};
static const unsigned char file_0012[] = {
#embed "../Migrations/SQL/0012_organizations.sql"
};
static const unsigned char file_0013[] = {
#embed "../Migrations/SQL/0013_projects.sql"
};
static const unsigned char file_0014[] = {
#embed "../Migrations/SQL/0014_findings.sql"
};
static const unsigned char file_0015[] = {
#embed "../Migrations/SQL/0015_registry.sql"
};
static const unsigned char file_0016[] = {
#embed "../Migrations/SQL/0016_notifications.sql"
};
static const unsigned char file_0017[] = {
#embed "../Migrations/SQL/0017_documents_and_ips.sql"
};
static const unsigned char file_0018[] = {
#embed "../Migrations/SQL/0018_batch_jobs.sql"
};
static const unsigned char file_0019[] = {
#embed "../Migrations/SQL/0019_characters_of_materials.sql"
};
static const unsigned char file_0020[] = {
#embed "../Migrations/SQL/0020_asset_vectors.sql"
};
static const unsigned char file_0021[] = {
#embed "../Migrations/SQL/0021_search.sql"
};
static const unsigned char file_0022[] = {
#embed "../Migrations/SQL/0022_board.sql"
};
static const unsigned char file_0023[] = {
#embed "../Migrations/SQL/0023_generated_references.sql"
};
static const unsigned char file_0024[] = {
#embed "../Migrations/SQL/0024_audit_log.sql"
};
static const unsigned char file_0025[] = {
#embed "../Migrations/SQL/0025_picture_analyses.sql"
};
static const unsigned char file_0026[] = {
#embed "../Migrations/SQL/0026_document_pictures.sql"
};
static const unsigned char file_0027[] = {
#embed "../Migrations/SQL/0027_activity.sql"
};
static const unsigned char file_0028[] = {
#embed "../Migrations/SQL/0028_rpd_readiness.sql"
};
static const unsigned char file_0029[] = {
#embed "../Migrations/SQL/0029_orders.sql"
};
static const unsigned char file_0030[] = {
#embed "../Migrations/SQL/0030_moments_of_change.sql"
};
static const unsigned char file_0031[] = {
#embed "../Migrations/SQL/0031_deleted_objects.sql"
};
static const unsigned char file_0032[] = {
#embed "../Migrations/SQL/0032_dialogue.sql"
};
static const unsigned char file_0033[] = {
#embed "../Migrations/SQL/0033_thumbnails.sql"
};
static const unsigned char file_0034[] = {
#embed "../Migrations/SQL/0034_option_orders.sql"
};
static const unsigned char file_0035[] = {
#embed "../Migrations/SQL/0035_exports_of_several_tasks.sql"
};
static const unsigned char file_0036[] = {
#embed "../Migrations/SQL/0036_imports.sql"
};
static const unsigned char file_0037[] = {
#embed "../Migrations/SQL/0037_scripts.sql"
};
static const unsigned char file_0038[] = {
#embed "../Migrations/SQL/0038_people_details.sql"
};
static const unsigned char file_0039[] = {
#embed "../Migrations/SQL/0039_drive_imports.sql"
};
static const unsigned char file_0040[] = {
#embed "../Migrations/SQL/0040_media.sql"
};
static const unsigned char file_0041[] = {
#embed "../Migrations/SQL/0041_video_scenes.sql"
};
static const unsigned char file_0042[] = {
#embed "../Migrations/SQL/0042_video_reviews.sql"
};
static const unsigned char file_0043[] = {
#embed "../Migrations/SQL/0043_rpd_tests.sql"
};
static const unsigned char file_0044[] = {
#embed "../Migrations/SQL/0044_promoted_knowledge.sql"
};
static const unsigned char file_0045[] = {
#embed "../Migrations/SQL/0045_accessible_users.sql"
};
static const unsigned char file_0046[] = {
#embed "../Migrations/SQL/0046_import_warnings.sql"
};
static const unsigned char file_0047[] = {
#embed "../Migrations/SQL/0047_rpd_test_videos.sql"
};
static const unsigned char file_0048[] = {
#embed "../Migrations/SQL/0048_one_clock.sql"
};
static const unsigned char file_0049[] = {
#embed "../Migrations/SQL/0049_purge.sql"
};
static const unsigned char file_0050[] = {
#embed "../Migrations/SQL/0050_orders_of_links.sql"
};
static const unsigned char file_0051[] = {
#embed "../Migrations/SQL/0051_search_pairs.sql"
};
static const unsigned char file_0052[] = {
#embed "../Migrations/SQL/0052_people_of_projects.sql"
};
static const unsigned char file_0053[] = {
#embed "../Migrations/SQL/0053_task_events.sql"
};
static const unsigned char file_0054[] = {
#embed "../Migrations/SQL/0054_known_people.sql"
};
static const unsigned char file_0055[] = {
#embed "../Migrations/SQL/0055_invited_people.sql"
};
static const unsigned char file_0056[] = {
#embed "../Migrations/SQL/0056_times_of_revisions.sql"
};
static const unsigned char file_0057[] = {
#embed "../Migrations/SQL/0057_task_numbers.sql"
};
static const unsigned char file_0058[] = {
#embed "../Migrations/SQL/0058_names_of_lists.sql"
};
static const unsigned char file_0059[] = {
#embed "../Migrations/SQL/0059_outcomes_of_people.sql"
};
static const unsigned char file_0060[] = {
#embed "../Migrations/SQL/0060_deleted_rows.sql"
};
static const unsigned char file_0061[] = {
#embed "../Migrations/SQL/0061_picture_copies.sql"
};
static const unsigned char file_0062[] = {
#embed "../Migrations/SQL/0062_generated_from_pictures.sql"
};
static const unsigned char file_0063[] = {
#embed "../Migrations/SQL/0063_samples_and_overlays.sql"
};
static const unsigned char file_0064[] = {
#embed "../Migrations/SQL/0064_changes_of_knowledge.sql"
};
static const unsigned char file_0065[] = {
#embed "../Migrations/SQL/0065_notifications_of_runs.sql"
};
static const unsigned char file_0066[] = {
#embed "../Migrations/SQL/0066_runs_again.sql"
};
static const unsigned char file_0067[] = {
#embed "../Migrations/SQL/0067_files_of_projects.sql"
};
static const unsigned char file_0068[] = {
#embed "../Migrations/SQL/0068_chosen_review_sets.sql"
};
static const unsigned char file_0069[] = {
#embed "../Migrations/SQL/0069_groups_of_motifs.sql"
};
static const unsigned char file_0070[] = {
#embed "../Migrations/SQL/0070_discussed_findings.sql"
};
static const unsigned char file_0071[] = {
#embed "../Migrations/SQL/0071_shared_knowledge.sql"
};
static const unsigned char file_0072[] = {
#embed "../Migrations/SQL/0072_invitation_mails.sql"
};
static const unsigned char file_0073[] = {
#embed "../Migrations/SQL/0073_restorable_registry.sql"
};
static const unsigned char file_0074[] = {
#embed "../Migrations/SQL/0074_restorable_annotations.sql"
};
static const unsigned char file_0075[] = {
#embed "../Migrations/SQL/0075_purge_in_parts.sql"
};
static const unsigned char file_0076[] = {
#embed "../Migrations/SQL/0076_plans_of_lists.sql"
};
static const struct cmigrations_file files[] = {
    {"0001_identity.sql", file_0001, sizeof file_0001},
    {"0002_projects_and_access.sql", file_0002, sizeof file_0002},
    {"0003_assets.sql", file_0003, sizeof file_0003},
    {"0004_tasks.sql", file_0004, sizeof file_0004},
    {"0005_rpds.sql", file_0005, sizeof file_0005},
    {"0006_reviews.sql", file_0006, sizeof file_0006},
    {"0007_exports.sql", file_0007, sizeof file_0007},
    {"0008_jobs_and_events.sql", file_0008, sizeof file_0008},
    {"0009_decisions.sql", file_0009, sizeof file_0009},
    {"0010_sign_in.sql", file_0010, sizeof file_0010},
    {"0011_annotations.sql", file_0011, sizeof file_0011},
    {"0012_organizations.sql", file_0012, sizeof file_0012},
    {"0013_projects.sql", file_0013, sizeof file_0013},
    {"0014_findings.sql", file_0014, sizeof file_0014},
    {"0015_registry.sql", file_0015, sizeof file_0015},
    {"0016_notifications.sql", file_0016, sizeof file_0016},
    {"0017_documents_and_ips.sql", file_0017, sizeof file_0017},
    {"0018_batch_jobs.sql", file_0018, sizeof file_0018},
    {"0019_characters_of_materials.sql", file_0019, sizeof file_0019},
    {"0020_asset_vectors.sql", file_0020, sizeof file_0020},
    {"0021_search.sql", file_0021, sizeof file_0021},
    {"0022_board.sql", file_0022, sizeof file_0022},
    {"0023_generated_references.sql", file_0023, sizeof file_0023},
    {"0024_audit_log.sql", file_0024, sizeof file_0024},
    {"0025_picture_analyses.sql", file_0025, sizeof file_0025},
    {"0026_document_pictures.sql", file_0026, sizeof file_0026},
    {"0027_activity.sql", file_0027, sizeof file_0027},
    {"0028_rpd_readiness.sql", file_0028, sizeof file_0028},
    {"0029_orders.sql", file_0029, sizeof file_0029},
    {"0030_moments_of_change.sql", file_0030, sizeof file_0030},
    {"0031_deleted_objects.sql", file_0031, sizeof file_0031},
    {"0032_dialogue.sql", file_0032, sizeof file_0032},
    {"0033_thumbnails.sql", file_0033, sizeof file_0033},
    {"0034_option_orders.sql", file_0034, sizeof file_0034},
    {"0035_exports_of_several_tasks.sql", file_0035, sizeof file_0035},
    {"0036_imports.sql", file_0036, sizeof file_0036},
    {"0037_scripts.sql", file_0037, sizeof file_0037},
    {"0038_people_details.sql", file_0038, sizeof file_0038},
    {"0039_drive_imports.sql", file_0039, sizeof file_0039},
    {"0040_media.sql", file_0040, sizeof file_0040},
    {"0041_video_scenes.sql", file_0041, sizeof file_0041},
    {"0042_video_reviews.sql", file_0042, sizeof file_0042},
    {"0043_rpd_tests.sql", file_0043, sizeof file_0043},
    {"0044_promoted_knowledge.sql", file_0044, sizeof file_0044},
    {"0045_accessible_users.sql", file_0045, sizeof file_0045},
    {"0046_import_warnings.sql", file_0046, sizeof file_0046},
    {"0047_rpd_test_videos.sql", file_0047, sizeof file_0047},
    {"0048_one_clock.sql", file_0048, sizeof file_0048},
    {"0049_purge.sql", file_0049, sizeof file_0049},
    {"0050_orders_of_links.sql", file_0050, sizeof file_0050},
    {"0051_search_pairs.sql", file_0051, sizeof file_0051},
    {"0052_people_of_projects.sql", file_0052, sizeof file_0052},
    {"0053_task_events.sql", file_0053, sizeof file_0053},
    {"0054_known_people.sql", file_0054, sizeof file_0054},
    {"0055_invited_people.sql", file_0055, sizeof file_0055},
    {"0056_times_of_revisions.sql", file_0056, sizeof file_0056},
    {"0057_task_numbers.sql", file_0057, sizeof file_0057},
    {"0058_names_of_lists.sql", file_0058, sizeof file_0058},
    {"0059_outcomes_of_people.sql", file_0059, sizeof file_0059},
    {"0060_deleted_rows.sql", file_0060, sizeof file_0060},
    {"0061_picture_copies.sql", file_0061, sizeof file_0061},
    {"0062_generated_from_pictures.sql", file_0062, sizeof file_0062},
    {"0063_samples_and_overlays.sql", file_0063, sizeof file_0063},
    {"0064_changes_of_knowledge.sql", file_0064, sizeof file_0064},
    {"0065_notifications_of_runs.sql", file_0065, sizeof file_0065},
    {"0066_runs_again.sql", file_0066, sizeof file_0066},
    {"0067_files_of_projects.sql", file_0067, sizeof file_0067},
    {"0068_chosen_review_sets.sql", file_0068, sizeof file_0068},
    {"0069_groups_of_motifs.sql", file_0069, sizeof file_0069},
    {"0070_discussed_findings.sql", file_0070, sizeof file_0070},
    {"0071_shared_knowledge.sql", file_0071, sizeof file_0071},
    {"0072_invitation_mails.sql", file_0072, sizeof file_0072},
    {"0073_restorable_registry.sql", file_0073, sizeof file_0073},
    {"0074_restorable_annotations.sql", file_0074, sizeof file_0074},
    {"0075_purge_in_parts.sql", file_0075, sizeof file_0075},
    {"0076_plans_of_lists.sql", file_0076, sizeof file_0076},
};

size_t cmigrations_count(void) { return sizeof files / sizeof files[0]; }

struct cmigrations_file cmigrations_file(size_t index) { return files[index]; }
