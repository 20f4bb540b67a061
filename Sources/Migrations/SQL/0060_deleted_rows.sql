-- Lists of what is deleted, the last deleted first; and review points in the order of their states and versions.

create index projects_deleted on projects (organization_id, deleted_at, id) where deleted_at is not null;
create index tasks_deleted on tasks (project_id, deleted_at, id) where deleted_at is not null;
create index subtasks_deleted on subtasks (task_id, deleted_at, id) where deleted_at is not null;
create index rpds_deleted on rpds (project_id, deleted_at, id) where deleted_at is not null;
create index documents_deleted on documents (project_id, deleted_at, id) where deleted_at is not null;

-- With the deleted works, too: whoever reads it says which are meant.
create or replace view attached_ips as
select links.ip_id as id, links.project_id, ips.organization_id, links.ip_name as name, ips.description,
    ips.created_by, links.ip_created_at as created_at, ips.updated_at, ips.deleted_at
from project_ips as links
join ips on ips.id = links.ip_id;

create index rpds_by_status on rpds (project_id, (is_active::integer), id) where deleted_at is null;
create index rpd_versions_by_number on rpd_versions (project_id, version_number, rpd_id) where is_active;
