-- Reviews of videos: what came of each scene, and when in the video a finding is seen.

alter table findings
    -- The first scene in which it is seen.
    add column scene_id uuid references video_scenes on delete set null,
    add column start_seconds double precision,
    add column end_seconds double precision,
    add constraint findings_time_is_forwards check (
        num_nonnulls(start_seconds, end_seconds) in (0, 2) and start_seconds >= 0 and end_seconds >= start_seconds
        or num_nonnulls(start_seconds, end_seconds) = 0
    );

create index findings_of_scene on findings (scene_id) where scene_id is not null;

-- A run that is done again after a crash looks at no scene twice.
create table review_scene_results (
    outcome_id uuid not null references review_outcomes on delete cascade,
    scene_id uuid not null references video_scenes on delete cascade,
    review_id uuid not null,
    project_id uuid not null,
    status text not null,
    error_code text,
    error_message text,
    measurements jsonb,
    -- The findings before those of neighbouring scenes are put together.
    findings jsonb not null default '[]',
    created_at timestamptz not null default clock_timestamp(),
    primary key (outcome_id, scene_id),
    foreign key (review_id, project_id) references reviews (id, project_id) on delete cascade,
    constraint review_scene_results_status_is_known check (status in ('OK', 'SKIPPED_IRRELEVANT', 'ERROR', 'TIMEOUT')),
    constraint review_scene_results_error_has_reason check (
        (status in ('ERROR', 'TIMEOUT')) = (error_code is not null)
    )
);

create index review_scene_results_of_review on review_scene_results (review_id);
create index review_scene_results_of_scene on review_scene_results (scene_id);
