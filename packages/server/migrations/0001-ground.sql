-- The ground every area stands on: the application's role, the actor's claims, the audit log.

-- The application never speaks as the owner of the tables: this role cannot pass row-level security.
-- Roles belong to the whole cluster, so another database of the same cluster may have made it.
do $$
begin
  create role tocsin_app nologin nosuperuser nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
grant tocsin_app to current_user;
grant usage on schema public to tocsin_app;
alter default privileges in schema public grant select, insert, update, delete on tables to tocsin_app;
alter default privileges in schema public grant usage, select on sequences to tocsin_app;

-- pg-boss makes and migrates its own tables, as the application.
create schema if not exists pgboss authorization tocsin_app;

-- Who asks, as set by the node for one transaction. Nothing set means nobody: deny by default.
create function claim_kind() returns text stable parallel safe language sql
  as $$ select coalesce(nullif(current_setting('tocsin.kind', true), ''), 'nobody') $$;
create function claim_person() returns uuid stable parallel safe language sql
  as $$ select nullif(current_setting('tocsin.person', true), '')::uuid $$;
create function claim_organisation() returns uuid stable parallel safe language sql
  as $$ select nullif(current_setting('tocsin.organisation', true), '')::uuid $$;
create function claim_roles() returns text[] stable parallel safe language sql
  as $$ select coalesce(nullif(current_setting('tocsin.roles', true), ''), '{}')::text[] $$;
create function claim_is_node() returns boolean stable parallel safe language sql
  as $$ select claim_kind() in ('operator', 'system') $$;
create function claim_operates_node() returns boolean stable parallel safe language sql
  as $$ select claim_is_node() or 'administrator' = any (claim_roles()) $$;

create table audit_entry (
  seq bigint primary key,
  at timestamptz not null,
  actor jsonb not null,
  organisation uuid,
  act text not null,
  subject text not null,
  details jsonb not null,
  previous char(64) not null,
  hash char(64) not null unique
);
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy append on audit_entry for insert with check (claim_kind() <> 'nobody');
create policy read on audit_entry for select using (
  claim_operates_node()
  or ('auditor' = any (claim_roles()) and organisation = claim_organisation())
);
-- What is written stays written: not even the application may change or remove an entry.
revoke update, delete on audit_entry from tocsin_app;

-- The end of the chain, one row: locked by whoever appends, so that entries never fork. It says
-- nothing about the entries, so every actor may read and move it.
create table audit_head (
  id int primary key default 1 check (id = 1),
  seq bigint not null,
  hash char(64) not null
);
insert into audit_head (seq, hash) values (0, repeat('0', 64));

-- What administrators decide about the whole node.
create table node_setting (
  name text primary key,
  value jsonb not null,
  set_at timestamptz not null
);
alter table node_setting enable row level security;
alter table node_setting force row level security;
create policy read on node_setting for select using (true);
create policy change on node_setting for all using (claim_operates_node())
  with check (claim_operates_node());
