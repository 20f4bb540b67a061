-- The answer of Examples/operations/dashboard.graphql in one statement, byte for byte the same values: what somebody
-- would write by hand who knows the tables, with the same rules of access. $1 is the person who asks.
select json_build_object('data', json_build_object('projects', json_build_object('edges', coalesce(json_agg(
    json_build_object('node', json_build_object(
        'id', 'Project_' || replace(project.id::text, '-', ''),
        'name', project.name,
        'description', project.description,
        'owner', (
            select json_build_object(
                'id', 'Organization_' || replace(organizations.id::text, '-', ''), 'name', organizations.name)
            from organizations
            where organizations.id = project.organization_id
            and organizations.id in (select organization_id from accessible_organizations($1))
        ),
        'reviews', json_build_object('edges', (
            select coalesce(json_agg(
                json_build_object('node', json_build_object(
                    'id', 'Review_' || replace(review.id::text, '-', ''),
                    'version', review.version,
                    'status', review.status,
                    'mode', review.mode,
                    'createdAt', to_char(review.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    'createdBy', (
                        select json_build_object('id', 'User_' || replace(users.id::text, '-', ''), 'name', users.name)
                        from users
                        where users.id = review.created_by
                        and users.id in (select user_id from accessible_users($1))
                    ),
                    'findings', json_build_object('edges', (
                        select coalesce(json_agg(
                            json_build_object('node', json_build_object(
                                'id', 'Finding_' || replace(finding.id::text, '-', ''),
                                'description', finding.description,
                                'severity', finding.severity,
                                'suggestion', finding.suggestion,
                                'isHeld', finding.is_held,
                                'area', case when finding.area_x is not null then json_build_object(
                                    'x', round(finding.area_x * finding.image_width),
                                    'y', round(finding.area_y * finding.image_height),
                                    'width', round((finding.area_x + finding.area_width) * finding.image_width)
                                        - round(finding.area_x * finding.image_width),
                                    'height', round((finding.area_y + finding.area_height) * finding.image_height)
                                        - round(finding.area_y * finding.image_height)
                                ) end
                            )) order by finding.created_at, finding.id
                        ), '[]')
                        from (
                            select *
                            from findings
                            where findings.review_id = review.id
                            order by findings.created_at, findings.id
                            limit 10
                        ) as finding
                    ))
                )) order by review.created_at desc, review.id desc
            ), '[]')
            from (
                select reviews.*
                from reviews
                where reviews.project_id = project.id
                and exists (
                    select 1
                    from subtasks
                    join tasks on tasks.id = subtasks.task_id
                    where subtasks.id = reviews.subtask_id
                    and subtasks.deleted_at is null
                    and tasks.deleted_at is null
                )
                order by reviews.created_at desc, reviews.id desc
                limit 5
            ) as review
        ))
    )) order by project.created_at desc, project.id desc
), '[]'))))::text
from (
    select *
    from projects
    where projects.id in (select project_id from accessible_projects($1))
    order by projects.created_at desc, projects.id desc
    limit 20
) as project
