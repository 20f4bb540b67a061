-- Work items and their materials. project_id is repeated on every row of a project so that access is one condition;
-- the composite foreign keys keep it true and keep objects of two projects apart.
--
-- References between rows that go together with their project are checked at the end of the transaction (deferred), so
-- that deleting a project works whatever order the cascade takes.

create table tasks (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    status_id uuid not null references task_statuses deferrable initially deferred,
    priority_id uuid not null references task_priorities deferrable initially deferred,
    assignee_id uuid references users on delete set null,
    name text not null,
    description text not null default '',
    due_at timestamptz,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tasks_name_length check (length(name) between 1 and 255),
    constraint tasks_description_length check (length(description) <= 5000),
    constraint tasks_in_project unique (id, project_id)
);

create index tasks_in_order on tasks (project_id, created_at desc, id desc);
create index tasks_of_status on tasks (status_id);
create index tasks_of_priority on tasks (priority_id);
create index tasks_of_assignee on tasks (assignee_id);
create index tasks_of_creator on tasks (created_by);

create trigger tasks_touch
before update on tasks
for each row execute function touch_updated_at();

create table subtasks (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    task_id uuid not null,
    position integer not null,
    kind text not null,
    status text not null default 'PENDING',
    name text not null,
    description text not null default '',
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    foreign key (task_id, project_id) references tasks (id, project_id) on delete cascade,
    constraint subtasks_kind_is_known check (kind in ('PICTURE', 'VIDEO', 'TEXT', 'AUDIO', 'WORD', 'EXCEL')),
    constraint subtasks_status_is_known check (status in ('PENDING', 'ACCEPTED', 'DENIED')),
    constraint subtasks_position_is_natural check (position >= 1),
    constraint subtasks_name_length check (length(name) between 1 and 255),
    constraint subtasks_description_length check (length(description) <= 5000),
    constraint subtasks_in_project unique (id, project_id),
    constraint subtasks_in_order unique (task_id, position) deferrable initially immediate
);

create index subtasks_of_project on subtasks (project_id);
create index subtasks_of_creator on subtasks (created_by);

create trigger subtasks_touch
before update on subtasks
for each row execute function touch_updated_at();

-- Versions of a material; the highest is the current one.
create table subtask_contents (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    subtask_id uuid not null,
    version integer not null,
    asset_id uuid not null,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    foreign key (subtask_id, project_id) references subtasks (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint subtask_contents_version_is_natural check (version >= 1),
    constraint subtask_contents_in_order unique (subtask_id, version),
    constraint subtask_contents_of_subtask unique (id, subtask_id)
);

create index subtask_contents_of_project on subtask_contents (project_id);
create index subtask_contents_of_asset on subtask_contents (asset_id);
create index subtask_contents_of_creator on subtask_contents (created_by);
