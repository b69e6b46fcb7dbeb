-- What sources said and when, where a harvest goes on, and whose turn it is to ask.

-- Where a harvest goes on; written in the transaction of the papers it speaks of.
create table source_marks (
  source text not null,                         -- 'arxiv-oai'
  set_name text not null,                       -- 'cs', 'cs.CL'; '' is everything
  mark jsonb not null,
  saved_at timestamptz not null,
  primary key (source, set_name)
);

-- One asker per host at a time, over all processes; a lease that nobody gave back ends by itself.
create table source_leases (
  host text primary key,
  holder text not null,
  held_until timestamptz not null,
  free_at timestamptz not null                  -- no request before: the pause between two, or what the host asked for
);

-- Which papers a batch announced; each paper in the first batch that did so.
create table source_announcements (
  source text not null,
  set_name text not null,
  value text not null,                          -- the source's own id of the paper
  day date not null,
  doors text[] not null,
  primary key (source, set_name, value)
);
create index source_announcements_day on source_announcements (source, set_name, day);

-- What each door of a source said of a batch when it was last asked; the state is judged from these when it is read.
create table source_batches (
  source text not null,
  set_name text not null,
  day date not null,
  door text not null,
  dated date,                                   -- the day that the door itself names
  claimed integer not null,
  listed integer not null,
  fresh integer not null,
  entries integer not null,
  asked_at timestamptz not null,
  primary key (source, set_name, day, door)
);
