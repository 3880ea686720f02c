-- Where people are reached, their devices, and how the ways by which notices leave are held back.
-- Each policy says the same as a pure rule in packages/domain/src/people-access.ts.

-- The way a person prefers comes first; a way is verified when a test notice was confirmed.
alter table contact
  add column preference int not null default 0,
  add column tested_at timestamptz,
  add column verified_at timestamptz;
-- Everybody keeps their own.
drop policy read on contact;
drop policy change on contact;
create policy work on contact for all
  using (claim_manages(organisation) or claim_is_self(person))
  with check (claim_manages(organisation) or claim_is_self(person));

-- A device that asked to be told, one row each; its address and keys are sealed by the node's vault.
create table push_subscription (
  id uuid primary key,
  person uuid not null references person,
  -- Recognises the same device; says nothing of its address.
  fingerprint char(64) not null unique,
  sealed text not null,
  device text not null,
  made_at timestamptz not null,
  used_at timestamptz
);
create index on push_subscription (person);
alter table push_subscription enable row level security;
alter table push_subscription force row level security;
create policy work on push_subscription for all
  using (claim_is_node() or claim_is_self(person))
  with check (claim_is_node() or claim_is_self(person));

-- How many notices left by a way in the minute that runs: the cap holds over all processes.
create table channel_pace (
  id text primary key,
  minute timestamptz not null,
  asked int not null
);
alter table channel_pace enable row level security;
alter table channel_pace force row level security;
create policy work on channel_pace for all using (claim_kind() = 'system')
  with check (claim_kind() = 'system');
revoke delete on channel_pace from tocsin_app;

-- When a notice is known to have arrived: a receipt came, or somebody was reached by voice.
alter table delivery add column delivered_at timestamptz;
create index on delivery (channel, reference) where reference is not null;
create index on delivery (person, channel, sent_at);
-- A receipt may come before the hand-over has been written down; what arrived stays arrived.
create function keep_arrival() returns trigger language plpgsql as $$
begin
  if old.delivered_at is not null then
    new.state := 'delivered';
    new.claimed_until := null;
    new.delivered_at := old.delivered_at;
  end if;
  return new;
end $$;
create trigger keep_arrival before update on delivery
  for each row execute function keep_arrival();
