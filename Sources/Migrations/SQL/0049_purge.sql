-- What is deleted goes for good when its time is over: the rows are found by their age.

create index projects_by_deletion on projects (deleted_at) where deleted_at is not null;
create index tasks_by_deletion on tasks (deleted_at) where deleted_at is not null;
create index subtasks_by_deletion on subtasks (deleted_at) where deleted_at is not null;
create index rpds_by_deletion on rpds (deleted_at) where deleted_at is not null;
create index ips_by_deletion on ips (deleted_at) where deleted_at is not null;
create index documents_by_deletion on documents (deleted_at) where deleted_at is not null;

-- A project goes in many transactions: from the first of them on nobody brings it back.
alter table projects
    add column purge_started_at timestamptz,
    add constraint projects_purged_is_deleted check (purge_started_at is null or deleted_at is not null);

create index projects_being_purged on projects (id) where purge_started_at is not null;

-- Materials take their annotations with them; the other indexes have those of threads and of answers only.
create index annotations_by_subtask on annotations (subtask_id);
