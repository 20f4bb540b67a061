-- Characters, reference pictures and sets of review points that people delete can be brought back, until they go for good.

alter table characters add column deleted_at timestamptz;
alter table items add column deleted_at timestamptz;
alter table review_sets add column deleted_at timestamptz;

-- Of a picture there may be an entry that is there beside deleted ones; of a name, too.
alter table items drop constraint items_once;
create unique index items_once on items (asset_id) where deleted_at is null;
create index items_of_asset on items (asset_id);

alter table review_sets drop constraint review_sets_by_name;
create unique index review_sets_by_name on review_sets (project_id, name) where deleted_at is null;

-- Lists read what is there; who deletes a project asks for all.
drop index characters_in_order;
drop index characters_by_change;
drop index characters_by_name;
drop index items_in_order;
drop index items_by_change;
drop index items_by_name;
drop index review_sets_in_order;
drop index review_sets_by_change;
drop index review_sets_by_name_and_id;

create index characters_in_order on characters (project_id, created_at, id) where deleted_at is null;
create index characters_by_change on characters (project_id, updated_at, id) where deleted_at is null;
create index characters_by_name on characters (project_id, name, id) where deleted_at is null;
create index items_in_order on items (project_id, created_at desc, id desc) where deleted_at is null;
create index items_by_change on items (project_id, updated_at, id) where deleted_at is null;
create index items_by_name on items (project_id, asset_file_name, id) where deleted_at is null;
create index review_sets_in_order on review_sets (project_id, created_at, id) where deleted_at is null;
create index review_sets_by_change on review_sets (project_id, updated_at, id) where deleted_at is null;
create index review_sets_by_name_and_id on review_sets (project_id, name, id) where deleted_at is null;

create index characters_of_project on characters (project_id);
create index items_of_project on items (project_id);
create index review_sets_of_project on review_sets (project_id);

-- Lists of what is deleted, the last deleted first; and what goes for good, by its age.
create index characters_deleted on characters (project_id, deleted_at, id) where deleted_at is not null;
create index items_deleted on items (project_id, deleted_at, id) where deleted_at is not null;
create index review_sets_deleted on review_sets (project_id, deleted_at, id) where deleted_at is not null;
create index characters_by_deletion on characters (deleted_at) where deleted_at is not null;
create index items_by_deletion on items (deleted_at) where deleted_at is not null;
create index review_sets_by_deletion on review_sets (deleted_at) where deleted_at is not null;

drop index characters_by_trigrams;
drop index characters_by_characters;
create index characters_by_trigrams on characters using gin (project_id, search_text gin_trgm_ops)
where deleted_at is null;
create index characters_by_characters on characters using gin (project_id, search_characters(search_text))
where deleted_at is null;

-- A character that is deleted is shown by nothing: where people had chosen no other, the prediction counts again.
create or replace view effective_subtask_characters as
select links.subtask_id, links.character_id, links.project_id
from subtask_characters as links
join characters on characters.id = links.character_id
where characters.deleted_at is null
and (
    not links.is_predicted
    or not exists (
        select 1
        from subtask_characters as chosen
        join characters as others on others.id = chosen.character_id
        where chosen.subtask_id = links.subtask_id
        and not chosen.is_predicted
        and others.deleted_at is null
    )
);
