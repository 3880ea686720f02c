-- Since when a member is out of this node's trust; null where it never was, or before this was noted.
alter table member add column expelled_at timestamptz;

-- What a member that is out said of a vote, its officers' keys and its proofs: it is read there, with the
-- reason why it does not count, and is never taken, answered or passed on.
create table barred_record (
  digest char(64) primary key,
  organisation uuid not null,
  audience_id uuid not null,
  object_type text not null,
  object_id text not null,
  statement jsonb not null,
  received_from uuid not null references organisation,
  kept_at timestamptz not null
);
create index on barred_record (audience_id, organisation);
alter table barred_record enable row level security;
alter table barred_record force row level security;
create policy work on barred_record for all
  using (claim_is_system()) with check (claim_is_system());
