select entity.id, entity.organization_id, entity.name, entity.description, entity.created_by, entity.created_at, entity.updated_at, entity.archived_at, entity.deleted_at
from projects as entity
where entity.id = any(array(select project_id from accessible_projects($1))) order by entity.created_at desc, entity.id desc limit 101;

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.project_id, entity.status_id, entity.priority_id, entity.assignee_id, entity.name, entity.description, entity.due_at, entity.created_by, entity.created_at, entity.updated_at, entity.source_asset_id, entity.number, entity.deleted_at
from tasks as entity
where entity.project_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null order by entity.created_at desc, entity.id desc limit 101) as page;

select entity.id, entity.name, entity.description, entity.domain, entity.created_at, entity.updated_at from organizations as entity where entity.id = any($1) and entity.id in (select organization_id from accessible_organizations($2));

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.task_id, entity.position, entity.kind, entity.status, entity.name, entity.description, entity.created_at, entity.updated_at, entity.slide_number, entity.deleted_at
from subtasks as entity
where entity.task_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null order by entity.position asc limit 101) as page;

select entity.id, entity.name, entity.email, entity.role, entity.created_at, entity.picture_url from users as entity where entity.id = any($1) and entity.id in (select user_id from known_users($2, $3));

select entity.id, entity.name, entity.position, entity.organization_id, entity.updated_at from task_priorities as entity where entity.id = any($1) and entity.organization_id in (select organization_id from accessible_organizations($2));

select entity.id, entity.name, entity.position, entity.organization_id, entity.updated_at from task_statuses as entity where entity.id = any($1) and entity.organization_id in (select organization_id from accessible_organizations($2));

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.subtask_id, entity.content_id, entity.version, entity.status, entity.mode, entity.trigger, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.started_at, entity.finished_at, entity.annotated_script_id
from reviews as entity
where entity.subtask_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) order by entity.version desc limit 101) as page;

select distinct on (entity.subtask_id) entity.id, entity.subtask_id, entity.version, entity.asset_id, entity.created_by, entity.created_at, entity.subtask_id
from subtask_contents as entity
where entity.subtask_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2)))
order by entity.subtask_id, entity.version desc;

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.review_id, entity.description, entity.severity, entity.suggestion, entity.tag, entity.status, entity.is_held, entity.area_x, entity.area_y, entity.area_width, entity.area_height, entity.image_width, entity.image_height, entity.created_at, entity.outcome_id, entity.rpd_version_id, entity.confidence, entity.method, entity.updated_at, entity.is_by_ai, entity.created_by, entity.overrides_id, entity.line_number, entity.dialogue, entity.start_seconds, entity.end_seconds, entity.scene_id
from findings as entity
where entity.review_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) order by entity.created_at asc, entity.id asc limit 101) as page;

select review.id,
    (
        select count(*)
        from review_outcomes as outcomes
        where outcomes.review_id = review.id
        and outcomes.status <> 'MANUAL'
    ),
    (
        select count(*)
        from review_outcomes as outcomes
        where outcomes.review_id = review.id
        and outcomes.status not in ('PENDING', 'RUNNING', 'MANUAL')
    ),
    (select count(*) from findings where findings.review_id = review.id),
    (
        select count(*)
        from reviews
        join subtask_contents as contents on contents.id = reviews.content_id
        join video_scenes as scenes on scenes.asset_id = contents.asset_id
        join review_outcomes as outcomes on outcomes.review_id = reviews.id
        where reviews.id = review.id
        and outcomes.status <> 'MANUAL'
    ),
    (select count(*) from review_scene_results as results where results.review_id = review.id)
from unnest($1) as review (id);

select distinct on (subtask_id) id
from reviews
where subtask_id = any($1)
and status = 'COMPLETED'
order by subtask_id, version desc;

select entity.id, entity.project_id, entity.state, entity.file_name, entity.media_type, entity.byte_count, entity.width, entity.height, entity.sha256, entity.object_key, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.thumbnail_key, entity.duration_seconds, entity.frame_rate, entity.preview_key, entity.picture_key, entity.purpose from assets as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));

select entity.id, entity.name, entity.email, entity.role, entity.created_at, entity.picture_url from users as entity where entity.id = any($1) and entity.id in (select user_id from known_users($2, $3));

select entity.id, entity.review_id, entity.rpd_version_id, entity.position, entity.status, entity.error_code, entity.error_message, entity.model_name, entity.measurements, entity.duration_milliseconds, entity.started_at, entity.finished_at from review_outcomes as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));

select entity.id, entity.rpd_id, entity.version_number, entity.title, entity.instruction, entity.tags, entity.ng_subcategory, entity.is_active, entity.created_by, entity.created_at, entity.readiness, entity.error_code, entity.error_message, entity.instruction_parts, entity.visual_check, entity.prepared_at, entity.appellations, entity.special_rules from rpd_versions as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));

select entity.id, entity.project_id, entity.state, entity.file_name, entity.media_type, entity.byte_count, entity.width, entity.height, entity.sha256, entity.object_key, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.thumbnail_key, entity.duration_seconds, entity.frame_rate, entity.preview_key, entity.picture_key, entity.purpose, links.rpd_version_id
from rpd_version_assets as links
join assets as entity on entity.id = links.asset_id
where links.rpd_version_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2)))
order by links.rpd_version_id, links.position;

select entity.id, entity.project_id, entity.kind, entity.is_active, entity.created_at, entity.updated_at, entity.deleted_at from rpds as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2)));
