-- Tries of review points: what a check would find, before anybody saves it. Nothing of them is in reviews, statistics or search.

create table rpd_tests (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    -- The review point whose wording is tried; none while there is none.
    rpd_id uuid,
    -- The stored version that is tried; none for a draft.
    rpd_version_id uuid,
    -- What was asked for at once, and the place in it.
    batch_key uuid not null,
    number integer not null,
    kind text not null,
    title text not null,
    instruction text not null,
    tags text[] not null,
    ng_subcategory text,
    appellations jsonb,
    special_rules jsonb not null,
    mode text not null,
    -- The material: a file, or one line and who says it.
    asset_id uuid,
    line_speaker text,
    line_text text,
    expected_severity text,
    status text not null default 'PENDING',
    run_token uuid,
    outcome text,
    -- The worst of the findings.
    severity text,
    passed boolean generated always as (
        case
            when expected_severity is not null and status = 'COMPLETED'
            then outcome = 'OK' and severity is not distinct from expected_severity
        end
    ) stored,
    finding_count integer not null default 0,
    model_name text,
    measurements jsonb,
    duration_milliseconds integer,
    error_code text,
    error_message text,
    request_key uuid,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    foreign key (rpd_id, project_id) references rpds (id, project_id) on delete cascade,
    foreign key (rpd_version_id) references rpd_versions on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint rpd_tests_number_is_natural check (number >= 1),
    constraint rpd_tests_material_is_one check (
        (asset_id is null) = (line_text is not null) and (line_text is null) = (line_speaker is null)
    ),
    constraint rpd_tests_severities_are_known check (
        severity in ('RISK', 'ALERT', 'SAFE') and expected_severity in ('RISK', 'ALERT', 'SAFE')
    ),
    constraint rpd_tests_status_is_known check (
        status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')
    ),
    constraint rpd_tests_outcome_is_known check (outcome in ('OK', 'SKIPPED_IRRELEVANT', 'ERROR', 'TIMEOUT')),
    constraint rpd_tests_completed_has_outcome check ((status = 'COMPLETED') = (outcome is not null)),
    constraint rpd_tests_failed_has_reason check (status <> 'FAILED' or error_code is not null),
    constraint rpd_tests_end_has_time check (
        (status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at is not null)
    ),
    constraint rpd_tests_in_project unique (id, project_id)
);

create index rpd_tests_in_order on rpd_tests (project_id, created_at desc, id desc);
create index rpd_tests_by_end on rpd_tests (project_id, coalesce(finished_at, 'infinity'::timestamptz), id);
create index rpd_tests_of_rpd on rpd_tests (rpd_id, created_at desc, id desc) where rpd_id is not null;
create index rpd_tests_of_rpd_by_end on rpd_tests (rpd_id, coalesce(finished_at, 'infinity'::timestamptz), id)
where rpd_id is not null;
create index rpd_tests_of_version on rpd_tests (rpd_version_id) where rpd_version_id is not null;
create index rpd_tests_of_asset on rpd_tests (asset_id) where asset_id is not null;
create index rpd_tests_of_creator on rpd_tests (created_by);
create unique index rpd_tests_once on rpd_tests (project_id, request_key, number) where request_key is not null;

create trigger rpd_tests_audit
after insert or update or delete on rpd_tests
for each row
when (current_setting('aimage.actor', true) <> '' and pg_trigger_depth() = 0)
execute function audit_row('RPD_TEST', 'id');

-- The pictures to compare with, in order.
create table rpd_test_references (
    rpd_test_id uuid not null,
    position integer not null,
    project_id uuid not null,
    asset_id uuid not null,
    primary key (rpd_test_id, position),
    foreign key (rpd_test_id, project_id) references rpd_tests (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred
);

create index rpd_test_references_of_asset on rpd_test_references (asset_id);

create table rpd_test_findings (
    rpd_test_id uuid not null,
    ordinal integer not null,
    project_id uuid not null,
    description text not null,
    severity text not null,
    suggestion text,
    tag text,
    -- Fractions of the picture, and the picture's size in pixels.
    area_x double precision,
    area_y double precision,
    area_width double precision,
    area_height double precision,
    image_width integer,
    image_height integer,
    confidence double precision,
    method text,
    line_number integer,
    dialogue jsonb,
    primary key (rpd_test_id, ordinal),
    foreign key (rpd_test_id, project_id) references rpd_tests (id, project_id) on delete cascade,
    constraint rpd_test_findings_severity_is_known check (severity in ('RISK', 'ALERT', 'SAFE')),
    constraint rpd_test_findings_area_is_whole check (
        num_nonnulls(area_x, area_y, area_width, area_height, image_width, image_height) in (0, 6)
    )
);

create constraint trigger rpd_tests_files
after delete on rpd_tests
deferrable initially deferred
for each row execute function delete_unused_asset('asset_id');

create constraint trigger rpd_test_references_files
after delete on rpd_test_references
deferrable initially deferred
for each row execute function delete_unused_asset('asset_id');

do $$
begin
    execute replace(
        pg_get_functiondef('asset_is_used(uuid)'::regprocedure),
        'select exists (select 1 from subtask_contents where asset_id = asset)',
        'select exists (select 1 from subtask_contents where asset_id = asset)
        or exists (select 1 from rpd_tests where asset_id = asset)
        or exists (select 1 from rpd_test_references where asset_id = asset)'
    );
end
$$;
