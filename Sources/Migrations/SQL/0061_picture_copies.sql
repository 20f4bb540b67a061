-- Copies of pictures: for screens, and of what not everything reads (BMP, TIFF, SVG) in a format that everything does.

alter table assets
    -- A JPEG of at most 1920 × 1080 pixels; none of what is small enough.
    add column preview_key text,
    -- As large as the picture, PNG or JPEG.
    add column converted_key text,
    -- What reads pictures reads this.
    add column picture_key text generated always as (coalesce(converted_key, object_key)) stored;

-- Whoever deletes an object asks who names it.
create index assets_by_preview_key on assets (preview_key) where preview_key is not null;
create index assets_by_converted_key on assets (converted_key) where converted_key is not null;

create trigger assets_previews
after delete on assets
for each row execute function schedule_object_deletion('preview_key');

create trigger assets_converted
after delete on assets
for each row execute function schedule_object_deletion('converted_key');
