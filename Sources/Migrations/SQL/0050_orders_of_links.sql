-- The orders of lists that a link leads to: what they are ordered by stands beside the link, as in 0029.

-- The organisations of a person.
alter table organizations add constraint organizations_with_name_and_age unique (id, name, created_at);

alter table organization_members
    add column organization_name text,
    add column organization_created_at timestamptz;

alter table organization_members disable trigger user;
update organization_members
set organization_name = organizations.name,
    organization_created_at = organizations.created_at
from organizations
where organizations.id = organization_members.organization_id;
alter table organization_members enable trigger user;

-- A lock on the name, so that nobody changes it before the foreign key is checked.
create function copy_organization_of_member()
returns trigger
language plpgsql
as $$
begin
    select name, created_at into new.organization_name, new.organization_created_at
    from organizations
    where id = new.organization_id
    for key share;
    return new;
end
$$;

create trigger organization_members_copy_organization
before insert on organization_members
for each row execute function copy_organization_of_member();

alter table organization_members
    drop constraint organization_members_organization_id_fkey,
    alter column organization_name set not null,
    alter column organization_created_at set not null,
    add foreign key (organization_id, organization_name, organization_created_at)
    references organizations (id, name, created_at) on update cascade on delete cascade;

create index organization_members_by_organization_age
on organization_members (user_id, organization_created_at, organization_id);
create index organization_members_by_organization_name
on organization_members (user_id, organization_name, organization_id);

-- The held findings of a material, of which each stands in a review. A review never moves; what is not held, as most findings,
-- has nothing here and is in none of the indexes.
alter table findings add column held_subtask_id uuid;

alter table findings disable trigger user;
update findings
set held_subtask_id = reviews.subtask_id
from reviews
where reviews.id = findings.review_id
and findings.is_held;
alter table findings enable trigger user;

alter table findings
    add constraint findings_held_of_subtask check (is_held = (held_subtask_id is not null));

create function set_held_subtask()
returns trigger
language plpgsql
as $$
begin
    new.held_subtask_id := case when new.is_held then (select subtask_id from reviews where id = new.review_id) end;
    return new;
end
$$;

create trigger findings_hold_new
before insert on findings
for each row
when (new.is_held)
execute function set_held_subtask();

create trigger findings_hold
before update of is_held on findings
for each row
when (new.is_held <> old.is_held)
execute function set_held_subtask();

create index findings_held_by_age on findings (held_subtask_id, created_at, id) where held_subtask_id is not null;
create index findings_held_by_change on findings (held_subtask_id, updated_at, id) where held_subtask_id is not null;
create index findings_held_by_severity on findings (held_subtask_id, severity_rank(severity), id)
where held_subtask_id is not null;

-- The audit log does not keep what follows from other columns.
do $$
begin
    execute replace(
        pg_get_functiondef('audit_row'::regproc), '''google_subject''',
        '''google_subject'', ''held_subtask_id'', ''organization_created_at'''
    );
end
$$;
