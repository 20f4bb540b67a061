-- How organisations are run: who may, whom they invite, what was done; and what belongs to a person alone.

create index users_in_order on users (created_at, id);

-- System admins see all people and organisations, but no projects.

create or replace function accessible_organizations(viewer uuid)
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
    union
    select organizations.id
    from organizations
    where exists (select 1 from users as viewers where viewers.id = viewer and viewers.role = 'ADMIN')
$$;

create or replace function accessible_users(viewer uuid)
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
    union
    select users.id
    from users
    where exists (select 1 from users as viewers where viewers.id = viewer and viewers.role = 'ADMIN')
$$;

-- Rule ORGANIZATION_ADMIN: admins of the organisation, and system admins.
create function administered_organizations(viewer uuid)
returns table (organization_id uuid)
language sql
stable
as $$
    select members.organization_id
    from organization_members as members
    where members.user_id = viewer
    and members.is_admin
    union
    select organizations.id
    from organizations
    where exists (select 1 from users as viewers where viewers.id = viewer and viewers.role = 'ADMIN')
$$;

-- Whose e-mail addresses a viewer sees: one's own and those of members of one's own organisations. Who meets somebody
-- in a project only learns the name.
create function users_with_known_address(viewer uuid)
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
    select users.id
    from users
    where exists (select 1 from users as viewers where viewers.id = viewer and viewers.role = 'ADMIN')
$$;

-- Of the token in the invitation only its SHA-256 is here.
create table organization_invitations (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organizations on delete cascade,
    email text not null,
    is_admin boolean not null default false,
    hash bytea not null unique,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid references users on delete set null,
    revoked_at timestamptz,
    constraint organization_invitations_email_is_lower_case
    check (email = lower(email) and email like '%_@_%' and length(email) <= 255),
    constraint organization_invitations_hash_is_sha_256 check (length(hash) = 32),
    constraint organization_invitations_end_once check (accepted_at is null or revoked_at is null)
);

create unique index organization_invitations_one_open on organization_invitations (organization_id, email)
where accepted_at is null and revoked_at is null;
create index organization_invitations_in_order on organization_invitations (organization_id, created_at desc, id desc);
create index organization_invitations_of_creator on organization_invitations (created_by);
create index organization_invitations_of_guest on organization_invitations (accepted_by);

-- Who changed what about rights and people. Rows are never changed; they go with their organisation.
create table audit_entries (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organizations on delete cascade,
    project_id uuid references projects on delete cascade,
    action text not null,
    -- Whom it concerns.
    user_id uuid references users on delete set null,
    -- Names and numbers at that time.
    details jsonb not null default '{}',
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp()
);

create index audit_entries_in_order on audit_entries (organization_id, created_at desc, id desc);
create index audit_entries_of_project on audit_entries (project_id, created_at desc, id desc);
create index audit_entries_of_user on audit_entries (user_id);
create index audit_entries_of_creator on audit_entries (created_by);

create table user_preferences (
    user_id uuid primary key references users on delete cascade,
    settings jsonb not null default '{}',
    updated_at timestamptz not null default now(),
    constraint user_preferences_settings_are_an_object check (jsonb_typeof(settings) = 'object')
);

create trigger user_preferences_touch
before update on user_preferences
for each row execute function touch_updated_at();

-- The pictures that a person likes.
create table likes (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    asset_id uuid not null references assets on delete cascade,
    created_at timestamptz not null default clock_timestamp(),
    constraint likes_once unique (user_id, asset_id)
);

create index likes_in_order on likes (user_id, created_at desc, id desc);
create index likes_of_asset on likes (asset_id);
