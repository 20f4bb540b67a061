-- One clock for a row: what is new was changed when it was made, and no change is earlier than the one before it.
--
-- now() is the moment at which a transaction began, clock_timestamp() the present one: a row that had both was changed before
-- it was made, and a transaction that had waited for another one's change took the moment of that change back.

create or replace function touch_updated_at()
returns trigger
language plpgsql
as $$
begin
    -- Two transactions never have the same moment, or whoever looked at the first change would not notice the second.
    new.updated_at := case when now() >= old.updated_at then now() else old.updated_at + interval '1 microsecond' end;
    return new;
end
$$;

create function set_first_updated_at()
returns trigger
language plpgsql
as $$
begin
    new.updated_at := new.created_at;
    return new;
end
$$;

-- The tables whose rows are in the order in which one transaction makes them: created_at is the present moment.
do $$
declare
    made text;
begin
    foreach made in array array[
        'annotations', 'characters', 'documents', 'ips', 'items', 'review_sets', 'task_tags'
    ]
    loop
        execute format('alter table %I alter column updated_at drop default', made);
        execute format(
            $trigger$
            create trigger %1$s_first_updated_at
            before insert on %1$I
            for each row
            when (new.updated_at is null)
            execute function set_first_updated_at()
            $trigger$,
            made
        );
        execute format('alter table %I disable trigger user', made);
        execute format('update %I set updated_at = created_at where updated_at < created_at', made);
        execute format('alter table %I enable trigger user', made);
    end loop;
end
$$;
