select entity.id, entity.name, entity.description, entity.domain, entity.created_at, entity.updated_at
from organizations as entity
where entity.id in (select organization_id from accessible_organizations($1)) order by entity.created_at asc, entity.id asc limit 21;

select entity.id, entity.name, entity.position, entity.organization_id, entity.updated_at, entity.organization_id
from task_priorities as entity
where entity.organization_id = any($1)
and entity.organization_id in (select organization_id from accessible_organizations($2))
order by entity.organization_id, entity.position;

select entity.id, entity.name, entity.position, entity.organization_id, entity.updated_at, entity.organization_id
from task_statuses as entity
where entity.organization_id = any($1)
and entity.organization_id in (select organization_id from accessible_organizations($2))
order by entity.organization_id, entity.position;

select page.*
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.organization_id, entity.name, entity.description, entity.created_by, entity.created_at, entity.updated_at, entity.archived_at, entity.deleted_at
from projects as entity
where entity.organization_id = parent.id
and entity.id = any(array(select project_id from accessible_projects($2))) order by entity.created_at desc, entity.id desc limit 21) as page;

select organizations.id, members.user_id is not null,
    coalesce(members.is_admin, false) or exists (
        select 1
        from users
        where users.id = $1
        and users.role = 'ADMIN'
    )
from organizations
left join organization_members as members
    on members.organization_id = organizations.id
    and members.user_id = $2
where organizations.id = any($3);
