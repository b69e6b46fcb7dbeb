-- How often a catalogue says that papers are cited, and when it last said so.

create table paper_citations (
  paper_id text primary key references papers (id) on delete cascade,
  source text not null,
  citations integer,                            -- null: it does not know the paper
  influential integer,
  asked_at timestamptz not null,
  said_at timestamptz                           -- when it last knew the paper
);
create index paper_citations_asked on paper_citations (asked_at);
