-- Links that papers name (code, data, models, pages), what became of them, and promises of such.

create table watched_links (
  url text primary key,                         -- in the form in which the same repository is named once
  state text not null default 'unknown' check (state in ('unknown', 'missing', 'empty', 'there', 'gone')),
  misses integer not null default 0,            -- looks in a row that did not find it
  due_at timestamptz not null,
  checked_at timestamptz,
  etag text,
  license text,
  changed_at timestamptz,                       -- last commit, where the host says so
  is_archived boolean not null default false,
  reason text                                   -- why the last look found nobody to ask
);
create index watched_links_due on watched_links (due_at, url);

create table paper_links (
  paper_id text not null references papers (id) on delete cascade,
  url text not null references watched_links (url) on delete cascade,
  kind text not null,
  label text,
  is_promised boolean not null,                 -- the text that names it says that it is still to come
  since date not null,
  primary key (paper_id, url)
);
create index paper_links_url on paper_links (url);

-- The sentence in which a paper promises something.
create table paper_promises (
  paper_id text primary key references papers (id) on delete cascade,
  said text not null,
  since date not null
);

create table link_events (
  url text not null references watched_links (url) on delete cascade,
  day date not null,
  event text not null check (event in ('appeared', 'empty', 'filled', 'gone', 'back')),
  primary key (url, day, event)
);

create table link_stars (
  url text not null references watched_links (url) on delete cascade,
  day date not null,
  stars integer not null,
  primary key (url, day)
);
