-- Actions on matters, what was done about them and what came of them, and the notes by which the
-- Security Council is told of regional activities. Each policy says the same as a pure rule in
-- packages/domain/src/docket-access.ts; access.test.ts compares the two.

create table action (
  id uuid primary key,
  matter uuid not null references matter,
  status text not null
    check (status in ('contemplated', 'decided', 'in-execution', 'done', 'stopped')),
  card text,
  title text not null,
  lead text not null,
  office uuid references post,
  start_day date,
  due_day date,
  cost text,
  expected_effect text not null,
  how_we_will_know text not null,
  risk_factors int[] not null,
  commitments text[] not null,
  is_regional boolean not null,
  uses_force boolean not null,
  basis jsonb,
  authorisation jsonb,
  warning uuid references warning,
  ending text,
  planned_by uuid references person,
  planned_at timestamptz not null,
  moved_at timestamptz not null,
  started_at timestamptz
);
create index on action (matter, planned_at);
create index on action (due_day) where status in ('decided', 'in-execution');

create table action_progress (
  id uuid primary key,
  action uuid not null references action,
  matter uuid not null references matter,
  what text not null,
  next_step text,
  evidence uuid[] not null,
  reported_by text,
  at timestamptz not null
);
create index on action_progress (matter, at);

create table action_review (
  id uuid primary key,
  action uuid not null references action,
  matter uuid not null references matter,
  what text not null,
  as_expected text not null,
  learned text,
  reviewed_by text,
  at timestamptz not null
);
create index on action_review (matter, at);

create table article_54_note (
  id uuid primary key,
  matter uuid not null references matter,
  made_at timestamptz not null,
  text jsonb,
  saved_by uuid references person,
  saved_at timestamptz,
  sent_on date,
  how text,
  signed_by text,
  -- When somebody put on record that it was sent, and which activities it told of.
  sent_at timestamptz,
  told jsonb not null default '[]'
);
-- One draft for a matter: whatever is to be told stands in it until it was sent.
create unique index one_draft on article_54_note (matter) where sent_at is null;
create index on article_54_note (matter, made_at);
-- What was sent stays as it was signed, whoever asks.
create function keep_sent_note() returns trigger language plpgsql as $$
begin
  if old.sent_at is not null and new is distinct from old
  then raise exception 'a note that was sent cannot be changed';
  end if;
  return new;
end $$;
create trigger keep_sent_note before update on article_54_note
  for each row execute function keep_sent_note();

do $$
declare part text;
begin
  foreach part in array array['action', 'action_progress', 'action_review', 'article_54_note']
  loop
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy read on %1$I for select using (
      exists (select 1 from matter where matter.id = %1$I.matter))', part);
    execute format('create policy make on %I for insert with check (claim_works_on(matter))', part);
    execute format('create policy change on %I for update using (claim_works_on(matter))', part);
    execute format('revoke delete on %I from tocsin_app', part);
  end loop;
end $$;
revoke update on action_progress, action_review from tocsin_app;
-- A draft is its writers' own until it is sent.
drop policy read on article_54_note;
create policy read on article_54_note for select using (claim_owns_matter(matter)
  or (sent_at is not null and exists (select 1 from matter where matter.id = article_54_note.matter)));

-- The clock of an action that is to be done by a day, and how many days before it a rung reminds.
alter table clock add column action uuid references action;
create index on clock (action) where stopped_at is null;
alter table clock_step add column days_left int;
