-- An invoice whose claim the hub refused for the person's cover, or that people withdrew there, may be taken in once more.
drop index reimbursement_invoice;
create index reimbursement_invoice on reimbursement (issuer, number);
