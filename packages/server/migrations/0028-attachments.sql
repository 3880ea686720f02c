-- Files on matters. The bytes lie sealed, apart from what is said of them, in rows that are read one
-- after the other; whoever may read a record that names them may read them, and nobody else. Each policy says the
-- same as a pure rule in packages/domain; access.test.ts compares the two.

create table attachment (
  id uuid primary key,
  matter uuid not null references matter,
  name text not null,
  media_type text not null,
  size int not null,
  -- Of the file itself; of its sealed bytes.
  sha256 char(64) not null,
  blob char(64) not null,
  -- What opens the sealed bytes, itself sealed.
  sealed_identity text not null,
  added_by uuid references person,
  added_at timestamptz not null
);
create index on attachment (matter, added_at);
create index on attachment (blob);
alter table attachment enable row level security;
alter table attachment force row level security;
create policy read on attachment for select using (claim_reads_matter(matter));
create policy make on attachment for insert with check (claim_works_on(matter));
create policy erase on attachment for delete using (claim_kind() = 'system');
revoke update on attachment from tocsin_app;

-- Sealed bytes: of a file put on a matter here, or of another organisation's that somebody asked for.
create table blob (
  id uuid primary key,
  -- Whose record names it: another's that names it too opens nothing.
  organisation uuid not null references organisation,
  -- Not known before all of it came.
  sha256 char(64),
  size int not null,
  -- So many bytes are here, from the beginning on.
  kept int not null default 0,
  touched_at timestamptz not null,
  whole_at timestamptz,
  -- The shared object for which it is fetched, and in whose name.
  object_id text,
  reader uuid references organisation,
  attempts int not null default 0,
  -- When somebody is asked for the next piece; none once nobody wants it.
  next_at timestamptz,
  fault text
);
create index on blob (organisation, sha256);
create index on blob (sha256);
create index on blob (next_at) where next_at is not null;
create index on blob (touched_at) where sha256 is null;
create index on shared_object ((object -> 'content' ->> 'blob')) where type = 'attachment';
alter table blob enable row level security;
alter table blob force row level security;
create policy read on blob for select using (claim_kind() = 'system'
  or exists (select from attachment join matter on matter.id = attachment.matter
    where attachment.blob = blob.sha256 and matter.organisation = blob.organisation)
  or exists (select from shared_object
    where type = 'attachment' and object -> 'content' ->> 'blob' = blob.sha256
      and shared_object.organisation = blob.organisation));
create policy make on blob for insert with check (claim_kind() = 'system');
create policy change on blob for update using (claim_kind() = 'system');
create policy erase on blob for delete using (claim_kind() = 'system');

create table blob_piece (
  blob uuid not null references blob on delete cascade,
  -- From 0; all but the last are equally long.
  n int not null,
  bytes bytea not null,
  primary key (blob, n)
);
-- Sealed bytes do not become smaller.
alter table blob_piece alter column bytes set storage external;
alter table blob_piece enable row level security;
alter table blob_piece force row level security;
create policy read on blob_piece for select using (exists (select from blob where id = blob_piece.blob));
create policy make on blob_piece for insert with check (claim_kind() = 'system');
create policy change on blob_piece for update using (claim_kind() = 'system');
create policy erase on blob_piece for delete using (claim_kind() = 'system');
