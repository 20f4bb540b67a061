-- Every stored picture has a small copy, made when its bytes are checked: lists show many pictures at once.

alter table assets add column thumbnail_key text;

-- Pictures of documents had one each; now it belongs to their file.
update assets
set thumbnail_key = pictures.thumbnail_key
from document_pictures as pictures
where pictures.asset_id = assets.id;

drop trigger document_pictures_objects on document_pictures;
alter table document_pictures drop column thumbnail_key;

create index assets_by_thumbnail_key on assets (thumbnail_key) where thumbnail_key is not null;

create trigger assets_thumbnails
after delete on assets
for each row execute function schedule_object_deletion('thumbnail_key');

-- A generated picture that is kept shares its small copy with the file that it becomes.
alter table generated_references add column thumbnail_key text;

create index generated_references_by_thumbnail_key on generated_references (thumbnail_key)
where thumbnail_key is not null;

create trigger generated_references_thumbnails
after delete on generated_references
for each row execute function schedule_object_deletion('thumbnail_key');
