-- Tasks, materials and documents go for good part by part, as projects do: from the first on nobody brings them back.

alter table tasks
    add column purge_started_at timestamptz,
    add constraint tasks_purged_is_deleted check (purge_started_at is null or deleted_at is not null);
alter table subtasks
    add column purge_started_at timestamptz,
    add constraint subtasks_purged_is_deleted check (purge_started_at is null or deleted_at is not null);
alter table documents
    add column purge_started_at timestamptz,
    add constraint documents_purged_is_deleted check (purge_started_at is null or deleted_at is not null);

create index tasks_being_purged on tasks (id) where purge_started_at is not null;
create index subtasks_being_purged on subtasks (id) where purge_started_at is not null;
create index documents_being_purged on documents (id) where purge_started_at is not null;
