-- What screens show of people: their pictures, the projects they can see, and what they like of what was made for them.

-- As the identity provider gives it: an address elsewhere, https only.
alter table users
    add column picture_url text,
    add constraint users_picture_url_is_https check (picture_url ~ '^https://' and length(picture_url) <= 2048);

-- A picture that was made for somebody can be liked before it is kept as a file of the project.
alter table likes
    alter column asset_id drop not null,
    add column generated_reference_id uuid references generated_references on delete cascade,
    add constraint likes_one_picture check (num_nonnulls(asset_id, generated_reference_id) = 1),
    add constraint likes_reference_once unique (user_id, generated_reference_id);

create index likes_of_reference on likes (generated_reference_id) where generated_reference_id is not null;

-- The audit log does not keep what follows from the sign-in.
do $$
begin
    execute replace(
        pg_get_functiondef('audit_row'::regproc), '''google_subject''', '''google_subject'', ''picture_url'''
    );
end
$$;
