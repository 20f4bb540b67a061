-- What a model sees in materials: which characters they show, and where which objects lie.

create table picture_analyses (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    subtask_id uuid not null,
    -- The version that is looked at.
    content_id uuid not null,
    kind text not null,
    status text not null default 'PENDING',
    -- The lease token of the job that is working on it. A write that does not know it comes from a run that is over.
    run_token uuid,
    model_name text,
    error_code text,
    error_message text,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    foreign key (subtask_id, project_id) references subtasks (id, project_id) on delete cascade,
    foreign key (content_id, subtask_id) references subtask_contents (id, subtask_id) deferrable initially deferred,
    constraint picture_analyses_kind_is_known check (kind in ('CHARACTERS', 'OBJECTS')),
    constraint picture_analyses_status_is_known check (
        status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')
    ),
    constraint picture_analyses_failed_has_reason check ((status = 'FAILED') = (error_code is not null)),
    constraint picture_analyses_completed_has_model check (status <> 'COMPLETED' or model_name is not null),
    constraint picture_analyses_end_has_time check (
        (status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at is not null)
    ),
    constraint picture_analyses_in_project unique (id, project_id)
);

create unique index picture_analyses_one_active on picture_analyses (subtask_id, kind)
where status in ('PENDING', 'PROCESSING');
create index picture_analyses_newest on picture_analyses (subtask_id, kind, created_at desc, id desc);
create index picture_analyses_of_project on picture_analyses (project_id);
create index picture_analyses_of_content on picture_analyses (content_id);
create index picture_analyses_of_creator on picture_analyses (created_by);

create trigger picture_analyses_audit
after insert or update or delete on picture_analyses
for each row
when (current_setting('aimage.actor', true) <> '' and pg_trigger_depth() = 0)
execute function audit_row('PICTURE_ANALYSIS', 'id');

-- Who was seen. What a material is taken to show is in subtask_characters: the newest answer.
create table picture_analysis_characters (
    analysis_id uuid not null,
    character_id uuid not null,
    project_id uuid not null,
    confidence double precision not null,
    -- The character's picture that it looks like.
    asset_id uuid references assets on delete set null,
    area_x double precision,
    area_y double precision,
    area_width double precision,
    area_height double precision,
    primary key (analysis_id, character_id),
    foreign key (analysis_id, project_id) references picture_analyses (id, project_id) on delete cascade,
    foreign key (character_id, project_id) references characters (id, project_id) on delete cascade,
    constraint picture_analysis_characters_confidence_is_fraction check (confidence between 0 and 1),
    constraint picture_analysis_characters_area_is_whole check (
        num_nonnulls(area_x, area_y, area_width, area_height) in (0, 4)
    ),
    constraint picture_analysis_characters_area_is_inside check (
        area_x >= 0
        and area_y >= 0
        and area_width > 0
        and area_height > 0
        and area_x + area_width <= 1.000001
        and area_y + area_height <= 1.000001
    )
);

create index picture_analysis_characters_of_character on picture_analysis_characters (character_id);
create index picture_analysis_characters_of_asset on picture_analysis_characters (asset_id);

-- What lies where.
create table picture_analysis_objects (
    analysis_id uuid not null,
    position integer not null,
    project_id uuid not null,
    label text not null,
    confidence double precision not null,
    area_x double precision not null,
    area_y double precision not null,
    area_width double precision not null,
    area_height double precision not null,
    primary key (analysis_id, position),
    foreign key (analysis_id, project_id) references picture_analyses (id, project_id) on delete cascade,
    constraint picture_analysis_objects_position_is_known check (position between 1 and 25),
    constraint picture_analysis_objects_label_length check (length(label) between 1 and 255),
    constraint picture_analysis_objects_confidence_is_fraction check (confidence between 0 and 1),
    constraint picture_analysis_objects_area_is_inside check (
        area_x >= 0
        and area_y >= 0
        and area_width > 0
        and area_height > 0
        and area_x + area_width <= 1.000001
        and area_y + area_height <= 1.000001
    )
);
