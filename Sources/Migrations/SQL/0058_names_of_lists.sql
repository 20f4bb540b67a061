-- Names to find things by: of batch jobs, which people may give, and of reference pictures, which are those of their files.

alter table batch_jobs
    add column name text not null default '',
    add constraint batch_jobs_name_length check (length(name) <= 255);

-- An index has the columns of one table only: so the name of the file stands beside the entry. It never changes.
alter table items add column asset_file_name text;

alter table items disable trigger user;
update items set asset_file_name = (select file_name from assets where id = asset_id);
alter table items enable trigger user;

-- References are checked before the table may be changed again.
set constraints all immediate;

alter table items alter column asset_file_name set not null;

create function copy_file_name()
returns trigger
language plpgsql
as $$
begin
    -- No such file: the foreign key says so, at the end of the transaction.
    new.asset_file_name := coalesce((select file_name from assets where id = new.asset_id), '');
    return new;
end
$$;

create trigger items_copy_file_name
before insert or update of asset_id on items
for each row execute function copy_file_name();

create index items_by_name on items (project_id, asset_file_name, id);

-- The audit log does not keep what follows from other columns.
do $$
begin
    execute replace(pg_get_functiondef('audit_row'::regproc), '''google_subject''', '''google_subject'', ''asset_file_name''');
end
$$;
