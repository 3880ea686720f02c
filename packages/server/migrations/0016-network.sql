-- Other organisations, audiences, and what is shared with them. Each policy says the same as a pure
-- rule in packages/domain/src/network-access.ts; access.test.ts compares the two.

create function claim_is_sent(owner uuid, members uuid[], excluded uuid[]) returns boolean
  stable parallel safe language sql
  as $$ select claim_kind() = 'node' and (owner = claim_organisation()
    or (claim_organisation() = any (members) and not claim_organisation() = any (excluded))) $$;

-- An organisation whose node is elsewhere.
create table member (
  organisation uuid primary key references organisation,
  address text not null,
  root char(64) not null,
  state text not null check (state in ('proposed', 'pinned', 'expelled')),
  made_at timestamptz not null
);
alter table member enable row level security;
alter table member force row level security;
create policy read on member for select using (claim_operates_node() or claim_uses_docket());
create policy make on member for insert with check (claim_operates_node());
create policy change on member for update using (claim_operates_node());

-- Who may read, version by version; what a version said is never changed.
create table audience (
  id uuid not null,
  version int not null,
  organisation uuid not null references organisation,
  name text not null,
  audience uuid[] not null,
  excluded uuid[] not null,
  ceiling text not null,
  reshare text not null,
  effective_at timestamptz not null,
  expires_at timestamptz,
  made_at timestamptz not null,
  primary key (id, version)
);
alter table audience enable row level security;
alter table audience force row level security;
create policy read on audience for select using (claim_in_audience(organisation, audience, excluded));
create policy make on audience for insert with check (claim_works_for(organisation));

-- Every record this node keeps, its own and others', byte for byte, with exactly who may have it.
create table network_record (
  digest char(64) primary key,
  organisation uuid not null references organisation,
  audience_id uuid not null,
  audience uuid[] not null,
  excluded uuid[] not null,
  epoch int not null,
  seq int not null,
  previous char(64),
  object_type text not null,
  object_id text not null,
  modified timestamptz not null,
  marking text not null,
  -- Nothing is left of it but its digest once it was withdrawn.
  statement jsonb,
  -- The member that handed it over; none for what was written here.
  received_from uuid references organisation,
  kept_at timestamptz not null,
  withdrawn_at timestamptz
);
create index on network_record (organisation, audience_id, seq);
create index on network_record (object_id);
alter table network_record enable row level security;
alter table network_record force row level security;
create policy read on network_record for select
  using (claim_is_system() or claim_is_sent(organisation, audience, excluded));
create policy make on network_record for insert with check (claim_works_for(organisation));
create policy change on network_record for update using (claim_is_system());

-- The newest version of each object that was shared: what people read, list, search and save.
create table shared_object (
  id text primary key,
  digest char(64) not null references network_record,
  organisation uuid not null references organisation,
  audience_id uuid not null,
  audience uuid[] not null,
  excluded uuid[] not null,
  type text not null,
  object jsonb not null,
  marking text not null,
  created timestamptz not null,
  modified timestamptz not null,
  kept_at timestamptz not null
);
create index on shared_object (kept_at, id);
create index on shared_object (audience_id, type);
alter table shared_object enable row level security;
alter table shared_object force row level security;
create policy read on shared_object for select using (
  claim_in_audience(organisation, audience, excluded)
  or claim_is_sent(organisation, audience, excluded)
);
create policy make on shared_object for insert with check (claim_works_for(organisation));
create policy change on shared_object for update using (claim_works_for(organisation));
create policy erase on shared_object for delete using (claim_is_system());
