-- Review points and their versions. A version never changes, but for which one of them is active.

create table rpds (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    kind text not null,
    is_active boolean not null default true,
    deleted_at timestamptz,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint rpds_kind_is_known check (
        kind in (
            'GENERAL_NG_REVIEW', 'VISUAL_REVIEW', 'SETTINGS_REVIEW', 'DESIGN_REVIEW', 'TEXT_REVIEW', 'COPYRIGHT_REVIEW'
        )
    ),
    constraint rpds_in_project unique (id, project_id)
);

create index rpds_in_order on rpds (project_id, created_at, id) where deleted_at is null;
create index rpds_of_project on rpds (project_id);
create index rpds_of_creator on rpds (created_by);

create trigger rpds_touch
before update on rpds
for each row execute function touch_updated_at();

create table rpd_versions (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    rpd_id uuid not null,
    version_number integer not null,
    is_active boolean not null,
    title text not null,
    instruction text not null default '',
    tags text[] not null default '{}',
    ng_subcategory text,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default now(),
    foreign key (rpd_id, project_id) references rpds (id, project_id) on delete cascade,
    constraint rpd_versions_number_is_natural check (version_number >= 1),
    constraint rpd_versions_title_length check (length(title) between 1 and 255),
    constraint rpd_versions_instruction_length check (length(instruction) <= 5000),
    constraint rpd_versions_tags_length check (cardinality(tags) <= 100),
    constraint rpd_versions_ng_subcategory_is_known check (ng_subcategory in ('CONCRETE_SHAPE', 'ABSTRACT_TYPE')),
    constraint rpd_versions_in_order unique (rpd_id, version_number),
    constraint rpd_versions_in_project unique (id, project_id)
);

create unique index rpd_versions_one_active on rpd_versions (rpd_id) where is_active;
create index rpd_versions_of_project on rpd_versions (project_id);
create index rpd_versions_of_creator on rpd_versions (created_by);

create table rpd_version_assets (
    rpd_version_id uuid not null,
    project_id uuid not null,
    position integer not null,
    asset_id uuid not null,
    primary key (rpd_version_id, position),
    foreign key (rpd_version_id, project_id) references rpd_versions (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint rpd_version_assets_position_is_natural check (position >= 1)
);

create index rpd_version_assets_of_asset on rpd_version_assets (asset_id);
