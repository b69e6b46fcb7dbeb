-- How often papers were shown, and where on a page: sums over all readers, nothing about any of them.

create table looks (
  paper_id text not null references papers (id) on delete cascade,
  surface text not null,                        -- front, edition, trending, topic, search, …
  bucket smallint not null,                     -- of the place on the page, see domain/ranking/exposure.ts
  hour timestamptz not null,                    -- its beginning; after three days the beginning of the day
  count integer not null,
  primary key (paper_id, surface, bucket, hour)
);
create index looks_hour on looks (hour);
