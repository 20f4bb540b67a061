-- Knowledge is shared beyond its project, and found among all that somebody reads.

-- The audience follows from the scope: the audit log tells of that.
do $$
begin
    execute replace(
        pg_get_functiondef('audit_row()'::regprocedure), '''google_subject''', '''google_subject'', ''audience_id'''
    );
end
$$;

alter table promoted_findings
    add column scope text not null default 'PROJECT',
    -- Who reads it, as one key: its project, the organisation that owns the project, or 0 for everybody. A project
    -- stays with its owner.
    add column audience_id uuid,
    -- Like findings', it has no name.
    add column search_text text not null
    generated always as (
        E'\n' || search_fold(description || ' ' || coalesce(suggestion, '') || ' ' || notes)
    ) stored,
    add constraint promoted_findings_scope_is_known check (scope in ('PROJECT', 'ORGANIZATION', 'PUBLIC'));

update promoted_findings set audience_id = project_id;
alter table promoted_findings alter column audience_id set not null;

create function set_knowledge_audience()
returns trigger
language plpgsql
as $$
begin
    new.audience_id := case new.scope
        when 'PROJECT' then new.project_id
        when 'ORGANIZATION' then (select organization_id from projects where id = new.project_id)
        else '00000000-0000-0000-0000-000000000000'
    end;
    return new;
end
$$;

create trigger promoted_findings_audience
before insert or update of scope, project_id on promoted_findings
for each row execute function set_knowledge_audience();

drop trigger promoted_findings_touch on promoted_findings;
create trigger promoted_findings_touch
before update of notes, tags, scope, updated_at on promoted_findings
for each row execute function touch_updated_at();

create index promoted_findings_of_audience on promoted_findings (audience_id, created_at desc, id desc);
create index promoted_findings_by_characters on promoted_findings
using gin (audience_id, search_characters(search_text));

-- Rule KNOWLEDGE_READER: a viewer's projects, the organisations that the viewer works in or for, and everybody.
--
-- The owner of a project is among them for whoever takes part in it: members of the owner see all its projects anyway.
create function knowledge_audiences(viewer uuid)
returns table (audience_id uuid)
language sql
stable
as $$
    select projects.project_id
    from accessible_projects(viewer) as projects
    union
    select members.organization_id
    from organization_members as members
    where members.user_id = viewer
    union
    select projects.organization_id
    from projects
    where projects.id in (select project_id from accessible_projects(viewer))
    union
    select '00000000-0000-0000-0000-000000000000'::uuid
    from users
    where users.id = viewer
$$;
