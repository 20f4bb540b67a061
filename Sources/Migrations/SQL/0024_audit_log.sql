-- Who changed what, with what was there before and after, for everything that people change.
--
-- Triggers write it, so that no change can forget to. They ask for the setting aimage.actor, which the program gives every
-- transaction of a person's mutation: what nobody does, such as the work of jobs and the copying of demo data, leaves no
-- entry and costs one look at the setting for each row.

-- Entries outlive what they tell of: the identifiers stay, whatever is deleted.
alter table audit_entries
    drop constraint audit_entries_organization_id_fkey,
    drop constraint audit_entries_project_id_fkey,
    drop constraint audit_entries_user_id_fkey,
    drop constraint audit_entries_created_by_fkey,
    -- Null for what lies in no organisation: users and service tokens.
    alter column organization_id drop not null,
    add column entity_type text,
    -- Of a link, the object that has it; of a membership, the person.
    add column entity_id uuid,
    -- The columns that changed, and no others; null for what was made or is gone.
    add column before jsonb,
    add column after jsonb,
    -- What it means to the people of the project, by the names of the API's ActivityKind; null for what is no news to them.
    add column activity text,
    -- What it was called then, for what has a name.
    add column title text,
    -- Where it happened.
    add column task_id uuid,
    add column subtask_id uuid;

-- What was written so far told of rights and people.
update audit_entries
set entity_type = kinds.entity_type,
    action = kinds.action,
    entity_id = coalesce(
        case kinds.entity_type
            when 'ORGANIZATION' then audit_entries.organization_id
            when 'ORGANIZATION_INVITATION' then (
                select invitations.id
                from organization_invitations as invitations
                where invitations.organization_id = audit_entries.organization_id
                and invitations.email = audit_entries.details ->> 'email'
                order by abs(extract(epoch from invitations.created_at - audit_entries.created_at))
                limit 1
            )
            when 'PROJECT' then audit_entries.project_id
            when 'PROJECT_COOPERATION' then (
                select coop.id
                from project_organizations as coop
                where coop.project_id = audit_entries.project_id
                and coop.organization_id = (audit_entries.details ->> 'organizationId')::uuid
            )
            else audit_entries.user_id
        end,
        audit_entries.organization_id
    ),
    before = case
        when kinds.action = 'DELETED' then audit_entries.details
        when kinds.name in ('ADMIN_GRANTED', 'ADMIN_REVOKED')
        then jsonb_build_object('isAdmin', kinds.name = 'ADMIN_REVOKED')
    end,
    after = case
        when kinds.name in ('ADMIN_GRANTED', 'ADMIN_REVOKED')
        then jsonb_build_object('isAdmin', kinds.name = 'ADMIN_GRANTED')
        when kinds.action <> 'DELETED' then audit_entries.details
    end
from (
    values
        ('ORGANIZATION_CREATED', 'ORGANIZATION', 'CREATED'),
        ('ORGANIZATION_UPDATED', 'ORGANIZATION', 'UPDATED'),
        ('MEMBER_ADDED', 'ORGANIZATION_MEMBER', 'CREATED'),
        ('MEMBER_REMOVED', 'ORGANIZATION_MEMBER', 'DELETED'),
        ('ADMIN_GRANTED', 'ORGANIZATION_MEMBER', 'UPDATED'),
        ('ADMIN_REVOKED', 'ORGANIZATION_MEMBER', 'UPDATED'),
        ('INVITATION_CREATED', 'ORGANIZATION_INVITATION', 'CREATED'),
        ('INVITATION_REVOKED', 'ORGANIZATION_INVITATION', 'UPDATED'),
        ('PROJECT_ARCHIVED', 'PROJECT', 'UPDATED'),
        ('PROJECT_UNARCHIVED', 'PROJECT', 'UPDATED'),
        ('PROJECT_DELETED', 'PROJECT', 'UPDATED'),
        ('PROJECT_RESTORED', 'PROJECT', 'UPDATED'),
        ('PROJECT_MEMBER_ADDED', 'PROJECT_MEMBER', 'CREATED'),
        ('PROJECT_MEMBER_REMOVED', 'PROJECT_MEMBER', 'DELETED'),
        ('PROJECT_ORGANIZATION_ADDED', 'PROJECT_COOPERATION', 'CREATED'),
        ('PROJECT_ORGANIZATION_REMOVED', 'PROJECT_COOPERATION', 'DELETED')
) as kinds (name, entity_type, action)
where kinds.name = audit_entries.action;

