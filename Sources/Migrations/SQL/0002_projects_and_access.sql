-- Projects, and who may see what: the only definition of access in the system.

create table projects (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organizations on delete cascade,
    name text not null,
    description text not null default '',
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint projects_name_length check (length(name) between 1 and 255),
    constraint projects_description_length check (length(description) <= 5000)
);

create index projects_in_order on projects (created_at desc, id desc);
create index projects_of_organization on projects (organization_id, created_at desc, id desc);
create index projects_of_creator on projects (created_by);

create trigger projects_touch
before update on projects
for each row execute function touch_updated_at();

-- Companies that take part without owning the project.
create table project_organizations (
    project_id uuid not null references projects on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    created_at timestamptz not null default now(),
    primary key (project_id, organization_id)
);

create index project_organizations_of_organization on project_organizations (organization_id, project_id);

-- Individuals who take part without a company.
create table project_members (
    project_id uuid not null references projects on delete cascade,
    user_id uuid not null references users on delete cascade,
    created_at timestamptz not null default now(),
    primary key (project_id, user_id)
);

create index project_members_of_user on project_members (user_id, project_id);

-- Rule PROJECT_MEMBER: owner organisation, cooperating organisations, cooperating individuals.
create view project_participants as
select projects.id as project_id, members.user_id
from projects
join organization_members as members on members.organization_id = projects.organization_id
union
select coop.project_id, members.user_id
from project_organizations as coop
join organization_members as members on members.organization_id = coop.organization_id
union
select members.project_id, members.user_id
from project_members as members;

-- The functions below are plain SQL and stable so that the planner puts their text into the statement that calls
-- them. Call them in a from clause: project_id in (select project_id from accessible_projects($1)).

create function accessible_projects(viewer uuid)
returns table (project_id uuid)
language sql
stable
as $$
    select participants.project_id
    from project_participants as participants
    where participants.user_id = viewer
$$;

-- Rule ORGANIZATION_MEMBER: the viewer's own organisations, and the owners of projects the viewer can see.
create function accessible_organizations(viewer uuid)
returns table (organization_id uuid)
language sql
stable
as $$
    select members.organization_id
    from organization_members as members
    where members.user_id = viewer
    union
    select projects.organization_id
    from project_participants as participants
    join projects on projects.id = participants.project_id
    where participants.user_id = viewer
$$;

-- Rule COLLEAGUE: the viewer, members of the viewer's organisations, and participants of the viewer's projects.
create function accessible_users(viewer uuid)
returns table (user_id uuid)
language sql
stable
as $$
    select users.id
    from users
    where users.id = viewer
    union
    select colleagues.user_id
    from organization_members as own
    join organization_members as colleagues on colleagues.organization_id = own.organization_id
    where own.user_id = viewer
    union
    select others.user_id
    from project_participants as own
    join project_participants as others on others.project_id = own.project_id
    where own.user_id = viewer
$$;
