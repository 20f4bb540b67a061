-- A number by which people call a task: counted in each project from 1, without gaps, and never given twice.

-- The last number of each project. No column of the project's own row: to make a task does not change the project.
create table task_counters (
    project_id uuid primary key references projects on delete cascade,
    last_number integer not null,
    constraint task_counters_last_number_is_natural check (last_number >= 1)
);

alter table tasks add column number integer;

alter table tasks disable trigger user;
update tasks
set number = counted.number
from (
    select id, row_number() over (partition by project_id order by created_at, id) as number
    from tasks
) as counted
where counted.id = tasks.id;
alter table tasks enable trigger user;

insert into task_counters (project_id, last_number)
select project_id, max(number)
from tasks
group by project_id;

-- References are checked before the table may be changed again.
set constraints all immediate;

alter table tasks
    alter column number set not null,
    add constraint tasks_number_is_natural check (number >= 1),
    add constraint tasks_by_number unique (project_id, number);

-- The counter's row is locked until the transaction ends, and what is taken back takes its number back.
create function number_task()
returns trigger
language plpgsql
as $$
begin
    insert into task_counters as counters (project_id, last_number)
    values (new.project_id, 1)
    on conflict (project_id) do update
    set last_number = counters.last_number + 1
    returning last_number into new.number;
    return new;
end
$$;

create trigger tasks_number_of_new
before insert on tasks
for each row
-- Whoever writes very many rows gives the numbers, and the counters.
when (new.number is null and new.project_id is not null)
execute function number_task();
