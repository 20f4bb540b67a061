-- Whether versions of review points can be executed: some kinds are prepared first (DOMAIN §4.11), each version by a job of
-- its own. What a version says still never changes; this is what has been made of it.

alter table rpd_versions
    -- Ready at once is what has nothing to prepare, and what was executed before there was any preparation.
    add column readiness text not null default 'READY',
    -- Counts the jobs; a job of an earlier attempt writes nothing.
    add column preparation_attempt integer not null default 0,
    add column run_token uuid,
    -- The sentences of the instruction, and what sort of visual check it asks for.
    add column instruction_parts text[] not null default '{}',
    add column visual_check text,
    add column prepared_at timestamptz,
    add column error_code text,
    add column error_message text,
    add constraint rpd_versions_readiness_is_known check (readiness in ('PENDING', 'RUNNING', 'READY', 'FAILED')),
    add constraint rpd_versions_failed_has_reason check ((readiness = 'FAILED') = (error_code is not null)),
    add constraint rpd_versions_visual_check_is_known check (
        visual_check in (
            'RIGHT_OR_WRONG', 'CLASSIFICATION', 'NUMERICAL', 'ORIENTATION', 'COLOR', 'CONSECUTIVE', 'OTHERS'
        )
    );
