-- Scripts in spreadsheets and text documents: what was found in each spoken line, and the copy of a spreadsheet that says so.

alter table findings
    -- Who speaks, what is said, where, and the words for others; of pictures there is nothing of the sort.
    add column dialogue jsonb,
    add constraint findings_dialogue_is_object check (jsonb_typeof(dialogue) = 'object');

alter table reviews
    add column annotated_script_id uuid,
    add foreign key (annotated_script_id, project_id) references assets (id, project_id) deferrable initially deferred,
    add constraint reviews_annotated_is_completed check (annotated_script_id is null or status = 'COMPLETED');

create index reviews_by_annotated_script on reviews (annotated_script_id) where annotated_script_id is not null;

create constraint trigger reviews_files
after delete on reviews
deferrable initially deferred
for each row execute function delete_unused_asset('annotated_script_id');

-- Both lists grow with each table that has files, so they are added to as they stand.
do $$
begin
    execute replace(
        pg_get_functiondef('asset_is_used(uuid)'::regprocedure),
        'select exists (select 1 from subtask_contents where asset_id = asset)',
        'select exists (select 1 from subtask_contents where asset_id = asset)
        or exists (select 1 from reviews where annotated_script_id = asset)'
    );
    execute (
        select 'alter table assets drop constraint assets_purpose_is_known, add constraint assets_purpose_is_known '
            || replace(
                pg_get_constraintdef(oid),
                '''SUBTASK_CONTENT''::text',
                '''SUBTASK_CONTENT''::text, ''ANNOTATED_SCRIPT''::text, ''APPELLATION_TABLE''::text'
            )
        from pg_constraint
        where conname = 'assets_purpose_is_known'
    );
end
$$;
