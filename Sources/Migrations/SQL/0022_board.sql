-- Where tasks stand on a project's board, and the other orders of its tasks.

-- A number between those of the neighbours: to move a task changes no other row. The newest stands first.
alter table tasks add column board_rank numeric not null default -extract(epoch from clock_timestamp());
alter table tasks disable trigger tasks_touch;
update tasks set board_rank = -extract(epoch from created_at);
alter table tasks enable trigger tasks_touch;

-- Making room on a board changes nothing that people would call the task.
drop trigger tasks_touch on tasks;
create trigger tasks_touch
before update of status_id, priority_id, assignee_id, name, description, due_at, updated_at, deleted_at on tasks
for each row execute function touch_updated_at();

create index tasks_on_board on tasks (project_id, board_rank, id) where deleted_at is null;
create index tasks_by_change on tasks (project_id, updated_at, id) where deleted_at is null;
create index tasks_by_due_date on tasks (project_id, coalesce(due_at, 'infinity'::timestamptz), id)
where deleted_at is null;
create index tasks_by_name on tasks (project_id, name, id) where deleted_at is null;