alter table audit_entries
    drop column details,
    alter column entity_type set not null,
    alter column entity_id set not null,
    add constraint audit_entries_action_is_known check (action in ('CREATED', 'UPDATED', 'DELETED'));

create index audit_entries_by_age on audit_entries (created_at desc, id desc);
create index audit_entries_of_entity on audit_entries (entity_id, created_at desc, id desc);
drop index audit_entries_of_creator;
create index audit_entries_of_creator on audit_entries (created_by, created_at desc, id desc);
drop index audit_entries_of_user;

-- A column's name as the API writes names: due_at is dueAt.
create function audit_name(name text)
returns text
language sql
immutable
parallel safe
as $$
    select lower(left(words, 1)) || substr(words, 2)
    from replace(initcap(replace(name, '_', ' ')), ' ', '') as words
$$;

-- A value as it is kept; of a long one, such as a drawing, only how long it was.
create function audit_value(value jsonb)
returns jsonb
language sql
immutable
parallel safe
as $$
    select case
        when pg_column_size(value) <= 16384 then value
        else jsonb_build_object('bytes', octet_length(value::text))
    end
$$;

-- What an entry means to the people of the project; null if nothing.
create function activity_of(entity_type text, action text, former jsonb, later jsonb)
returns text
language sql
immutable
parallel safe
as $$
    select case entity_type || ' ' || action
        when 'PROJECT CREATED' then 'PROJECT_CREATED'
        when 'PROJECT UPDATED' then case
            when later ? 'archivedAt' then case when later ->> 'archivedAt' is null then 'PROJECT_UNARCHIVED' else 'PROJECT_ARCHIVED' end
            when later ? 'deletedAt' then case when later ->> 'deletedAt' is null then 'PROJECT_RESTORED' else 'PROJECT_DELETED' end
            else 'PROJECT_UPDATED'
        end
        when 'PROJECT_MEMBER CREATED' then 'MEMBER_ADDED'
        when 'PROJECT_MEMBER DELETED' then 'MEMBER_REMOVED'
        when 'PROJECT_COOPERATION CREATED' then 'ORGANIZATION_ADDED'
        when 'PROJECT_COOPERATION DELETED' then 'ORGANIZATION_REMOVED'
        when 'TASK CREATED' then 'TASK_CREATED'
        when 'TASK UPDATED' then case
            when later ? 'deletedAt' then case when later ->> 'deletedAt' is null then 'TASK_RESTORED' else 'TASK_DELETED' end
            when later ? 'statusId' then 'TASK_STATUS_CHANGED'
            when later ? 'assigneeId' then 'TASK_ASSIGNED'
            -- A place on the board is no news.
            when later - 'boardRank' <> '{}' then 'TASK_UPDATED'
        end
        when 'SUBTASK CREATED' then 'SUBTASK_CREATED'
        when 'SUBTASK UPDATED' then case
            when later ? 'deletedAt' then case when later ->> 'deletedAt' is null then 'SUBTASK_RESTORED' else 'SUBTASK_DELETED' end
            -- A decision has an entry of its own, and a place is no news.
            when later - '{position,status}'::text[] <> '{}' then 'SUBTASK_UPDATED'
        end
        -- The first version comes with its material.
        when 'SUBTASK_CONTENT CREATED' then case when later ->> 'version' <> '1' then 'CONTENT_ADDED' end
        when 'SUBTASK_DECISION CREATED' then 'SUBTASK_DECIDED'
        when 'ANNOTATION CREATED' then 'ANNOTATION_CREATED'
        when 'ANNOTATION UPDATED' then case when later ? 'solvedAt' and later ->> 'solvedAt' is not null then 'ANNOTATION_SOLVED' end
        when 'REVIEW CREATED' then 'REVIEW_STARTED'
        when 'REVIEW UPDATED' then case later ->> 'status'
            when 'COMPLETED' then 'REVIEW_COMPLETED'
            when 'FAILED' then 'REVIEW_FAILED'
            when 'CANCELLED' then 'REVIEW_CANCELLED'
        end
        when 'FINDING CREATED' then 'FINDING_CREATED'
        when 'FINDING UPDATED' then 'FINDING_UPDATED'
        when 'PROMOTED_FINDING CREATED' then 'FINDING_PROMOTED'
        when 'EXPORT CREATED' then 'EXPORT_STARTED'
        when 'EXPORT UPDATED' then case later ->> 'status'
            when 'COMPLETED' then 'EXPORT_COMPLETED'
            when 'FAILED' then 'EXPORT_FAILED'
        end
        when 'BATCH_JOB CREATED' then 'BATCH_STARTED'
        when 'BATCH_JOB UPDATED' then case
            when later ->> 'status' in ('COMPLETED', 'PARTIAL', 'FAILED') then 'BATCH_ENDED'
        end
        when 'RPD CREATED' then 'RPD_CREATED'
        when 'RPD UPDATED' then case
            when later ? 'deletedAt' then case when later ->> 'deletedAt' is null then 'RPD_RESTORED' else 'RPD_DELETED' end
            else 'RPD_UPDATED'
        end
        -- The first version comes with its review point.
        when 'RPD_VERSION CREATED' then case when later ->> 'versionNumber' <> '1' then 'RPD_VERSION_CREATED' end
        when 'CHARACTER CREATED' then 'CHARACTER_CREATED'
        when 'REVIEW_SET CREATED' then 'REVIEW_SET_CREATED'
        when 'ITEM CREATED' then 'ITEM_CREATED'
        when 'DOCUMENT CREATED' then 'DOCUMENT_CREATED'
    end
