-- What happens in a project, as its people want to hear of it: those entries of the audit log that mean something to them,
-- and the ends of what they have started, which nobody brings about.

alter table audit_entries
    -- The names are those of the API's ActivityKind; null for what is no news to a project's people.
    add column activity text,
    -- What it was called then, for what has a name.
    add column title text,
    -- Where it happened.
    add column task_id uuid,
    add column subtask_id uuid;

create index audit_entries_activity on audit_entries (project_id, created_at desc, id desc) where activity is not null;
create index audit_entries_activity_of_task on audit_entries (task_id, created_at desc, id desc)
where activity is not null;

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

-- As before, and what the change means to the people of the project. Without an actor it is the system's doing.
create or replace function audit_row()
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

-- What people have started ends by itself; a person's own change of a status has its entry already.
create trigger reviews_ended
after update of status on reviews
for each row
when (
    new.status <> old.status
    and new.status in ('COMPLETED', 'FAILED')
    and coalesce(current_setting('aimage.actor', true), '') = ''
)
execute function audit_row('REVIEW', 'id');

create trigger exports_ended
after update of status on exports
for each row
when (
    new.status <> old.status
    and new.status in ('COMPLETED', 'FAILED')
    and coalesce(current_setting('aimage.actor', true), '') = ''
)
execute function audit_row('EXPORT', 'id');

create trigger batch_jobs_ended
after update of status on batch_jobs
for each row
when (
    new.status <> old.status
    and new.status in ('COMPLETED', 'PARTIAL', 'FAILED')
    and coalesce(current_setting('aimage.actor', true), '') = ''
)
execute function audit_row('BATCH_JOB', 'id');

-- The event of an activity is appended when the transaction commits, so that its topic's lock, which a whole project
-- shares, is held for that moment only, and after all other locks.
create function tell_activity()
returns trigger
language plpgsql
as $$
begin
    perform append_event(
        'project-activity:' || new.project_id, 'activity-recorded', jsonb_build_object('activityId', new.id)
    );
    return null;
end
$$;

create constraint trigger audit_entries_tell
after insert on audit_entries
deferrable initially deferred
for each row
when (new.activity is not null)
execute function tell_activity();
