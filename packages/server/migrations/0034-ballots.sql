-- Ballots, the order and the tally stand in the records that tell of them, as proposals do. What follows is how each
-- node finds what it still has to prove, put in order, count or complain of.
create index on network_record (organisation, audience_id, seq)
  where object_type in ('question', 'question-end', 'amendment', 'position', 'officers', 'ballot', 'complaint',
    'rehome', 'sequence', 'tally', 'decision');
create index on shared_object (audience_id, organisation)
  where type in ('question', 'ballot', 'sequence', 'complaint', 'rehome', 'tally', 'decision');
