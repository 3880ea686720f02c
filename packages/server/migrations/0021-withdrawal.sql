-- What was taken back, what is left of it, and who has said that it is erased there too.

-- No reference to the organisation: after a restore it may be older than what is known of it here.
create table tombstone (
  organisation uuid not null,
  object_id text not null,
  class text not null check (class in ('source-risk', 'error', 'legal')),
  withdrawn_at timestamptz not null,
  primary key (organisation, object_id)
);
create index on tombstone (object_id);
alter table tombstone enable row level security;
alter table tombstone force row level security;
create policy read on tombstone for select using (claim_reads_own(organisation));
create policy make on tombstone for insert with check (claim_kind() = 'system');
create policy change on tombstone for update using (claim_kind() = 'system');
revoke delete on tombstone from tocsin_app;

-- An organisation of this node took something back, and why: the reason never leaves it.
create table withdrawal (
  id uuid primary key,
  organisation uuid not null references organisation,
  object_id text not null unique,
  class text not null,
  -- Unknown where the node learnt of it again after a restore.
  reason text,
  withdrawn_by uuid references person,
  withdrawn_at timestamptz not null
);
create index on withdrawal (organisation, withdrawn_at);
alter table withdrawal enable row level security;
alter table withdrawal force row level security;
create policy read on withdrawal for select using (claim_reads_own(organisation));
create policy make on withdrawal for insert with check (claim_works_for(organisation));
revoke update, delete on withdrawal from tocsin_app;

-- Who must erase it elsewhere, and what each has receipted; asked again until then.
create table erasure (
  withdrawal uuid not null references withdrawal,
  -- The organisation that took back; the reader that must erase.
  organisation uuid not null references organisation,
  reader uuid not null references organisation,
  -- The record that tells the reader.
  record char(64) not null references network_record,
  asked int not null default 0,
  next_ask_at timestamptz not null,
  erased jsonb,
  receipted_at timestamptz,
  primary key (withdrawal, reader)
);
create index on erasure (next_ask_at) where receipted_at is null;
create index on erasure (record);
alter table erasure enable row level security;
alter table erasure force row level security;
create policy read on erasure for select using (claim_reads_own(organisation));
create policy make on erasure for insert with check (claim_kind() = 'system');
create policy change on erasure for update using (claim_kind() = 'system');
revoke delete on erasure from tocsin_app;

-- What this node still has to do about a withdrawal: what does not stand in tables, and to answer.
create table erasure_task (
  -- The withdrawal's own record, and the reader on this node that answers its author. On the author's
  -- own node a record that was erased, and the author, who answers nobody.
  record char(64) not null references network_record,
  reader uuid not null references organisation,
  organisation uuid not null references organisation,
  object_id text not null,
  erased jsonb not null,
  came_at timestamptz not null,
  done_at timestamptz,
  receipt char(64) references network_record,
  primary key (record, reader)
);
create index on erasure_task (came_at) where done_at is null;
alter table erasure_task enable row level security;
alter table erasure_task force row level security;
create policy read on erasure_task for select using (claim_kind() = 'system');
create policy make on erasure_task for insert with check (claim_kind() = 'system');
create policy change on erasure_task for update using (claim_kind() = 'system');
revoke delete on erasure_task from tocsin_app;

-- After a restore: whose withdrawals since the backup are not known here yet. What they shared is
-- kept back until their node has answered.
create table awaited_answer (
  organisation uuid primary key,
  since timestamptz not null,
  asked int not null default 0,
  next_ask_at timestamptz not null
);
alter table awaited_answer enable row level security;
alter table awaited_answer force row level security;
create policy read on awaited_answer for select using (true);
create policy make on awaited_answer for insert with check (claim_kind() = 'system');
create policy change on awaited_answer for update using (claim_kind() = 'system');
create policy remove on awaited_answer for delete using (claim_kind() = 'system');

create policy answered on network_record as restrictive for select using (
  claim_kind() = 'system' or organisation = claim_organisation()
  or organisation not in (select awaited_answer.organisation from awaited_answer)
);
create policy answered on shared_object as restrictive for select using (
  claim_kind() = 'system' or organisation = claim_organisation()
  or organisation not in (select awaited_answer.organisation from awaited_answer)
);
