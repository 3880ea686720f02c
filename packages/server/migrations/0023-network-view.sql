-- What the page of the network counts, without reading what it does not show.
create index on network_record (kept_at, received_from);
create index on record_queue (made_at) where refusal is not null;
create index on quarantined_record (refused_at);
create index on record_head (frozen_at) where frozen_at is not null;
create index on log_cosignature (organisation, witness, size);
