-- Papers that came in after the day of their announcement: the next edition opens with them and says so.
alter table edition_entries
  add column announced_on date;                 -- the earlier day; null where the paper came in on time
create index source_announcements_value on source_announcements (source, value);
