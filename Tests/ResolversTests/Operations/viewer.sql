select entity.id, entity.name, entity.email, entity.role, entity.created_at, entity.picture_url from users as entity where entity.id = any($1) and entity.id in (select user_id from known_users($2, $3));

select page.*, parent.id as parent_id
from unnest($1) as parent (id)
cross join lateral (select entity.id, entity.name, entity.description, entity.domain, entity.created_at, entity.updated_at, members.organization_created_at as sort_key_0, members.organization_id as sort_key_1
from organization_members as members
join organizations as entity on entity.id = members.organization_id
where members.user_id = parent.id
and entity.id in (select organization_id from accessible_organizations($2)) order by members.organization_created_at asc, members.organization_id asc limit 21) as page;

select members.user_id, count(*)
from organization_members as members
join organizations as entity on entity.id = members.organization_id
where members.user_id = any($1)
and entity.id in (select organization_id from accessible_organizations($2))
group by 1;
