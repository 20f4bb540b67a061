-- What a version forbids, motif by motif: how each looks, and what to mind when it is looked for. A version never changes, and
-- neither do its groups.

create table rpd_version_groups (
    rpd_version_id uuid not null,
    project_id uuid not null,
    position integer not null,
    tag text not null,
    characteristics text not null,
    considerations text not null,
    primary key (rpd_version_id, position),
    foreign key (rpd_version_id, project_id) references rpd_versions (id, project_id) on delete cascade,
    constraint rpd_version_groups_position_is_known check (position between 1 and 10),
    constraint rpd_version_groups_tag_length check (length(tag) between 1 and 255),
    constraint rpd_version_groups_characteristics_length check (length(characteristics) between 1 and 2500),
    constraint rpd_version_groups_considerations_length check (length(considerations) <= 2500)
);

create trigger rpd_version_groups_audit
after insert or update or delete on rpd_version_groups
for each row
when (current_setting('aimage.actor', true) <> '' and pg_trigger_depth() = 0)
execute function audit_row('RPD_VERSION_GROUP', 'rpd_version_id');

-- With the column go its indexes and its statistics.
alter table rpd_versions drop column search_text;

alter table rpd_versions
    -- The groups in words, as they follow the instruction where both are checked: `instruction || group_text`.
    add column group_text text not null default '',
    add column search_text text not null
    generated always as (search_fold(title) || E'\n' || search_fold(instruction || group_text)) stored;

create index rpd_versions_by_trigrams on rpd_versions using gin (project_id, search_text gin_trgm_ops) where is_active;
create index rpd_versions_by_characters on rpd_versions using gin (project_id, search_characters(search_text))
where is_active;
create statistics rpd_versions_names on (split_part(search_text, E'\n', 1)) from rpd_versions;

-- The audit log does not keep what follows from other rows.
do $$
begin
    execute replace(pg_get_functiondef('audit_row'::regproc), '''google_subject''', '''google_subject'', ''group_text''');
end
$$;
