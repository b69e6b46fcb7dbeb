-- What readers say about papers. A deleted account leaves its comments as empty places, so that replies keep their sense.

create table comments (
  id text primary key,                          -- ULID: by id is by age
  paper_id text not null references papers (id) on delete cascade,
  parent_id text references comments (id) on delete cascade,   -- only of a comment that has none itself
  account_id text references accounts (id) on delete set null,
  body text not null,                           -- Markdown as it was written; empty once it is gone for good
  state text not null default 'shown' check (state in ('shown', 'held', 'hidden', 'deleted')),
  reason text,                                  -- why it is held or hidden, in words that its author is told
  edits integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index comments_paper on comments (paper_id, id);
create index comments_parent on comments (parent_id);
create index comments_account on comments (account_id, id);
create index comments_waiting on comments (id) where state = 'held';
create index comments_deleted on comments (updated_at) where state = 'deleted' and body <> '';

create table comment_edits (
  comment_id text not null references comments (id) on delete cascade,
  number integer not null,                      -- 1 is the first text
  body text not null,
  replaced_at timestamptz not null,
  primary key (comment_id, number)
);

create table comment_reactions (
  comment_id text not null references comments (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  reaction text not null,
  at timestamptz not null,
  primary key (comment_id, account_id, reaction)
);
create index comment_reactions_account on comment_reactions (account_id);

-- The words go with the account, whoever deletes it and by whichever way.
create function empty_comments_of_account() returns trigger language plpgsql as $$
begin
  delete from comment_edits where comment_id in (select id from comments where account_id = old.id);
  update comments set state = 'deleted', body = '', reason = null, updated_at = now() where account_id = old.id;
  update community_counter set value = value + 1;
  return old;
end $$;
create trigger accounts_leave_comments before delete on accounts
  for each row execute function empty_comments_of_account();
