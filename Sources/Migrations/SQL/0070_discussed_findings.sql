-- What the AI found, as an annotation that people answer: one for each finding, with no author.

alter table annotations
    add column finding_id uuid,
    add constraint annotations_of_finding foreign key (finding_id, project_id) references findings (id, project_id)
    on delete set null (finding_id),
    add constraint annotations_of_finding_is_by_ai check (finding_id is null or is_by_ai and parent_id is null);

create unique index annotations_once_of_finding on annotations (finding_id) where finding_id is not null;
