-- Feeds that changed, told to the hub (WebSub) until it has taken the news. One row per feed, however often it changes.

create table hub_pings (
  path text primary key,                        -- of the feed, with its form: /latest.atom
  changed_at timestamptz not null,
  due_at timestamptz not null,
  claimed_at timestamptz,                       -- in the hands of a process; one that died loses its claim
  attempts integer not null default 0
);
create index hub_pings_due on hub_pings (due_at);
