-- What people make of findings: their own ones, changes with the original kept, a status, and what is worth keeping.

alter table findings
    add column status text not null default 'PENDING',
    -- Null for the AI's.
    add column created_by uuid references users on delete set null,
    add column is_by_ai boolean not null default true,
    -- The AI's finding in whose place this one stands.
    add column overrides_id uuid references findings on delete set null,
    add constraint findings_status_is_known
    check (status in ('PENDING', 'ACCEPTED', 'REJECTED', 'RESOLVED', 'IGNORED')),
    add constraint findings_ai_has_no_author check (not is_by_ai or created_by is null),
    add constraint findings_of_project_by_id unique (id, project_id);

create index findings_of_creator on findings (created_by);
create unique index findings_overridden_once on findings (overrides_id) where overrides_id is not null;
create index findings_held on findings (project_id, created_at, id) where is_held;

-- What a finding said before each change; number 1 is how it was stored first. Never changed.
create table finding_revisions (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    finding_id uuid not null,
    number integer not null,
    description text not null,
    severity text not null,
    suggestion text,
    area_x double precision,
    area_y double precision,
    area_width double precision,
    area_height double precision,
    image_width integer,
    image_height integer,
    -- Who replaced it, and when.
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    foreign key (finding_id, project_id) references findings (id, project_id) on delete cascade,
    constraint finding_revisions_number_is_natural check (number >= 1),
    constraint finding_revisions_in_order unique (finding_id, number)
);

create index finding_revisions_of_project on finding_revisions (project_id);
create index finding_revisions_of_creator on finding_revisions (created_by);

-- Findings that are worth knowing beyond their review, each at most once.
create table promoted_findings (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    finding_id uuid not null unique,
    notes text not null default '',
    tags text[] not null default '{}',
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    foreign key (finding_id, project_id) references findings (id, project_id) on delete cascade,
    constraint promoted_findings_notes_length check (length(notes) <= 5000),
    constraint promoted_findings_tags_length check (cardinality(tags) <= 100)
);

create index promoted_findings_in_order on promoted_findings (project_id, created_at desc, id desc);
create index promoted_findings_of_creator on promoted_findings (created_by);
