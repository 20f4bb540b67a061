-- How pictures look, as numbers: what is searched for similar ones. A file's bytes never change, so its vector never
-- becomes old; it goes with the file.

create table asset_vectors (
    asset_id uuid primary key references assets on delete cascade,
    -- 32-bit floating-point numbers, little-endian; the vector's length is 1.
    vector bytea not null,
    created_at timestamptz not null default clock_timestamp()
);