$$;

-- The trigger of every table that people change: its arguments are the name of the entity, and the column with its key.
--
-- Not kept are what the entry has columns for, what follows from other columns, what says who works on a row, and secrets.
-- Without an actor it is the system's doing.
create function audit_row()
returns trigger
language plpgsql
as $$
declare
    untold constant text[] := array[
        'id', 'project_id', 'created_by', 'created_at', 'updated_at', 'deleted_by', 'search_text', 'hash', 'run_token',
        'request_key', 'google_subject'
    ];
    present constant jsonb := to_jsonb(coalesce(new, old));
    former jsonb;
    later jsonb;
    project uuid;
    organization uuid;
    subtask uuid;
    task uuid;
    done constant text := case tg_op when 'INSERT' then 'CREATED' when 'UPDATE' then 'UPDATED' else 'DELETED' end;
begin
    select
        jsonb_object_agg(audit_name(key), audit_value(o.value)) filter (where tg_op <> 'INSERT'),
        jsonb_object_agg(audit_name(key), audit_value(n.value)) filter (where tg_op <> 'DELETE')
    into former, later
    from jsonb_each(to_jsonb(old)) as o
    full join jsonb_each(to_jsonb(new)) as n using (key)
    where key <> all (untold)
    and o.value is distinct from n.value
    -- What was made or is gone had no use for empty columns.
    and (tg_op = 'UPDATE' or coalesce(n.value, o.value) <> 'null');
    if tg_op = 'UPDATE' and later is null then
        return null;
    end if;
    project := case tg_table_name when 'projects' then present ->> 'id' else present ->> 'project_id' end;
    -- What lies in a project is the business of its owner, whoever else it names.
    select organization_id into organization from projects where id = project;
    case tg_table_name
        when 'subtasks' then
            subtask := present ->> 'id';
        when 'findings' then
            select subtask_id into subtask from reviews where id = (present ->> 'review_id')::uuid;
        when 'promoted_findings' then
            select reviews.subtask_id into subtask
            from findings
            join reviews on reviews.id = findings.review_id
            where findings.id = (present ->> 'finding_id')::uuid;
        else
            subtask := present ->> 'subtask_id';
    end case;
    task := case tg_table_name when 'tasks' then present ->> 'id' else present ->> 'task_id' end;
    if task is null and subtask is not null then
        select task_id into task from subtasks where id = subtask;
    end if;
    insert into audit_entries (
        organization_id, project_id, action, entity_type, entity_id, user_id, before, after, created_by, activity,
        title, task_id, subtask_id
    )
    values (
        coalesce(
            organization,
            (case tg_table_name when 'organizations' then present ->> 'id' else present ->> 'organization_id' end)::uuid
        ),
        project,
        done,
        tg_argv[0],
        (present ->> tg_argv[1])::uuid,
        (
            case tg_table_name
                when 'users' then present ->> 'id'
                when 'tasks' then later ->> 'assigneeId'
                else present ->> 'user_id'
            end
        )::uuid,
        former,
        later,
        nullif(current_setting('aimage.actor', true), '')::uuid,
        case when project is not null then activity_of(tg_argv[0], done, former, later) end,
        coalesce(present ->> 'name', present ->> 'title'),
        task,
        subtask
    );
    return null;
