-- What the invited see of their invitations, and whether they may bring their company along.

-- Into a project: whether who accepts may do so for an organisation. The owner says so; it was open to everybody before.
alter table organization_invitations add column can_bring_organization boolean not null default false;

create index organization_invitations_of_address on organization_invitations (email, created_at desc, id desc)
where accepted_at is null and revoked_at is null;
