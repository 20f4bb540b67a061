-- When in a video a finding was seen before somebody changed that.

alter table finding_revisions
    add column start_seconds double precision,
    add column end_seconds double precision;
