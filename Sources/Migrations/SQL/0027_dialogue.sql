-- How characters call each other, and the lines of texts that findings are about.

alter table rpd_versions
    -- An object of speakers, each an object of targets and what they are called; what speakers call themselves is the
    -- first person.
    add column appellations jsonb,
    -- Exceptions: objects with speaker, target, alias and conditions.
    add column special_rules jsonb not null default '[]',
    add constraint rpd_versions_appellations_are_objects check (jsonb_typeof(appellations) = 'object'),
    add constraint rpd_versions_special_rules_are_many check (jsonb_typeof(special_rules) = 'array');

alter table findings
    add column line_number integer,
    add constraint findings_line_is_natural check (line_number >= 1);
