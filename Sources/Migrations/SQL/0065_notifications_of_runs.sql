-- People hear of the end of what they have started: of a batch job, an import and an export, and of a review that failed.

alter table notifications
    alter column task_id drop not null,
    add column batch_job_id uuid references batch_jobs on delete cascade,
    add column import_id uuid references imports on delete cascade,
    add column export_id uuid references exports on delete cascade,
    drop constraint notifications_kind_is_known,
    add constraint notifications_kind_is_known check (
        kind in (
            'TASK_ASSIGNED', 'ANNOTATION_ANSWERED', 'SUBTASK_DECIDED', 'REVIEW_COMPLETED', 'REVIEW_FAILED',
            'BATCH_JOB_ENDED', 'IMPORT_ENDED', 'EXPORT_ENDED'
        )
    ),
    add constraint notifications_are_about_something check (
        num_nonnulls(task_id, batch_job_id, import_id, export_id) >= 1
    );

create index notifications_of_batch_job on notifications (batch_job_id);
create index notifications_of_import on notifications (import_id);
create index notifications_of_export on notifications (export_id);
