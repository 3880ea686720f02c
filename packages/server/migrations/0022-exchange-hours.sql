-- In which hours something was exchanged with each member, so that silence is seen.
create table exchange_hour (
  member uuid not null references member,
  hour timestamptz not null,
  last_at timestamptz not null,
  primary key (member, hour)
);
alter table exchange_hour enable row level security;
alter table exchange_hour force row level security;
create policy read on exchange_hour for select using (claim_operates_node() or claim_uses_docket());
create policy make on exchange_hour for insert with check (claim_is_system());
create policy change on exchange_hour for update using (claim_is_system());
create policy remove on exchange_hour for delete using (claim_is_system());
