-- How people sign in: sessions, ways in, open links, passkeys, tokens for programs. Columns follow what better-auth
-- keeps; of another site's answer only who it was is kept, never its tokens.

create table sessions (
  id text primary key,                          -- ULID
  token text not null unique,                   -- SHA-256 of what the cookie holds
  account_id text not null references accounts (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,                              -- always empty: we do not keep it
  user_agent text,                              -- so that people know their own browsers on the list
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_account on sessions (account_id);
create index sessions_expiry on sessions (expires_at);

create table logins (                           -- "the same person as 1234 at GitHub"
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  provider text not null,
  subject text not null,
  access_token text,                            -- always null, like all below: we ask a site once, who it is
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider, subject)
);
create index logins_account on logins (account_id);

create table verifications (                    -- open links and ceremonies; gone once used
  id text primary key,
  identifier text not null,                     -- what a link is found by: holds a hash of it, never itself
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier on verifications (identifier);
create index verifications_expiry on verifications (expires_at);

create table passkeys (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null default now()
);
create index passkeys_account on passkeys (account_id);

create table api_tokens (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  name text not null,
  hash text not null unique,                    -- SHA-256 of the token; the token itself is shown once
  scopes text[] not null,                       -- of read, vote, write
  created_at timestamptz not null default now(),
  last_used_at timestamptz,                     -- to the hour
  expires_at timestamptz                        -- null: until it is revoked
);
create index api_tokens_account on api_tokens (account_id);

create table email_changes (                    -- one open wish an account
  account_id text primary key references accounts (id) on delete cascade,
  email text not null,
  hash text not null unique,                    -- SHA-256 of the link's token
  expires_at timestamptz not null
);
