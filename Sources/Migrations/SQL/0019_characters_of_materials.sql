-- Which characters a material shows: what people have chosen, and what an AI takes it for.

create table subtask_characters (
    subtask_id uuid not null,
    character_id uuid not null,
    is_predicted boolean not null,
    project_id uuid not null,
    primary key (subtask_id, is_predicted, character_id),
    foreign key (subtask_id, project_id) references subtasks (id, project_id) on delete cascade,
    foreign key (character_id, project_id) references characters (id, project_id) on delete cascade
);

create index subtask_characters_of_character on subtask_characters (character_id, subtask_id);

-- What counts: the choice of people where there is one, the prediction elsewhere.
create view effective_subtask_characters as
select links.subtask_id, links.character_id, links.project_id
from subtask_characters as links
where not links.is_predicted
or not exists (
    select 1
    from subtask_characters as chosen
    where chosen.subtask_id = links.subtask_id
    and not chosen.is_predicted
);
