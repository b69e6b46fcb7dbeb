-- A note or a picture that came with a submission can be reported by itself, and hidden by a moderator: it steps aside, so that
-- whoever reads `note` and `image_id` finds nothing, and steps back where the act is undone.

alter table flags drop constraint flags_subject_kind_check;
alter table flags add constraint flags_subject_kind_check
  check (subject_kind in ('comment', 'note', 'picture', 'paper', 'account'));

alter table submissions add column hidden_note text;
alter table submissions add column hidden_image_id text references images (id);
alter table submissions add column hidden_image_text text;
create index submissions_hidden_image on submissions (hidden_image_id) where hidden_image_id is not null;
