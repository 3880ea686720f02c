-- Organs, the rules that oblige them, and what these put on their agendas. Each policy says the same as a
-- pure rule in packages/domain/src/organ-agenda.ts or docket-access.ts; access.test.ts compares them.

create function claim_speaks_for(owner uuid) returns boolean stable parallel safe language sql
  as $$ select claim_kind() = 'system' or (claim_kind() = 'person'
    and 'focal-point' = any (claim_roles()) and owner = claim_organisation()) $$;

create table organ (
  id uuid primary key,
  organisation uuid not null references organisation,
  name text not null,
  body text,
  office uuid not null references post,
  made_at timestamptz not null,
  unique (id, organisation)
);

-- Each version as it was set: nothing is changed back in time.
create table trigger_rule (
  id uuid primary key,
  rule uuid not null,
  version int not null check (version > 0),
  organ uuid not null,
  organisation uuid not null,
  condition jsonb not null,
  answer_hours int not null check (answer_hours > 0),
  is_in_force boolean not null,
  reasons text,
  proposed_by uuid references person,
  set_by uuid references person,
  set_at timestamptz not null,
  unique (rule, version),
  foreign key (organ, organisation) references organ (id, organisation)
);
create index on trigger_rule (organ, set_at);

create table agenda_item (
  id uuid primary key,
  organ uuid not null references organ,
  matter uuid not null references matter,
  tabled_at timestamptz not null,
  due_at timestamptz not null,
  deferred_until date,
  reasons_asked_at timestamptz,
  outcome text check (outcome in ('decided', 'declined'))
);
-- A matter stands on an agenda once, for whatever number of reasons, until the organ has answered.
create unique index one_open_item on agenda_item (organ, matter) where outcome is null;
create index on agenda_item (matter, tabled_at);

-- Which rule put it there, in which version, and what met it: once for each episode of a matter.
create table agenda_ground (
  id uuid primary key,
  item uuid not null references agenda_item,
  matter uuid not null references matter,
  rule uuid not null,
  version uuid not null references trigger_rule,
  episode text not null,
  arises_at timestamptz not null,
  about text,
  added_at timestamptz not null,
  unique (rule, matter, episode)
);
create index on agenda_ground (item);

create table agenda_answer (
  id uuid primary key,
  item uuid not null references agenda_item,
  matter uuid not null references matter,
  outcome text not null check (outcome in ('decided', 'declined', 'deferred')),
  text text not null,
  late_reasons text,
  until_day date,
  answered_by text,
  answered_by_office text,
  at timestamptz not null
);
create index on agenda_answer (item, at);

do $$
declare part text;
begin
  foreach part in array array['organ', 'trigger_rule', 'agenda_item', 'agenda_ground', 'agenda_answer']
  loop
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('revoke delete on %I from tocsin_app', part);
  end loop;
  foreach part in array array['organ', 'trigger_rule']
  loop
    execute format('create policy read on %I for select using (
      claim_kind() = ''system'' or claim_uses_docket())', part);
  end loop;
  -- Who reads the matter reads on which agendas it stands and what came of that.
  foreach part in array array['agenda_item', 'agenda_ground', 'agenda_answer']
  loop
    execute format('create policy read on %1$I for select using (
      exists (select 1 from matter where matter.id = %1$I.matter))', part);
    execute format('create policy make on %I for insert with check (claim_kind() = ''system'')', part);
  end loop;
end $$;
create policy make on organ for insert with check (claim_speaks_for(organisation));
create policy change on organ for update using (claim_speaks_for(organisation));
create policy make on trigger_rule for insert with check (claim_speaks_for(organisation));
-- The node puts it there, and writes down the answer of whoever speaks for the organ.
create policy change on agenda_item for update using (claim_kind() = 'system');
revoke update on trigger_rule, agenda_ground, agenda_answer from tocsin_app;

-- The clock of an item: the time that the organ has.
alter table clock add column agenda_item uuid references agenda_item;
create index on clock (agenda_item) where stopped_at is null;
