-- Figures imported from publishers' files. Vintages are kept beside each other and never changed: who
-- saw which figure when must stay answerable. Each policy says the same as a pure rule in
-- packages/domain/src/source-access.ts.

create function claim_imports_sources() returns boolean stable parallel safe language sql
  as $$ select claim_operates_node() or claim_roles() && array['analyst', 'focal-point'] $$;

-- One imported file.
create table vintage (
  id uuid primary key,
  -- Order of import: of two figures for one period the later import counts.
  seq bigint generated always as identity unique,
  source text not null,
  format text not null,
  version text not null,
  as_of date not null,
  file text not null,
  file_hash char(64) not null,
  -- SHA-256 of the rows as understood, in the order of the file: the same content has the same.
  rows_hash char(64) not null,
  rows int not null,
  left_out int not null,
  first_period text,
  last_period text,
  redistributable boolean not null,
  imported_at timestamptz not null
);
create unique index same_content_once on vintage (source, rows_hash);
alter table vintage enable row level security;
alter table vintage force row level security;
-- What may not be passed on is shown only to people who signed in to this node.
create policy read on vintage for select
  using (claim_kind() <> 'nobody' and (redistributable or claim_kind() <> 'visitor'));
create policy import on vintage for insert with check (claim_imports_sources());
create policy remove on vintage for delete using (claim_imports_sources());
revoke update on vintage from tocsin_app;

-- One figure for one country and period, `YYYY` or `YYYY-MM`.
create table observation (
  vintage uuid not null references vintage on delete cascade deferrable initially deferred,
  country char(3) not null,
  series text not null,
  period text not null,
  value float8 not null,
  low float8,
  high float8,
  primary key (country, series, period, vintage)
);
create index on observation (vintage);
alter table observation enable row level security;
alter table observation force row level security;
create policy read on observation for select using (vintage in (select id from vintage));
create policy import on observation for insert with check (claim_imports_sources());
revoke update, delete on observation from tocsin_app;

-- One event of UCDP's georeferenced event data.
create table ged_event (
  vintage uuid not null references vintage on delete cascade deferrable initially deferred,
  id text not null,
  country char(3) not null,
  from_day date not null,
  to_day date not null,
  violence text not null,
  best int not null,
  low int not null,
  high int not null,
  civilians int not null,
  latitude float8,
  longitude float8,
  place text,
  primary key (vintage, id)
);
create index on ged_event (country, from_day);
alter table ged_event enable row level security;
alter table ged_event force row level security;
create policy read on ged_event for select using (vintage in (select id from vintage));
create policy import on ged_event for insert with check (claim_imports_sources());
revoke update, delete on ged_event from tocsin_app;

-- Files that computations must read exactly as they are (gzip of the file as it came).
create table vintage_file (
  vintage uuid primary key references vintage on delete cascade,
  content bytea not null
);
alter table vintage_file enable row level security;
alter table vintage_file force row level security;
create policy read on vintage_file for select using (claim_imports_sources());
create policy import on vintage_file for insert with check (claim_imports_sources());
revoke update, delete on vintage_file from tocsin_app;

-- How an import stands and how it ended, for whoever waits for it.
create table source_import (
  id uuid primary key,
  file text not null,
  report jsonb not null,
  started_at timestamptz not null
);
alter table source_import enable row level security;
alter table source_import force row level security;
create policy work on source_import for all using (claim_imports_sources())
  with check (claim_imports_sources());
