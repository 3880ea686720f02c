-- By which keys members are believed, and which of their requests were seen. Each policy says the
-- same as a pure rule in packages/domain/src/network-access.ts; access.test.ts compares the two.

-- The keys a member signs with, as its newest directory names them: what is not here verifies nothing.
create table member_key (
  id text primary key,
  organisation uuid not null references member,
  public_key text not null,
  made_at timestamptz not null
);
create index on member_key (organisation);
alter table member_key enable row level security;
alter table member_key force row level security;
create policy read on member_key for select using (claim_operates_node() or claim_uses_docket());
create policy make on member_key for insert with check (claim_operates_node());
create policy remove on member_key for delete using (claim_operates_node());

-- What made each signed request the only one of its kind, until it is too old to count anyway.
create table request_nonce (
  id text primary key,
  expires_at timestamptz not null
);
create index on request_nonce (expires_at);
alter table request_nonce enable row level security;
alter table request_nonce force row level security;
create policy node on request_nonce for all using (claim_is_system()) with check (claim_is_system());
