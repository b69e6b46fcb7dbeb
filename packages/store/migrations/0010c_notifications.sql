-- What happened that concerns somebody, on the site and by mail.

create table notifications (
  id text primary key,                          -- ULID: by id is by age
  account_id text not null references accounts (id) on delete cascade,
  kind text not null check (kind in ('reply', 'mention', 'claim', 'pick', 'submission', 'moderation')),
  words text not null,                          -- one sentence, plain text
  path text not null,                           -- of this site
  actor_id text references accounts (id) on delete cascade,   -- who caused it: what they did goes with them
  once_key text not null,                       -- one happening is told once, however often it is reported
  at timestamptz not null,
  read_at timestamptz,
  by_mail boolean not null,                     -- as its reader wished when it happened
  bundle text,                                  -- the mail that it is in: claimed before the mail is handed over
  mailed_at timestamptz,
  unique (account_id, once_key)
);
create index notifications_newest on notifications (account_id, id desc);
create index notifications_unread on notifications (account_id) where read_at is null;
create index notifications_to_mail on notifications (account_id, at) where by_mail and mailed_at is null;
create index notifications_actor on notifications (actor_id);

create table notification_wishes (
  account_id text primary key references accounts (id) on delete cascade,
  wishes jsonb not null default '{}',           -- what differs from the defaults
  mailed_at timestamptz                         -- when the last mail was put together
);
