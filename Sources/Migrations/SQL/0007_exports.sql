-- Files made of a task's reviewed pictures.

create table exports (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    task_id uuid not null,
    format text not null,
    status text not null default 'PENDING',
    slides_total integer not null default 0,
    slides_done integer not null default 0,
    asset_id uuid,
    request_key uuid,
    run_token uuid,
    error_code text,
    error_message text,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    updated_at timestamptz not null default now(),
    foreign key (task_id, project_id) references tasks (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint exports_format_is_known check (format in ('PPTX')),
    constraint exports_status_is_known check (
        status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')
    ),
    constraint exports_slides_are_natural check (slides_done between 0 and slides_total),
    constraint exports_completed_has_file check ((status = 'COMPLETED') = (asset_id is not null)),
    constraint exports_failed_has_reason check ((status = 'FAILED') = (error_code is not null)),
    constraint exports_end_has_time check (
        (status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at is not null)
    )
);

create unique index exports_by_request on exports (task_id, request_key) where request_key is not null;
create index exports_in_order on exports (task_id, created_at desc, id desc);
create index exports_of_project on exports (project_id);
create index exports_of_asset on exports (asset_id);
create index exports_of_creator on exports (created_by);

create trigger exports_touch
before update on exports
for each row execute function touch_updated_at();
