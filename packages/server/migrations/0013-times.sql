-- How long things took is asked for by when they began, over whole periods.
create index on clock (started_at);
create index on matter (organisation, opened_at);

-- The same rule as before, written out: as a function it was called anew for each of the many rows
-- that a period holds. Written out, the readable matters are looked up once for all of them.
alter policy read on clock
  using (exists (select 1 from matter where matter.id = clock.matter));
alter policy read on notification
  using (exists (select 1 from matter where matter.id = notification.matter));
alter policy read on entry
  using (exists (select 1 from matter where matter.id = entry.matter));
