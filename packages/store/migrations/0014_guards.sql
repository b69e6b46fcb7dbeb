-- What must outlast a restart, an account, a forgotten browser.

create table kept_handles (                     -- handles that somebody had: nobody else gets them
  handle_hash text primary key,                 -- keyed hash: who deleted their account left no name behind
  account_id text references accounts (id) on delete set null,   -- whose it was, and who may have it back
  freed_at timestamptz not null
);
create index kept_handles_account on kept_handles (account_id, freed_at);

create table rate_windows (                     -- limits that a restart must not reset: mails to one address
  key text primary key,                         -- the limit's name and a keyed hash of what it counts by
  count integer not null,
  expires_at timestamptz not null
);
create index rate_windows_expiry on rate_windows (expires_at);

alter table email_changes                       -- both mailboxes agree, where the one before was ever confirmed
  add column old_hash text unique,              -- SHA-256 of the link to the one before; null where it has no say
  add column new_agreed boolean not null default false,
  add column old_agreed boolean not null default false;
