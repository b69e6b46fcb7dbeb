-- Papers, editions and what a newcomer sees first. Append only: later changes are later files.

-- One row: the number of the newest committed change. Writers lock it first, so revisions commit in their own order
-- and a reader that has seen revision n has seen everything below n.
create table revision_counter (
  only_row boolean primary key default true check (only_row),
  value bigint not null
);
insert into revision_counter (value) values (0);

create table papers (
  id text primary key,                          -- arXiv id without version, else a ULID
  title text not null,
  title_key text not null,                      -- folded: letters and digits only
  abstract text,
  authors jsonb not null default '[]',          -- in order: [{name, claimedBy?}]
  published_at timestamptz,
  published_precision text check (published_precision in ('instant', 'day', 'year')),
  summary jsonb,                                -- {text, source, generated, model?}
  venue text,
  year integer,
  primary_category text,
  categories jsonb not null default '[]',
  keywords jsonb not null default '[]',
  topics text[] not null default '{}',          -- keywords and categories, folded, for look-up only
  links jsonb not null default '[]',            -- [{kind, url, label?, stars?}]
  organization jsonb,                           -- {name, fullname}
  note text,
  unverified jsonb not null default '[]',       -- facts stated without a check
  as_of timestamptz,                            -- when the newest source spoke
  revision bigint not null,
  added_at timestamptz not null default now()
);
create unique index papers_revision on papers (revision);
create index papers_title_key on papers (title_key);
create index papers_topics on papers using gin (topics);
create index papers_newest on papers ((coalesce(published_at, '-infinity'::timestamptz)) desc, id desc);

create table paper_identifiers (
  scheme text not null,
  value text not null,
  paper_id text not null references papers (id) on delete cascade,
  primary key (scheme, value)
);
create index paper_identifiers_paper on paper_identifiers (paper_id);

create table paper_authors (
  paper_id text not null references papers (id) on delete cascade,
  position integer not null,
  name_key text not null,
  primary key (paper_id, position)
);
create index paper_authors_name on paper_authors (name_key);

create table submitters (
  name text primary key,
  fullname text not null
);

create table editions (
  date date primary key,
  opened_at timestamptz not null default now()
);

create table edition_entries (
  edition_date date not null references editions (date) on delete cascade,
  paper_id text not null references papers (id) on delete cascade,
  position integer,                             -- in the source's own order
  place integer not null default 0,             -- by upvotes, then position; kept by the writer
  submitted_at timestamptz,
  submitter text references submitters (name),
  upvotes integer not null default 0,
  num_comments integer not null default 0,
  as_of timestamptz,
  primary key (edition_date, paper_id)
);
create index edition_entries_paper on edition_entries (paper_id, edition_date desc);
create index edition_entries_place on edition_entries (edition_date desc, place);
create index edition_entries_submitter on edition_entries (submitter);

create table subscribers (
  id text primary key,
  email text not null,
  email_key text not null unique,               -- lower case
  state text not null default 'pending' check (state in ('pending', 'confirmed', 'left')),
  requested_at timestamptz not null
);

create table settings (
  key text primary key,
  value text not null
);
