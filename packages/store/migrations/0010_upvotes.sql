-- What readers approve of: one row per account and paper. Counts are never stored beside it, so none can drift.

create table upvotes (
  account_id text not null references accounts (id) on delete cascade,
  paper_id text not null references papers (id) on delete cascade,
  at timestamptz not null,
  primary key (account_id, paper_id)
);
create index upvotes_paper on upvotes (paper_id, at);
create index upvotes_newest on upvotes (account_id, at desc);

-- One row: grows with every act of readers that a page could show. Writers lock it first, before any row of their act,
-- so acts commit in the order of its values.
create table community_counter (
  only_row boolean primary key default true check (only_row),
  value bigint not null
);
insert into community_counter (value) values (0);

-- Papers whose upvotes changed since their places in the editions were last made true.
create table upvotes_to_place (
  paper_id text primary key references papers (id) on delete cascade
);
