-- Bytes go when the last row that names them goes. Rows of tasks, projects and the like that can be brought back are still
-- there and keep theirs; what is deleted for good has the deletion of its objects scheduled in the same transaction.

-- A job for each object that has lost a row: whoever does it looks whether another row names it.
create function schedule_object_deletion()
returns trigger
language plpgsql
as $$
declare
    object_key constant text := to_jsonb(old) ->> tg_argv[0];
begin
    if object_key is not null then
        insert into jobs (kind, key, payload, maximum_attempts)
        values ('object-deletion', gen_random_uuid()::text, jsonb_build_object('objectKey', object_key), 20);
        perform pg_notify('jobs', 'object-deletion');
    end if;
    return null;
end
$$;

create trigger assets_objects
after delete on assets
for each row execute function schedule_object_deletion('object_key');

create trigger generated_references_objects
after delete on generated_references
for each row execute function schedule_object_deletion('object_key');

-- Whoever deletes an object asks who names it.
create index document_pictures_by_thumbnail on document_pictures (thumbnail_key);
create index generated_references_by_object_key on generated_references (object_key);

create trigger document_pictures_objects
after delete on document_pictures
for each row execute function schedule_object_deletion('thumbnail_key');

-- What was sent and never accepted.
create trigger uploads_objects
after delete on uploads
for each row execute function schedule_object_deletion('incoming_key');

-- Whether something has the file; that somebody likes it or that it has been measured does not count.
create function asset_is_used(asset uuid)
returns boolean
language sql
stable
as $$
    select exists (select 1 from subtask_contents where asset_id = asset)
        or exists (select 1 from rpd_version_assets where asset_id = asset)
        or exists (select 1 from exports where asset_id = asset)
        or exists (select 1 from annotations where attachment_id = asset)
        or exists (select 1 from characters where picture_id = asset)
        or exists (select 1 from character_pictures where asset_id = asset)
        or exists (select 1 from items where asset_id = asset)
        or exists (select 1 from documents where asset_id = asset)
        or exists (select 1 from document_pages where asset_id = asset)
        or exists (select 1 from document_pictures where asset_id = asset)
        or exists (select 1 from generated_references where asset_id = asset)
$$;

-- Deletes the file of a row that is gone, unless something else has it: a copied material shares it.
create function delete_unused_asset()
returns trigger
language plpgsql
as $$
declare
    asset constant uuid := (to_jsonb(old) ->> tg_argv[0])::uuid;
begin
    if asset is not null and not asset_is_used(asset) then
        delete from assets where id = asset;
    end if;
    return null;
end
$$;

-- A character whose gallery is put together anew is not gone.
create function delete_unused_picture()
returns trigger
language plpgsql
as $$
begin
    if not exists (select 1 from characters where id = old.character_id) and not asset_is_used(old.asset_id) then
        delete from assets where id = old.asset_id;
    end if;
    return null;
end
$$;

-- At the end of the transaction, when it is known what is left.
do $$
declare
    owned record;
begin
    for owned in
        select *
        from (
            values
                ('subtask_contents', 'asset_id'),
                ('rpd_version_assets', 'asset_id'),
                ('exports', 'asset_id'),
                ('annotations', 'attachment_id'),
                ('characters', 'picture_id'),
                ('items', 'asset_id'),
                ('documents', 'asset_id'),
                ('document_pages', 'asset_id'),
                ('document_pictures', 'asset_id')
        ) as tables (name, asset_column)
    loop
        execute format(
            $trigger$
            create constraint trigger %1$s_files
            after delete on %1$s
            deferrable initially deferred
            for each row execute function delete_unused_asset(%2$L)
            $trigger$,
            owned.name, owned.asset_column
        );
    end loop;
end
$$;

create constraint trigger character_pictures_files
after delete on character_pictures
deferrable initially deferred
for each row execute function delete_unused_picture();
