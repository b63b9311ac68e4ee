-- Invoices that patients paid in full and brought to this desk. Issuer and number in capital letters: one invoice is taken in once.
create table reimbursement (
    claim uuid not null primary key, issuer text not null, number text not null, person text not null,
    total bigint not null check (total = cast(total as bigint)), civil_day date not null, operator text not null,
    request_key text not null, epoch bigint not null, seq bigint not null);
create unique index reimbursement_invoice on reimbursement (issuer, number);
