-- A review point that no run has checked can have findings of people: its outcome says so.

alter table review_outcomes
    drop constraint review_outcomes_status_is_known,
    add constraint review_outcomes_status_is_known check (
        status in ('PENDING', 'RUNNING', 'OK', 'SKIPPED_IRRELEVANT', 'ERROR', 'TIMEOUT', 'CANCELLED', 'MANUAL')
    );
