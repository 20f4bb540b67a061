-- Who is signed in, where, and with which tokens. Of every token only its SHA-256 is here.

-- Google's name for the person; an e-mail address can change hands, this cannot.
alter table users add column google_subject text;
alter table users add constraint users_google_subject_length check (length(google_subject) between 1 and 255);

create unique index users_by_google_subject on users (google_subject) where google_subject is not null;

-- The Google Workspace domain whose people may sign in and become members; a domain belongs to one organisation.
alter table organizations add column domain text;
alter table organizations add constraint organizations_domain_is_lower_case
check (domain = lower(domain) and length(domain) between 3 and 255);

create unique index organizations_by_domain on organizations (domain) where domain is not null;

-- A sign-in on one device: a family of refresh tokens, each of which replaced the one before.
create table sessions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    user_agent text not null default '',
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_because text,
    constraint sessions_reason_is_known
    check (revoked_because in ('SIGNED_OUT', 'SIGNED_OUT_EVERYWHERE', 'REFRESH_TOKEN_REUSED')),
    constraint sessions_revoked_with_reason check ((revoked_at is null) = (revoked_because is null))
);

create index sessions_of_user on sessions (user_id, created_at);
create index sessions_by_expiry on sessions (expires_at);

create table refresh_tokens (
    hash bytea primary key,
    session_id uuid not null references sessions on delete cascade,
    created_at timestamptz not null default now(),
    -- When it was exchanged for the next one; exchanging it again is theft.
    used_at timestamptz,
    constraint refresh_tokens_hash_is_sha_256 check (length(hash) = 32)
);

create index refresh_tokens_of_session on refresh_tokens (session_id);

-- Tokens that programs send: each acts with the rights of one person.
create table service_tokens (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    name text not null,
    hash bytea not null unique,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    constraint service_tokens_name_length check (length(name) between 1 and 255),
    constraint service_tokens_hash_is_sha_256 check (length(hash) = 32)
);

-- A name is free again once its token is revoked.
create unique index service_tokens_by_name on service_tokens (name) where revoked_at is null;
create index service_tokens_of_user on service_tokens (user_id);
create index service_tokens_of_creator on service_tokens (created_by);

-- Sockets outlive requests, so the servers are told whose credentials have ended, whoever ended them.
create function notify_credentials_ended()
returns trigger
language plpgsql
as $$
begin
    perform pg_notify('aimage_credentials', old.user_id::text);
    return null;
end
$$;

create trigger sessions_ended
after update of revoked_at or delete on sessions
for each row execute function notify_credentials_ended();

create trigger service_tokens_ended
after update of revoked_at or delete on service_tokens
for each row execute function notify_credentials_ended();
