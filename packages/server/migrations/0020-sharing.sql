-- What an organisation shares, with whom and what it leaves out. Each policy says the same as a pure
-- rule in packages/domain/src/network-access.ts; access.test.ts compares the two.

alter table audience
  -- Since when what was shared with an earlier version is read by this one.
  add column applied_at timestamptz,
  -- Since when nobody but the owner reads any more, where it ran out.
  add column ended_at timestamptz;
create index on audience (effective_at) where applied_at is null;
create index on audience (expires_at) where expires_at is not null and ended_at is null;
create policy change on audience for update using (claim_is_system());

-- What an owner said about a version of its audience: the groups and reasons are its own to know.
create table audience_terms (
  id uuid not null,
  version int not null,
  organisation uuid not null references organisation,
  terms jsonb not null,
  primary key (id, version)
);
alter table audience_terms enable row level security;
alter table audience_terms force row level security;
create policy read on audience_terms for select using (claim_reads_own(organisation));
create policy make on audience_terms for insert with check (claim_works_for(organisation));

-- With which audience a matter, a report or an edition is shared, and what is left out of it there.
create table sharing (
  id uuid primary key,
  organisation uuid not null references organisation,
  kind text not null check (kind in ('matter', 'report', 'edition')),
  item text not null,
  audience_id uuid not null,
  redacted text[] not null,
  asks_who_read boolean not null,
  made_at timestamptz not null,
  unique (organisation, item, audience_id)
);
alter table sharing enable row level security;
alter table sharing force row level security;
create policy read on sharing for select using (claim_reads_own(organisation));
create policy make on sharing for insert with check (claim_works_for(organisation));
create policy change on sharing for update using (claim_works_for(organisation));

-- Members that an organisation sends nothing more, until two of its people take that back.
create table sharing_stop (
  id uuid primary key,
  organisation uuid not null references organisation,
  member uuid not null references organisation,
  stopped_at timestamptz not null,
  lifted_at timestamptz
);
create unique index on sharing_stop (organisation, member) where lifted_at is null;
alter table sharing_stop enable row level security;
alter table sharing_stop force row level security;
create policy read on sharing_stop for select using (claim_reads_own(organisation));
create policy make on sharing_stop for insert with check (claim_works_for(organisation));
create policy change on sharing_stop for update using (claim_works_for(organisation));

-- Matters that were opened on what another organisation shared: its author decides who else reads.
create table taken_up (
  matter uuid primary key references matter,
  organisation uuid not null references organisation,
  object_id text not null,
  author uuid not null references organisation,
  marking text not null,
  reshare text not null,
  delegates uuid[] not null,
  taken_up_at timestamptz not null,
  unique (organisation, object_id)
);
alter table taken_up enable row level security;
alter table taken_up force row level security;
create policy read on taken_up for select using (claim_reads_own(organisation));
create policy make on taken_up for insert with check (claim_works_for(organisation));

-- Every organisation by name, State and whether it is here or trusted: who shares must know whom. As
-- the node itself, for of others' organisations nobody reads more than this.
-- The claim is set and put back inside: only a superuser could tie it to the function.
create function network_party()
  returns table (id uuid, name text, kind text, country text, standing text)
  volatile language plpgsql
  as $$
#variable_conflict use_column
declare asks text := current_setting('tocsin.kind', true);
begin
  perform set_config('tocsin.kind', 'system', true);
  return query select organisation.id, organisation.name, organisation.kind,
      organisation.country::text, coalesce(member.state, 'here')
    from organisation left join member on member.organisation = organisation.id
    where organisation.closed_at is null
    order by organisation.name, organisation.id;
  perform set_config('tocsin.kind', coalesce(asks, ''), true);
end $$;
