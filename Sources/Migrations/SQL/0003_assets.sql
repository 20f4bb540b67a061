-- Stored files. Rows hold object keys, never URLs; URLs are signed when read.

create table assets (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    purpose text not null,
    state text not null default 'PENDING',
    file_name text not null,
    media_type text not null,
    byte_count bigint not null,
    object_key text,
    width integer,
    height integer,
    sha256 text,
    error_code text,
    error_message text,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint assets_purpose_is_known check (purpose in ('SUBTASK_CONTENT', 'RPD_REFERENCE', 'EXPORT')),
    constraint assets_state_is_known check (state in ('PENDING', 'PROCESSING', 'READY', 'FAILED')),
    constraint assets_file_name_length check (length(file_name) between 1 and 255),
    constraint assets_byte_count_is_natural check (byte_count >= 0),
    constraint assets_size_is_whole check ((width is null) = (height is null) and width > 0 and height > 0),
    constraint assets_sha256_is_hexadecimal check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint assets_ready_has_bytes check (state <> 'READY' or (object_key is not null and sha256 is not null)),
    constraint assets_failed_has_reason check ((state = 'FAILED') = (error_code is not null)),
    constraint assets_in_project unique (id, project_id)
);

create unique index assets_by_object_key on assets (object_key);
create index assets_of_project on assets (project_id, created_at desc, id desc);
create index assets_of_creator on assets (created_by);

create trigger assets_touch
before update on assets
for each row execute function touch_updated_at();

-- The open half of a file: where its bytes arrive and until when. Gone once they have been checked.
create table uploads (
    asset_id uuid primary key references assets on delete cascade,
    incoming_key text not null,
    maximum_bytes bigint not null,
    expires_at timestamptz not null,
    check_started_at timestamptz,
    check_token uuid,
    created_at timestamptz not null default now(),
    constraint uploads_maximum_is_natural check (maximum_bytes > 0)
);

create unique index uploads_by_incoming_key on uploads (incoming_key);
create index uploads_by_expiry on uploads (expires_at);
