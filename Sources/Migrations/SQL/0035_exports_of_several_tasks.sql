-- Exports of one or several tasks of a project, in several formats, and what each is to show.

alter table exports
    -- The task, if it is only one: activity and audit log are told of it.
    alter column task_id drop not null,
    add column has_annotations boolean not null default true,
    add column has_solved_annotations boolean not null default false,
    add column has_ai_annotations boolean not null default false,
    add column has_findings boolean not null default true,
    -- Null for all.
    add column severities text[],
    add column is_held_only boolean not null default false,
    -- Null for those that people stand by.
    add column finding_statuses text[],
    add column content_versions text not null default 'LATEST',
    add column layout text not null default 'REPORT',
    drop constraint exports_format_is_known,
    add constraint exports_format_is_known check (format in ('PPTX', 'PDF', 'ZIP', 'XLSX')),
    add constraint exports_severities_are_known check (severities <@ array['RISK', 'ALERT', 'SAFE']),
    add constraint exports_finding_statuses_are_known check (
        finding_statuses <@ array['PENDING', 'ACCEPTED', 'REJECTED', 'RESOLVED', 'IGNORED']
    ),
    add constraint exports_content_versions_is_known check (content_versions in ('LATEST', 'ALL')),
    add constraint exports_layout_is_known check (layout in ('REPORT', 'ORIGINAL_SLIDES')),
    add constraint exports_in_project unique (id, project_id);

-- A key belongs to a client and its project now; where it was used for two tasks, the first one keeps it.
update exports
set request_key = null
where exists (
    select 1
    from exports as earlier
    where earlier.project_id = exports.project_id
    and earlier.request_key = exports.request_key
    and (earlier.created_at, earlier.id) < (exports.created_at, exports.id)
);
drop index exports_by_request;
create unique index exports_by_request on exports (project_id, request_key) where request_key is not null;

-- The tasks of an export in its order. What lists are ordered by stands beside the link: an index has the columns of one
-- table only.
create table export_tasks (
    export_id uuid not null,
    project_id uuid not null,
    task_id uuid not null,
    position integer not null,
    export_created_at timestamptz not null,
    -- Infinity until the export has ended.
    export_finished_at timestamptz not null,
    primary key (export_id, task_id),
    foreign key (export_id, project_id) references exports (id, project_id) on delete cascade,
    foreign key (task_id, project_id) references tasks (id, project_id) on delete cascade,
    constraint export_tasks_position_is_natural check (position >= 1),
    constraint export_tasks_in_order unique (export_id, position)
);

insert into export_tasks (export_id, project_id, task_id, position, export_created_at, export_finished_at)
select id, project_id, task_id, 1, created_at, coalesce(finished_at, 'infinity')
from exports;

create index export_tasks_by_age on export_tasks (task_id, export_created_at, export_id);
create index export_tasks_by_end on export_tasks (task_id, export_finished_at, export_id);
create index export_tasks_of_project on export_tasks (project_id);
drop index exports_in_order;
drop index exports_by_end;
create index exports_of_task on exports (task_id);

-- A lock on the export, so that it does not end before the link is there.
create function copy_export_moments()
returns trigger
language plpgsql
as $$
begin
    select created_at, coalesce(finished_at, 'infinity') into new.export_created_at, new.export_finished_at
    from exports
    where id = new.export_id
    for share;
    return new;
end
$$;

create trigger export_tasks_copy_moments
before insert on export_tasks
for each row execute function copy_export_moments();

create function copy_export_end()
returns trigger
language plpgsql
as $$
begin
    update export_tasks set export_finished_at = coalesce(new.finished_at, 'infinity') where export_id = new.id;
    return null;
end
$$;

create trigger exports_copy_end
after update of finished_at on exports
for each row
when (new.finished_at is distinct from old.finished_at)
execute function copy_export_end();

-- A file that shows a task goes with it, whatever else it shows.
create function delete_export_of_task()
returns trigger
language plpgsql
as $$
begin
    delete from exports where id = old.export_id;
    return null;
end
$$;

create trigger export_tasks_delete_export
after delete on export_tasks
for each row execute function delete_export_of_task();
