-- How records travel: each author's order, what waits to leave, what is missing, what was refused.
-- Each policy says the same as a pure rule in packages/domain/src/network-access.ts.

alter table network_record
  -- Kept, and of no effect until what stands before it is here.
  add column waiting boolean not null default false,
  -- Microseconds since 1970, strictly increasing in commit order and given once: what readers page by.
  add column added_us bigint unique;
create index on network_record (audience_id, added_us);

-- The end of what an organisation told an audience: locked by whoever appends, so that no chain forks.
create table record_head (
  organisation uuid not null references organisation,
  audience_id uuid not null,
  -- Up to here all are here and had their effect.
  seq int not null,
  digest char(64),
  -- The last that anybody spoke of.
  known_seq int not null,
  -- Since when two records claim one place: humans decide.
  frozen_at timestamptz,
  primary key (organisation, audience_id)
);
alter table record_head enable row level security;
alter table record_head force row level security;
create policy work on record_head for all
  using (claim_works_for(organisation)) with check (claim_works_for(organisation));
revoke delete on record_head from tocsin_app;

-- What waits to leave: one row for each record and each member whose node must have it.
create table record_queue (
  id bigint generated always as identity primary key,
  member uuid not null references member,
  digest char(64) not null references network_record,
  -- Whose record it is.
  organisation uuid not null references organisation,
  urgency int not null check (urgency between 0 and 5),
  attempts int not null default 0,
  next_at timestamptz not null,
  -- Why the member did not take it; such a row is not sent again.
  refusal text,
  -- Since when the member has it: it is not given it again when it reads on.
  taken_at timestamptz,
  made_at timestamptz not null,
  unique (member, digest)
);
create index on record_queue (member, urgency, id) where refusal is null and taken_at is null;
create index on record_queue (digest);
alter table record_queue enable row level security;
alter table record_queue force row level security;
create policy read on record_queue for select using (claim_reads_own(organisation)
  or (claim_kind() = 'node' and member = claim_organisation()));
create policy make on record_queue for insert with check (claim_works_for(organisation));
create policy change on record_queue for update using (claim_is_system());
create policy remove on record_queue for delete using (claim_is_system());

-- A gap in what an author told an audience: asked for until it is filled.
create table missing_record (
  organisation uuid not null references organisation,
  audience_id uuid not null,
  from_seq int not null,
  to_seq int not null,
  -- The last of them, as the record after it names it.
  digest char(64) not null,
  noted_at timestamptz not null,
  attempts int not null default 0,
  next_at timestamptz not null,
  primary key (organisation, audience_id, from_seq),
  check (from_seq <= to_seq)
);
create index on missing_record (next_at);
alter table missing_record enable row level security;
alter table missing_record force row level security;
create policy read on missing_record for select using (claim_operates_node());
create policy work on missing_record for all
  using (claim_is_system()) with check (claim_is_system());

-- What was refused, with the reason; the bytes are sealed, for whoever runs the node reads no content.
create table quarantined_record (
  id uuid primary key,
  member uuid not null references organisation,
  digest char(64),
  author uuid,
  audience_id uuid,
  reason text not null,
  size int not null,
  sealed text,
  refused_at timestamptz not null
);
create index on quarantined_record (member, refused_at);
alter table quarantined_record enable row level security;
alter table quarantined_record force row level security;
create policy read on quarantined_record for select using (claim_operates_node());
create policy work on quarantined_record for all
  using (claim_is_system()) with check (claim_is_system());

-- The same for what other programs read by TAXII.
alter table shared_object add column added_us bigint unique;
create index on shared_object (audience_id, added_us);
create index on shared_object (kept_at, id) where added_us is null;
-- In the order of each author; the one who gives numbers has a lock of its own.
create index on network_record (organisation, audience_id, seq) where added_us is null;

-- What became of records that a member sent: its own to ask for.
create table push_status (
  id uuid primary key,
  member uuid not null references organisation,
  body jsonb not null,
  made_at timestamptz not null
);
create index on push_status (made_at);
alter table push_status enable row level security;
alter table push_status force row level security;
create policy read on push_status for select using (
  claim_is_system() or (claim_kind() = 'node' and member = claim_organisation()));
create policy work on push_status for all using (claim_is_system()) with check (claim_is_system());

-- How it goes with each member's node: when it is tried again, what it sent lately, up to where it was read.
create table peer (
  member uuid primary key references member,
  failures int not null default 0,
  next_push_at timestamptz not null,
  leased_until timestamptz,
  next_pull_at timestamptz not null,
  pull_failures int not null default 0,
  -- When it last answered.
  heard_at timestamptz,
  minute bigint not null default 0,
  records int not null default 0,
  bytes int not null default 0
);
alter table peer enable row level security;
alter table peer force row level security;
create policy read on peer for select using (claim_operates_node());
create policy work on peer for all using (claim_is_system()) with check (claim_is_system());

create table sync_cursor (
  member uuid not null references member,
  -- Which organisation of this node reads, and which collection.
  organisation uuid not null references organisation,
  collection text not null,
  next text not null,
  primary key (member, organisation, collection)
);
alter table sync_cursor enable row level security;
alter table sync_cursor force row level security;
create policy work on sync_cursor for all using (claim_is_system()) with check (claim_is_system());

-- Programs of others that read by TAXII, never more than a reader of their organisation.
create table network_client (
  id uuid primary key,
  organisation uuid not null references organisation,
  label text not null,
  ceiling text not null,
  token_hash char(64) not null unique,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
alter table network_client enable row level security;
alter table network_client force row level security;
create policy read on network_client for select using (claim_operates_node());
create policy make on network_client for insert with check (claim_operates_node());
create policy change on network_client for update using (claim_operates_node());
revoke delete on network_client from tocsin_app;

-- The keys of an audience, one for each epoch, and for which version of it each was made.
create table audience_key (
  audience_id uuid not null,
  epoch int not null,
  organisation uuid not null references organisation,
  version int not null,
  recipient text not null,
  sealed_identity text not null,
  made_at timestamptz not null,
  primary key (audience_id, epoch)
);
alter table audience_key enable row level security;
alter table audience_key force row level security;
create policy read on audience_key for select using (claim_is_system() or claim_uses_docket());
create policy make on audience_key for insert with check (claim_is_system());
revoke update, delete on audience_key from tocsin_app;

-- What this node carries for others and cannot open.
create table carried_record (
  id text primary key,
  -- Who hands it over, and whose it becomes.
  organisation uuid not null references organisation,
  member uuid not null references member,
  carrier jsonb not null,
  attempts int not null default 0,
  next_at timestamptz not null,
  made_at timestamptz not null
);
create index on carried_record (member, next_at);
alter table carried_record enable row level security;
alter table carried_record force row level security;
create policy work on carried_record for all using (claim_is_system()) with check (claim_is_system());
