-- How grave what a notice tells of is: from level 4 on it goes before all others, alone and at once.
-- A notice that does not say counts as that grave.
alter table delivery add column level int not null default 5 check (level between 0 and 5);
-- When it is known to have arrived, and when it is known that it did not.
alter table delivery add column failed_at timestamptz;
alter table notification
  add column delivered_at timestamptz,
  add column failed_at timestamptz;

-- What is due next, the gravest first. For what is being handed over, next_at says when whoever has it
-- in hand counts as gone.
create index delivery_due on delivery ((level >= 4) desc, next_at, id)
  where state in ('queued', 'handing-over');
drop index delivery_next_at_idx;
-- What left to a person lately, and what is on its way to them.
create index if not exists delivery_person_channel_sent_at_idx
  on delivery (person, channel, sent_at);
create index delivery_in_hand on delivery (person, channel) where state = 'handing-over';
-- What an answer of the outside world (a bounce) is about.
create index delivery_reference on delivery (reference) where reference is not null;

-- How a person wants to be told: their own to say, nobody else's to see.
create table notice_preference (
  -- The person's own id: each has set it once, or not at all.
  id uuid primary key,
  person uuid not null references person,
  -- Levels 1 and 2 once a day, when work begins.
  digest boolean not null,
  set_at timestamptz not null
);
alter table notice_preference enable row level security;
alter table notice_preference force row level security;
create policy work on notice_preference for all
  using (claim_is_system() or claim_is_self(person))
  with check (claim_is_system() or claim_is_self(person));
revoke delete on notice_preference from tocsin_app;
