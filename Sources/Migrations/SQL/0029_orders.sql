-- The other orders in which lists can be read, each with the index that serves it, in both directions.

create index projects_by_change on projects (updated_at, id);
create index projects_by_name on projects (name, id);
create index projects_of_organization_by_change on projects (organization_id, updated_at, id);
create index projects_of_organization_by_name on projects (organization_id, name, id);

create index users_by_name on users (name, id);

create index task_tags_by_name_and_id on task_tags (project_id, name, id);
create index rpds_by_change on rpds (project_id, updated_at, id) where deleted_at is null;
create index rpd_versions_by_title on rpd_versions (project_id, title, rpd_id) where is_active;
create index characters_by_change on characters (project_id, updated_at, id);
create index characters_by_name on characters (project_id, name, id);
create index items_by_change on items (project_id, updated_at, id);
create index review_sets_by_change on review_sets (project_id, updated_at, id);
create index review_sets_by_name_and_id on review_sets (project_id, name, id);
create index documents_by_change on documents (project_id, updated_at, id) where deleted_at is null;
create index documents_by_name on documents (project_id, name, id) where deleted_at is null;
create index batch_jobs_by_end on batch_jobs (project_id, coalesce(finished_at, 'infinity'::timestamptz), id);
create index batch_job_items_by_end on batch_job_items (batch_job_id, coalesce(finished_at, 'infinity'::timestamptz), id);
create index generated_references_by_end
on generated_references (project_id, created_by, coalesce(finished_at, 'infinity'::timestamptz), id);

create index subtasks_by_age on subtasks (task_id, created_at, id) where deleted_at is null;
create index subtasks_by_change on subtasks (task_id, updated_at, id) where deleted_at is null;
create index subtasks_by_name on subtasks (task_id, name, id) where deleted_at is null;
create index exports_by_end on exports (task_id, coalesce(finished_at, 'infinity'::timestamptz), id);
create index annotations_threads_by_change on annotations (subtask_id, updated_at, id) where parent_id is null;

create index reviews_by_end on reviews (project_id, coalesce(finished_at, 'infinity'::timestamptz), id);
create index reviews_of_subtask_by_age on reviews (subtask_id, created_at, id);
create index reviews_of_subtask_by_end on reviews (subtask_id, coalesce(finished_at, 'infinity'::timestamptz), id);

-- From what is safe to what is a risk. Lists, indexes and cursors agree on these numbers.
create function severity_rank(severity text)
returns integer
language sql
immutable
parallel safe
as $$
    select case severity when 'SAFE' then 1 when 'ALERT' then 2 else 3 end
$$;

create index findings_by_change on findings (review_id, updated_at, id);
create index findings_by_severity on findings (review_id, severity_rank(severity), id);

create index organization_invitations_by_expiry on organization_invitations (organization_id, expires_at, id);
create index organization_invitations_by_email on organization_invitations (organization_id, email, id);

create index organizations_by_name_and_id on organizations (name, id);

-- Who takes part where is listed by name too, and an index has the columns of one table only: so the name stands beside
-- the link. The foreign key keeps the copy true, whoever changes the name.

alter table users add constraint users_with_name unique (id, name);
alter table organizations add constraint organizations_with_name unique (id, name);
alter table ips add constraint ips_with_name unique (id, organization_id, name, created_at);

alter table organization_members add column user_name text;
alter table project_members add column user_name text;
alter table project_organizations add column organization_name text;
alter table project_ips add column ip_name text, add column ip_created_at timestamptz;

update organization_members set user_name = (select name from users where id = user_id);
update project_members set user_name = (select name from users where id = user_id);
update project_organizations set organization_name = (select name from organizations where id = organization_id);
update project_ips
set (ip_name, ip_created_at) = (select name, created_at from ips where id = ip_id);

-- A lock on the name, so that nobody changes it before the foreign key is checked.
create function copy_user_name()
returns trigger
language plpgsql
as $$
begin
    select name into new.user_name from users where id = new.user_id for key share;
    return new;
end
$$;

create function copy_organization_name()
returns trigger
language plpgsql
as $$
begin
    select name into new.organization_name from organizations where id = new.organization_id for key share;
    return new;
end
$$;

create function copy_ip_name()
returns trigger
language plpgsql
as $$
begin
    select name, created_at into new.ip_name, new.ip_created_at from ips where id = new.ip_id for key share;
    return new;
end
$$;

create trigger organization_members_copy_name
before insert on organization_members
for each row execute function copy_user_name();

create trigger project_members_copy_name
before insert on project_members
for each row execute function copy_user_name();

create trigger project_organizations_copy_name
before insert on project_organizations
for each row execute function copy_organization_name();

create trigger project_ips_copy_name
before insert on project_ips
for each row execute function copy_ip_name();

alter table organization_members
    drop constraint organization_members_user_id_fkey,
    alter column user_name set not null,
    add foreign key (user_id, user_name) references users (id, name) on update cascade on delete cascade;
alter table project_members
    drop constraint project_members_user_id_fkey,
    alter column user_name set not null,
    add foreign key (user_id, user_name) references users (id, name) on update cascade on delete cascade;
alter table project_organizations
    drop constraint project_organizations_organization_id_fkey,
    alter column organization_name set not null,
    add foreign key (organization_id, organization_name) references organizations (id, name)
    on update cascade on delete cascade;
alter table project_ips
    drop constraint project_ips_ip_id_organization_id_fkey,
    alter column ip_name set not null,
    alter column ip_created_at set not null,
    add foreign key (ip_id, organization_id, ip_name, ip_created_at)
    references ips (id, organization_id, name, created_at) on update cascade on delete cascade;

create index organization_members_by_name on organization_members (organization_id, user_name, user_id);
create index organization_members_admins on organization_members (organization_id, created_at, user_id) where is_admin;
create index project_members_by_name on project_members (project_id, user_name, user_id);
create index project_organizations_by_name on project_organizations (project_id, organization_name, id);
create index project_ips_in_order on project_ips (project_id, ip_created_at, ip_id);
create index project_ips_by_name on project_ips (project_id, ip_name, ip_id);

create or replace view project_cooperations as
select coop.id, coop.project_id, coop.organization_id, coop.organization_name as name, coop.created_at
from project_organizations as coop;

create or replace view attached_ips as
select links.ip_id as id, links.project_id, ips.organization_id, links.ip_name as name, ips.description,
    ips.created_by, links.ip_created_at as created_at, ips.updated_at
from project_ips as links
join ips on ips.id = links.ip_id
where ips.deleted_at is null;
