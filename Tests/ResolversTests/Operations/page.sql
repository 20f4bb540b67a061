select entity.id, entity.project_id, entity.status_id, entity.priority_id, entity.assignee_id, entity.name, entity.description, entity.due_at, entity.created_by, entity.created_at, entity.updated_at, entity.source_asset_id, entity.number, entity.deleted_at from tasks as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null;

select page.*, parent.id as parent_id
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.format, entity.status, entity.slides_total, entity.slides_done, entity.asset_id, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.started_at, entity.finished_at, entity.has_annotations, entity.has_solved_annotations, entity.has_ai_annotations, entity.has_findings, entity.severities, entity.is_held_only, entity.finding_statuses, entity.content_versions, entity.layout, links.export_created_at as sort_key_0, links.export_id as sort_key_1
from export_tasks as links join exports as entity on entity.id = links.export_id
where links.task_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) order by links.export_created_at asc, links.export_id asc limit 3) as page;

select entity.id, entity.project_id, entity.state, entity.file_name, entity.media_type, entity.byte_count, entity.width, entity.height, entity.sha256, entity.object_key, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.thumbnail_key, entity.duration_seconds, entity.frame_rate, entity.preview_key, entity.picture_key, entity.purpose from assets as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));
