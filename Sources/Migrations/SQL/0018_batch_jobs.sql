-- Reviews of many materials at once: a batch job, and what became of each of its items. How far a job is, is always
-- counted from its items, so that the numbers cannot contradict each other.

create table batch_jobs (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    trigger text not null,
    mode text not null,
    status text not null default 'RUNNING',
    request_key uuid,
    cancel_requested_at timestamptz,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    constraint batch_jobs_trigger_is_known check (trigger in ('RPD_SELECTION', 'COPYRIGHT_CHECK')),
    constraint batch_jobs_mode_is_known check (mode in ('QUALITY', 'SPEED')),
    constraint batch_jobs_status_is_known check (
        status in ('RUNNING', 'COMPLETED', 'PARTIAL', 'FAILED', 'CANCELLED')
    ),
    constraint batch_jobs_end_has_time check ((status = 'RUNNING') = (finished_at is null)),
    constraint batch_jobs_in_project unique (id, project_id)
);

create unique index batch_jobs_by_request on batch_jobs (project_id, request_key) where request_key is not null;
create index batch_jobs_in_order on batch_jobs (project_id, created_at desc, id desc);
create index batch_jobs_of_creator on batch_jobs (created_by);

-- The review points that a person has named, in order; none for the copyright check.
create table batch_job_rpds (
    batch_job_id uuid not null,
    position integer not null,
    rpd_id uuid not null,
    project_id uuid not null,
    primary key (batch_job_id, position),
    foreign key (batch_job_id, project_id) references batch_jobs (id, project_id) on delete cascade,
    foreign key (rpd_id, project_id) references rpds (id, project_id) on delete cascade
);

create index batch_job_rpds_of_rpd on batch_job_rpds (rpd_id);

create table batch_job_items (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    batch_job_id uuid not null,
    position integer not null,
    subtask_id uuid not null,
    status text not null default 'PENDING',
    attempts integer not null default 1,
    review_id uuid,
    error_code text,
    error_message text,
    started_at timestamptz,
    finished_at timestamptz,
    foreign key (batch_job_id, project_id) references batch_jobs (id, project_id) on delete cascade,
    foreign key (subtask_id, project_id) references subtasks (id, project_id) on delete cascade,
    foreign key (review_id, project_id) references reviews (id, project_id) on delete set null (review_id),
    constraint batch_job_items_status_is_known check (
        status in ('PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')
    ),
    constraint batch_job_items_failed_has_reason check ((status = 'FAILED') = (error_code is not null)),
    constraint batch_job_items_end_has_time check (
        (status in ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (finished_at is not null)
    ),
    constraint batch_job_items_attempts_are_natural check (attempts >= 1),
    constraint batch_job_items_in_order unique (batch_job_id, position),
    constraint batch_job_items_once unique (batch_job_id, subtask_id),
    constraint batch_job_items_of_review unique (review_id)
);

create index batch_job_items_of_subtask on batch_job_items (subtask_id);
create index batch_job_items_of_project on batch_job_items (project_id);
