-- Which sets of review points were chosen for a review or a batch job, in the order of choice, each with its name then: what
-- was done stays known when a set is changed or gone. So nothing refers to the sets themselves.

alter table reviews
    add column review_set_ids uuid[] not null default '{}',
    add column review_set_names text[] not null default '{}',
    add constraint reviews_sets_have_names check (cardinality(review_set_ids) = cardinality(review_set_names));

alter table batch_jobs
    add column review_set_ids uuid[] not null default '{}',
    add column review_set_names text[] not null default '{}',
    add constraint batch_jobs_sets_have_names check (cardinality(review_set_ids) = cardinality(review_set_names));
