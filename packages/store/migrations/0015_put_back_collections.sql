-- What was deleted from a collection, or a whole one, can be put back for a while; then it goes for good.

alter table collections add column deleted_at timestamptz;
alter table collection_items add column taken_at timestamptz;
create index collections_deleted on collections (deleted_at) where deleted_at is not null;
create index collection_items_taken on collection_items (taken_at) where taken_at is not null;
