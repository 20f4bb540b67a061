-- Words are looked for by their pairs of characters: kana are in every text, two of them side by side are not.
--
-- By its characters alone a word of two kana fitted half of all texts, of which each was then read and compared. One character
-- is looked for by itself, as before.

drop index tasks_by_characters;
drop index characters_by_characters;
drop index rpd_versions_by_characters;
drop index findings_by_characters;

-- All characters of a text, and all pairs of neighbors: those that begin at odd places and those that begin at even ones.
create or replace function search_characters(folded text)
returns tsvector
language sql
immutable
parallel safe
as $$
    select array_to_tsvector(
        string_to_array(folded, null)
        || array_remove(
            string_to_array(
                regexp_replace(folded, '(..)', E'\\1\x01', 'g') || E'\x01'
                || regexp_replace(substr(folded, 2), '(..)', E'\\1\x01', 'g'),
                E'\x01'
            ),
            ''
        )
    )
$$;

create index tasks_by_characters on tasks using gin (project_id, search_characters(search_text))
where deleted_at is null;
create index characters_by_characters on characters using gin (project_id, search_characters(search_text));
create index rpd_versions_by_characters on rpd_versions using gin (project_id, search_characters(search_text))
where is_active;
create index findings_by_characters on findings using gin (project_id, search_characters(search_text));
