-- Tries of review points on videos: when in the video a finding is seen.

alter table rpd_test_findings
    -- The first scene in which it is seen.
    add column scene_id uuid references video_scenes on delete set null,
    add column start_seconds double precision,
    add column end_seconds double precision,
    add constraint rpd_test_findings_time_is_forwards check (
        num_nonnulls(start_seconds, end_seconds) in (0, 2) and start_seconds >= 0 and end_seconds >= start_seconds
        or num_nonnulls(start_seconds, end_seconds) = 0
    );

create index rpd_test_findings_of_scene on rpd_test_findings (scene_id) where scene_id is not null;
