-- By which keys members are believed, who vouched for them, and which of their requests were seen.
-- Each policy says the same as a pure rule in packages/domain/src/network-access.ts; access.test.ts
-- compares the two.

create function claim_manages_members() returns boolean stable parallel safe language sql
  as $$ select claim_operates_node()
    or (claim_kind() = 'person' and 'focal-point' = any (claim_roles())) $$;

-- Focal points take members into trust too; the command asks for a second officer.
drop policy make on member;
drop policy change on member;
create policy make on member for insert with check (claim_manages_members());
create policy change on member for update using (claim_manages_members());

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
create policy make on member_key for insert with check (claim_manages_members());
create policy remove on member_key for delete using (claim_manages_members());

-- What was last learnt of a member's directory.
create table member_directory (
  organisation uuid primary key references member,
  recipients text[] not null,
  expires_at timestamptz not null,
  checked_at timestamptz not null,
  next_at timestamptz not null,
  fault text
);
alter table member_directory enable row level security;
alter table member_directory force row level security;
create policy read on member_directory for select
  using (claim_operates_node() or claim_uses_docket());
create policy make on member_directory for insert with check (claim_manages_members());
create policy change on member_directory for update using (claim_manages_members());

-- Repositories (The Update Framework), own and members', byte for byte: every root, and of each other
-- role the newest that was believed.
create table trust_file (
  id text primary key,
  organisation uuid not null references organisation,
  role text not null check (role in ('root', 'targets', 'snapshot', 'timestamp', 'directory')),
  version int not null,
  content text not null,
  made_at timestamptz not null,
  unique (organisation, role, version)
);
alter table trust_file enable row level security;
alter table trust_file force row level security;
create policy node on trust_file for all using (claim_is_system()) with check (claim_is_system());
create policy read on trust_file for select using (claim_manages_members());

-- Which officer typed which fingerprint, so that two have, each for themselves.
create table fingerprint_typing (
  id text primary key,
  organisation uuid not null references member,
  person uuid not null references person,
  root char(64) not null,
  typed_at timestamptz not null
);
alter table fingerprint_typing enable row level security;
alter table fingerprint_typing force row level security;
create policy read on fingerprint_typing for select using (claim_manages_members());
create policy make on fingerprint_typing for insert
  with check (claim_manages_members() and claim_is_self(person));

-- Since when a key of an organisation of this node is given up, and until when it is still believed.
create table organisation_key_end (
  id text primary key references organisation_key,
  organisation uuid not null references organisation,
  ended_at timestamptz not null
);
create index on organisation_key_end (organisation);
alter table organisation_key_end enable row level security;
alter table organisation_key_end force row level security;
create policy read on organisation_key_end for select using (true);
create policy make on organisation_key_end for insert with check (claim_is_system());

-- What made each signed request the only one of its kind, until it is too old to count anyway.
create table request_nonce (
  id text primary key,
  expires_at timestamptz not null
);
create index on request_nonce (expires_at);
alter table request_nonce enable row level security;
alter table request_nonce force row level security;
create policy node on request_nonce for all using (claim_is_system()) with check (claim_is_system());
