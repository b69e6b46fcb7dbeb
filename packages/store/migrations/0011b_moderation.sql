-- Who is who among the authors, what readers report, and what moderators did about it.

create table claims (
  id text primary key,                          -- ULID
  paper_id text not null references papers (id) on delete cascade,
  author_key text not null,                     -- folded name: the author's place may move, the name stays
  author_name text not null,                    -- as it stood on the paper
  account_id text not null references accounts (id) on delete cascade,
  state text not null check (state in ('pending', 'verified', 'refused', 'withdrawn')),
  evidence text check (evidence in ('orcid', 'email', 'moderator')),
  statement text not null default '',           -- the claimant's words to the moderators
  reason text,                                  -- a moderator's words to the claimant
  asked_at timestamptz not null,
  decided_at timestamptz
);
create unique index claims_one_open on claims (paper_id, account_id) where state in ('pending', 'verified');
create unique index claims_one_person on claims (paper_id, author_key) where state = 'verified';
create index claims_account on claims (account_id, id);
create index claims_pending on claims (id) where state = 'pending';

-- Whose votes for which papers do not count in a ranking.
create view verified_authors as
  select paper_id, account_id from claims where state = 'verified';

-- What verified authors set on their papers; the value before stays, so that it can be put back.
create table author_words (
  id text primary key,
  paper_id text not null references papers (id) on delete cascade,
  account_id text references accounts (id) on delete set null,
  kind text not null check (kind in ('code', 'project', 'summary')),
  value text not null,
  previous jsonb,                               -- the link or summary that stood there; null where none did
  at timestamptz not null,
  reverted_at timestamptz
);
create index author_words_paper on author_words (paper_id, id);
create index author_words_account on author_words (account_id);

create table flags (
  id text primary key,
  subject_kind text not null check (subject_kind in ('comment', 'paper', 'account')),
  subject_id text not null,
  account_id text references accounts (id) on delete cascade,
  reason text not null,
  words text not null default '',
  at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'upheld', 'dismissed')),
  decided_at timestamptz,
  unique (subject_kind, subject_id, account_id)
);
create index flags_open on flags (subject_kind, subject_id) where state = 'open';
create index flags_account on flags (account_id);

-- A second look, asked for by the person concerned: once for each act.
create table appeals (
  id text primary key,
  log_id text not null unique,                  -- the act, in moderation_log
  account_id text not null references accounts (id) on delete cascade,
  words text not null,
  at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'granted', 'refused'))
);
create index appeals_open on appeals (id) where state = 'open';
create index appeals_account on appeals (account_id);

-- Public, append only but for the mark that an act was undone. Holds no words of the person concerned.
create table moderation_log (
  id text primary key,                          -- ULID
  at timestamptz not null,
  moderator_id text references accounts (id) on delete set null,
  act text not null,
  subject_kind text not null,
  subject_id text not null,
  person_id text references accounts (id) on delete set null,   -- whom it concerns; told, and may appeal
  paper_id text references papers (id) on delete set null,
  reason text not null,
  before jsonb not null default '{}',           -- what an undo puts back
  undone_at timestamptz,
  undone_by text references accounts (id) on delete set null
);
create index moderation_log_person on moderation_log (person_id, id);
create index moderation_log_subject on moderation_log (subject_kind, subject_id);
