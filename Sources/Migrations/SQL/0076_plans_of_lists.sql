-- A project's deleted tasks and reference pictures in every order of their lists: one project may have thousands, until they go for
-- good.

create index deleted_tasks_by_age on tasks (project_id, created_at, id) where deleted_at is not null;
create index deleted_tasks_by_change on tasks (project_id, updated_at, id) where deleted_at is not null;
create index deleted_tasks_by_due_date on tasks (project_id, coalesce(due_at, 'infinity'::timestamptz), id)
    where deleted_at is not null;
create index deleted_tasks_by_name on tasks (project_id, name, id) where deleted_at is not null;
create index deleted_tasks_on_board on tasks (project_id, board_rank, id) where deleted_at is not null;
create index deleted_tasks_by_status on tasks (project_id, status_position, id) where deleted_at is not null;
create index deleted_tasks_by_priority on tasks (project_id, priority_position, id) where deleted_at is not null;

create index deleted_items_by_age on items (project_id, created_at, id) where deleted_at is not null;
create index deleted_items_by_change on items (project_id, updated_at, id) where deleted_at is not null;
create index deleted_items_by_name on items (project_id, asset_file_name, id) where deleted_at is not null;

-- An index with the project alone is so small that Postgres reads all of a project's rows by it and sorts them: who deletes a
-- project finds them in the order of their age, too.
drop index characters_of_project;
drop index characters_in_order;
create index characters_in_order on characters (project_id, created_at, id);
drop index review_sets_of_project;
drop index review_sets_in_order;
create index review_sets_in_order on review_sets (project_id, created_at, id);
drop index items_of_project;
drop index items_in_order;
create index items_in_order on items (project_id, created_at desc, id desc);
