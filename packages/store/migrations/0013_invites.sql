-- Invitations, and who came by whom.

alter table accounts
  add column invites_stopped boolean not null default false;    -- a moderator ended its right to invite

create table invites (
  id text primary key,                          -- ULID
  account_id text not null references accounts (id) on delete cascade,   -- who invites
  hash text not null unique,                    -- SHA-256 of the link's token; the token itself is shown once
  note text not null default '',                -- for the one who opens the link
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  held_until timestamptz,                       -- somebody is signing up with it at this moment
  used_at timestamptz,
  used_by text references accounts (id) on delete set null
);
create index invites_account on invites (account_id, id desc);
create index invites_used_by on invites (used_by);

-- The shape of the tree outlives accounts: what is left of a deleted one is a place without a name.
create table invite_tree (
  id text primary key,                          -- ULID, later than its parent's
  parent text references invite_tree (id),      -- null: came by no invitation
  account_id text unique references accounts (id) on delete set null,
  at timestamptz not null
);
create index invite_tree_parent on invite_tree (parent, id);
