-- What people and the AI write and draw on materials.

create table annotations (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    subtask_id uuid not null,
    -- The version on which it was made.
    content_id uuid not null,
    -- The annotation that begins the thread; null if it is this one.
    parent_id uuid,
    is_by_ai boolean not null default false,
    body text not null default '',
    shape text,
    -- Fractions of the picture.
    area_x double precision,
    area_y double precision,
    area_width double precision,
    area_height double precision,
    color text,
    drawing jsonb,
    start_seconds double precision,
    end_seconds double precision,
    attachment_id uuid,
    solved_at timestamptz,
    solved_by uuid references users on delete set null,
    created_by uuid references users on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default now(),
    foreign key (subtask_id, project_id) references subtasks (id, project_id) on delete cascade,
    foreign key (content_id, subtask_id) references subtask_contents (id, subtask_id) deferrable initially deferred,
    foreign key (parent_id, subtask_id) references annotations (id, subtask_id) on delete cascade,
    foreign key (attachment_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint annotations_of_subtask unique (id, subtask_id),
    constraint annotations_body_length check (length(body) <= 5000),
    constraint annotations_say_something check (body <> '' or drawing is not null),
    constraint annotations_shape_is_known check (shape in ('RECTANGLE', 'CIRCLE', 'ARROW', 'TEXT', 'FREEHAND')),
    constraint annotations_area_is_whole check (num_nonnulls(area_x, area_y, area_width, area_height) in (0, 4)),
    constraint annotations_area_is_inside check (
        area_x >= 0
        and area_y >= 0
        and area_width > 0
        and area_height > 0
        and area_x + area_width <= 1.000001
        and area_y + area_height <= 1.000001
    ),
    constraint annotations_color_is_hexadecimal check (color ~ '^#[0-9a-f]{6}$'),
    constraint annotations_time_is_forwards check (start_seconds >= 0 and end_seconds >= start_seconds),
    constraint annotations_solved_by_somebody check (solved_by is null or solved_at is not null)
);

create index annotations_threads on annotations (subtask_id, created_at, id) where parent_id is null;
create index annotations_replies on annotations (parent_id, created_at, id) where parent_id is not null;
create index annotations_of_project on annotations (project_id);
create index annotations_of_content on annotations (content_id);
create index annotations_of_attachment on annotations (attachment_id);
create index annotations_of_creator on annotations (created_by);
create index annotations_of_solver on annotations (solved_by);

create trigger annotations_touch
before update on annotations
for each row execute function touch_updated_at();
