-- The pictures that are embedded in the pages of documents: what may become an entry of the registry.

alter table assets
    drop constraint assets_purpose_is_known,
    add constraint assets_purpose_is_known
    check (purpose in ('SUBTASK_CONTENT', 'RPD_REFERENCE', 'EXPORT', 'DOCUMENT', 'DOCUMENT_PAGE', 'DOCUMENT_PICTURE'));

alter table document_pages
    add column pictures_skipped integer not null default 0,
    add constraint document_pages_skipped_are_natural check (pictures_skipped >= 0);

create table document_pictures (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null,
    document_id uuid not null,
    -- The page on which it comes first, and its place among the pictures of that page.
    page_number integer not null,
    position integer not null,
    name text not null,
    asset_id uuid not null,
    -- A small copy for choosing.
    thumbnail_key text not null,
    -- The same picture once for each document.
    sha256 text not null,
    created_at timestamptz not null default clock_timestamp(),
    foreign key (document_id, project_id) references documents (id, project_id) on delete cascade,
    foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    constraint document_pictures_page_is_natural check (page_number >= 1),
    constraint document_pictures_position_is_natural check (position >= 1),
    constraint document_pictures_name_length check (length(name) between 1 and 255),
    constraint document_pictures_in_order unique (document_id, page_number, position),
    constraint document_pictures_once unique (document_id, sha256),
    constraint document_pictures_of_asset unique (asset_id)
);

create index document_pictures_of_project on document_pictures (project_id);
