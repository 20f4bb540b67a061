-- The files and exports of a project, each list in its orders.

create index assets_of_project_by_name on assets (project_id, file_name, id);
create index assets_of_project_by_size on assets (project_id, byte_count, id);

create index exports_of_project_by_age on exports (project_id, created_at, id);
create index exports_of_project_by_end on exports (project_id, coalesce(finished_at, 'infinity'::timestamptz), id);
drop index exports_of_project;
