-- What is said against a paper, and the words that it had before.

alter table papers
  add column notices jsonb not null default '[]',    -- [{kind, source, date?, url?}]
  add column version integer,                         -- whose words these are, where the source numbers them
  add column versions jsonb not null default '[]';    -- [{number, at}] where there are several

update papers set notices = '[{"kind": "withdrawn", "source": "arXiv"}]' where note like 'Withdrawn on arXiv.%';

-- Words that others took the place of; the newest words are the paper's own.
create table paper_versions (
  paper_id text not null references papers (id) on delete cascade,
  label text not null,                          -- v1, or the instant at which unnumbered words were said
  number integer,
  said_at timestamptz,
  title text not null,
  abstract text not null,
  note text,
  words_key text not null,                      -- the same words are kept once
  primary key (paper_id, label)
);
