-- Forms that made something: the same one sent again leads to what it made, and makes nothing.

create table form_uses (
  hash text primary key,                        -- SHA-256 of the key that was drawn with the form, and of what was typed
  account_id text not null references accounts (id) on delete cascade,
  made text not null,                           -- id of what came of it
  salt text not null,                           -- with the form's key it gives the secret that was shown; alone it gives nothing
  at timestamptz not null,
  expires_at timestamptz not null
);
create index form_uses_account on form_uses (account_id);
create index form_uses_expiry on form_uses (expires_at);
