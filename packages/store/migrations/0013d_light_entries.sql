-- A place that moves rewrites its row, and each index of the row with it. Few entries came by a submission or a submitter:
-- an index of those few is not touched by the others. Room in each page keeps new versions of a row beside the old ones.

drop index edition_entries_submission;
create index edition_entries_submission on edition_entries (submission_id) where submission_id is not null;
drop index edition_entries_submitter;
create index edition_entries_submitter on edition_entries (submitter) where submitter is not null;
alter table edition_entries set (fillfactor = 80);
