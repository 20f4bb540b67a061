select entity.id, entity.organization_id, entity.name, entity.description, entity.created_by, entity.created_at, entity.updated_at, entity.archived_at, entity.deleted_at
from projects as entity
where entity.id = any(array(select project_id from accessible_projects($1))) order by entity.created_at desc, entity.id desc limit 2;

select entity.id, entity.organization_id, entity.name, entity.description, entity.created_by, entity.created_at, entity.updated_at, entity.archived_at, entity.deleted_at from projects as entity where entity.id = any($1) and entity.id = any(array(select project_id from accessible_projects($2)));

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.project_id, entity.kind, entity.is_active, entity.created_at, entity.updated_at, entity.deleted_at
from rpds as entity
where entity.project_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null and entity.kind = any($3) order by entity.created_at asc, entity.id asc limit 21) as page;

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.project_id, entity.kind, entity.is_active, entity.created_at, entity.updated_at, entity.deleted_at
from rpds as entity
where entity.project_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null and entity.is_active = $3 order by entity.created_at asc, entity.id asc limit 21) as page;

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.project_id, entity.status_id, entity.priority_id, entity.assignee_id, entity.name, entity.description, entity.due_at, entity.created_by, entity.created_at, entity.updated_at, entity.source_asset_id, entity.number, entity.deleted_at
from tasks as entity
where entity.project_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null order by entity.created_at desc, entity.id desc limit 2) as page;

select count(*) from projects as entity where entity.id = any(array(select project_id from accessible_projects($1)));

select page.*, parent.id as parent_id
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.format, entity.status, entity.slides_total, entity.slides_done, entity.asset_id, entity.error_code, entity.error_message, entity.created_by, entity.created_at, entity.started_at, entity.finished_at, entity.has_annotations, entity.has_solved_annotations, entity.has_ai_annotations, entity.has_findings, entity.severities, entity.is_held_only, entity.finding_statuses, entity.content_versions, entity.layout, links.export_created_at as sort_key_0, links.export_id as sort_key_1
from export_tasks as links join exports as entity on entity.id = links.export_id
where links.task_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) order by links.export_created_at desc, links.export_id desc limit 21) as page;

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.task_id, entity.position, entity.kind, entity.status, entity.name, entity.description, entity.created_at, entity.updated_at, entity.slide_number, entity.deleted_at
from subtasks as entity
where entity.task_id = parent.id
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null order by entity.position asc limit 21) as page;

select entity.project_id, count(*)
from tasks as entity
where entity.project_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null
group by 1;

select entity.project_id, count(*)
from rpds as entity
where entity.project_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null and entity.is_active = $3
group by 1;

select entity.project_id, count(*)
from rpds as entity
where entity.project_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null and entity.kind = any($3)
group by 1;

select entity.task_id, count(*)
from subtasks as entity
where entity.task_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2))) and entity.deleted_at is null
group by 1;

select links.task_id, count(*)
from export_tasks as links join exports as entity on entity.id = links.export_id
where links.task_id = any($1)
and entity.project_id = any(array(select project_id from accessible_projects($2)))
group by 1;
