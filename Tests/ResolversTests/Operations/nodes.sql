select entity.id, entity.name, entity.email, entity.role, entity.created_at, entity.picture_url from users as entity where entity.id = any($1) and entity.id in (select user_id from known_users($2, $3));

select entity.id, entity.organization_id, entity.name, entity.description, entity.created_by, entity.created_at, entity.updated_at, entity.archived_at, entity.deleted_at from projects as entity where entity.id = any($1) and entity.id = any(array(select project_id from accessible_projects($2)));

select entity.id, entity.project_id, entity.status_id, entity.priority_id, entity.assignee_id, entity.name, entity.description, entity.due_at, entity.created_by, entity.created_at, entity.updated_at, entity.source_asset_id, entity.number, entity.deleted_at from tasks as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null;

select entity.id, entity.review_id, entity.description, entity.severity, entity.suggestion, entity.tag, entity.status, entity.is_held, entity.area_x, entity.area_y, entity.area_width, entity.area_height, entity.image_width, entity.image_height, entity.created_at, entity.outcome_id, entity.rpd_version_id, entity.confidence, entity.method, entity.updated_at, entity.is_by_ai, entity.created_by, entity.overrides_id, entity.line_number, entity.dialogue, entity.start_seconds, entity.end_seconds, entity.scene_id from findings as entity where entity.id = any($1) and entity.project_id = any(array(select project_id from accessible_projects($2))) and exists (
    select 1
    from reviews
    join subtasks on subtasks.id = reviews.subtask_id
    join tasks on tasks.id = subtasks.task_id
    where reviews.id = entity.review_id
    and subtasks.deleted_at is null
    and tasks.deleted_at is null
);
