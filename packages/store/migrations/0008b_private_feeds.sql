-- A feed that only its reader knows the address of: one per subscriber, known here by a hash of its token.

create table private_feeds (
  id text primary key,                          -- random; the token is made from it with the instance's key
  token_hash text not null unique,
  subscriber_id text not null unique references subscribers (id) on delete cascade,
  made_at timestamptz not null
);
