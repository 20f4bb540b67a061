-- What happens in a project, as its people want to hear of it: those entries of the audit log that mean something to them,
-- and the ends of what they have started, which nobody brings about.

create index audit_entries_activity on audit_entries (project_id, created_at desc, id desc) where activity is not null;
create index audit_entries_activity_of_task on audit_entries (task_id, created_at desc, id desc)
where activity is not null;

-- What people have started ends by itself; a person's own change of a status has its entry already.
do $$
declare
    started record;
begin
    for started in
        select *
        from (values ('reviews', 'REVIEW'), ('exports', 'EXPORT'), ('batch_jobs', 'BATCH_JOB')) as tables (name, entity_type)
    loop
        execute format(
            $trigger$
            create trigger %1$s_ended
            after update of status on %1$s
            for each row
            when (
                new.status <> old.status
                and new.status in ('COMPLETED', 'PARTIAL', 'FAILED')
                and coalesce(current_setting('aimage.actor', true), '') = ''
            )
            execute function audit_row(%2$L, 'id')
            $trigger$,
            started.name, started.entity_type
        );
    end loop;
end
$$;

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
