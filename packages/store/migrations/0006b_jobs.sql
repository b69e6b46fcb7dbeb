-- Jobs that wake by themselves: when each last began and ended, what came of it, when it is due again.

create table jobs (
  name text primary key,
  began_at timestamptz,
  ended_at timestamptz,                         -- before began_at: it is running, or was killed
  outcome text,                                 -- of the last run that ended well
  error text,                                   -- of the last run, where it failed
  failures integer not null default 0,          -- in a row
  next_at timestamptz                           -- as whoever runs them last reckoned
);
