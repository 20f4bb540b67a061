select entity.id, entity.subtask_id, entity.content_id, entity.version, entity.status, entity.mode, entity.trigger, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.started_at, entity.finished_at, entity.annotated_script_id from reviews as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2))) and exists (
    select 1
    from subtasks
    join tasks on tasks.id = subtasks.task_id
    where subtasks.id = entity.subtask_id
    and subtasks.deleted_at is null
    and tasks.deleted_at is null
);

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.review_id, entity.description, entity.severity, entity.suggestion, entity.tag, entity.status, entity.is_held, entity.area_x, entity.area_y, entity.area_width, entity.area_height, entity.image_width, entity.image_height, entity.created_at
from findings as entity
where entity.review_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.is_held = $3 order by entity.created_at asc, entity.id asc limit 21) as page;

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.review_id, entity.description, entity.severity, entity.suggestion, entity.tag, entity.status, entity.is_held, entity.area_x, entity.area_y, entity.area_width, entity.area_height, entity.image_width, entity.image_height, entity.created_at
from findings as entity
where entity.review_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.severity = any($3) order by entity.created_at asc, entity.id asc limit 21) as page;

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.review_id, entity.rpd_version_id, entity.position, entity.status, entity.error_code, entity.error_message, entity.model_name, entity.measurements, entity.duration_milliseconds, entity.started_at, entity.finished_at
from review_outcomes as entity
where entity.review_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) order by entity.position asc limit 21) as page;

select distinct on (subtask_id) id
from reviews
where subtask_id = any($1)
and status = 'COMPLETED'
order by subtask_id, version desc;

select entity.id, entity.name, entity.email, entity.role, entity.created_at, entity.picture_url from users as entity where entity.id = any($1) and entity.id in (select user_id from known_users($2, $3));

select entity.id, entity.subtask_id, entity.version, entity.asset_id, entity.created_by, entity.created_at from subtask_contents as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));

select entity.id, entity.task_id, entity.position, entity.kind, entity.status, entity.name, entity.description, entity.created_at, entity.updated_at, entity.slide_number, entity.deleted_at from subtasks as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));

select distinct on (entity.subtask_id) entity.id, entity.subtask_id, entity.content_id, entity.version, entity.status, entity.mode, entity.trigger, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.started_at, entity.finished_at, entity.annotated_script_id, entity.subtask_id
from reviews as entity
where entity.subtask_id = any($1)
and entity.status = 'COMPLETED'
and entity.project_id = any(array(select project_id from accessible_projects($2)))
order by entity.subtask_id, entity.version desc;

select entity.id, entity.subtask_id, entity.content_id, entity.version, entity.status, entity.mode, entity.trigger, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.started_at, entity.finished_at, entity.annotated_script_id, entity.subtask_id
from reviews as entity
where entity.subtask_id = any($1)
and entity.status in ('PENDING', 'PROCESSING')
and entity.project_id = any(array(select project_id from accessible_projects($2)));

select page.*, parent.id as parent_id
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.review_id, entity.description, entity.severity, entity.suggestion, entity.tag, entity.status, entity.is_held, entity.area_x, entity.area_y, entity.area_width, entity.area_height, entity.image_width, entity.image_height, entity.created_at, entity.ordinal as sort_key_0
from findings as entity
where entity.outcome_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) order by entity.ordinal asc limit 21) as page;

select entity.review_id, count(*)
from findings as entity
where entity.review_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.severity = any($3)
group by 1;

select entity.review_id, count(*)
from findings as entity
where entity.review_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.is_held = $3
group by 1;

select entity.id, entity.project_id, entity.status_id, entity.priority_id, entity.assignee_id, entity.name, entity.description, entity.due_at, entity.created_by, entity.created_at, entity.updated_at, entity.source_asset_id, entity.number, entity.deleted_at from tasks as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));

select entity.id, entity.project_id, entity.state, entity.file_name, entity.media_type, entity.byte_count, entity.width, entity.height, entity.sha256, entity.object_key, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.thumbnail_key, entity.duration_seconds, entity.frame_rate, entity.preview_key, entity.picture_key, entity.purpose from assets as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));

select entity.id, entity.rpd_id, entity.version_number, entity.title, entity.instruction, entity.tags, entity.ng_subcategory, entity.is_active, entity.created_by, entity.created_at, entity.readiness, entity.error_code, entity.error_message, entity.instruction_parts, entity.visual_check, entity.prepared_at, entity.appellations, entity.special_rules from rpd_versions as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));

select entity.outcome_id, count(*)
from findings as entity
where entity.outcome_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2)))
group by 1;

select entity.id, entity.organization_id, entity.name, entity.description, entity.created_by, entity.created_at, entity.updated_at, entity.archived_at, entity.deleted_at from projects as entity where entity.id = any($1) and entity.id = any(array(select project_id from accessible_projects($2)));
