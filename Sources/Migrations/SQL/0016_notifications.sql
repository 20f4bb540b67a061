-- What a person should hear of. Rows say who did what where; texts are read from the objects, under the rules of access.

create table notifications (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    project_id uuid not null references projects on delete cascade,
    kind text not null,
    task_id uuid not null references tasks on delete cascade,
    subtask_id uuid references subtasks on delete cascade,
    annotation_id uuid references annotations on delete cascade,
    review_id uuid references reviews on delete cascade,
    -- Who did it; null for the system.
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    read_at timestamptz,
    constraint notifications_kind_is_known check (
        kind in ('TASK_ASSIGNED', 'ANNOTATION_ANSWERED', 'SUBTASK_DECIDED', 'REVIEW_COMPLETED')
    )
);

create index notifications_in_order on notifications (user_id, created_at desc, id desc);
create index notifications_unread on notifications (user_id) where read_at is null;
create index notifications_of_project on notifications (project_id);
create index notifications_of_task on notifications (task_id);
create index notifications_of_subtask on notifications (subtask_id);
create index notifications_of_annotation on notifications (annotation_id);
create index notifications_of_review on notifications (review_id);
create index notifications_of_creator on notifications (created_by);
