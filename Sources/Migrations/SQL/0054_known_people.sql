-- Who is known by name to people who share nothing with them any more: authors go, what they wrote stays.
--
-- Addresses are not part of it (users_with_known_address), nor are lists of people to choose from (accessible_users).

-- People who were members of an organisation, or changed something about it without being one, as system admins do.
create table known_in_organizations (
    user_id uuid not null references users on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    created_at timestamptz not null default now(),
    primary key (user_id, organization_id)
);

create index known_in_organizations_of_organization on known_in_organizations (organization_id);

-- People who took part in a project, by whichever way.
create table known_in_projects (
    user_id uuid not null references users on delete cascade,
    project_id uuid not null references projects on delete cascade,
    created_at timestamptz not null default now(),
    primary key (user_id, project_id)
);

create index known_in_projects_of_project on known_in_projects (project_id);

-- Of people, organisations and projects that go at the same time nothing is kept: the joins no longer find them. It is
-- written before the rows go: when an organisation is deleted, one of the two tables still has its rows.

create function remember_member()
returns trigger
language plpgsql
as $$
begin
    insert into known_in_organizations (user_id, organization_id)
    select users.id, organizations.id
    from users
    cross join organizations
    where users.id = old.user_id
    and organizations.id = old.organization_id
    on conflict do nothing;
    insert into known_in_projects (user_id, project_id)
    select users.id, projects.id
    from users
    cross join projects
    where users.id = old.user_id
    and (
        projects.organization_id = old.organization_id
        or projects.id in (
            select project_id
            from project_organizations
            where organization_id = old.organization_id
        )
    )
    on conflict do nothing;
    return old;
end
$$;

create trigger organization_members_remember
before delete on organization_members
for each row execute function remember_member();

create function remember_participant()
returns trigger
language plpgsql
as $$
begin
    insert into known_in_projects (user_id, project_id)
    select users.id, projects.id
    from users
    cross join projects
    where users.id = old.user_id
    and projects.id = old.project_id
    on conflict do nothing;
    return old;
end
$$;

create trigger project_members_remember
before delete on project_members
for each row execute function remember_participant();

create function remember_cooperation()
returns trigger
language plpgsql
as $$
begin
    insert into known_in_projects (user_id, project_id)
    select members.user_id, projects.id
    from organization_members as members
    cross join projects
    where members.organization_id = old.organization_id
    and projects.id = old.project_id
    on conflict do nothing;
    return old;
end
$$;

create trigger project_organizations_remember
before delete on project_organizations
for each row execute function remember_cooperation();

create function remember_actor()
returns trigger
language plpgsql
as $$
begin
    insert into known_in_organizations (user_id, organization_id)
    select users.id, organizations.id
    from users
    cross join organizations
    where users.id = new.created_by
    and organizations.id = new.organization_id
    and not exists (
        select 1
        from organization_members as members
        where members.user_id = users.id
        and members.organization_id = organizations.id
    )
    on conflict do nothing;
    return null;
end
$$;

create trigger audit_entries_remember
after insert on audit_entries
for each row
when (new.project_id is null and new.organization_id is not null and new.created_by is not null)
execute function remember_actor();

-- Those who went before this was kept.
insert into known_in_organizations (user_id, organization_id)
select distinct users.id, organizations.id
from audit_entries as entries
join users on users.id = entries.created_by or (entries.entity_type = 'ORGANIZATION_MEMBER' and users.id = entries.user_id)
join organizations on organizations.id = entries.organization_id
where entries.project_id is null
and not exists (
    select 1
    from organization_members as members
    where members.user_id = users.id
    and members.organization_id = organizations.id
);

insert into known_in_projects (user_id, project_id)
select distinct users.id, projects.id
from audit_entries as entries
join users on users.id = entries.created_by or (entries.entity_type = 'PROJECT_MEMBER' and users.id = entries.user_id)
join projects on projects.id = entries.project_id
where not exists (
    select 1
    from project_participants as participants
    where participants.user_id = users.id
    and participants.project_id = projects.id
);

-- Which of these people a viewer may know by name: rule COLLEAGUE, and those who are known in the viewer's organisations
-- and projects. It goes out from the people, who are few, and not from everybody whom the viewer can see.
create function known_users(viewer uuid, people uuid[])
returns table (user_id uuid)
language sql
stable
as $$
    with own_projects as materialized (
        select project_id
        from accessible_projects(viewer)
    ),
    own_organizations as materialized (
        select organization_id
        from organization_members
        where organization_members.user_id = viewer
    ),
    organizations_met as materialized (
        select organization_id
        from own_organizations
        union all
        select organization_id
        from projects
        where id in (select project_id from own_projects)
        union all
        select organization_id
        from project_organizations
        where project_id in (select project_id from own_projects)
    )
    select users.id
    from users
    where users.id = any(people)
    and (
        users.id = viewer
        or exists (select 1 from users as viewers where viewers.id = viewer and viewers.role = 'ADMIN')
    )
    union all
    select members.user_id
    from organization_members as members
    where members.user_id = any(people)
    and members.organization_id in (select organization_id from organizations_met)
    union all
    select members.user_id
    from project_members as members
    where members.user_id = any(people)
    and members.project_id in (select project_id from own_projects)
    union all
    select known.user_id
    from known_in_projects as known
    where known.user_id = any(people)
    and known.project_id = any(array(select project_id from own_projects))
    union all
    select known.user_id
    from known_in_organizations as known
    where known.user_id = any(people)
    and known.organization_id = any(array(select organization_id from own_organizations))
$$;
