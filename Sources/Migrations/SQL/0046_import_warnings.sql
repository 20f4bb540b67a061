-- What an import has made otherwise than it stands in a presentation, slide by slide: a video that is linked or damaged.

alter table import_items add column warnings jsonb not null default '[]';
