-- Citations over time, as catalogues told of them; thinned with age, so that no paper has more than about 200 rows.

create table citation_counts (
  paper_id text not null references papers (id) on delete cascade,
  source text not null,
  day date not null,
  citations integer not null,
  primary key (paper_id, source, day)
);
create index citation_counts_day on citation_counts (day);
create index link_stars_day on link_stars (day);

insert into citation_counts (paper_id, source, day, citations)
select paper_id, source, (said_at at time zone 'UTC')::date, citations from paper_citations
where citations is not null and said_at is not null;
