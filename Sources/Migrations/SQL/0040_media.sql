-- Videos and recordings as materials: how long they last, and how fast the frames of a video follow each other.

alter table assets
    -- In seconds; null for everything that has no time.
    add column duration_seconds double precision,
    -- Frames in a second, on average; null for what is no video, and if the file does not say.
    add column frame_rate double precision,
    add constraint assets_duration_is_positive check (duration_seconds > 0),
    add constraint assets_frame_rate_is_positive check (
        frame_rate is null or (frame_rate > 0 and duration_seconds is not null)
    );
