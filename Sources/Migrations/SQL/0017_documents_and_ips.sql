-- The works that a company owns, and the documents of its projects with their pages.

alter table projects add constraint projects_in_organization unique (id, organization_id);

create table ips (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organizations on delete cascade,
    name text not null,
    description text not null default '',
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    constraint ips_name_length check (length(name) between 1 and 255),
    constraint ips_description_length check (length(description) <= 5000),
    constraint ips_in_organization unique (id, organization_id)
);

create index ips_of_organization on ips (organization_id);
create index ips_of_creator on ips (created_by);

create trigger ips_touch
before update on ips
for each row execute function touch_updated_at();

-- A work is attached to projects of the company that owns it, and to no others.
create table project_ips (
    project_id uuid not null,
    ip_id uuid not null,
    organization_id uuid not null,
    primary key (project_id, ip_id),
    foreign key (project_id, organization_id) references projects (id, organization_id) on delete cascade,
    foreign key (ip_id, organization_id) references ips (id, organization_id) on delete cascade
);

create index project_ips_of_ip on project_ips (ip_id, project_id);

-- A work once for each project: who sees one of them sees the work.
create view attached_ips as
select ips.id, links.project_id, ips.organization_id, ips.name, ips.description, ips.created_by, ips.created_at,
    ips.updated_at
from project_ips as links
join ips on ips.id = links.ip_id
where ips.deleted_at is null;

alter table characters add column ip_id uuid references ips on delete set null;

create index characters_of_ip on characters (ip_id);

alter table assets
    drop constraint assets_purpose_is_known,
    add constraint assets_purpose_is_known
    check (purpose in ('SUBTASK_CONTENT', 'RPD_REFERENCE', 'EXPORT', 'DOCUMENT', 'DOCUMENT_PAGE'));

create table documents (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    asset_id uuid not null,
    kind text not null,
    name text not null,
    description text not null default '',
    status text not null default 'PENDING',
    pages_total integer not null default 0,
    pages_done integer not null default 0,
    run_token uuid,
    error_code text,
    error_message text,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    deleted_at timestamptz,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint documents_once unique (asset_id),
    constraint documents_kind_is_known check (kind in ('PDF', 'WORD', 'EXCEL', 'POWERPOINT', 'TEXT')),
    constraint documents_status_is_known check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
    constraint documents_name_length check (length(name) between 1 and 255),
    constraint documents_description_length check (length(description) <= 5000),
    constraint documents_pages_are_natural check (pages_done between 0 and pages_total),
    constraint documents_failed_has_reason check ((status = 'FAILED') = (error_code is not null)),
    constraint documents_end_has_time check ((status in ('COMPLETED', 'FAILED')) = (finished_at is not null)),
    constraint documents_in_project unique (id, project_id)
);

create index documents_in_order on documents (project_id, created_at desc, id desc);
create index documents_of_creator on documents (created_by);

create trigger documents_touch
before update on documents
for each row execute function touch_updated_at();

create table document_pages (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    document_id uuid not null,
    number integer not null,
    text text not null,
    asset_id uuid,
    created_at timestamptz not null default clock_timestamp(),
    foreign key (document_id, project_id) references documents (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint document_pages_number_is_natural check (number >= 1),
    constraint document_pages_in_order unique (document_id, number),
    constraint document_pages_of_asset unique (asset_id)
);

create index document_pages_of_project on document_pages (project_id);
