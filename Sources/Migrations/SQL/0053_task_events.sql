-- Tells that many tasks have changed, as append_event would of each: the subscribers of the tasks first, then those of the
-- projects' boards. Deleted tasks have no subscribers.
--
-- A lock for each of thousands of topics would fill the server's table of locks. Then the outbox is locked as a whole:
-- whoever has written to it commits before ids are given out here, and nobody writes to it until this transaction ends.
create function append_task_events(changed uuid[])
returns void
language plpgsql
as $$
declare
    told record;
begin
    if cardinality(changed) > 1000 then
        lock table events in share row exclusive mode;
    else
        perform pg_advisory_xact_lock(hashtextextended(topic, 20816))
        from (
            select distinct topics.is_board, topics.topic
            from tasks
            cross join lateral (
                values (false, 'task:' || tasks.id), (true, 'project-tasks:' || tasks.project_id)
            ) as topics (is_board, topic)
            where tasks.id = any(changed)
            and tasks.deleted_at is null
            order by topics.is_board, topics.topic
        ) as ordered;
    end if;
    for told in
        insert into events (topic, kind, payload, created_at)
        select topics.topic, 'task-changed', jsonb_build_object('taskId', tasks.id, 'change', 'UPDATED'), clock_timestamp()
        from tasks
        cross join lateral (
            values (false, 'task:' || tasks.id), (true, 'project-tasks:' || tasks.project_id)
        ) as topics (is_board, topic)
        where tasks.id = any(changed)
        and tasks.deleted_at is null
        order by topics.is_board, tasks.id
        returning id, topic
    loop
        perform pg_notify('events', told.id || ' ' || told.topic);
    end loop;
end
$$;
