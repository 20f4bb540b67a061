-- What takes long, and what has changed.

create table jobs (
    id uuid primary key default gen_random_uuid(),
    kind text not null,
    -- What the job is about, in the words of its kind: the same thing is never done by two jobs.
    key text not null,
    payload jsonb not null default '{}',
    status text not null default 'QUEUED',
    attempts integer not null default 0,
    maximum_attempts integer not null default 5,
    run_at timestamptz not null default now(),
    worker text,
    lease_token uuid,
    lease_until timestamptz,
    cancel_requested_at timestamptz,
    last_error text,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    updated_at timestamptz not null default now(),
    constraint jobs_status_is_known check (status in ('QUEUED', 'RUNNING', 'COMPLETED', 'DEAD', 'CANCELLED')),
    constraint jobs_running_has_lease check (
        (status = 'RUNNING') = (lease_token is not null)
        and (status = 'RUNNING') = (lease_until is not null)
        and (status = 'RUNNING') = (worker is not null)
    ),
    constraint jobs_end_has_time check ((status in ('COMPLETED', 'DEAD', 'CANCELLED')) = (finished_at is not null)),
    constraint jobs_attempts_are_natural check (attempts >= 0 and maximum_attempts >= 1),
    constraint jobs_once unique (kind, key)
);

create index jobs_waiting on jobs (run_at, id) where status = 'QUEUED';
create index jobs_running on jobs (lease_until) where status = 'RUNNING';
create index jobs_finished on jobs (finished_at) where finished_at is not null;

create trigger jobs_touch
before update on jobs
for each row execute function touch_updated_at();

-- The outbox. Rows are written in the transaction of the change that they tell of.
create table events (
    id bigserial primary key,
    topic text not null,
    kind text not null,
    payload jsonb not null,
    created_at timestamptz not null default now()
);

create index events_of_topic on events (topic, id);
create index events_by_age on events (created_at);

-- Appends an event and tells the listeners its id and topic when the transaction commits.
--
-- Ids are given out before the commit, so that two transactions could make theirs visible in the wrong order, and a
-- reader that has seen the higher one would never ask for the lower one again. The lock, held to the end of the
-- transaction, lets only one transaction at a time append to a topic: within a topic, ids become visible in order.
-- A transaction that appends to several topics goes from the narrower to the wider one (review, then project), or it
-- may deadlock with another.
create function append_event(event_topic text, event_kind text, event_payload jsonb)
returns bigint
language plpgsql
as $$
declare
    event_id bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended(event_topic, 20816));
    insert into events (topic, kind, payload, created_at)
    values (event_topic, event_kind, event_payload, clock_timestamp())
    returning id into event_id;
    perform pg_notify('events', event_id::text || ' ' || event_topic);
    return event_id;
end
$$;
