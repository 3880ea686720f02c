-- Work with the UN Office: requests both ways, the focal point's look at its own capacity, and notes by
-- the risk factors of the Framework of Analysis. All of it is the organisation's own until a person hands
-- it over. Each policy says the same as a pure rule in packages/domain/src/docket-access.ts;
-- access.test.ts compares the two.

create table liaison_request (
  id uuid primary key,
  organisation uuid not null references organisation,
  kind text not null check (kind in ('training', 'mission', 'information')),
  direction text not null check (direction in ('to-office', 'from-office')),
  subject text not null,
  text text not null,
  locale text not null,
  matter uuid references matter,
  wanted_by date,
  came_on date,
  state text not null
    check (state in ('drafted', 'sent', 'acknowledged', 'answered', 'declined')),
  made_by uuid references person,
  made_at timestamptz not null,
  -- What was put on record about it, the first step first.
  steps jsonb not null default '[]'
);
create index on liaison_request (organisation, made_at);

create table capacity_check (
  id uuid primary key,
  organisation uuid not null references organisation,
  answers jsonb not null,
  made_by text,
  at timestamptz not null
);
create index on capacity_check (organisation, at);

create table liaison_note (
  id uuid primary key,
  organisation uuid not null references organisation,
  matter uuid not null references matter,
  locale text not null,
  -- What leaves; what it was made of stays here.
  content jsonb not null,
  chosen jsonb not null,
  marking text not null,
  is_exercise boolean not null,
  made_by text,
  made_at timestamptz not null,
  released_at timestamptz,
  handed_on date,
  how text,
  handed_to text,
  recorded_at timestamptz,
  received_on date,
  received_words text
);
create index on liaison_note (organisation, is_exercise, made_at);
create index on liaison_note (matter, made_at);

-- A note stays as it was made, and what was put on record of it stays too, whoever asks.
create function keep_liaison_note() returns trigger language plpgsql as $$
begin
  if (new.organisation, new.matter, new.locale, new.content, new.chosen, new.marking, new.is_exercise,
      new.made_by, new.made_at)
    is distinct from (old.organisation, old.matter, old.locale, old.content, old.chosen, old.marking,
      old.is_exercise, old.made_by, old.made_at)
    or (old.released_at is not null and new.released_at is distinct from old.released_at)
    or (old.recorded_at is not null and (new.handed_on, new.how, new.handed_to, new.recorded_at)
      is distinct from (old.handed_on, old.how, old.handed_to, old.recorded_at))
    or (old.received_on is not null and (new.received_on, new.received_words)
      is distinct from (old.received_on, old.received_words))
    or (new.recorded_at is not null and new.released_at is null)
    or (new.received_on is not null and new.recorded_at is null)
  then raise exception 'a note to the UN Office stays as it is on record';
  end if;
  return new;
end $$;
create trigger keep_liaison_note before update on liaison_note
  for each row execute function keep_liaison_note();

do $$
declare part text;
begin
  foreach part in array array['liaison_request', 'capacity_check', 'liaison_note']
  loop
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy read on %I for select using (claim_reads_own(organisation))', part);
    execute format('create policy make on %I for insert with check (claim_works_for(organisation))',
      part);
    execute format('create policy change on %I for update using (claim_works_for(organisation))',
      part);
    execute format('revoke delete on %I from tocsin_app', part);
  end loop;
end $$;
revoke update on capacity_check from tocsin_app;
