-- The scenes of videos: found once for each file, whatever materials have it.

create table scene_detections (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    asset_id uuid not null,
    status text not null default 'PENDING',
    -- From 0 to 1.
    progress double precision not null default 0,
    -- Which try it is, from 1: one that has failed is made again when somebody wants the scenes.
    attempt integer not null default 1,
    -- The lease token of the job that is working on it. A write that does not know it comes from a run that is over.
    run_token uuid,
    error_code text,
    error_message text,
    created_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    foreign key (asset_id, project_id) references assets (id, project_id) on delete cascade,
    constraint scene_detections_status_is_known check (status in ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED')),
    constraint scene_detections_progress_is_fraction check (progress between 0 and 1),
    constraint scene_detections_attempt_is_natural check (attempt >= 1),
    constraint scene_detections_failed_has_reason check ((status = 'FAILED') = (error_code is not null)),
    constraint scene_detections_end_has_time check ((status in ('COMPLETED', 'FAILED')) = (finished_at is not null)),
    constraint scene_detections_of_asset unique (asset_id)
);

create index scene_detections_of_project on scene_detections (project_id);

create table video_scenes (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    asset_id uuid not null,
    number integer not null,
    start_seconds double precision not null,
    end_seconds double precision not null,
    start_frame integer not null,
    end_frame integer not null,
    middle_seconds double precision not null,
    -- The frame in its middle, as large as the video, and small.
    frame_key text not null,
    thumbnail_key text not null,
    created_at timestamptz not null default clock_timestamp(),
    foreign key (asset_id, project_id) references assets (id, project_id) on delete cascade,
    constraint video_scenes_number_is_natural check (number >= 1),
    constraint video_scenes_time_is_forwards check (
        start_seconds >= 0 and middle_seconds >= start_seconds and end_seconds >= middle_seconds
        and end_seconds > start_seconds
    ),
    constraint video_scenes_frames_are_forwards check (start_frame >= 0 and end_frame >= start_frame),
    constraint video_scenes_in_order unique (asset_id, number)
);

create index video_scenes_of_project on video_scenes (project_id);
-- Whoever deletes an object asks who names it.
create index video_scenes_by_frame on video_scenes (frame_key);
create index video_scenes_by_thumbnail on video_scenes (thumbnail_key);

create trigger video_scenes_frames
after delete on video_scenes
for each row execute function schedule_object_deletion('frame_key');

create trigger video_scenes_thumbnails
after delete on video_scenes
for each row execute function schedule_object_deletion('thumbnail_key');
