-- Proposals stand in the records that tell of them, and are counted anew from these: nothing is kept twice. What
-- follows is how each node finds what it still has to say by itself.
create index on shared_object (created desc) where type = 'question';
create index on network_record (organisation, audience_id, seq)
  where object_type in ('question', 'question-end', 'amendment', 'position', 'decision');
create index on shared_object (audience_id, organisation) where type in ('position', 'proof', 'question-end');
