-- Organisations, posts, persons, how they sign in, approvals. Each policy says the same as a pure
-- rule in packages/domain/src/{people-access,approval}.ts; access-rules.test.ts compares the two.

-- Two spells of one post must not overlap: an index over the post and its days.
create extension if not exists btree_gist;

create function claim_is_system() returns boolean stable parallel safe language sql
  as $$ select claim_kind() = 'system' $$;
-- Whoever has no role left belongs to the organisation no more.
create function claim_belongs_to(owner uuid) returns boolean stable parallel safe language sql
  as $$ select claim_kind() = 'person' and cardinality(claim_roles()) > 0
    and coalesce(owner = claim_organisation(), false) $$;
create function claim_reads(owner uuid) returns boolean stable parallel safe language sql
  as $$ select claim_operates_node() or claim_belongs_to(owner) $$;
create function claim_manages(owner uuid) returns boolean stable parallel safe language sql
  as $$ select claim_operates_node()
    or ('focal-point' = any (claim_roles()) and claim_belongs_to(owner)) $$;
create function claim_is_self(who uuid) returns boolean stable parallel safe language sql
  as $$ select claim_kind() = 'person' and coalesce(who = claim_person(), false) $$;
-- Roles that a focal point gives out without an administrator.
create function is_delegable(roles text[]) returns boolean immutable parallel safe language sql
  as $$ select roles <@ array['analyst', 'reader'] $$;

create table organisation (
  id uuid primary key,
  name text not null,
  kind text not null,
  country char(3),
  made_at timestamptz not null,
  closed_at timestamptz
);
alter table organisation enable row level security;
alter table organisation force row level security;
create policy read on organisation for select using (claim_reads(id));
create policy make on organisation for insert with check (claim_operates_node());
create policy change on organisation for update using (claim_operates_node());

create table person (
  id uuid primary key,
  organisation uuid not null references organisation,
  name text not null,
  sign_in_name text not null unique,
  locale text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  unique (id, organisation)
);
create index on person (organisation);
alter table person enable row level security;
alter table person force row level security;
create policy read on person for select using (claim_reads(organisation) or claim_is_self(id));
create policy make on person for insert with check (claim_is_node());
create policy change on person for update using (claim_operates_node());

create table role_grant (
  id uuid primary key,
  person uuid not null,
  organisation uuid not null,
  role text not null,
  granted_by uuid,
  granted_at timestamptz not null,
  revoked_at timestamptz,
  foreign key (person, organisation) references person (id, organisation)
);
create unique index one_grant on role_grant (person, role) where revoked_at is null;
alter table role_grant enable row level security;
alter table role_grant force row level security;
create policy read on role_grant for select
  using (claim_reads(organisation) or claim_is_self(person));
create policy make on role_grant for insert with check (
  claim_operates_node() or (claim_manages(organisation) and is_delegable(array[role])));
create policy change on role_grant for update using (
  claim_operates_node() or (claim_manages(organisation) and is_delegable(array[role])));

create table post (
  id uuid primary key,
  organisation uuid not null references organisation,
  title text not null,
  made_at timestamptz not null,
  abolished_at timestamptz,
  unique (id, organisation)
);
alter table post enable row level security;
alter table post force row level security;
create policy read on post for select using (claim_reads(organisation));
create policy make on post for insert with check (claim_manages(organisation));
create policy change on post for update using (claim_manages(organisation));

create table holding (
  id uuid primary key,
  post uuid not null,
  organisation uuid not null,
  person uuid not null,
  capacity text not null check (capacity in ('main', 'alternate', 'acting')),
  from_day date not null,
  until_day date check (until_day >= from_day),
  foreign key (post, organisation) references post (id, organisation),
  foreign key (person, organisation) references person (id, organisation),
  constraint one_main_holder exclude using gist
    (post with =, daterange(from_day, until_day, '[]') with &&) where (capacity = 'main')
);
alter table holding enable row level security;
alter table holding force row level security;
create policy read on holding for select using (claim_reads(organisation));
create policy make on holding for insert with check (claim_manages(organisation));
create policy change on holding for update using (claim_manages(organisation));

-- The set-up link, invitations and links that recover an account: only the hash of each token.
create table invitation (
  id uuid primary key,
  kind text not null check (kind in ('set-up', 'invite', 'recover')),
  token_hash char(64) not null unique,
  organisation uuid references organisation,
  post uuid,
  person uuid references person,
  roles text[] not null,
  made_by uuid,
  made_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  foreign key (post, organisation) references post (id, organisation)
);
create unique index one_set_up_link on invitation (kind)
  where kind = 'set-up' and used_at is null and revoked_at is null;
alter table invitation enable row level security;
alter table invitation force row level security;
create policy read on invitation for select using (
  claim_is_node()
  or (kind = 'recover' and organisation is not null and claim_operates_node())
  or (kind = 'invite' and organisation is not null and claim_manages(organisation)));
create policy make on invitation for insert with check (
  claim_is_node()
  or (kind in ('invite', 'recover') and organisation is not null and claim_operates_node())
  or (kind = 'invite' and organisation is not null
    and claim_manages(organisation) and is_delegable(roles)));
create policy change on invitation for update using (
  claim_is_node()
  or (kind in ('invite', 'recover') and organisation is not null and claim_operates_node())
  or (kind = 'invite' and organisation is not null
    and claim_manages(organisation) and is_delegable(roles)));

