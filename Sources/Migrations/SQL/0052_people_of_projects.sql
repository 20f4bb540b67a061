-- Everybody who takes part in a project, in the orders of their list: people come from several tables, and an index has the
-- columns of one only.
--
-- A row for each way in which a person takes part: by the owner, by an organisation that cooperates, or alone. Rights are not
-- read here: they come from project_participants, as before.

alter table users add constraint users_with_name_and_age unique (id, name, created_at);

create table project_people (
    project_id uuid not null references projects on delete cascade,
    user_id uuid not null,
    -- Null for who takes part alone.
    organization_id uuid references organizations on delete cascade,
    -- Of the ways of one person the list shows the first.
    way uuid not null generated always as (coalesce(organization_id, project_id)) stored,
    user_name text not null,
    user_created_at timestamptz not null,
    primary key (project_id, user_id, way),
    foreign key (user_id, user_name, user_created_at) references users (id, name, created_at)
    on update cascade on delete cascade
);

create index project_people_by_age on project_people (project_id, user_created_at, user_id);
create index project_people_by_name on project_people (project_id, user_name, user_id);
create index project_people_of_user on project_people (user_id, organization_id);
create index project_people_of_organization on project_people (organization_id);

-- The ways that the tables of members tell; of deleted projects too, which come back with theirs.
create view project_ways as
select projects.id as project_id, members.user_id, members.organization_id
from projects
join organization_members as members on members.organization_id = projects.organization_id
union
select coop.project_id, members.user_id, members.organization_id
from project_organizations as coop
join organization_members as members on members.organization_id = coop.organization_id
union all
select members.project_id, members.user_id, null
from project_members as members;

insert into project_people (project_id, user_id, organization_id, user_name, user_created_at)
select ways.project_id, ways.user_id, ways.organization_id, users.name, users.created_at
from project_ways as ways
join users on users.id = ways.user_id;

-- What follows happens one after the other for each organisation, whose row is locked: of somebody who joins it and of a
-- project that it joins at the same time, the second sees the first. Names are locked, so that nobody changes them before the
-- foreign key is checked.

create function follow_member()
returns trigger
language plpgsql
as $$
begin
    perform 1 from organizations where id = coalesce(new.organization_id, old.organization_id) for no key update;
    if tg_op = 'DELETE' then
        delete from project_people where user_id = old.user_id and organization_id = old.organization_id;
        return null;
    end if;
    insert into project_people (project_id, user_id, organization_id, user_name, user_created_at)
    select projects.id, users.id, new.organization_id, users.name, users.created_at
    from users
    join (
        select id from projects where organization_id = new.organization_id
        union
        select project_id from project_organizations where organization_id = new.organization_id
    ) as projects on true
    where users.id = new.user_id
    for key share of users
    on conflict do nothing;
    return null;
end
$$;

create trigger organization_members_people
after insert or delete on organization_members
for each row execute function follow_member();

-- Of a project that is made, its owner; of a cooperation, the organisation that cooperates.
create function follow_organization()
returns trigger
language plpgsql
as $$
declare
    project constant uuid := to_jsonb(coalesce(new, old)) ->> tg_argv[0];
begin
    perform 1 from organizations where id = coalesce(new.organization_id, old.organization_id) for no key update;
    if tg_op = 'DELETE' then
        delete from project_people as people
        where people.project_id = project
        and people.organization_id = old.organization_id
        and not exists (
            select 1
            from projects
            where projects.id = project
            and projects.organization_id = old.organization_id
        );
        return null;
    end if;
    insert into project_people (project_id, user_id, organization_id, user_name, user_created_at)
    select project, users.id, new.organization_id, users.name, users.created_at
    from organization_members as members
    join users on users.id = members.user_id
    where members.organization_id = new.organization_id
    for key share of users
    on conflict do nothing;
    return null;
end
$$;

create trigger projects_people
after insert on projects
for each row execute function follow_organization('id');

create trigger project_organizations_people
after insert or delete on project_organizations
for each row execute function follow_organization('project_id');

create function follow_person()
returns trigger
language plpgsql
as $$
begin
    if tg_op = 'DELETE' then
        delete from project_people
        where project_id = old.project_id
        and user_id = old.user_id
        and organization_id is null;
        return null;
    end if;
    insert into project_people (project_id, user_id, organization_id, user_name, user_created_at)
    select new.project_id, users.id, null, users.name, users.created_at
    from users
    where users.id = new.user_id
    for key share of users
    on conflict do nothing;
    return null;
end
$$;

create trigger project_members_people
after insert or delete on project_members
for each row execute function follow_person();
