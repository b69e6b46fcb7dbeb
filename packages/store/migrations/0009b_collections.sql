-- Lists of papers that people keep: public or private, in an order of their own.

create table collections (
  id text primary key,                          -- ULID
  account_id text not null references accounts (id) on delete cascade,
  title text not null,
  note text not null default '',
  is_private boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index collections_account on collections (account_id, updated_at desc);
create index collections_public on collections (updated_at desc) where not is_private;

create table collection_items (
  collection_id text not null references collections (id) on delete cascade,
  paper_id text not null references papers (id) on delete cascade,
  position integer not null,                    -- rising; gaps mean nothing
  note text not null default '',
  added_at timestamptz not null,
  primary key (collection_id, paper_id)
);
create index collection_items_paper on collection_items (paper_id);
