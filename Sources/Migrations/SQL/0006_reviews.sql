-- AI reviews: a run, one outcome for each review point of the run, and the findings.

create table reviews (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    subtask_id uuid not null,
    content_id uuid not null,
    version integer not null,
    status text not null default 'PENDING',
    mode text not null,
    trigger text not null,
    request_key uuid,
    -- The lease token of the job that is working on it. A write that does not know it comes from a run that is over.
    run_token uuid,
    error_code text,
    error_message text,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    updated_at timestamptz not null default now(),
    foreign key (subtask_id, project_id) references subtasks (id, project_id) on delete cascade,
    foreign key (content_id, subtask_id) references subtask_contents (id, subtask_id) deferrable initially deferred,
    constraint reviews_status_is_known check (
        status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')
    ),
    constraint reviews_mode_is_known check (mode in ('QUALITY', 'SPEED')),
    constraint reviews_trigger_is_known check (trigger in ('RPD_SELECTION', 'COPYRIGHT_CHECK')),
    constraint reviews_version_is_natural check (version >= 1),
    constraint reviews_failed_has_reason check ((status = 'FAILED') = (error_code is not null)),
    constraint reviews_end_has_time check (
        (status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at is not null)
    ),
    constraint reviews_of_subtask unique (subtask_id, version),
    constraint reviews_in_project unique (id, project_id)
);

create unique index reviews_one_active on reviews (subtask_id) where status in ('PENDING', 'PROCESSING');
create unique index reviews_by_request on reviews (subtask_id, request_key) where request_key is not null;
-- The latest review of a subtask is the first entry here; it is not stored anywhere else.
create index reviews_completed on reviews (subtask_id, version desc) where status = 'COMPLETED';
create index reviews_in_order on reviews (project_id, created_at desc, id desc);
create index reviews_of_content on reviews (content_id);
create index reviews_of_creator on reviews (created_by);

create trigger reviews_touch
before update on reviews
for each row execute function touch_updated_at();

create table review_outcomes (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    review_id uuid not null,
    rpd_version_id uuid not null,
    position integer not null,
    status text not null default 'PENDING',
    attempts integer not null default 0,
    error_code text,
    error_message text,
    model_name text,
    measurements jsonb,
    duration_milliseconds integer,
    started_at timestamptz,
    finished_at timestamptz,
    foreign key (review_id, project_id) references reviews (id, project_id) on delete cascade,
    foreign key (rpd_version_id, project_id) references rpd_versions (id, project_id) deferrable initially deferred,
    constraint review_outcomes_status_is_known check (
        status in ('PENDING', 'RUNNING', 'OK', 'SKIPPED_IRRELEVANT', 'ERROR', 'TIMEOUT', 'CANCELLED')
    ),
    constraint review_outcomes_error_has_reason check (status not in ('ERROR', 'TIMEOUT') or error_code is not null),
    constraint review_outcomes_ok_has_none check (status <> 'OK' or error_code is null),
    constraint review_outcomes_position_is_natural check (position >= 1),
    constraint review_outcomes_of_review unique (review_id, position),
    constraint review_outcomes_of_version unique (review_id, rpd_version_id),
    constraint review_outcomes_whole unique (id, review_id, rpd_version_id)
);

create index review_outcomes_of_project on review_outcomes (project_id);
create index review_outcomes_of_rpd_version on review_outcomes (rpd_version_id);

create table findings (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    review_id uuid not null,
    outcome_id uuid not null,
    rpd_version_id uuid not null,
    -- The place among the outcome's findings: a run that is done again after a crash writes no finding twice.
    ordinal integer not null,
    description text not null,
    severity text not null,
    suggestion text,
    tag text,
    -- Fractions of the picture, and the picture's size in pixels.
    area_x double precision,
    area_y double precision,
    area_width double precision,
    area_height double precision,
    image_width integer,
    image_height integer,
    confidence double precision,
    method text,
    is_held boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    foreign key (review_id, project_id) references reviews (id, project_id) on delete cascade,
    foreign key (outcome_id, review_id, rpd_version_id)
        references review_outcomes (id, review_id, rpd_version_id) on delete cascade,
    constraint findings_severity_is_known check (severity in ('RISK', 'ALERT', 'SAFE')),
    constraint findings_ordinal_is_natural check (ordinal >= 1),
    constraint findings_confidence_is_fraction check (confidence between 0 and 1),
    constraint findings_area_is_whole check (
        num_nonnulls(area_x, area_y, area_width, area_height, image_width, image_height) in (0, 6)
    ),
    constraint findings_area_is_inside check (
        area_x >= 0
        and area_y >= 0
        and area_width > 0
        and area_height > 0
        and area_x + area_width <= 1.000001
        and area_y + area_height <= 1.000001
        and image_width > 0
        and image_height > 0
    ),
    constraint findings_once unique (outcome_id, ordinal)
);

create index findings_in_order on findings (review_id, created_at, id);
create index findings_of_project on findings (project_id);
create index findings_of_rpd_version on findings (rpd_version_id);

create trigger findings_touch
before update on findings
for each row execute function touch_updated_at();
