-- Imports of files that lie in Google Drive: they are downloaded first, with the access token of the person who has
-- started the import.

alter table imports
    add column source text not null default 'UPLOAD',
    add constraint imports_source_is_known check (source in ('UPLOAD', 'DRIVE'));

alter table import_items
    add column drive_file_id text,
    add column drive_resource_key text,
    add constraint import_items_drive_file_is_named check (drive_resource_key is null or drive_file_id is not null);

-- Access tokens, encrypted by the server; each is deleted when the last file has been downloaded or will not be.
create table import_tokens (
    import_id uuid primary key references imports on delete cascade,
    sealed bytea not null,
    created_at timestamptz not null default now()
);

create index import_tokens_by_age on import_tokens (created_at);
