-- What each member's node last said of itself: the software it runs, and whom it has heard from when.
create table node_account (
  member uuid primary key references member,
  asked_at timestamptz not null,
  told_at timestamptz,
  software text,
  heard jsonb not null default '[]'
);
alter table node_account enable row level security;
alter table node_account force row level security;
create policy read on node_account for select using (claim_operates_node() or claim_uses_docket());
create policy make on node_account for insert with check (claim_is_system());
create policy change on node_account for update using (claim_is_system());
create policy remove on node_account for delete using (claim_is_system());
