-- What people decide about materials, and tasks and materials that can be put away and brought back.

alter table tasks
    add column deleted_at timestamptz,
    add column deleted_by uuid references users on delete set null;

create index tasks_of_deleter on tasks (deleted_by);
drop index tasks_in_order;
create index tasks_in_order on tasks (project_id, created_at desc, id desc) where deleted_at is null;
create index tasks_of_project on tasks (project_id);

-- A deleted material has no place, so that the places of the others have no gap.
alter table subtasks
    add column deleted_at timestamptz,
    add column deleted_by uuid references users on delete set null,
    alter column position drop not null,
    add constraint subtasks_deleted_has_no_position check ((position is null) = (deleted_at is not null));

create index subtasks_of_deleter on subtasks (deleted_by);

-- The history of a material's status: one row for each real change, never changed.
create table subtask_decisions (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    subtask_id uuid not null,
    -- The version that was looked at.
    content_id uuid not null,
    from_status text not null,
    to_status text not null,
    comment text not null default '',
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    foreign key (subtask_id, project_id) references subtasks (id, project_id) on delete cascade,
    foreign key (content_id, subtask_id) references subtask_contents (id, subtask_id) deferrable initially deferred,
    constraint subtask_decisions_from_is_known check (from_status in ('PENDING', 'ACCEPTED', 'DENIED')),
    constraint subtask_decisions_to_is_known check (to_status in ('PENDING', 'ACCEPTED', 'DENIED')),
    constraint subtask_decisions_change_something check (from_status <> to_status),
    constraint subtask_decisions_comment_length check (length(comment) <= 5000)
);

create index subtask_decisions_in_order on subtask_decisions (subtask_id, created_at desc, id desc);
create index subtask_decisions_of_project on subtask_decisions (project_id);
create index subtask_decisions_of_content on subtask_decisions (content_id);
create index subtask_decisions_of_creator on subtask_decisions (created_by);
