-- What a project knows: its characters, its reference pictures, and which review points belong together.

create table characters (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    name text not null,
    alias text not null default '',
    description text not null default '',
    features text not null default '',
    -- The main picture.
    picture_id uuid,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default now(),
    foreign key (picture_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint characters_name_length check (length(name) between 1 and 255),
    constraint characters_alias_length check (length(alias) <= 255),
    constraint characters_description_length check (length(description) <= 5000),
    constraint characters_features_length check (length(features) <= 5000),
    constraint characters_in_project unique (id, project_id)
);

create index characters_in_order on characters (project_id, created_at, id);
create index characters_of_picture on characters (picture_id);
create index characters_of_creator on characters (created_by);

create trigger characters_touch
before update on characters
for each row execute function touch_updated_at();

-- The gallery and the design sheets of a character, each in its own order.
create table character_pictures (
    character_id uuid not null,
    kind text not null,
    position integer not null,
    asset_id uuid not null,
    project_id uuid not null,
    primary key (character_id, kind, position),
    foreign key (character_id, project_id) references characters (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint character_pictures_kind_is_known check (kind in ('GALLERY', 'CONCEPT_ART')),
    constraint character_pictures_position_is_natural check (position >= 1)
);

create index character_pictures_of_asset on character_pictures (asset_id);

create table character_rpds (
    character_id uuid not null,
    rpd_id uuid not null,
    project_id uuid not null,
    primary key (character_id, rpd_id),
    foreign key (character_id, project_id) references characters (id, project_id) on delete cascade,
    foreign key (rpd_id, project_id) references rpds (id, project_id) on delete cascade
);

create index character_rpds_of_rpd on character_rpds (rpd_id, character_id);

create table items (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    asset_id uuid not null,
    description text not null default '',
    tags text[] not null default '{}',
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default now(),
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint items_once unique (asset_id),
    constraint items_description_length check (length(description) <= 5000),
    constraint items_tags_length check (cardinality(tags) <= 100)
);

create index items_in_order on items (project_id, created_at desc, id desc);
create index items_by_tag on items using gin (tags);
create index items_of_creator on items (created_by);

create trigger items_touch
before update on items
for each row execute function touch_updated_at();

create table review_sets (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    name text not null,
    description text not null default '',
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default now(),
    constraint review_sets_name_length check (length(name) between 1 and 255),
    constraint review_sets_description_length check (length(description) <= 5000),
    constraint review_sets_by_name unique (project_id, name),
    constraint review_sets_in_project unique (id, project_id)
);

create index review_sets_in_order on review_sets (project_id, created_at, id);
create index review_sets_of_creator on review_sets (created_by);

create trigger review_sets_touch
before update on review_sets
for each row execute function touch_updated_at();

create table review_set_rpds (
    review_set_id uuid not null,
    rpd_id uuid not null,
    project_id uuid not null,
    primary key (review_set_id, rpd_id),
    foreign key (review_set_id, project_id) references review_sets (id, project_id) on delete cascade,
    foreign key (rpd_id, project_id) references rpds (id, project_id) on delete cascade
);

create index review_set_rpds_of_rpd on review_set_rpds (rpd_id, review_set_id);

create table review_set_characters (
    review_set_id uuid not null,
    character_id uuid not null,
    project_id uuid not null,
    primary key (review_set_id, character_id),
    foreign key (review_set_id, project_id) references review_sets (id, project_id) on delete cascade,
    foreign key (character_id, project_id) references characters (id, project_id) on delete cascade
);

create index review_set_characters_of_character on review_set_characters (character_id, review_set_id);

create table review_set_tags (
    review_set_id uuid not null,
    tag_id uuid not null,
    project_id uuid not null,
    primary key (review_set_id, tag_id),
    foreign key (review_set_id, project_id) references review_sets (id, project_id) on delete cascade,
    foreign key (tag_id, project_id) references task_tags (id, project_id) on delete cascade
);

create index review_set_tags_of_tag on review_set_tags (tag_id, review_set_id);
