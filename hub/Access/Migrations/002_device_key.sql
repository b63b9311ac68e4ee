-- A device's public key with the time in which it was believed: whoever checks a journal from outside needs it.
create view public_device_key as
select region, device_no, device, site, public_key, key_id, enrolled_ms, revoked_ms from device;
