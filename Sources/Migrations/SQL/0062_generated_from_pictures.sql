-- In which manner pictures are generated, to find them by it, and from which pictures.

alter table generated_references
    add column style text,
    add column pose text,
    add column camera text,
    add column lighting text,
    add constraint generated_references_manner_length check (
        length(style) between 1 and 100
        and length(pose) between 1 and 100
        and length(camera) between 1 and 100
        and length(lighting) between 1 and 100
    ),
    add constraint generated_references_in_project unique (id, project_id);

create table generated_reference_sources (
    reference_id uuid not null,
    project_id uuid not null,
    position integer not null,
    asset_id uuid not null,
    primary key (reference_id, position),
    foreign key (reference_id, project_id) references generated_references (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint generated_reference_sources_position_is_known check (position between 1 and 4)
);

create index generated_reference_sources_of_asset on generated_reference_sources (asset_id);

do $$
begin
    execute replace(
        pg_get_functiondef('asset_is_used(uuid)'::regprocedure),
        'or exists (select 1 from items where asset_id = asset)',
        'or exists (select 1 from items where asset_id = asset)
        or exists (select 1 from generated_reference_sources where asset_id = asset)'
    );
end
$$;

create constraint trigger generated_reference_sources_files
after delete on generated_reference_sources
deferrable initially deferred
for each row execute function delete_unused_asset('asset_id');
