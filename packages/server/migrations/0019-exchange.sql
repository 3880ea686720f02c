-- How records travel: each author's order, what waits to leave, what is missing, what was refused.
-- Each policy says the same as a pure rule in packages/domain/src/network-access.ts.

alter table network_record
  -- Kept, and of no effect until what stands before it is here.
  add column waiting boolean not null default false,
  -- Microseconds since 1970, strictly increasing in commit order and given once: what readers page by.
  add column added_us bigint unique;
create index on network_record (xid, digest) where added_us is null;
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
  made_at timestamptz not null,
  unique (member, digest)
);
create index on record_queue (member, urgency, id) where refusal is null;
alter table record_queue enable row level security;
alter table record_queue force row level security;
create policy read on record_queue for select using (claim_reads_own(organisation));
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
