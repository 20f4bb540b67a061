-- Annotations that people delete can be brought back by their authors, until they go for good.

alter table annotations
    add column deleted_at timestamptz,
    -- Of an answer that was deleted because its thread was: it comes back with it.
    add column is_deleted_with_thread boolean not null default false,
    add constraint annotations_deleted_with_thread check (
        not is_deleted_with_thread or deleted_at is not null and parent_id is not null
    );

-- Lists read what is there; who deletes the beginning of a thread for good asks for all answers.
drop index annotations_threads;
drop index annotations_threads_by_change;
drop index annotations_replies;
create index annotations_threads on annotations (subtask_id, created_at, id)
where parent_id is null and deleted_at is null;
create index annotations_threads_by_change on annotations (subtask_id, updated_at, id)
where parent_id is null and deleted_at is null;
create index annotations_replies on annotations (parent_id, created_at, id)
where parent_id is not null and deleted_at is null;
create index annotations_of_parent on annotations (parent_id) where parent_id is not null;

create index annotations_deleted on annotations (subtask_id, deleted_at, id) where deleted_at is not null;
create index annotations_by_deletion on annotations (deleted_at) where deleted_at is not null;

-- The audit log does not keep what follows from other columns.
do $$
begin
    execute replace(
        pg_get_functiondef('audit_row'::regproc), '''google_subject''',
        '''google_subject'', ''is_deleted_with_thread'''
    );
end
$$;
