-- Invitations are sent by e-mail.

-- The audit log tells what people do, not what became of letters.
do $$
begin
    execute replace(
        pg_get_functiondef('audit_row()'::regprocedure), '''audience_id''', '''audience_id'', ''delivery'', ''sent_at'''
    );
end
$$;

alter table organization_invitations
    add column delivery text not null default 'NOT_CONFIGURED',
    add column sent_at timestamptz,
    add constraint organization_invitations_delivery_is_known
    check (delivery in ('NOT_CONFIGURED', 'PENDING', 'SENT', 'FAILED', 'WITHDRAWN')),
    add constraint organization_invitations_sent_at check ((sent_at is not null) = (delivery = 'SENT'));

-- What the letters need and nobody may read: encrypted by the server, and deleted when the letter is sent or will not be.
create table invitation_tokens (
    invitation_id uuid primary key references organization_invitations on delete cascade,
    sealed bytea not null
);
