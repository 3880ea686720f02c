-- The places in a room at which something stood that was taken back: asked for whenever somebody looks.
create index on network_record (audience_id, kept_at) where withdrawn_at is not null;
