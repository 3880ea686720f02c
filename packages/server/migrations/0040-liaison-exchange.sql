-- Notes to the UN Office that came over the network stand in the records that bring them.
create index on shared_object (kept_at desc, id desc) where type = 'liaison-note';
create index on shared_object (organisation, (object -> 'content' ->> 'about')) where type = 'liaison-receipt';
