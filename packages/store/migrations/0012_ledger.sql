-- What each edition was when it closed: its words as they were hashed, chained to the edition closed before it.

create table ledger (
  number bigint primary key,                    -- 1, 2, 3 …: the order of closing
  edition_date date not null unique,            -- no reference: the ledger outlives whatever it speaks of
  content text not null,                        -- canonical JSON; see domain/ledger.ts
  checksum text not null unique                 -- SHA-256 of content, in hex
);
