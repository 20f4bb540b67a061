-- People and the companies they work for.

-- Every table with an updated_at has a trigger that calls this.
create function touch_updated_at()
returns trigger
language plpgsql
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

create table users (
    id uuid primary key default gen_random_uuid(),
    email text not null,
    name text not null,
    role text not null default 'USER',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint users_email_is_lower_case check (email = lower(email) and email like '%_@_%' and length(email) <= 255),
    constraint users_name_length check (length(name) between 1 and 255),
    constraint users_role_is_known check (role in ('USER', 'ADMIN'))
);

create unique index users_by_email on users (email);

create trigger users_touch
before update on users
for each row execute function touch_updated_at();

create table organizations (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    description text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint organizations_name_length check (length(name) between 1 and 255)
);

create unique index organizations_by_name on organizations (name);
create index organizations_in_order on organizations (created_at, id);

create trigger organizations_touch
before update on organizations
for each row execute function touch_updated_at();

-- An admin is a member with a right more: an admin who is no member cannot be written down.
create table organization_members (
    organization_id uuid not null references organizations on delete cascade,
    user_id uuid not null references users on delete cascade,
    is_admin boolean not null default false,
    created_at timestamptz not null default now(),
    primary key (user_id, organization_id)
);

create index organization_members_in_order on organization_members (organization_id, created_at, user_id);

-- The steps and the degrees of urgency that an organisation's tasks can have, in order.
create table task_statuses (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organizations on delete cascade,
    position integer not null,
    name text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint task_statuses_position_is_natural check (position >= 1),
    constraint task_statuses_name_length check (length(name) between 1 and 100),
    constraint task_statuses_in_order unique (organization_id, position) deferrable initially immediate
);

create unique index task_statuses_by_name on task_statuses (organization_id, name);

create trigger task_statuses_touch
before update on task_statuses
for each row execute function touch_updated_at();

create table task_priorities (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organizations on delete cascade,
    position integer not null,
    name text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint task_priorities_position_is_natural check (position >= 1),
    constraint task_priorities_name_length check (length(name) between 1 and 100),
    constraint task_priorities_in_order unique (organization_id, position) deferrable initially immediate
);

create unique index task_priorities_by_name on task_priorities (organization_id, name);

create trigger task_priorities_touch
before update on task_priorities
for each row execute function touch_updated_at();
