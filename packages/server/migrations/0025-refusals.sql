-- Of each member the latest refused records are kept; what made room for them is counted.
create table quarantine_trim (
  member uuid not null references organisation,
  reason text not null,
  day date not null,
  n int not null,
  last_at timestamptz not null,
  primary key (member, reason, day)
);
alter table quarantine_trim enable row level security;
alter table quarantine_trim force row level security;
create policy read on quarantine_trim for select using (claim_operates_node());
create policy work on quarantine_trim for all
  using (claim_is_system()) with check (claim_is_system());
revoke delete on quarantine_trim from tocsin_app;

-- Of each member the latest statuses are kept.
create index on push_status (member, made_at);
