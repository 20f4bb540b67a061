-- When an entry of a project's knowledge was last changed, so that of two people who change one the second learns of it.

alter table promoted_findings add column updated_at timestamptz;
update promoted_findings set updated_at = created_at;
alter table promoted_findings alter column updated_at set not null;

create trigger promoted_findings_first_updated_at
before insert on promoted_findings
for each row
when (new.updated_at is null)
execute function set_first_updated_at();

create trigger promoted_findings_touch
before update of notes, tags, updated_at on promoted_findings
for each row execute function touch_updated_at();
