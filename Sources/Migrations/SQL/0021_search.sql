-- Search over tasks, findings, review points and characters.
--
-- Japanese is written without blanks, so that there are no words to index. What is indexed are single characters, as the
-- lexemes of a tsvector, and, where there are names, trigrams: a word is found by its characters, one of three and more
-- faster by its trigrams, and the comparison of the text itself has the last word. Each index begins with the project, so
-- that a search reads the entries of the viewer's projects and no others.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- A text as it is compared: compatible forms alike (NFKC: ﾊﾝｶｸ, ＡＢＣ, ①), capitals as small letters, katakana as
-- hiragana. Each step costs more than the question whether it is needed.
create function search_fold(value text)
returns text
language sql
immutable
parallel safe
as $$
    select lower(
        case
            when value ~ '[ァ-ヶヽヾｦ-ﾝ㋐-㋾㌀-㍗]' then translate(
                normalize(value, nfkc),
                'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ',
                'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ'
            )
            when value is nfkc normalized then value
            else normalize(value, nfkc)
        end
    )
$$;

-- All characters of a text.
create function search_characters(folded text)
returns tsvector
language sql
immutable
parallel safe
as $$
    select array_to_tsvector(string_to_array(folded, null))
$$;

-- The first line is the name; findings have none.
alter table tasks
    add column search_text text not null
    generated always as (search_fold(name) || E'\n' || search_fold(description)) stored;

create index tasks_by_trigrams on tasks using gin (project_id, search_text gin_trgm_ops) where deleted_at is null;
create index tasks_by_characters on tasks using gin (project_id, search_characters(search_text))
where deleted_at is null;

alter table characters
    add column search_text text not null
    generated always as (
        search_fold(name) || E'\n' || search_fold(alias) || E'\n' || search_fold(description) || E'\n'
        || search_fold(features)
    ) stored;

create index characters_by_trigrams on characters using gin (project_id, search_text gin_trgm_ops);
create index characters_by_characters on characters using gin (project_id, search_characters(search_text));

alter table rpd_versions
    add column search_text text not null
    generated always as (search_fold(title) || E'\n' || search_fold(instruction)) stored;

create index rpd_versions_by_trigrams on rpd_versions using gin (project_id, search_text gin_trgm_ops) where is_active;
create index rpd_versions_by_characters on rpd_versions using gin (project_id, search_characters(search_text))
where is_active;

-- How common words are in names alone.
create statistics tasks_names on (split_part(search_text, E'\n', 1)) from tasks;
create statistics characters_names on (split_part(search_text, E'\n', 1)) from characters;
create statistics rpd_versions_names on (split_part(search_text, E'\n', 1)) from rpd_versions;

alter table findings
    add column search_text text not null
    generated always as (
        E'\n' || search_fold(description || ' ' || coalesce(suggestion, '') || ' ' || coalesce(tag, ''))
    ) stored;

create index findings_by_characters on findings using gin (project_id, search_characters(search_text));
-- What very many fit is read in this order until the page is full.
drop index findings_of_project;
create index findings_of_project on findings (project_id, created_at desc, id desc);
