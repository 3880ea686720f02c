-- The transparency log of each organisation of this node, and the logs of others that it watches. What
-- a log hands out is salted hashes and random ones: anybody may read it. Each policy says the same as a
-- pure rule in packages/domain.

create table transparency_log (
  organisation uuid primary key references organisation,
  -- The name under which others know it; it never changes, even where the node moves.
  origin text not null unique,
  size bigint not null,
  signed_at timestamptz not null,
  -- The largest tree that a witness has said it has seen: with less, nothing is signed.
  cosigned_size bigint not null default 0,
  halted_at timestamptz
);
alter table transparency_log enable row level security;
alter table transparency_log force row level security;
create policy read on transparency_log for select using (true);
create policy make on transparency_log for insert with check (claim_kind() = 'system');
create policy change on transparency_log for update using (claim_kind() = 'system');
revoke delete on transparency_log from tocsin_app;

-- What is to stand in a log: in line until it has its index.
create table log_entry (
  organisation uuid not null references organisation,
  digest char(64) not null,
  seq bigint generated always as identity,
  is_urgent boolean not null,
  index bigint,
  primary key (organisation, digest)
);
create index on log_entry (organisation, seq) where index is null;
create index on log_entry (organisation, index) where index is not null;
alter table log_entry enable row level security;
alter table log_entry force row level security;
create policy read on log_entry for select using (claim_works_for(organisation));
create policy make on log_entry for insert with check (claim_works_for(organisation));
create policy change on log_entry for update using (claim_kind() = 'system');
revoke delete on log_entry from tocsin_app;

-- The tree and its entries as they are served (C2SP tlog-tiles); level -1 are the entries.
create table log_tile (
  organisation uuid not null references organisation,
  level smallint not null check (level between -1 and 63),
  n bigint not null,
  bytes bytea not null,
  primary key (organisation, level, n)
);
alter table log_tile enable row level security;
alter table log_tile force row level security;
create policy read on log_tile for select using (true);
create policy make on log_tile for insert with check (claim_kind() = 'system');
create policy change on log_tile for update using (claim_kind() = 'system');
revoke delete on log_tile from tocsin_app;

create table log_checkpoint (
  organisation uuid not null references organisation,
  size bigint not null,
  note text not null,
  signed_at timestamptz not null,
  primary key (organisation, size)
);
alter table log_checkpoint enable row level security;
alter table log_checkpoint force row level security;
create policy read on log_checkpoint for select using (true);
create policy make on log_checkpoint for insert with check (claim_kind() = 'system');
revoke update, delete on log_checkpoint from tocsin_app;

-- Who has seen a checkpoint of ours: the line that the witness signed.
create table log_cosignature (
  organisation uuid not null references organisation,
  size bigint not null,
  witness text not null,
  line text not null,
  primary key (organisation, size, witness)
);
alter table log_cosignature enable row level security;
alter table log_cosignature force row level security;
create policy read on log_cosignature for select using (true);
create policy make on log_cosignature for insert with check (claim_kind() = 'system');
revoke update, delete on log_cosignature from tocsin_app;

-- The logs of others: their keys, and the last checkpoint that was proven to continue the one before.
create table known_log (
  origin text primary key,
  organisation uuid,
  verifier_key text not null,
  address text not null,
  -- The witness of the same node, which cosigns ours.
  witness_key text,
  witness_address text,
  size bigint not null default 0,
  note text,
  seen_at timestamptz,
  asked_at timestamptz,
  -- Up to where its entries have been looked through for those that are waited for.
  read_size bigint not null default 0,
  -- Why the last round did not bring anything.
  fault text,
  -- Until a person has decided, nothing of it is cosigned or followed.
  frozen_at timestamptz
);
alter table known_log enable row level security;
alter table known_log force row level security;
create policy read on known_log for select using (claim_operates_node() or claim_uses_docket());
create policy make on known_log for insert with check (claim_operates_node());
create policy change on known_log for update using (claim_operates_node());
revoke delete on known_log from tocsin_app;

-- Records of others that must come to stand in the log of whoever signed them.
create table awaited_entry (
  origin text not null references known_log,
  digest char(64) not null,
  due_at timestamptz not null,
  index bigint,
  primary key (origin, digest)
);
create index on awaited_entry (origin) where index is null;
alter table awaited_entry enable row level security;
alter table awaited_entry force row level security;
create policy work on awaited_entry for all using (claim_kind() = 'system')
  with check (claim_kind() = 'system');
revoke delete on awaited_entry from tocsin_app;

-- What is wrong with a log, own or other, with what proves it. It stands until a person has decided.
create table log_finding (
  id uuid primary key,
  origin text not null,
  kind text not null,
  -- Which entry; null where it is about the log as a whole.
  index bigint,
  evidence jsonb not null,
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references person,
  decision text
);
create unique index one_finding on log_finding (origin, kind, coalesce(index, -1), (evidence ->> 'digest'))
  nulls not distinct where decided_at is null;
alter table log_finding enable row level security;
alter table log_finding force row level security;
create policy read on log_finding for select using (claim_operates_node() or claim_uses_docket());
create policy make on log_finding for insert with check (claim_kind() = 'system');
create policy change on log_finding for update using (claim_kind() = 'system');
revoke delete on log_finding from tocsin_app;

-- When a log of this node was last recomputed from its records, and whether all of it held.
create table log_check (
  organisation uuid primary key references organisation,
  checked_at timestamptz not null,
  size bigint not null,
  holds boolean not null
);
alter table log_check enable row level security;
alter table log_check force row level security;
create policy read on log_check for select using (claim_operates_node() or claim_uses_docket());
create policy make on log_check for insert with check (claim_kind() = 'system');
create policy change on log_check for update using (claim_kind() = 'system');
revoke delete on log_check from tocsin_app;
