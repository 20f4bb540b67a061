-- Knowledge outlives its material: each entry keeps a copy of what was found, and the picture it was found in.

alter table promoted_findings
    drop constraint promoted_findings_finding_id_project_id_fkey,
    alter column finding_id drop not null,
    add column description text,
    add column severity text,
    add column suggestion text,
    add column area_x double precision,
    add column area_y double precision,
    add column area_width double precision,
    add column area_height double precision,
    add column image_width integer,
    add column image_height integer,
    add column start_seconds double precision,
    add column end_seconds double precision,
    -- The version of the review point, with its name for when it is gone.
    add column rpd_version_id uuid,
    add column rpd_title text,
    add column rpd_version_number integer,
    -- The file that was looked at.
    add column asset_id uuid;

update promoted_findings
set description = findings.description,
    severity = findings.severity,
    suggestion = findings.suggestion,
    area_x = findings.area_x,
    area_y = findings.area_y,
    area_width = findings.area_width,
    area_height = findings.area_height,
    image_width = findings.image_width,
    image_height = findings.image_height,
    start_seconds = findings.start_seconds,
    end_seconds = findings.end_seconds,
    rpd_version_id = findings.rpd_version_id,
    rpd_title = versions.title,
    rpd_version_number = versions.version_number,
    asset_id = contents.asset_id
from findings
join reviews on reviews.id = findings.review_id
join subtask_contents as contents on contents.id = reviews.content_id
join rpd_versions as versions on versions.id = findings.rpd_version_id
where findings.id = promoted_findings.finding_id;

-- The references are checked before the table may be changed again.
set constraints all immediate;

alter table promoted_findings
    alter column description set not null,
    alter column severity set not null,
    alter column rpd_title set not null,
    alter column rpd_version_number set not null,
    add foreign key (project_id) references projects on delete cascade,
    add foreign key (finding_id, project_id) references findings (id, project_id) on delete set null (finding_id),
    add foreign key (rpd_version_id, project_id)
    references rpd_versions (id, project_id) on delete set null (rpd_version_id),
    add foreign key (asset_id, project_id) references assets (id, project_id) deferrable initially deferred,
    add constraint promoted_findings_severity_is_known check (severity in ('RISK', 'ALERT', 'SAFE'));

create index promoted_findings_of_rpd_version on promoted_findings (rpd_version_id) where rpd_version_id is not null;
create index promoted_findings_of_asset on promoted_findings (asset_id) where asset_id is not null;

-- Knowledge keeps its file, and lets it go at the end of the transaction in which it goes.
do $$
begin
    execute replace(
        pg_get_functiondef('asset_is_used(uuid)'::regprocedure),
        'or exists (select 1 from items where asset_id = asset)',
        'or exists (select 1 from items where asset_id = asset)
        or exists (select 1 from promoted_findings where asset_id = asset)'
    );
end
$$;

create constraint trigger promoted_findings_files
after delete on promoted_findings
deferrable initially deferred
for each row execute function delete_unused_asset('asset_id');
