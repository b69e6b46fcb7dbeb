-- When a paper's title, abstract or list of authors last became another; null: never. Feeds say so to their readers.

alter table papers
  add column corrected_at timestamptz;
