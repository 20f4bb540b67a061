select entity.id, entity.name, entity.description, entity.created_at, entity.updated_at, entity.created_at as sort_key_0, entity.id as sort_key_1
from organizations as entity
where entity.id in (select organization_id from accessible_organizations($1)) order by entity.created_at asc, entity.id asc limit $2;

select entity.id, entity.name, entity.position, entity.organization_id, entity.organization_id
from task_priorities as entity
where entity.organization_id = any($1)
and entity.organization_id in (select organization_id from accessible_organizations($2))
order by entity.organization_id, entity.position;

select entity.id, entity.name, entity.position, entity.organization_id, entity.organization_id
from task_statuses as entity
where entity.organization_id = any($1)
and entity.organization_id in (select organization_id from accessible_organizations($2))
order by entity.organization_id, entity.position;

select page.*, parent.id as parent_id
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.organization_id, entity.name, entity.description, entity.created_by, entity.created_at, entity.updated_at, entity.created_at as sort_key_0, entity.id as sort_key_1
from projects as entity
where entity.organization_id = parent.id
and entity.id in (select project_id from accessible_projects($2)) order by entity.created_at desc, entity.id desc limit $3) as page
order by parent.id, page.sort_key_0 desc, page.sort_key_1 desc;

select organization_id
from organization_members
where user_id = $1
and organization_id = any($2);
