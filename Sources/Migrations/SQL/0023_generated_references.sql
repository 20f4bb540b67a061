-- Pictures that a model has made from words. They are one person's until that person gives one to the project.

create table generated_references (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references projects on delete cascade,
    -- Whose it is, and who alone sees it.
    created_by uuid not null references users on delete cascade,
    prompt text not null,
    -- What the model is told.
    enhanced_prompt text not null,
    negative_prompt text not null,
    aspect_ratio text not null,
    -- Its place among those of one request, so that they differ.
    number integer not null,
    status text not null default 'PENDING',
    object_key text,
    byte_count bigint,
    width integer,
    height integer,
    sha256 text,
    model_name text,
    -- The file of the project that it has become.
    asset_id uuid,
    run_token uuid,
    error_code text,
    error_message text,
    created_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint generated_references_prompt_length check (length(prompt) between 1 and 500),
    constraint generated_references_negative_prompt_length check (length(negative_prompt) <= 500),
    constraint generated_references_ratio_is_known check (aspect_ratio in ('SQUARE', 'WIDE', 'TALL', 'LANDSCAPE', 'PORTRAIT')),
    constraint generated_references_number_is_natural check (number >= 1),
    constraint generated_references_status_is_known check (
        status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')
    ),
    constraint generated_references_completed_has_picture check (
        (status = 'COMPLETED') = (num_nonnulls(object_key, byte_count, width, height, sha256, model_name) = 6)
    ),
    constraint generated_references_failed_has_reason check ((status = 'FAILED') = (error_code is not null)),
    constraint generated_references_end_has_time check (
        (status in ('COMPLETED', 'FAILED')) = (finished_at is not null)
    )
);

create index generated_references_in_order
on generated_references (project_id, created_by, created_at desc, id desc);
create index generated_references_of_creator on generated_references (created_by);
create unique index generated_references_of_asset on generated_references (asset_id) where asset_id is not null;
