-- Projects that rest, go and come back; who takes part in them; what their tasks can choose from; tags.

alter table projects
    add column archived_at timestamptz,
    add column deleted_at timestamptz,
    add column deleted_by uuid references users on delete set null;

create index projects_of_deleter on projects (deleted_by);

-- Rule PROJECT_MEMBER, and with it everything in a project: a deleted project has no participants.
create or replace view project_participants as
select projects.id as project_id, members.user_id
from projects
join organization_members as members on members.organization_id = projects.organization_id
where projects.deleted_at is null
union
select coop.project_id, members.user_id
from project_organizations as coop
join projects on projects.id = coop.project_id
join organization_members as members on members.organization_id = coop.organization_id
where projects.deleted_at is null
union
select members.project_id, members.user_id
from project_members as members
join projects on projects.id = members.project_id
where projects.deleted_at is null;

-- A cooperation has an identifier of its own: participants learn the name of a company that takes part, not more.
alter table project_organizations
    add column id uuid not null default gen_random_uuid() unique;

create view project_cooperations as
select coop.id, coop.project_id, coop.organization_id, organizations.name, coop.created_at
from project_organizations as coop
join organizations on organizations.id = coop.organization_id;

create index project_organizations_in_order on project_organizations (project_id, created_at, id);
create index project_members_in_order on project_members (project_id, created_at, user_id);

-- What tasks of a project can choose from. A project without rows here uses all that its organisation has.
create table project_status_candidates (
    project_id uuid not null references projects on delete cascade,
    status_id uuid not null references task_statuses on delete cascade,
    primary key (project_id, status_id)
);

create index project_status_candidates_of_status on project_status_candidates (status_id);

create table project_priority_candidates (
    project_id uuid not null references projects on delete cascade,
    priority_id uuid not null references task_priorities on delete cascade,
    primary key (project_id, priority_id)
);

create index project_priority_candidates_of_priority on project_priority_candidates (priority_id);

create view project_task_statuses as
select projects.id as project_id, statuses.id as status_id, statuses.position
from projects
join task_statuses as statuses on statuses.organization_id = projects.organization_id
where not exists (select 1 from project_status_candidates as chosen where chosen.project_id = projects.id)
or exists (
    select 1
    from project_status_candidates as chosen
    where chosen.project_id = projects.id
    and chosen.status_id = statuses.id
);

create view project_task_priorities as
select projects.id as project_id, priorities.id as priority_id, priorities.position
from projects
join task_priorities as priorities on priorities.organization_id = projects.organization_id
where not exists (select 1 from project_priority_candidates as chosen where chosen.project_id = projects.id)
or exists (
    select 1
    from project_priority_candidates as chosen
    where chosen.project_id = projects.id
    and chosen.priority_id = priorities.id
);

create table task_tags (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    name text not null,
    created_at timestamptz not null default clock_timestamp(),
    constraint task_tags_name_length check (length(name) between 1 and 100),
    constraint task_tags_by_name unique (project_id, name),
    constraint task_tags_in_project unique (id, project_id)
);

create index task_tags_in_order on task_tags (project_id, created_at, id);

create table task_tag_links (
    task_id uuid not null,
    tag_id uuid not null,
    project_id uuid not null,
    primary key (task_id, tag_id),
    foreign key (task_id, project_id) references tasks (id, project_id) on delete cascade,
    foreign key (tag_id, project_id) references task_tags (id, project_id) on delete cascade
);

create index task_tag_links_of_tag on task_tag_links (tag_id, task_id);

-- An invitation into a project lies in the project's organisation; who accepts it takes part in the project only.
alter table organization_invitations add column project_id uuid references projects on delete cascade;

create index organization_invitations_of_project on organization_invitations (project_id);
drop index organization_invitations_one_open;
create unique index organization_invitations_one_open
on organization_invitations (organization_id, email, project_id) nulls not distinct
where accepted_at is null and revoked_at is null;