create table session (
  id uuid primary key,
  person uuid not null references person,
  token_hash char(64) not null unique,
  credential text not null,
  device text not null,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  -- When a passkey or a code was last shown; null for a sign-in that others vouched for.
  proven_at timestamptz,
  expires_at timestamptz not null
);
create index on session (person);
alter table session enable row level security;
alter table session force row level security;
create policy read on session for select using (claim_operates_node() or claim_is_self(person));
create policy make on session for insert with check (claim_is_node());
create policy change on session for update using (claim_is_node());
create policy remove on session for delete using (claim_operates_node() or claim_is_self(person));

create table passkey (
  id text primary key,
  person uuid not null references person,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  made_at timestamptz not null,
  used_at timestamptz
);
create index on passkey (person);
alter table passkey enable row level security;
alter table passkey force row level security;
create policy read on passkey for select using (claim_operates_node() or claim_is_self(person));
create policy make on passkey for insert with check (claim_is_node());
create policy change on passkey for update using (claim_is_node());
create policy remove on passkey for delete using (claim_is_node() or claim_is_self(person));

create table outside_identity (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  person uuid not null references person,
  made_at timestamptz not null,
  unique (issuer, subject)
);
alter table outside_identity enable row level security;
alter table outside_identity force row level security;
create policy read on outside_identity for select
  using (claim_operates_node() or claim_is_self(person));
create policy make on outside_identity for insert with check (claim_is_node());
create policy remove on outside_identity for delete
  using (claim_is_node() or claim_is_self(person));

-- The fallback: a password that never counts without a code.
create table password (
  person uuid primary key references person,
  hash text not null,
  set_at timestamptz not null
);
create table authenticator (
  person uuid primary key references person,
  -- Sealed with a key that lies in the node's folder, never in the database.
  sealed_secret text not null,
  -- The last step a code was taken for: each code counts once.
  last_step bigint not null
);
create table recovery_code (
  hash char(64) primary key,
  person uuid not null references person,
  used_at timestamptz
);
create index on recovery_code (person);
-- A challenge between two requests of one sign-in or enrolment: short-lived, used once.
create table ceremony (
  id uuid primary key,
  purpose text not null,
  person uuid,
  details jsonb not null,
  expires_at timestamptz not null
);
-- Keyed hashes of the account (if one was named) and the address: enough to count, too little to read.
create table sign_in_attempt (
  id uuid primary key,
  account char(64),
  address char(64) not null,
  at timestamptz not null,
  succeeded boolean not null default false
);
create index on sign_in_attempt (account, at);
create index on sign_in_attempt (address, at);
do $$
declare secret text;
begin
  foreach secret in array
    array['password', 'authenticator', 'recovery_code', 'ceremony', 'sign_in_attempt']
  loop
    execute format('alter table %I enable row level security', secret);
    execute format('alter table %I force row level security', secret);
    execute format(
      'create policy node on %I for all using (claim_is_system()) with check (claim_is_system())',
      secret);
  end loop;
end $$;

-- Who else may vouch for a person. The client's secret lies in the node's folder.
create table identity_provider (
  id uuid primary key,
  name text not null,
  issuer text not null unique,
  client_id text not null,
  made_at timestamptz not null
);
alter table identity_provider enable row level security;
alter table identity_provider force row level security;
create policy read on identity_provider for select using (true);
create policy change on identity_provider for all using (claim_operates_node())
  with check (claim_operates_node());

-- Four eyes. The act and its proposer can never be changed: only the decision's columns can.
create table approval (
  id uuid primary key,
  act jsonb not null,
  sha256 char(64) not null,
  organisation uuid,
  proposer_roles text[] not null,
  approver_roles text[] not null,
  proposer uuid not null references person,
  proposer_credential text not null,
  proposed_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'done', 'refused', 'withdrawn')),
  decided_by uuid references person,
  decided_at timestamptz,
  reason text,
  check ((state = 'waiting') = (decided_at is null))
);
create index on approval (state, proposed_at);
create function claim_in_scope(owner uuid) returns boolean stable parallel safe language sql
  as $$ select claim_kind() = 'person' and (owner is null or owner = claim_organisation()) $$;
alter table approval enable row level security;
alter table approval force row level security;
create policy read on approval for select using (
  claim_is_node() or claim_is_self(proposer)
  or (claim_in_scope(organisation) and approver_roles && claim_roles()));
create policy make on approval for insert with check (
  claim_is_self(proposer) and claim_in_scope(organisation) and proposer_roles && claim_roles());
create policy change on approval for update using (
  claim_is_node() or claim_is_self(proposer)
  or (claim_in_scope(organisation) and approver_roles && claim_roles()));
revoke update, delete on approval from tocsin_app;
grant update (state, decided_by, decided_at, reason) on approval to tocsin_app;

-- What happened stays: these rows are ended, never removed.
revoke delete on organisation, person, role_grant, post, holding, invitation from tocsin_app;

-- An entry of the audit log is written by the node, or in one's own name.
drop policy append on audit_entry;
create policy append on audit_entry for insert with check (
  claim_is_node()
  or (claim_kind() = 'visitor' and actor ->> 'kind' = 'visitor' and organisation is null)
  or (actor ->> 'kind' = 'person' and claim_is_self((actor ->> 'person')::uuid)
    and (organisation = claim_organisation() or claim_operates_node())));
drop policy read on audit_entry;
create policy read on audit_entry for select using (
  claim_operates_node() or ('auditor' = any (claim_roles()) and claim_belongs_to(organisation)));
create index on audit_entry (at);
create index on audit_entry (organisation, seq);
