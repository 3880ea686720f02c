-- Who was told by mail that something is new in a room, and what came back by mail for somebody to say there. Neither
-- holds a word of what others said. Each policy says the same as a pure rule in packages/domain.

create table room_notice (
  id uuid primary key,
  person uuid not null references person,
  consultation uuid not null,
  -- The organisation that is heard apart, where it is about that thread.
  thread uuid,
  -- What is new; of an answer, what it was kept as, or what it answered.
  contribution uuid not null,
  kind text not null check (kind in ('news', 'kept', 'refused')),
  -- Why an answer was not kept.
  reason text check ((reason is null) = (kind <> 'refused')),
  -- The mail that this answers, by a hash of its name: the same mail twice is taken once.
  answers char(64) check ((answers is null) = (kind = 'news')),
  made_at timestamptz not null,
  next_at timestamptz not null,
  attempts int not null default 0,
  claimed_until timestamptz,
  ended_at timestamptz,
  -- `sent`, or why it was not.
  outcome text check ((outcome is null) = (ended_at is null)),
  unique (person, answers)
);
create index on room_notice (next_at) where ended_at is null;
create index on room_notice (person, consultation, made_at desc);
alter table room_notice enable row level security;
alter table room_notice force row level security;
create policy work on room_notice for all using (claim_is_system()) with check (claim_is_system());
revoke delete on room_notice from tocsin_app;

-- What somebody wrote by mail and has not said: theirs alone. Once said or discarded, the words are gone from here.
create table mailed_reply (
  -- Also that of the contribution it becomes.
  id uuid primary key,
  person uuid not null references person,
  consultation uuid not null,
  thread uuid,
  reply_to uuid not null,
  text text check ((text is null) = (settled_at is not null)),
  -- Files that came with it; they are not kept.
  attachments int not null,
  received_at timestamptz not null,
  settled_at timestamptz,
  outcome text check (outcome in ('said', 'discarded')),
  check ((outcome is null) = (settled_at is null))
);
create index on mailed_reply (person, consultation) where settled_at is null;
alter table mailed_reply enable row level security;
alter table mailed_reply force row level security;
create policy read on mailed_reply for select using (claim_is_system() or claim_is_self(person));
create policy make on mailed_reply for insert with check (claim_is_system());
create policy change on mailed_reply for update using (claim_is_system() or claim_is_self(person))
  with check (claim_is_system() or claim_is_self(person));
revoke delete on mailed_reply from tocsin_app;

-- Whoever has looked is not told of what they have seen.
create policy told on consultation_look for select using (claim_is_system());
-- What came lately, in whichever room.
create index on shared_object (kept_at) where type = 'contribution';
