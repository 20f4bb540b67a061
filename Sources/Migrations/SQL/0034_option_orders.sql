-- Tasks in the order of their statuses and priorities: an index needs the position in the task's own row.

alter table tasks
    add column status_position integer,
    add column priority_position integer;

alter table tasks disable trigger user;
update tasks
set status_position = task_statuses.position,
    priority_position = task_priorities.position
from task_statuses, task_priorities
where task_statuses.id = tasks.status_id
and task_priorities.id = tasks.priority_id;
alter table tasks enable trigger user;

alter table tasks
    alter column status_position set not null,
    alter column priority_position set not null;

create function set_option_positions()
returns trigger
language plpgsql
as $$
begin
    -- No such row: the foreign key says so, at the end of the statement.
    new.status_position := coalesce((select position from task_statuses where id = new.status_id), 0);
    new.priority_position := coalesce((select position from task_priorities where id = new.priority_id), 0);
    return new;
end
$$;

create trigger tasks_options_of_new
before insert on tasks
for each row
-- Whoever writes very many rows gives the positions.
when (new.status_position is null or new.priority_position is null)
execute function set_option_positions();

create trigger tasks_options
before update of status_id, priority_id on tasks
for each row execute function set_option_positions();

-- When options are put in another order, their tasks go with them: nothing that people would call a change of the tasks.
create function move_tasks_with_option()
returns trigger
language plpgsql
as $$
begin
    execute format(
        'update tasks
        set %1$I = moved.position
        from moved
        where tasks.%2$I = moved.id
        and tasks.%1$I <> moved.position',
        tg_argv[0] || '_position', tg_argv[0] || '_id'
    );
    return null;
end
$$;

create trigger task_statuses_moved
after update on task_statuses
referencing new table as moved
for each statement execute function move_tasks_with_option('status');

create trigger task_priorities_moved
after update on task_priorities
referencing new table as moved
for each statement execute function move_tasks_with_option('priority');

create index tasks_by_status on tasks (project_id, status_position, id) where deleted_at is null;
create index tasks_by_priority on tasks (project_id, priority_position, id) where deleted_at is null;

-- The audit log does not keep what follows from other columns.
do $$
begin
    execute replace(
        pg_get_functiondef('audit_row'::regproc), '''google_subject''',
        '''google_subject'', ''status_position'', ''priority_position'''
    );
end
$$;
