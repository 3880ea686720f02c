-- How long things took is asked for by when they began, over whole periods.
create index on clock (started_at);
create index on matter (organisation, opened_at);
