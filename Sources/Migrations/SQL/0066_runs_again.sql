-- Documents, exports and generated pictures can be ended and begun anew, each start with a job of its own.

alter table documents
    add column attempt integer not null default 1,
    add constraint documents_attempt_is_natural check (attempt >= 1),
    drop constraint documents_status_is_known,
    add constraint documents_status_is_known check (
        status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')
    ),
    drop constraint documents_end_has_time,
    add constraint documents_end_has_time check (
        (status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at is not null)
    );

alter table exports
    add column attempt integer not null default 1,
    add constraint exports_attempt_is_natural check (attempt >= 1);

alter table generated_references
    add column attempt integer not null default 1,
    add constraint generated_references_attempt_is_natural check (attempt >= 1),
    drop constraint generated_references_status_is_known,
    add constraint generated_references_status_is_known check (
        status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')
    ),
    drop constraint generated_references_end_has_time,
    add constraint generated_references_end_has_time check (
        (status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at is not null)
    );

-- The jobs there are, are those of the first attempts.
update jobs
set key = key || '/1'
where kind in ('document', 'export', 'generation');