end
$$;

-- What a foreign key deletes or empties (depth above 0) follows from the entry of what was deleted.
do $$
declare
    audited record;
begin
    for audited in
        select *
        from (
            values
                ('users', 'USER', 'id'),
                ('service_tokens', 'SERVICE_TOKEN', 'id'),
                ('organizations', 'ORGANIZATION', 'id'),
                ('organization_members', 'ORGANIZATION_MEMBER', 'user_id'),
                ('organization_invitations', 'ORGANIZATION_INVITATION', 'id'),
                ('task_statuses', 'TASK_STATUS', 'id'),
                ('task_priorities', 'TASK_PRIORITY', 'id'),
                ('projects', 'PROJECT', 'id'),
                ('project_members', 'PROJECT_MEMBER', 'user_id'),
                ('project_organizations', 'PROJECT_COOPERATION', 'id'),
                ('project_status_candidates', 'PROJECT_STATUS_CANDIDATE', 'status_id'),
                ('project_priority_candidates', 'PROJECT_PRIORITY_CANDIDATE', 'priority_id'),
                ('tasks', 'TASK', 'id'),
                ('task_tags', 'TASK_TAG', 'id'),
                ('task_tag_links', 'TASK_TAG_LINK', 'task_id'),
                ('subtasks', 'SUBTASK', 'id'),
                ('subtask_contents', 'SUBTASK_CONTENT', 'id'),
                ('subtask_decisions', 'SUBTASK_DECISION', 'id'),
                ('subtask_characters', 'SUBTASK_CHARACTER', 'subtask_id'),
                ('annotations', 'ANNOTATION', 'id'),
                ('assets', 'ASSET', 'id'),
                ('documents', 'DOCUMENT', 'id'),
                ('ips', 'IP', 'id'),
                ('project_ips', 'PROJECT_IP', 'ip_id'),
                ('characters', 'CHARACTER', 'id'),
                ('character_pictures', 'CHARACTER_PICTURE', 'character_id'),
                ('character_rpds', 'CHARACTER_RPD', 'character_id'),
                ('items', 'ITEM', 'id'),
                ('rpds', 'RPD', 'id'),
                ('rpd_versions', 'RPD_VERSION', 'id'),
                ('rpd_version_assets', 'RPD_VERSION_ASSET', 'rpd_version_id'),
                ('review_sets', 'REVIEW_SET', 'id'),
                ('review_set_rpds', 'REVIEW_SET_RPD', 'review_set_id'),
                ('review_set_characters', 'REVIEW_SET_CHARACTER', 'review_set_id'),
                ('review_set_tags', 'REVIEW_SET_TAG', 'review_set_id'),
                ('reviews', 'REVIEW', 'id'),
                ('findings', 'FINDING', 'id'),
                ('promoted_findings', 'PROMOTED_FINDING', 'id'),
                ('batch_jobs', 'BATCH_JOB', 'id'),
                ('exports', 'EXPORT', 'id')
        ) as tables (name, entity_type, key_column)
    loop
        execute format(
            $trigger$
            create trigger %1$s_audit
            after insert or update or delete on %1$s
            for each row
            when (current_setting('aimage.actor', true) <> '' and pg_trigger_depth() = 0)
            execute function audit_row(%2$L, %3$L)
            $trigger$,
            audited.name, audited.entity_type, audited.key_column
        );
    end loop;
end
$$;
