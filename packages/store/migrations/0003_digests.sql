-- Subscribers' wishes and proof of consent, digests as they were sent, and one delivery per digest and subscriber.

alter table subscribers
  add column preferences jsonb not null default '{}',   -- what differs from the defaults
  add column consent jsonb not null default '[]',       -- [{asked, source, text, confirmed?}], oldest first: the proof
  add column confirm_id text unique,                     -- of the link in the mail; gone once used
  add column confirm_until timestamptz,
  add column confirmed_at timestamptz,
  add column left_at timestamptz,
  add column suppressed text,                            -- why nothing may be sent: a bounce, a complaint
  add column mails_since timestamptz,                    -- the day in which mails about the subscription are counted
  add column mails_sent integer not null default 0;
create index subscribers_confirmed on subscribers (id) where state = 'confirmed';

-- Addresses that must not be written to, known by a keyed hash only: it outlives the erasure of a subscriber.
create table suppressions (
  address_hash text primary key,
  reason text not null,
  at timestamptz not null
);

create table digests (
  name text primary key,                        -- 2025-03-28, 2025-W13, 2025-03
  cadence text not null check (cadence in ('daily', 'weekly', 'monthly')),
  last_day date not null,
  content jsonb not null,                       -- frozen: what was mailed
  checksum text not null,
  composed_at timestamptz not null,
  enlisted_at timestamptz,                      -- when its deliveries were all written down
  paused text                                   -- why sending stopped, until a person lets it go on
);
create index digests_newest on digests (cadence, last_day desc);

create table deliveries (
  id text primary key,                          -- also in the Message-ID and the return path
  digest text not null references digests (name) on delete cascade,
  subscriber_id text not null references subscribers (id) on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'refused', 'skipped', 'doubt')),
  due_at timestamptz not null,
  attempts integer not null default 0,
  claimed_at timestamptz,
  ended_at timestamptz,
  reason text,                                  -- the server's last word
  unique (digest, subscriber_id)
);
create index deliveries_due on deliveries (digest, due_at, id) where state = 'waiting';
create index deliveries_open on deliveries (claimed_at) where state in ('sending', 'doubt');
create index deliveries_subscriber on deliveries (subscriber_id);
