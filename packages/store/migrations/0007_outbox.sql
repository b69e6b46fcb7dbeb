-- Single messages on their way out: written down first, so that a crash loses none.

create table outbox (
  id text primary key,                          -- also in a mail's Message-ID and return path
  channel text not null,                        -- by which way it leaves: mail, or the name of a configured channel
  recipient text not null,
  message jsonb,                                -- gone once it has ended: it may hold a sign-in link
  once_key text unique,                         -- what may be put in once only, for ever
  in_doubt text not null check (in_doubt in ('again', 'stop')),
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'refused', 'skipped', 'doubt')),
  put_at timestamptz not null,
  due_at timestamptz not null,
  expires_at timestamptz not null,              -- worth nothing to its reader after that
  attempts integer not null default 0,
  claimed_at timestamptz,
  ended_at timestamptz,
  reason text                                   -- the other side's last word
);
create index outbox_due on outbox (channel, due_at, id) where state = 'waiting';
create index outbox_open on outbox (claimed_at) where state in ('sending', 'doubt');
create index outbox_ended on outbox (ended_at) where ended_at is not null;
create index outbox_recipient on outbox (recipient);

-- Who gets a digest, by cadence and in the order in which they are written down.
create index subscribers_cadence on subscribers ((coalesce(preferences ->> 'cadence', 'daily')), id)
  where state = 'confirmed' and suppressed is null;
