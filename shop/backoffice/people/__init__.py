"""Who works in the shop: roles, invitations, and who may give which role."""
