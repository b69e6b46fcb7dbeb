-- What readers put forward and what curators make of it.

-- Pictures that came with submissions: checked, without anything but the picture, named by their content.
create table images (
  id text primary key,                          -- 32 hex digits of SHA-256
  type text not null check (type in ('image/png', 'image/jpeg')),
  width integer not null,
  height integer not null,
  bytes bytea not null
);

create table submissions (
  id text primary key,                          -- ULID
  account_id text references accounts (id) on delete set null,
  paper_id text not null references papers (id) on delete cascade,
  edition_date date not null,                   -- the edition that it was sent to
  -- waiting: a curator looks first. shown: in the edition. declined: with a reason. undone: by its sender.
  state text not null check (state in ('waiting', 'shown', 'declined', 'undone')),
  note text,
  image_id text references images (id),
  image_text text,                              -- what the picture shows, for those who do not see it
  at timestamptz not null,
  decided_by text references accounts (id) on delete set null,
  decided_at timestamptz,
  reason text                                   -- why it was declined, in words for its sender
);
-- A paper is put forward once.
create unique index submissions_one on submissions (paper_id) where state in ('waiting', 'shown');
create index submissions_account on submissions (account_id, at desc);
create index submissions_edition on submissions (edition_date, at);
create index submissions_image on submissions (image_id);

alter table edition_entries
  add column submission_id text references submissions (id) on delete set null;   -- through which it came
alter table editions
  add column closed_at timestamptz,             -- no pick and no order after that; votes go on
  add column closed_by text references accounts (id) on delete set null;          -- null: by the clock
create index edition_entries_submission on edition_entries (submission_id);

create table picks (
  edition_date date not null references editions (date) on delete cascade,
  paper_id text not null references papers (id) on delete cascade,
  position integer not null,                    -- in the curator's order, from 1
  note text,
  picked_by text references accounts (id) on delete set null,
  at timestamptz not null,
  primary key (edition_date, paper_id)
);
create index picks_paper on picks (paper_id);

-- What a curator has looked at and left for another day's edition.
create table passes (
  edition_date date not null,
  paper_id text not null references papers (id) on delete cascade,
  passed_by text references accounts (id) on delete set null,
  at timestamptz not null,
  primary key (edition_date, paper_id)
);
create index passes_paper on passes (paper_id);
