-- Who answered an appeal, when and why: as public as the act itself.

alter table appeals add column decided_at timestamptz;
alter table appeals add column decided_by text references accounts (id) on delete set null;
alter table appeals add column reason text;
create index appeals_decided_by on appeals (decided_by) where decided_by is not null;
