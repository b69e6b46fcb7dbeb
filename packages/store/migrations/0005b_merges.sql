-- Papers that turned out to be one work: how they are found, what was merged and why, and what never is.

-- Keys of the abstract: papers that are one work mostly share one of them. Null: no abstract, or not written since.
alter table papers
  add column abstract_key integer,
  add column abstract_key2 integer;
create index papers_abstract_key on papers (abstract_key);
create index papers_abstract_key2 on papers (abstract_key2);

create table paper_merges (
  id text primary key,                          -- ULID
  winner_id text not null,                      -- neither id refers to papers: the loser is gone, the winner may go
  loser_id text not null,
  loser_title_key text not null,                -- records without identifiers still find the work by it
  evidence jsonb not null,                      -- why, as `judgePair` says; null where a person decided
  merged_by text not null,                      -- take-in, the command, or a person
  merged_at timestamptz not null,
  revision bigint not null,                     -- at which the loser disappeared from lists and search
  loser jsonb not null,                         -- its row in papers
  winner jsonb not null,                        -- the winner's row before…
  merged jsonb not null,                        -- …and after
  moved jsonb not null,                         -- by table: keys that went to the winner, rows that gave way
  undone_at timestamptz,
  undone_by text
);
create unique index paper_merges_loser on paper_merges (loser_id) where undone_at is null;
create index paper_merges_winner on paper_merges (winner_id) where undone_at is null;
create index paper_merges_title on paper_merges (loser_title_key) where undone_at is null;
create index paper_merges_revision on paper_merges (revision);

-- Pairs of which a person said that they are two works.
create table paper_distinctions (
  first_id text not null,                       -- the smaller id
  second_id text not null,
  said_by text not null,
  said_at timestamptz not null,
  primary key (first_id, second_id),
  check (first_id < second_id)
);
