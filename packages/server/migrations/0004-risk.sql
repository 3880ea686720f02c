-- Editions of the risk picture and the exact files they rest on. Both are only ever added to: an
-- edition that somebody has cited must stay what it was. Each policy says the same as a pure rule in
-- packages/domain/src/risk-access.ts.

create function claim_builds_editions() returns boolean stable parallel safe language sql
  as $$ select claim_operates_node() or claim_roles() && array['analyst', 'focal-point'] $$;

-- The files of publishers, byte for byte (gzip): most may not be passed on, so only those who build
-- from them read them.
create table risk_input (
  sha256 char(64) primary key,
  kind text not null,
  name text not null,
  rows int not null,
  content bytea not null,
  kept_at timestamptz not null
);
alter table risk_input enable row level security;
alter table risk_input force row level security;
create policy read on risk_input for select using (claim_builds_editions());
create policy keep on risk_input for insert with check (claim_builds_editions());
revoke update, delete on risk_input from tocsin_app;

create table risk_edition (
  id text primary key,
  data_year int not null,
  statement jsonb not null,
  -- Canonical JSON, as text: figures_hash is the SHA-256 of exactly these bytes.
  figures text not null,
  figures_hash char(64) not null,
  kept_at timestamptz not null
);
alter table risk_edition enable row level security;
alter table risk_edition force row level security;
create policy read on risk_edition for select using (claim_kind() <> 'nobody');
-- Nobody writes figures: the node's own job computes them.
create policy keep on risk_edition for insert with check (claim_is_node());
revoke update, delete on risk_edition from tocsin_app;

-- How far the making of an edition is, for whoever waits for it.
create table risk_build (
  edition text primary key,
  request jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  done int not null default 0,
  of_all int not null default 0,
  problem jsonb,
  asked_at timestamptz not null
);
alter table risk_build enable row level security;
alter table risk_build force row level security;
create policy work on risk_build for all using (claim_builds_editions())
  with check (claim_builds_editions());
