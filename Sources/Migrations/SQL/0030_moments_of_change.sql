-- When labels, statuses and priorities were last changed, so that of two people who change one the second learns of it.

alter table task_tags add column updated_at timestamptz not null default now();
update task_tags set updated_at = created_at;

create trigger task_tags_touch
before update on task_tags
for each row execute function touch_updated_at();

-- An entry that makes room for another has not been changed by anybody.
drop trigger task_statuses_touch on task_statuses;
create trigger task_statuses_touch
before update of name, updated_at on task_statuses
for each row execute function touch_updated_at();

drop trigger task_priorities_touch on task_priorities;
create trigger task_priorities_touch
before update of name, updated_at on task_priorities
for each row execute function touch_updated_at();
