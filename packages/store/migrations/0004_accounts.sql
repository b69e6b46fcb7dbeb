-- People who signed in. Sign-in itself (sessions, logins, passkeys, links) is a later file; everything that the
-- community makes refers to this table.

create table accounts (
  id text primary key,                          -- ULID
  handle text not null unique,                  -- lower case: letters, digits, inner hyphens; shown as @handle
  name text not null,
  email text not null unique,                   -- lower case; shown to nobody else
  email_verified boolean not null default false,
  image text,
  role text not null default 'reader' check (role in ('reader', 'curator', 'moderator', 'admin')),
  trust integer not null default 0 check (trust between 0 and 2),   -- 0 new, 1 known, 2 trusted
  orcid text unique,                            -- 0000-0002-1825-0097, only as ORCID itself confirmed it
  invited_by text references accounts (id) on delete set null,
  suspended_until timestamptz,                  -- may sign in and read, may not write
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index accounts_invited_by on accounts (invited_by);
