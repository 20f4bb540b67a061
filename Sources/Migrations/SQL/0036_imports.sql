-- Files that become tasks or entries of the registry, many at once: an import, and what became of each of its files. As
-- with batch jobs, how far an import is, is always counted from its files.

create table imports (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    target text not null,
    status text not null default 'RUNNING',
    -- What made tasks get; null for what is first then, as for any new task.
    status_id uuid references task_statuses on delete set null,
    priority_id uuid references task_priorities on delete set null,
    assignee_id uuid references users on delete set null,
    -- What made entries of the registry get.
    description text not null default '',
    tags text[] not null default '{}',
    -- Counts the starts; a job of an earlier one writes nothing.
    attempts integer not null default 1,
    request_key uuid,
    cancel_requested_at timestamptz,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    constraint imports_target_is_known check (target in ('TASKS', 'ITEMS')),
    constraint imports_status_is_known check (status in ('RUNNING', 'COMPLETED', 'PARTIAL', 'FAILED', 'CANCELLED')),
    constraint imports_end_has_time check ((status = 'RUNNING') = (finished_at is null)),
    constraint imports_description_length check (length(description) <= 5000),
    constraint imports_tags_length check (cardinality(tags) <= 100),
    constraint imports_attempts_are_natural check (attempts >= 1),
    constraint imports_in_project unique (id, project_id)
);

create unique index imports_by_request on imports (project_id, request_key) where request_key is not null;
create index imports_in_order on imports (project_id, created_at desc, id desc);
create index imports_by_end on imports (project_id, coalesce(finished_at, 'infinity'::timestamptz), id);
create index imports_of_creator on imports (created_by);
create index imports_of_status on imports (status_id);
create index imports_of_priority on imports (priority_id);
create index imports_of_assignee on imports (assignee_id);

-- The labels that made tasks get.
create table import_tags (
    import_id uuid not null,
    tag_id uuid not null,
    project_id uuid not null,
    primary key (import_id, tag_id),
    foreign key (import_id, project_id) references imports (id, project_id) on delete cascade,
    foreign key (tag_id, project_id) references task_tags (id, project_id) on delete cascade
);

create index import_tags_of_tag on import_tags (tag_id);

create table import_items (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    import_id uuid not null,
    position integer not null,
    -- Files with the same number are worked on together, in one transaction: the pictures of a folder.
    unit integer not null,
    name text not null,
    folder text,
    asset_id uuid,
    status text not null default 'PENDING',
    attempts integer not null default 1,
    task_id uuid,
    made_count integer not null default 0,
    skipped_count integer not null default 0,
    error_code text,
    error_message text,
    started_at timestamptz,
    finished_at timestamptz,
    foreign key (import_id, project_id) references imports (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) on delete set null (asset_id),
    foreign key (task_id, project_id) references tasks (id, project_id) on delete set null (task_id),
    constraint import_items_status_is_known check (
        status in ('PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')
    ),
    constraint import_items_name_length check (length(name) between 1 and 255),
    constraint import_items_folder_length check (length(folder) between 1 and 255),
    constraint import_items_failed_has_reason check ((status = 'FAILED') = (error_code is not null)),
    constraint import_items_end_has_time check (
        (status in ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (finished_at is not null)
    ),
    constraint import_items_numbers_are_natural check (
        unit >= 1 and attempts >= 1 and made_count >= 0 and skipped_count >= 0
    ),
    constraint import_items_in_order unique (import_id, position),
    constraint import_items_in_project unique (id, project_id)
);

create index import_items_by_end on import_items (import_id, coalesce(finished_at, 'infinity'::timestamptz), id);
create index import_items_of_asset on import_items (asset_id);
create index import_items_of_task on import_items (task_id);
create index import_items_of_project on import_items (project_id);

-- The entries of the registry that a file has become.
alter table items add constraint items_in_project unique (id, project_id);

create table import_item_entries (
    import_item_id uuid not null,
    item_id uuid not null,
    project_id uuid not null,
    primary key (import_item_id, item_id),
    foreign key (import_item_id, project_id) references import_items (id, project_id) on delete cascade,
    foreign key (item_id, project_id) references items (id, project_id) on delete cascade
);

create index import_item_entries_of_item on import_item_entries (item_id);

-- What comes from a presentation, and from which of its slides: an export can draw on them.
alter table tasks
    add column source_asset_id uuid,
    add foreign key (source_asset_id, project_id) references assets (id, project_id) deferrable initially deferred;

create index tasks_of_source on tasks (source_asset_id);

create constraint trigger tasks_files
after delete on tasks
deferrable initially deferred
for each row execute function delete_unused_asset('source_asset_id');

alter table subtasks
    add column slide_number integer,
    add constraint subtasks_slide_is_natural check (slide_number >= 1);

create trigger imports_audit
after insert or update or delete on imports
for each row
when (current_setting('aimage.actor', true) <> '' and pg_trigger_depth() = 0)
execute function audit_row('IMPORT', 'id');

create trigger imports_ended
after update of status on imports
for each row
when (
    new.status <> old.status
    and new.status in ('COMPLETED', 'PARTIAL', 'FAILED')
    and coalesce(current_setting('aimage.actor', true), '') = ''
)
execute function audit_row('IMPORT', 'id');

-- Both lists grow with what people do and with what has files, so they are added to as they stand.
do $$
begin
    execute replace(
        pg_get_functiondef('asset_is_used(uuid)'::regprocedure),
        'or exists (select 1 from generated_references where asset_id = asset)',
        'or exists (select 1 from generated_references where asset_id = asset)
        or exists (select 1 from tasks where source_asset_id = asset)'
    );
    execute replace(
        pg_get_functiondef('activity_of(text, text, jsonb, jsonb)'::regprocedure),
        'when ''RPD CREATED'' then ''RPD_CREATED''',
        'when ''IMPORT CREATED'' then ''IMPORT_STARTED''
        when ''IMPORT UPDATED'' then case
            when later ->> ''status'' in (''COMPLETED'', ''PARTIAL'', ''FAILED'') then ''IMPORT_ENDED''
        end
        when ''RPD CREATED'' then ''RPD_CREATED'''
    );
end
$$;
