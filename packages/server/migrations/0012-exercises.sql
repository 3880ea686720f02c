-- Clocks that answer for what they missed, the alarm when nobody looks after them, and exercises.

-- Told late, or nobody was told: stands until somebody writes what was done about it.
alter table clock_step add column missed boolean not null default false;
alter table clock_step add column answered_for timestamptz;
create index on clock_step (matter) where missed and answered_for is null;

-- By the database's own clock, which is one for all processes.
alter table heartbeat add column seen_at timestamptz not null default clock_timestamp();

-- A time in which nobody looked after the clocks, or the notices: one row, whoever notices it.
create table outage (
  id uuid primary key,
  heartbeat text not null,
  silent_since timestamptz not null,
  noticed_at timestamptz not null,
  ended_at timestamptz,
  -- Who has had the alarm, and who has had word that it is over.
  alarmed uuid[] not null default '{}',
  relieved uuid[] not null default '{}'
);
create unique index one_outage on outage (heartbeat) where ended_at is null;
alter table outage enable row level security;
alter table outage force row level security;
create policy read on outage for select using (claim_kind() = 'system');
create policy make on outage for insert with check (claim_kind() = 'system');
create policy change on outage for update using (claim_kind() = 'system');
revoke delete on outage from tocsin_app;

-- What was decided is to be done: organisations that set their own clocks get the default for it.
select set_config('tocsin.kind', 'system', true);
update clock_setting set value = (
  select jsonb_set(value, '{levels}', jsonb_object_agg(level, jsonb_set(
    case when level::int < 3 then rule else jsonb_set(rule, '{rungs}', (rule -> 'rungs')
      || '[{"clock": "act", "percent": 50, "tell": "addressee"},
           {"clock": "act", "percent": 100, "tell": "regional-desk"}]') end,
    '{hours,act}', case level when '3' then '168' when '4' then '48' when '5' then '12'
      else 'null' end::jsonb)))
  from jsonb_each(value -> 'levels') as levels (level, rule));

-- An exercise is numbered in a count of its own, so that no number of a real list is missing.
alter table matter drop constraint matter_organisation_year_number_key;
alter table matter add unique (organisation, year, is_exercise, number);
alter table report drop constraint report_organisation_year_number_key;
alter table report add unique (organisation, year, is_exercise, number);
alter table warning add column is_exercise boolean not null default false;
update warning set is_exercise = (select matter.is_exercise from matter where matter.id = warning.matter);
alter table warning drop constraint warning_organisation_year_number_key;
alter table warning add unique (organisation, year, is_exercise, number);
create function warning_is_exercise() returns trigger language plpgsql as $$
begin
  new.is_exercise := coalesce(
    (select matter.is_exercise from matter where matter.id = new.matter), new.is_exercise);
  return new;
end $$;
create trigger warning_is_exercise before insert or update on warning
  for each row execute function warning_is_exercise();

-- A past dossier that is lived through once more, faster.
create table exercise (
  id uuid primary key,
  -- The exercise's own matter, and the closed one whose record reappears in it.
  matter uuid not null unique references matter,
  source uuid not null references matter,
  organisation uuid not null references organisation,
  speed int not null check (speed between 1 and 1000),
  -- Persons of the organisation who are told in the place of everybody else; none: nobody is.
  participants uuid[] not null,
  source_from timestamptz not null,
  entries int not null,
  played int not null default 0,
  -- Which warning of the exercise stands for which of the source.
  warnings jsonb not null default '{}',
  started_by uuid not null references person,
  started_at timestamptz not null,
  paused_at timestamptz,
  paused_ms bigint not null default 0,
  ended_at timestamptz
);
create index on exercise (organisation, started_at);
create index on exercise (id) where ended_at is null;
alter table exercise enable row level security;
alter table exercise force row level security;
create policy read on exercise for select using (claim_works_for(organisation));
create policy make on exercise for insert with check (claim_works_for(organisation));
create policy change on exercise for update using (claim_works_for(organisation));
revoke delete on exercise from tocsin_app;
